"""Declared gaps: the `gaps` column of a table as intervals that can be asked about."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Column

# Day numbers of years 1 to 9999 lie within half of this on either side of 1970-01-01.
_WIDTH = 2**23
_INTERVAL = r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d"
_FORM = re.compile(rf"{_INTERVAL}( {_INTERVAL})*", re.ASCII)
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Spans:
    """Intervals of days per row of a table, disjoint and ascending within each row.

    Attributes:
        owner: Row an interval belongs to, ascending.
        first: First day of each interval.
        last: Last day of each interval.
        readable: Per row, whether its text could be understood.
    """

    owner: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    readable: NDArray[np.bool_]

    def covered(
        self, owner: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Count the days from `first` to `last` that lie in the intervals of each owner."""
        return self._until(owner, last) - self._until(owner, first - 1)

    def _until(self, owner: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        if not len(self.owner):
            return np.zeros(len(owner), dtype=np.int64)
        lengths = self.last - self.first + 1
        before = np.concatenate(([0], np.cumsum(lengths)))
        starts = self.owner * _WIDTH + self.first
        base = before[np.searchsorted(self.owner, owner)]
        at = np.searchsorted(starts, owner * _WIDTH + day, side="right") - 1
        inside = (at >= 0) & (self.owner[at] == owner)
        reach = before[at] + np.minimum(day, self.last[at]) - self.first[at] + 1
        return np.where(inside, reach - base, 0)


def spans(column: Column) -> Spans:
    """Read the intervals of a `gaps` column.

    Args:
        column: Texts of ISO 8601 intervals separated by one space; missing means no gap.

    Returns:
        The intervals, merged where they overlap.
    """
    parsed = [_intervals(text) for text in column.texts]
    sizes = np.array([len(found or ()) for found in parsed] or [0], dtype=np.int64)
    readable = np.array([found is not None for found in parsed] or [True], dtype=np.bool_)
    flat = np.array(
        [interval for found in parsed for interval in found or ()], dtype=np.int64
    ).reshape(-1, 2)
    begin = np.cumsum(sizes) - sizes
    codes = column.values if column.texts else np.zeros(len(column.values), dtype=np.int64)
    count = np.where(column.valid, sizes[codes], 0)
    owner = np.repeat(np.arange(len(codes)), count)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    pick = np.repeat(begin[codes], count) + within
    return Spans(owner, flat[pick, 0], flat[pick, 1], readable[codes] | ~column.valid)


def misplaced(column: Column) -> NDArray[np.bool_]:
    """Return which texts have the form of intervals but are none, or not in order and apart."""
    bad = np.array([_is_misplaced(text) for text in column.texts] or [False], dtype=np.bool_)
    codes = column.values if column.texts else np.zeros(len(column.values), dtype=np.int64)
    mask: NDArray[np.bool_] = column.valid & bad[codes]
    return mask


def _is_misplaced(text: str) -> bool:
    if not _FORM.fullmatch(text):
        return False
    try:
        days = [_day(day) for interval in text.split(" ") for day in interval.split("/")]
    except ValueError:
        return True
    later = [after >= day + number % 2 for number, (day, after) in enumerate(pairwise(days))]
    return not all(later)


def _intervals(text: str) -> list[tuple[int, int]] | None:
    """Return merged intervals of a cell, or None where it cannot be understood."""
    try:
        pairs = sorted(
            (_day(first), _day(last))
            for first, last in (part.split("/") for part in text.split(" ") if part)
        )
    except ValueError:
        return None
    if any(first > last for first, last in pairs):
        return None
    merged: list[tuple[int, int]] = []
    for first, last in pairs:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal() - _EPOCH
