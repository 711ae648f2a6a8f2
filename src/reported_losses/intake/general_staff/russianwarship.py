"""The record `russianwarship`: the General Staff's post as the API of russianwarship.rip gave it.

Two keepers stored its answers: rows of `ukrainska_pravda`'s file from 2022-02-25 on, with a long
gap, and a CSV file of daily totals from 2026-04-27 on. Where both have a day they agree.

The API answers 0 for what a report does not name, and gives one sum for vehicles before the
reporter did. Neither is a reading.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake.general_staff import ukrainska_pravda
from reported_losses.intake.general_staff.orc_losses import MERGED_ON
from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.intake.upstream_values import optional_count, report_date

RECORD = "russianwarship"
FILE = Path("russianwarship", "totals.csv")

CATEGORIES = (
    *("personnel", "tanks", "armoured-vehicles", "artillery", "mlrs", "air-defence", "aircraft"),
    *("helicopters", "vehicles", "ships", "missiles", "uavs", "special-equipment"),
    *("ground-robots", "submarines"),
)
HEADER = ("report_date", *CATEGORIES)


def read(folder: Path, left_out: list[str] | None = None) -> list[Reading]:
    """Read the record; arguments, result and errors as in `petro.read`.

    Args:
        folder: Folder of the upstream records.
        left_out: Takes a line for each reason why cells are not readings, with their number.

    Raises:
        UpstreamError: A file does not have the form described here, or the two keepers differ.
    """
    readings: dict[Cell, Reading] = {}
    reasons: Counter[str] = Counter()
    for location, cell, total in _cells(folder):
        reason = _left_out(cell, total)
        if reason is not None:
            reasons[reason] += 1
            continue
        before = readings.setdefault(cell, Reading(RECORD, cell, total))
        if before.total != total:
            problem = f"has {cell.category} = {total}; another row of that day has {before.total}"
            raise location.error(problem)
    if left_out is not None:
        left_out += [f"{RECORD}: {n} cells left out: {why}" for why, n in reasons.items()]
    return list(readings.values())


def _left_out(cell: Cell, total: int) -> str | None:
    """Return why a cell is not a reading; None if it is one."""
    if not total:
        return "0 is the API's default"
    if cell.category == "vehicles" and cell.date < MERGED_ON:
        return f"vehicles before {MERGED_ON}, when the reporter counted fuel tanks apart"
    return None


def _cells(folder: Path) -> Iterator[tuple[Location, Cell, int]]:
    for location, date, totals in ukrainska_pravda.filled_rows(folder):
        for category, total in totals.items():
            yield location, Cell(category, date), total
    yield from _totals(folder / FILE)


def _totals(path: Path) -> Iterator[tuple[Location, Cell, int]]:
    seen: set[dt.date] = set()
    for location, row in csv_rows(path, HEADER):
        date = report_date(location, row["report_date"])
        if date in seen:
            raise location.at(date).error("is in the file twice")
        seen.add(date)
        for category in CATEGORIES:
            total = optional_count(location.at(date), category, row[category])
            if total is not None:
                yield location.at(date), Cell(category, date), total
    if not seen:
        raise Location(path).error("holds no figures")
