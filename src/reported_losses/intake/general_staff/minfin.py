"""The record `minfin`: romansverdan's table, typed from the images and from minfin.com.ua, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake.general_staff.readings import Cell, Reading, without_duplicates
from reported_losses.intake.upstream_files import csv_rows
from reported_losses.intake.upstream_values import optional_count, report_date

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
    return without_duplicates(folder / FILE, _readings(folder / FILE))


def _readings(path: Path) -> Iterator[Reading]:
    for location, row in csv_rows(path, HEADER):
        # The day numbers of this record are off by one from 2025-11-09 on; its dates are right.
        date = report_date(location, row["date"])
        for column, category in CATEGORIES.items():
            total = optional_count(location, column, row[column])
            if total is not None:
                yield Reading(RECORD, Cell(category, date), total)
