"""Records of which only the dissenting cells may be kept.

A record without a licence votes, but `readings` holds of it only the cells on which the
records differ, the cells no other record has, and, with an empty total, the cells it lacks on
a day it covers. Its silence on a cell therefore means that it holds the one total all others
hold, and the vote can be repeated from what is kept. (Keeping only the cells that differ from
the *result* would not do: where two other records split, nobody could tell afterwards which
of them the silent record stood with.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from reported_losses.errors import DataError
from reported_losses.intake.readings import Cell, Reading, days_between


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells a record speaks for.

    Attributes:
        record: Slug of the record.
        first_day: First report date.
        last_day: Last report date.
        gaps: Report dates between them that it does not cover.
        categories: The categories it has.
    """

    record: str
    first_day: dt.date
    last_day: dt.date
    gaps: frozenset[dt.date]
    categories: frozenset[str]

    @property
    def days(self) -> set[dt.date]:
        """The report dates covered."""
        return set(days_between(self.first_day, self.last_day)) - self.gaps

    def __contains__(self, cell: Cell) -> bool:
        return (
            cell.category in self.categories
            and self.first_day <= cell.date <= self.last_day
            and cell.date not in self.gaps
        )


def totals_by_cell(readings: Iterable[Reading]) -> dict[Cell, set[int]]:
    """Return the distinct totals read for each cell."""
    totals: dict[Cell, set[int]] = {}
    for reading in readings:
        if reading.total is not None:
            totals.setdefault(reading.cell, set()).add(reading.total)
    return totals


def dissent(record: Iterable[Reading], others: Iterable[Reading], cover: Coverage) -> list[Reading]:
    """Return what may be kept of a record: its dissent, its lone cells, its omissions.

    Args:
        record: All readings of the record.
        others: Readings of the records kept whole.
        cover: The cells the record speaks for.
    """
    totals = totals_by_cell(others)
    own = {reading.cell: reading for reading in record}
    kept = [r for r in own.values() if r.total is None or totals.get(r.cell, set()) != {r.total}]
    omitted = (cell for cell in totals if cell in cover and cell not in own)
    return kept + [Reading(cover.record, cell, None) for cell in omitted]


def complete(readings: Iterable[Reading], covers: Iterable[Coverage]) -> list[Reading]:
    """Give silent records their voice back.

    Args:
        readings: What is kept of all voting records.
        covers: The records kept only where they dissent.

    Returns:
        The readings, and one for each cell on which a covering record is silent.

    Raises:
        DataError: A record is silent on a cell on which the others differ, so that its
            silence means nothing.
    """
    readings = list(readings)
    spoken = {(reading.record, reading.cell) for reading in readings}
    voices: list[Reading] = []
    for cover in covers:
        others = totals_by_cell(r for r in readings if r.record != cover.record)
        for cell, totals in others.items():
            if cell not in cover or (cover.record, cell) in spoken:
                continue
            if len(totals) > 1:
                raise DataError(
                    f"{cell.date} {cell.category}: the records differ and {cover.record} is silent;"
                    f" add its reading, or an empty one if it has none"
                )
            voices.append(Reading(cover.record, cell, next(iter(totals))))
    return readings + voices
