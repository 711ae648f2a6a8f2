"""The record `minfin`: romansverdan's table, typed from the images and from minfin.com.ua, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake import upstream
from reported_losses.intake.readings import Cell, Reading

RECORD = "minfin"
FILE = Path("minfin", "russia_losses.csv")

CATEGORIES = {
    "personnel": "personnel",
    "tanks": "tanks",
    "apv": "armoured-vehicles",
    "artillery": "artillery",
    "mlrs": "mlrs",
    "aaws": "air-defence",
    "aircrafts": "aircraft",
    "helicopters": "helicopters",
    "uav": "uavs",
    "cruise_missiles": "missiles",
    "warships": "ships",
    "vehicles_fuel_tanks": "vehicles",
    "special_equipment": "special-equipment",
    "submarines": "submarines",
}
HEADER = ("date", "day", *CATEGORIES)


def read(folder: Path) -> list[Reading]:
    """Read the record; arguments, result and errors as in `petro.read`."""
    return upstream.without_duplicates(folder / FILE, _readings(folder / FILE))


def _readings(path: Path) -> Iterator[Reading]:
    for place, row in upstream.csv_rows(path, HEADER):
        # The day numbers of this record are off by one from 2025-11-09 on; its dates are right.
        date = upstream.report_date(path, place, row["date"])
        for key, category in CATEGORIES.items():
            if row[key]:
                total = upstream.count(path, place, key, row[key])
                yield Reading(RECORD, Cell(category, date), total)
