"""Which rows stay where they are when a file is sorted with the fewest moves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def staying(ranks: Sequence[int] | NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows stay so that the fewest rows move.

    Args:
        ranks: For each row of the file, its rank in the sorted order; ranks are distinct.

    Returns:
        bool; True for the rows of a longest ascending choice. Of two swapped rows the first
        stays.

    >>> staying([0, 2, 3, 1]).tolist()
    [True, True, True, False]
    """
    order = np.argsort(np.argsort(ranks))
    kept: NDArray[np.bool_] = order == np.arange(len(order))
    wrong = np.flatnonzero(~kept)
    if not len(wrong):
        return kept
    begin, end = int(wrong[0]), int(wrong[-1]) + 1
    kept[begin:end] = False
    # Backwards and negated: on a tie the row that comes first in the file stays.
    values = (-order[begin:end][::-1]).tolist()
    # For each length of an ascending choice: its least last value, and where that is.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        last[length : length + 1] = [index]
    index = last[-1]
    while index >= 0:
        kept[end - 1 - index] = True
        index = before[index]
    return kept
