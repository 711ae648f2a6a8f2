"""Columns in few bytes, as the explorer's script unpacks them (`explorer/unpack.js`).

Nothing is decided here: what goes in comes out again.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T", bound=Hashable)


def steps(values: Iterable[int]) -> list[int]:
    """Return the first value, and how much each one exceeds the one before it.

    >>> steps([5, 7, 7])
    [5, 2, 0]
    """
    found = list(values)
    return [now - before for before, now in zip([0, *found], found, strict=False)]


def runs(values: Iterable[T]) -> list[T | int]:
    """Return values as pairs, one below the other: a value, and how often it follows itself.

    >>> runs([1, 1, 1, 4])
    [1, 3, 4, 1]
    """
    return [one for value, same in itertools.groupby(values) for one in (value, len(list(same)))]


def exceptions(values: Sequence[int | None], usual: Sequence[int | None]) -> list[int | None]:
    """Return where values differ from other ones: triples of first row, number of rows, value.

    Args:
        values: The values.
        usual: What they are but for exceptions, as many.

    >>> exceptions([1, None, None, 5], [1, 2, 3, 4])
    [1, 2, None, 3, 1, 5]
    """
    found: list[int | None] = []
    row = 0
    for (same, value), group in itertools.groupby(
        zip(values, usual, strict=True), lambda pair: (pair[0] == pair[1], pair[0])
    ):
        size = len(list(group))
        if not same:
            found += [row, size, value]
        row += size
    return found


def days(values: Sequence[int]) -> list[int]:
    """Return the numbers of days in order: the first one, and the runs of the steps after it.

    >>> days([100, 101, 102, 109])
    [100, 1, 2, 7, 1]
    """
    return [*values[:1], *runs(steps(values)[1:])]


def without_empty(row: Sequence[Any]) -> list[Any]:
    """Return a row without the empty cells at its end.

    >>> without_empty([1, None, 2, None, ""])
    [1, None, 2]
    """
    kept = list(row)
    while kept and kept[-1] in {None, ""}:
        kept.pop()
    return kept
