"""The record `ukrainska-pravda`: figures scraped from Ukrainska Pravda's front page, one JSON file.

The file has rows of two kinds. Those with a time of day were scraped, and their `id` counts the
days from the first day of the war. Those stamped midnight were filled in from another record,
`russianwarship`; their `id` is off, and `created_at` is the day they are of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.intake.general_staff.readings import Cell, Reading, without_duplicates
from reported_losses.intake.upstream_files import Location, json_rows
from reported_losses.intake.upstream_values import check_keys, json_count, report_date
from reported_losses.parsing.intervals import DAY

RECORD = "ukrainska-pravda"
FILE = Path("ukrainska-pravda", "db.json")

CATEGORIES = {
    "militaryPersonnel": "personnel",
    "jet": "aircraft",
    "copter": "helicopters",
    "tank": "tanks",
    "armoredCombatVehicle": "armoured-vehicles",
    "artillerySystem": "artillery",
    "airDefenceSystem": "air-defence",
    "mlrs": "mlrs",
    "supplyVehicle": "vehicles",
    "ship": "ships",
    "uav": "uavs",
}
KEYS = {"id", "created_at", *CATEGORIES}
_MIDNIGHT = "T00:00:00.000Z"
_SHIPS = frozenset({"ships"})
_ALL = frozenset(CATEGORIES.values())

# Readings of another day: first and last day, categories, and what the figures show.
STALE = (
    (dt.date(2023, 5, 9), dt.date(2023, 5, 9), _ALL, "Holds the figures of 2023-01-09."),
    (dt.date(2023, 10, 2), dt.date(2023, 10, 2), _ALL, "Holds the figures of the day before."),
    (
        dt.date(2026, 2, 14),
        dt.date(2026, 3, 3),
        _SHIPS,
        "Stays at the figure of 2026-02-13 while every other record counts on.",
    ),
    (dt.date(2026, 6, 23), dt.date(2026, 7, 3), _ALL, "Holds the figures of the day before."),
)


def read(folder: Path) -> list[Reading]:
    """Read the rows that were scraped; arguments, result and errors as in `petro.read`.

    A reading of another day is marked stale, with a note.
    """
    readings = without_duplicates(folder / FILE, _scraped(folder / FILE))
    return [_marked(reading) for reading in readings]


def filled_rows(folder: Path) -> Iterator[tuple[Location, dt.date, dict[str, int]]]:
    """Yield date and totals by category of each row that was filled in from `russianwarship`.

    Args:
        folder: Folder of the upstream records.

    Raises:
        UpstreamError: The file does not have the form described here.
    """
    for location, row in _rows(folder / FILE):
        if row["created_at"].endswith(_MIDNIGHT):
            date = report_date(location, row["created_at"][:10])
            yield location.at(date), date, _totals(location.at(date), row)


def _scraped(path: Path) -> Iterator[Reading]:
    for location, row in _rows(path):
        if row["created_at"].endswith(_MIDNIGHT):
            continue
        number = json_count(location, "id", row["id"])
        if not number:
            raise location.error("has id = 0; the first day of the war is 1")
        date = report_date(location, str(WAR_BEGAN + DAY * (min(number, 99_999) - 1)))
        for category, total in _totals(location.at(date), row).items():
            yield Reading(RECORD, Cell(category, date), total)


def _rows(path: Path) -> Iterator[tuple[Location, dict[str, Any]]]:
    for location, row in json_rows(path, "days", beside=("i18n",)):
        check_keys(location, row, KEYS, KEYS)
        stamp = row["created_at"]
        if not isinstance(stamp, str) or stamp[10:11] not in {"T", " "}:
            problem = f"has created_at = {stamp!r:.40} where a date and time was expected"
            raise location.error(problem)
        report_date(location, stamp[:10])
        yield location, row


def _totals(location: Location, row: dict[str, Any]) -> dict[str, int]:
    return {name: json_count(location, key, row[key]) for key, name in CATEGORIES.items()}


def _marked(reading: Reading) -> Reading:
    for first, last, categories, note in STALE:
        if first <= reading.cell.date <= last and reading.cell.category in categories:
            return replace(reading, stale=True, note=note)
    return reading
