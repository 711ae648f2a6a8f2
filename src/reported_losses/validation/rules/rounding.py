"""Series whose totals all end in 0: the habit behind `loss_counts/round-figure`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.rules.figures import above, neighbours
from reported_losses.validation.rules.registry import Context, Mask
from reported_losses.validation.rules.steps import WINDOW, borne_out

BASE = 10
# A total that stands still for weeks is no habit, however round it is.
MOVES = 10


def unrounded(context: Context) -> Mask:
    """Find totals that do not end in 0 where every one of the window before them does."""
    near, total = neighbours(context), context.table["total"]
    rows = np.arange(context.table.rows)
    position = rows - near.per_row(near.starts)
    odd = ~total.valid | (total.values % BASE != 0)
    moved = total.values != above(total.values)
    judged = near.dated & total.valid & (position >= WINDOW) & ~borne_out(context)
    habit = (_within(odd) == 0) & (_within(moved) >= MOVES)
    bad: Mask = judged & odd & habit
    return bad


def _within(flags: Mask) -> NDArray[np.int64]:
    """Count, for each row, the flags among the rows of the window above it."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    rows = np.arange(len(flags))
    counts: NDArray[np.int64] = sums[rows] - sums[np.maximum(rows - WINDOW, 0)]
    return counts
