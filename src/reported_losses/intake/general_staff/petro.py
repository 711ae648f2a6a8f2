"""The record `petro`: Petro Ivaniuk's transcription of the General Staff, three JSON arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reported_losses.intake.general_staff.readings import Cell, Reading, without_duplicates
from reported_losses.intake.text import clean
from reported_losses.intake.upstream_files import Location, json_rows
from reported_losses.intake.upstream_values import (
    check_day_number,
    check_keys,
    json_count,
    report_date,
    signed_count,
)

RECORD = "petro"
FOLDER = "petro"
EQUIPMENT, PERSONNEL, CORRECTION = (
    "russia_losses_equipment.json",
    "russia_losses_personnel.json",
    "russia_losses_equipment_correction.json",
)
FILES = tuple(Path(FOLDER, name) for name in (EQUIPMENT, PERSONNEL, CORRECTION))

# The record counts these from its first day.
ALWAYS = {
    "aircraft": "aircraft",
    "helicopter": "helicopters",
    "tank": "tanks",
    "APC": "armoured-vehicles",
    "field artillery": "artillery",
    "MRL": "mlrs",
    "drone": "uavs",
    "naval ship": "ships",
    "anti-aircraft warfare": "air-defence",
}
# These are in the record only while the reporter counts the category.
AT_TIMES = {
    "military auto": "military-vehicles",
    "fuel tank": "fuel-tanks",
    "special equipment": "special-equipment",
    "mobile SRBM system": "srbm-systems",
    "vehicles and fuel tanks": "vehicles",
    "cruise missiles": "missiles",
    "submarines": "submarines",
    "ground robotic systems": "ground-robots",
}
CATEGORIES = ALWAYS | AT_TIMES
# The names of places, not a count.
DIRECTION = "greatest losses direction"
# Stated corrections that `corrections` does not have with this amount on this day, and why. If the
# record states another amount, the note is gone and the check asks again.
_RE_BASED = (
    "The totals move on this day in the text, on 2022-10-12 in image and post; the figures follow "
    "those, and corrections has it on 2022-10-12."
)
_A_DAY_EARLY = (
    "The reporter published the correction on this day; the totals follow it on 2023-05-28, where "
    "corrections has it."
)
DIFFERENT_IN_CORRECTIONS = {
    Cell("armoured-vehicles", dt.date(2022, 10, 13)): (-25, _RE_BASED),
    Cell("artillery", dt.date(2022, 10, 13)): (32, _RE_BASED),
    Cell("ships", dt.date(2022, 10, 13)): (1, _RE_BASED),
    Cell("uavs", dt.date(2022, 10, 13)): (20, _RE_BASED),
    Cell("aircraft", dt.date(2023, 5, 27)): (3, _A_DAY_EARLY),
    Cell("armoured-vehicles", dt.date(2023, 5, 27)): (7, _A_DAY_EARLY),
    Cell("artillery", dt.date(2023, 5, 27)): (8, _A_DAY_EARLY),
    Cell("helicopters", dt.date(2023, 5, 27)): (2, _A_DAY_EARLY),
    Cell("missiles", dt.date(2023, 5, 27)): (31, _A_DAY_EARLY),
    Cell("mlrs", dt.date(2023, 5, 27)): (2, _A_DAY_EARLY),
    Cell("tanks", dt.date(2023, 5, 27)): (-5, _A_DAY_EARLY),
    Cell("uavs", dt.date(2023, 5, 27)): (49, _A_DAY_EARLY),
    Cell("vehicles", dt.date(2023, 5, 27)): (11, _A_DAY_EARLY),
    Cell("missiles", dt.date(2024, 3, 13)): (
        -1,
        "The record states the fall of the total; the printed +1 makes the correction -2.",
    ),
    Cell("missiles", dt.date(2024, 9, 22)): (
        -2,
        "The record has the wrong sign: the total rises by 2 where +0 is printed.",
    ),
    Cell("tanks", dt.date(2023, 10, 3)): (
        5,
        "A slip of the record, whose total of the day before is 5 too low.",
    ),
}
QUALIFIERS = {"about": "about", "more": "more-than"}


def read(folder: Path) -> list[Reading]:
    """Read the record.

    Args:
        folder: Folder of the upstream records.

    Returns:
        Readings, in file order; a correction that the record states for a cell is in its reading.

    Raises:
        UpstreamError: A file does not have the form described here.
    """
    home = folder / FOLDER
    readings = without_duplicates(home / EQUIPMENT, _equipment(home / EQUIPMENT))
    readings += without_duplicates(home / PERSONNEL, _personnel(home / PERSONNEL))
    stated = dict(_corrections(home / CORRECTION))
    unknown = sorted(stated.keys() - {reading.cell for reading in readings})
    if unknown:
        cell = unknown[0]
        location = Location(home / CORRECTION, f"{cell.date} {cell.category}")
        raise location.error("has a correction of a figure that the record does not hold")
    return [_with_correction(reading, stated.get(reading.cell)) for reading in readings]


def _with_correction(reading: Reading, amount: int | None) -> Reading:
    expected, note = DIFFERENT_IN_CORRECTIONS.get(reading.cell, (None, None))
    differs = amount is not None and amount == expected
    return replace(reading, correction=amount, note=note if differs else None)


def directions(folder: Path) -> dict[dt.date, str]:
    """Return where the reports say the losses of the day were greatest, by report date."""
    found = {}
    for location, row in json_rows(folder / FOLDER / EQUIPMENT):
        text = row.get(DIRECTION)
        if text is None:
            continue
        date = report_date(location, row.get("date"))
        if not isinstance(text, str):
            raise location.at(date).error(f"has {DIRECTION} = {text!r:.40}, not a text")
        found[date] = clean(location.at(date), DIRECTION, text)
    return found


def _equipment(path: Path) -> Iterator[Reading]:
    for location, row in json_rows(path):
        known = {"date", "day", *CATEGORIES, DIRECTION}
        check_keys(location, row, {"date", "day", *ALWAYS}, known)
        date = report_date(location, row["date"])
        check_day_number(location, date, row["day"])
        for key, category in CATEGORIES.items():
            if key in row:
                total = json_count(location.at(date), key, row[key])
                yield Reading(RECORD, Cell(category, date), total)


def _personnel(path: Path) -> Iterator[Reading]:
    for location, row in json_rows(path):
        required = {"date", "day", "personnel", "personnel*"}
        check_keys(location, row, required, {*required, "POW"})
        date = report_date(location, row["date"])
        check_day_number(location, date, row["day"])
        dated = location.at(date)
        if row["personnel*"] not in QUALIFIERS:
            problem = f"has personnel* = {row['personnel*']!r}; known are {', '.join(QUALIFIERS)}"
            raise dated.error(problem)
        total = json_count(dated, "personnel", row["personnel"])
        qualifier = QUALIFIERS[row["personnel*"]]
        yield Reading(RECORD, Cell("personnel", date), total, qualifier=qualifier)
        if "POW" in row:
            yield Reading(RECORD, Cell("prisoners", date), json_count(dated, "POW", row["POW"]))


def _corrections(path: Path) -> Iterator[tuple[Cell, int]]:
    columns = CATEGORIES | {"personnel": "personnel"}
    for location, row in json_rows(path):
        check_keys(location, row, {"date", "day"}, {"date", "day", *columns})
        # Two day numbers of this file are off by one; the totals show that its dates are right.
        date = report_date(location, row["date"])
        for key, category in columns.items():
            amount = signed_count(location.at(date), key, row.get(key, 0))
            if amount:
                yield Cell(category, date), amount
