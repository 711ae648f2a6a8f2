"""What there is of each series: its life, its figures, their evidence and printed increments."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reported_losses.definition.dates import EPOCH
from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import load
from reported_losses.parsing.columns import Column, Columns, from_arrow

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE = "loss_counts"
KEYS = ("reporter", "subject", "category")
PRINTED = ("primary", "quoted")
"""Where an increment is read that somebody printed; an address only spells it."""

Key = tuple[str, ...]
DaysByKey = dict[Key, list[dt.date]]
"""Days by reporter and subject."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One reporter counting one category for one side, and what this dataset has of it.

    Attributes:
        reporter: The organisation that counts.
        subject: Whose losses.
        category: What is counted.
        since: First day of the category's life in the reports.
        until: Its last day; None while it is counted.
        cadence: "daily" or "irregular".
        policy: "cumulative", or "restated" if the totals are of a list that is revised.
        note: What else a reader should know, or None.
        figures: Number of totals.
        last_figure: Day of the last total; None if there is none, as for the next two.
        last_total: The last total.
        last_evidence: What supports it.
        evidence: Number of totals by evidence.
        increments: Number of increments by where they were read.
        last_increment: Day of the last increment, or None.
        last_printed_increment: Day of the last one that was read in print, or None.
    """

    reporter: str
    subject: str
    category: str
    since: dt.date
    until: dt.date | None
    cadence: str
    policy: str
    note: str | None
    figures: int
    last_figure: dt.date | None
    last_total: int | None
    last_evidence: str | None
    evidence: Mapping[str, int]
    increments: Mapping[str, int]
    last_increment: dt.date | None
    last_printed_increment: dt.date | None


def coverages() -> tuple[Coverage, ...]:
    """Return what there is of every series, in the order of the table `series`.

    >>> tanks = next(one for one in coverages() if one.category == "tanks")
    >>> tanks.reporter, tanks.since.isoformat(), tanks.policy
    ('oryx', '2022-03-19', 'restated')
    """
    counts = _counts()
    rows = _rows_of_series(counts)
    series: list[dict[str, Any]] = load("series", engine="arrow").to_pylist()
    return tuple(
        _coverage(row, counts, rows.get(tuple(row[name] for name in KEYS), slice(0, 0)))
        for row in series
    )


def report_days() -> DaysByKey:
    """Return the days on which each reporter has a figure for each subject, in order."""
    counts = _counts()
    return _in_order(_days_where(counts, counts["total"].valid))


def increment_days() -> tuple[DaysByKey, DaysByKey]:
    """Return the days on which each reporter has an increment for each subject, in order.

    Returns:
        The days on which some category has one, and those on which every category that has a
        figure has one as well.

    >>> some, every = increment_days()
    >>> set(every["ua-general-staff", "russia"]) <= set(some["ua-general-staff", "russia"])
    True
    """
    counts = _counts()
    has_increment = counts["increment"].valid
    some, lacking = _days_where(counts, has_increment), _days_where(counts, ~has_increment)
    return _in_order(some), _in_order({key: some[key] - lacking[key] for key in some})


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return the sums of several numbers by name, the largest first.

    >>> added([{"single": 1}, {"single": 2, "agreed": 4}])
    {'agreed': 4, 'single': 3}
    """
    sums: dict[str, int] = {}
    for one in counts:
        for name, number in one.items():
            sums[name] = sums.get(name, 0) + number
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _counts() -> Columns:
    return from_arrow(installed().table(TABLE), load(TABLE, engine="arrow"))


def _rows_of_series(counts: Columns) -> dict[Key, slice]:
    """Return the rows of each series, which are neighbours in the order of the key."""
    codes = np.stack([counts[name].values for name in KEYS])
    starts = np.flatnonzero((codes[:, 1:] != codes[:, :-1]).any(axis=0)) + 1
    bounds = [0, *starts.tolist(), counts.rows] if counts.rows else []
    return {
        tuple(counts[name].text(first) for name in KEYS): slice(first, last)
        for first, last in itertools.pairwise(bounds)
    }


def _days_where(counts: Columns, mask: NDArray[np.bool_]) -> dict[Key, set[int]]:
    """Return the days of some rows, by reporter and subject."""
    days: dict[Key, set[int]] = {}
    for key, rows in _rows_of_series(counts).items():
        own = counts["report_date"].values[rows][mask[rows]]
        days.setdefault(key[:2], set()).update(own.tolist())
    return days


def _in_order(days: Mapping[Key, set[int]]) -> DaysByKey:
    return {key: [_day(number) for number in sorted(numbers)] for key, numbers in days.items()}


def _coverage(row: Mapping[str, Any], counts: Columns, rows: slice) -> Coverage:
    last = rows.stop - 1 if rows.stop > rows.start else None
    days, read_in = counts["report_date"].values[rows], counts["increment_evidence"]
    has_increment = counts["increment"].valid[rows]
    printed = has_increment & read_in.where(lambda text: text in PRINTED)[rows]
    return Coverage(
        **{name: row[name] for name in (*KEYS, "cadence", "policy", "note")},
        since=row["first_report"],
        until=row["last_report"],
        figures=rows.stop - rows.start,
        last_figure=_last_day(days),
        last_total=None if last is None else int(counts["total"].values[last]),
        last_evidence=None if last is None else counts["evidence"].text(last),
        evidence=_numbers(counts["evidence"], rows),
        increments=_numbers(read_in, rows),
        last_increment=_last_day(days[has_increment]),
        last_printed_increment=_last_day(days[printed]),
    )


def _numbers(column: Column, rows: slice) -> dict[str, int]:
    """Return how often each text occurs in some rows of a column, the most frequent first."""
    held = column.values[rows][column.valid[rows]]
    numbers = np.bincount(held, minlength=len(column.texts)).tolist()
    named = zip(column.texts, numbers, strict=True)
    return added([{text: number for text, number in named if number}])


def _last_day(days: NDArray[Any]) -> dt.date | None:
    return _day(int(days[-1])) if len(days) else None


def _day(number: int) -> dt.date:
    return EPOCH + dt.timedelta(days=number)
