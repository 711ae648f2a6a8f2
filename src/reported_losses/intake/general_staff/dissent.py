"""Records of which only the dissenting readings may be kept.

A record without a licence votes, but `readings` holds only some of its cells: those on which
the records differ, those that no other record has, and, with an empty total, those that it
lacks on a day it covers. If it has no reading of a cell that it covers, it holds the one total
that all others hold, so the vote can be repeated from what is kept. (It would not be enough to
keep the cells that differ from the *result*: where two other records differ, nobody could tell
afterwards with which of them the record agreed.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from reported_losses.errors import DataError
from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.parsing.intervals import days_between


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells that a record covers.

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
    """Return the distinct totals read for each cell, stale readings left out."""
    totals: dict[Cell, set[int]] = {}
    for reading in readings:
        if reading.total is not None and not reading.stale:
            totals.setdefault(reading.cell, set()).add(reading.total)
    return totals


def dissent(
    readings: Iterable[Reading],
    whole: Iterable[Reading],
    coverage: Coverage,
    partly: Iterable[Reading] = (),
) -> list[Reading]:
    """Return what may be kept of a record.

    Args:
        readings: All readings of the record.
        whole: Readings of the voting records that are kept whole.
        coverage: The cells that the record covers.
        partly: All readings of the other voting records that are kept only where they dissent.

    Returns:
        Its readings of cells on which the records differ or which no record kept whole has, and
        readings without a total for the covered cells that it lacks.
    """
    whole = list(whole)
    held, totals = totals_by_cell(whole), totals_by_cell([*whole, *partly])
    own = {reading.cell: reading for reading in readings}
    kept = [
        reading
        for reading in own.values()
        if reading.total is None
        or reading.stale
        or reading.cell not in held
        or totals[reading.cell] != {reading.total}
    ]
    lacking = (cell for cell in totals if cell in coverage and cell not in own)
    return kept + [Reading(coverage.record, cell, None) for cell in lacking]


def complete(readings: Iterable[Reading], coverages: Iterable[Coverage]) -> list[Reading]:
    """Add the readings that `dissent` left out.

    Args:
        readings: What is kept of all voting records.
        coverages: The records that are kept only where they dissent.

    Returns:
        The readings, and one for each cell that such a record covers without a kept reading.

    Raises:
        DataError: Such a record has no reading of a cell on which the others differ, so that
            its total is unknown.
    """
    readings = list(readings)
    kept = {(reading.record, reading.cell) for reading in readings}
    added: list[Reading] = []
    for coverage in coverages:
        record = coverage.record
        for cell, totals in totals_by_cell(r for r in readings if r.record != record).items():
            if cell not in coverage or (record, cell) in kept:
                continue
            if len(totals) > 1:
                raise DataError(
                    f"{cell.date} {cell.category}: the records differ and {record} has no reading;"
                    f" add its reading, or one with an empty total if it has none"
                )
            added.append(Reading(record, cell, next(iter(totals))))
    return readings + added


def spoken(
    readings: Iterable[Reading], added: Iterable[Reading], coverages: Iterable[Coverage]
) -> list[Reading]:
    """Return the readings that such records kept silent about until others were added.

    Their silence says that they hold what all others hold. It would say something else beside a
    reading that differs, or that is the first of its cell.

    Args:
        readings: What was kept of all voting records, of the days of the added readings.
        added: New readings of a voting record that is kept whole.
        coverages: The records that are kept only where they dissent.

    Returns:
        A reading for each cell on which such a record can be silent no longer; its total is
        empty if the record has none.
    """
    readings, added = list(readings), list(added)
    kept = {(reading.record, reading.cell) for reading in readings}
    totals = totals_by_cell(readings)
    found = []
    for coverage in coverages:
        for cell, new in totals_by_cell(added).items():
            agreed = totals.get(cell, set())
            if cell in coverage and (coverage.record, cell) not in kept and agreed != new:
                found.append(Reading(coverage.record, cell, next(iter(agreed), None)))
    return found
