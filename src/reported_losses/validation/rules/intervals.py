"""Declared gaps: the `gaps` column of a table as intervals of days that can be asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.dates import SPELLING, day_number
from reported_losses.parsing.columns import Column, ragged
from reported_losses.parsing.intervals import parse_intervals

# Day numbers of years 1 to 9999 lie within half of this on either side of 1970-01-01.
_WIDTH = 2**23
_INTERVAL = f"{SPELLING}/{SPELLING}"
_FORM = re.compile(rf"{_INTERVAL}( {_INTERVAL})*")


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals of days for each row of a table, disjoint and ascending within a row.

    Attributes:
        owner: Row that an interval belongs to, ascending.
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
        """Count the days up to one that lie in the intervals of each owner."""
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


def intervals(column: Column) -> Intervals:
    """Read the intervals of a `gaps` column.

    Args:
        column: Texts of ISO 8601 intervals separated by one space; missing means no gap.

    Returns:
        The intervals, merged where they overlap or touch.
    """
    parsed = [_merged(text) for text in column.texts]
    sizes = np.array([len(found or ()) for found in parsed] or [0], dtype=np.int64)
    readable = np.array([found is not None for found in parsed] or [True], dtype=np.bool_)
    flat = np.array(
        [interval for found in parsed for interval in found or ()], dtype=np.int64
    ).reshape(-1, 2)
    codes = column.values if column.texts else np.zeros(len(column.values), dtype=np.int64)
    owner, within = ragged(np.where(column.valid, sizes[codes], 0))
    chosen = (np.cumsum(sizes) - sizes)[codes][owner] + within
    return Intervals(owner, flat[chosen, 0], flat[chosen, 1], readable[codes] | ~column.valid)


def ends_before_it_begins(first: Column, last: Column) -> NDArray[np.bool_]:
    """Return the rows whose first value is above their last; a missing end is open."""
    mask: NDArray[np.bool_] = first.valid & last.valid & (first.values > last.values)
    return mask


def misplaced(column: Column) -> NDArray[np.bool_]:
    """Return which texts look like intervals but hold a wrong day, overlap, or are out of order."""
    return column.where(_is_misplaced)


def _is_misplaced(text: str) -> bool:
    if not _FORM.fullmatch(text):
        return False
    try:
        found = parse_intervals(text)
    except ValueError:
        return True
    return any(second[0] <= first[1] for first, second in pairwise(found))


def _merged(text: str) -> list[tuple[int, int]] | None:
    """Return the merged intervals of a cell; None if it cannot be understood."""
    try:
        found = sorted(
            (day_number(first), day_number(last)) for first, last in parse_intervals(text)
        )
    except ValueError:
        return None
    merged: list[tuple[int, int]] = []
    for first, last in found:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
