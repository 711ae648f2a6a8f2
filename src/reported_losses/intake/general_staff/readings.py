"""A reading: what one record says that one figure of a report was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reported_losses.intake.upstream_files import Location

REPORTER = "ua-general-staff"
SUBJECT = "russia"


class Cell(NamedTuple):
    """One figure of one report: a category on a day."""

    category: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record says about one cell.

    Attributes:
        record: Slug of the record.
        cell: Category and report date.
        total: Cumulative total, in items or people; None if it could not be read.
        increment: Increment printed in the record; None if it prints none.
        correction: Correction that the record states; None if it states none.
        qualifier: How the record hedges the total; None if it does not say.
        stale: Whether the record holds the figure of another day here.
        source: Slug of the page on which it was read, in a record that consists of pages.
        note: How the cell was read, if that was out of the ordinary.
    """

    record: str
    cell: Cell
    total: int | None
    increment: int | None = None
    correction: int | None = None
    qualifier: str | None = None
    stale: bool = False
    source: str | None = None
    note: str | None = None


def without_duplicates(path: Path, readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings of a file.

    Raises:
        UpstreamError: The file has no readings, or two of one record for one cell.
    """
    seen: dict[tuple[str, Cell], Reading] = {}
    for reading in readings:
        key = (reading.record, reading.cell)
        if key in seen:
            cell = reading.cell
            location = Location(path, f"{cell.date} {cell.category}")
            raise location.error("is in the file twice")
        seen[key] = reading
    if not seen:
        raise Location(path).error("holds no figures")
    return list(seen.values())
