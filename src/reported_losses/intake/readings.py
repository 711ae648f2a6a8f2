"""A reading: what one record says one figure was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

REPORTER = "ua-general-staff"
SUBJECT = "russia"
WAR_BEGAN = dt.date(2022, 2, 24)
DAY = dt.timedelta(days=1)


class Cell(NamedTuple):
    """One figure of one report: a category on a day."""

    category: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record says of one cell.

    Attributes:
        record: Slug of the record.
        cell: Category and report date.
        total: Cumulative total, in items or people; None where it could not be read.
        increment: Increment printed in the record; None where it prints none.
        correction: Correction the record states; None where it states none.
        qualifier: How the record hedges the total; None where it does not say.
        note: How the cell was read, where that was out of the ordinary.
    """

    record: str
    cell: Cell
    total: int | None
    increment: int | None = None
    correction: int | None = None
    qualifier: str | None = None
    note: str | None = None


def intervals(days: Iterable[dt.date]) -> str:
    """Write a set of days as ISO 8601 intervals, both ends included.

    >>> intervals([dt.date(2022, 5, 7), dt.date(2022, 5, 8), dt.date(2022, 6, 1)])
    '2022-05-07/2022-05-08 2022-06-01/2022-06-01'
    """
    spans: list[list[dt.date]] = []
    for day in sorted(set(days)):
        if spans and day - spans[-1][1] == DAY:
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return " ".join(f"{first}/{last}" for first, last in spans)


def days_in(spans: str) -> set[dt.date]:
    """Read back what `intervals` wrote.

    >>> sorted(days_in("2022-05-07/2022-05-08"))
    [datetime.date(2022, 5, 7), datetime.date(2022, 5, 8)]
    """
    days: set[dt.date] = set()
    for span in spans.split():
        first, last = (dt.date.fromisoformat(end) for end in span.split("/"))
        days.update(days_between(first, last))
    return days


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return every day from `first` to `last`, both included."""
    return [first + DAY * number for number in range((last - first).days + 1)]
