"""The record `petro`: Petro Ivaniuk's transcription of the General Staff, three JSON arrays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake import upstream
from reported_losses.intake.readings import Cell, Reading

RECORD = "petro"
FOLDER = "petro"
EQUIPMENT, PERSONNEL, CORRECTION = (
    "russia_losses_equipment.json",
    "russia_losses_personnel.json",
    "russia_losses_equipment_correction.json",
)

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
# These begin or end with the reporter's own categories.
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
# A place name, not a count; other tables have no room for it.
IGNORED = {"greatest losses direction"}
QUALIFIERS = {"about": "about", "more": "more-than"}


def read(folder: Path) -> list[Reading]:
    """Read the record.

    Args:
        folder: Folder that holds the upstream record's own folder `petro`.

    Returns:
        Readings; a correction stated for a cell stands beside its total.

    Raises:
        UpstreamError: A file is not in the form described here.
    """
    home = folder / FOLDER
    readings = upstream.without_duplicates(home / EQUIPMENT, _equipment(home / EQUIPMENT))
    readings += upstream.without_duplicates(home / PERSONNEL, _personnel(home / PERSONNEL))
    stated = dict(_corrections(home / CORRECTION))
    unknown = sorted(stated.keys() - {reading.cell for reading in readings})
    if unknown:
        cell = unknown[0]
        problem = "has a correction of a figure that the record does not hold"
        raise upstream.fault(home / CORRECTION, f"{cell.date} {cell.category}", problem)
    return [
        Reading(r.record, r.cell, r.total, correction=stated.get(r.cell), qualifier=r.qualifier)
        for r in readings
    ]


def _equipment(path: Path) -> Iterator[Reading]:
    for place, row in upstream.json_rows(path):
        known = {"date", "day", *CATEGORIES, *IGNORED}
        upstream.check_keys(path, place, row, {"date", "day", *ALWAYS}, known)
        date = upstream.report_date(path, place, row["date"])
        upstream.check_day_number(path, place, date, row["day"])
        for key, category in CATEGORIES.items():
            if key in row:
                total = upstream.count_from_json(path, f"{place} ({date})", key, row[key])
                yield Reading(RECORD, Cell(category, date), total)


def _personnel(path: Path) -> Iterator[Reading]:
    for place, row in upstream.json_rows(path):
        required = {"date", "day", "personnel", "personnel*"}
        upstream.check_keys(path, place, row, required, {*required, "POW"})
        date = upstream.report_date(path, place, row["date"])
        upstream.check_day_number(path, place, date, row["day"])
        where = f"{place} ({date})"
        if row["personnel*"] not in QUALIFIERS:
            problem = f"has personnel* = {row['personnel*']!r}; known are {', '.join(QUALIFIERS)}"
            raise upstream.fault(path, where, problem)
        total = upstream.count_from_json(path, where, "personnel", row["personnel"])
        qualifier = QUALIFIERS[row["personnel*"]]
        yield Reading(RECORD, Cell("personnel", date), total, qualifier=qualifier)
        if "POW" in row:
            total = upstream.count_from_json(path, where, "POW", row["POW"])
            yield Reading(RECORD, Cell("prisoners", date), total)


def _corrections(path: Path) -> Iterator[tuple[Cell, int]]:
    columns = CATEGORIES | {"personnel": "personnel"}
    for place, row in upstream.json_rows(path):
        upstream.check_keys(path, place, row, {"date", "day"}, {"date", "day", *columns})
        # Two day numbers of this file are off by one; the totals show its dates to be right.
        date = upstream.report_date(path, place, row["date"])
        for key, category in columns.items():
            amount = upstream.signed(path, f"{place} ({date})", key, row.get(key, 0))
            if amount:
                yield Cell(category, date), amount
