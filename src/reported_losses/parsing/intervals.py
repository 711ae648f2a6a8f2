"""Sets of days, written as ISO 8601 intervals as in the `gaps` columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reported_losses.definition.dates import parse_date

DAY = dt.timedelta(days=1)
Interval = tuple[dt.date, dt.date]


def parse_intervals(text: str) -> list[Interval]:
    """Read intervals of days, with both ends included, in the order in which they are written.

    Raises:
        ValueError: The text is not a list of intervals, a day does not exist, or an interval
            ends before it begins.

    >>> parse_intervals("2022-05-07/2022-05-08")
    [(datetime.date(2022, 5, 7), datetime.date(2022, 5, 8))]
    """
    intervals = []
    for part in text.split(" ") if text else ():
        first, last = map(parse_date, part.split("/"))
        if first > last:
            raise ValueError(f"{part} ends before it begins")
        intervals.append((first, last))
    return intervals


def format_intervals(days: Iterable[dt.date]) -> str:
    """Write a set of days as intervals, with both ends included.

    >>> format_intervals([dt.date(2022, 5, 7), dt.date(2022, 5, 8), dt.date(2022, 6, 1)])
    '2022-05-07/2022-05-08 2022-06-01/2022-06-01'
    """
    intervals: list[Interval] = []
    for day in sorted(set(days)):
        if intervals and day - intervals[-1][1] == DAY:
            intervals[-1] = (intervals[-1][0], day)
        else:
            intervals.append((day, day))
    return " ".join(f"{first}/{last}" for first, last in intervals)


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return every day from `first` to `last`, with both included."""
    return [first + DAY * number for number in range((last - first).days + 1)]


def days_in(text: str) -> set[dt.date]:
    """Return the days in a text of intervals; the inverse of `format_intervals`.

    >>> sorted(days_in("2022-05-07/2022-05-08"))
    [datetime.date(2022, 5, 7), datetime.date(2022, 5, 8)]
    """
    return {day for interval in parse_intervals(text) for day in days_between(*interval)}
