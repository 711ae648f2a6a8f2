"""The record `gs-text`: our parse of the daily texts on the ministry's site, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake.general_staff.readings import Cell, Reading, without_duplicates
from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.intake.upstream_values import count, optional_count, report_date

RECORD = "gs-text"
FILE = Path("general-staff", "text_readings.csv")
HEADER = ("report_date", "category", "total", "increment")

# The names that both of our parses use; only the infographics have the early categories.
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
    return without_duplicates(folder / FILE, _readings(folder / FILE))


def _readings(path: Path) -> Iterator[Reading]:
    for location, row in csv_rows(path, HEADER):
        cell = read_cell(location, row)
        total = count(location, "total", row["total"])
        increment = optional_count(location, "increment", row["increment"])
        yield Reading(RECORD, cell, total, increment)


def read_cell(location: Location, row: dict[str, str]) -> Cell:
    """Read the report date and category of one row of our own parses."""
    if row["category"] not in CATEGORIES:
        problem = f"has the category {row['category']!r}; known are {', '.join(CATEGORIES)}"
        raise location.error(problem)
    return Cell(CATEGORIES[row["category"]], report_date(location, row["report_date"]))
