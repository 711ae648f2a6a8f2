"""The days that a new reading can change, so that a report is added without deciding all others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from typing import NamedTuple

from reported_losses.definition.dates import parse_date
from reported_losses.intake.general_staff.dissent import totals_by_cell
from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.intake.tables import Row
from reported_losses.parsing.intervals import DAY


class Window(NamedTuple):
    """Days around a report.

    Attributes:
        first: The first day whose figures the report can change.
        last: The last one.
        from_day: The first day whose readings decide them.
        to_day: The last one.
    """

    first: dt.date
    last: dt.date
    from_day: dt.date
    to_day: dt.date


def window(readings: Iterable[Row], added: Iterable[Reading], day: dt.date) -> Window:
    """Return the days that readings of one day can change.

    Totals are chosen along the days of a category, so a choice depends on the choices beside it.
    It ends at a day on which the records hold one total or none: that day is chosen whatever
    stands beside it.

    Args:
        readings: Rows of `readings` of the reporter, before anything was added.
        added: The new readings.
        day: Their day.
    """
    cells = _ambiguous(readings, added)
    kinds = {cell.category for cell in cells}
    first, last = _settled(cells, kinds, day, -DAY), _settled(cells, kinds, day, DAY)
    begin, end = first, last
    for _ in range(2):  # the increment and the corrections of a day look at the days around it
        begin, end = _settled(cells, kinds, begin, -DAY), _settled(cells, kinds, end, DAY)
    return Window(first, last, begin, end)


def _ambiguous(readings: Iterable[Row], added: Iterable[Reading]) -> set[Cell]:
    """Return the cells for which several totals were read."""
    added = list(added)
    totals: dict[tuple[str, str], str] = {
        (cell.category, cell.date.isoformat()): str(next(iter(found)))
        for cell, found in totals_by_cell(added).items()
    }
    found = set()
    for row in readings:
        total = row["total"]
        if total and not row["stale"]:
            key = row["category"], row["report_date"]
            if totals.setdefault(key, total) != total:
                found.add(key)
    return {Cell(category, parse_date(day)) for category, day in found}


def _settled(
    cells: Container[Cell], kinds: Iterable[str], day: dt.date, step: dt.timedelta
) -> dt.date:
    """Return the first day before or after another on which no category is ambiguous."""
    found = day + step
    for kind in kinds:
        at = day + step
        while Cell(kind, at) in cells:
            at += step
        found = min(found, at) if step < dt.timedelta() else max(found, at)
    return found
