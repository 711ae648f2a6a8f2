"""The record `gs-text`: our parse of the daily texts on the ministry's site, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake import upstream
from reported_losses.intake.readings import Cell, Reading

RECORD = "gs-text"
FILE = Path("general-staff", "text_readings.csv")
HEADER = ("report_date", "category", "total", "increment")

# The names both of our parses use; the infographics also show the early categories.
CATEGORIES = {
    "personnel": "personnel",
    "tanks": "tanks",
    "afv": "armoured-vehicles",
    "artillery": "artillery",
    "mlrs": "mlrs",
    "air_defence": "air-defence",
    "aircraft": "aircraft",
    "helicopters": "helicopters",
    "uav": "uavs",
    "ships": "ships",
    "special_equipment": "special-equipment",
    "vehicles": "vehicles",
    "missiles": "missiles",
    "submarines": "submarines",
    "military_auto": "military-vehicles",
    "fuel_tank": "fuel-tanks",
    "srbm": "srbm-systems",
}


def read(folder: Path) -> list[Reading]:
    """Read the record; arguments, result and errors as in `petro.read`."""
    return upstream.without_duplicates(folder / FILE, _readings(folder / FILE))


def _readings(path: Path) -> Iterator[Reading]:
    for place, row in upstream.csv_rows(path, HEADER):
        cell = read_cell(path, place, row)
        total = upstream.count(path, place, "total", row["total"])
        increment = row["increment"]
        printed = upstream.count(path, place, "increment", increment) if increment else None
        yield Reading(RECORD, cell, total, printed)


def read_cell(path: Path, place: str, row: dict[str, str]) -> Cell:
    """Read the report date and category of one row of our own parses."""
    if row["category"] not in CATEGORIES:
        problem = f"has the category {row['category']!r}; known are {', '.join(CATEGORIES)}"
        raise upstream.fault(path, place, problem)
    date = upstream.report_date(path, place, row["report_date"])
    return Cell(CATEGORIES[row["category"]], date)
