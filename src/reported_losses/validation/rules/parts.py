"""What a part of `loss_counts` lacks, so that rules judge nothing by a figure that was left out.

Whoever validates some rows of the dataset has the rest of them in the installed table. A rule that
compares a figure with its neighbours says nothing where a neighbour is there and not in the frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reported_losses.validation.keys import Mask, Rows, dense, numbered
from reported_losses.validation.keys import whole as whole_keys
from reported_losses.validation.rules.figures import FAR, FIGURE, SERIES, above, neighbours
from reported_losses.validation.rules.rule import Context, derived

_MANY = 1 << 20


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many figures of the whole table the part lacks around each of its figures.

    Attributes:
        before: Number between the row above, or the start of the series, and this row.
        after: Number between this row and the row below, or the end of the series.
    """

    before: Rows
    after: Rows


@derived
def left_out(context: Context) -> LeftOut:
    """Derive what the part lacks around each figure; nothing if the table is whole."""
    figures, whole = context.tables["loss_counts"], context.whole("loss_counts")
    if whole is None or not figures.rows:
        nothing = np.zeros(figures.rows, dtype=np.int64)
        return LeftOut(nothing, nothing)
    own, held, series = _numbered(context)
    later = neighbours(context).later
    begin = np.where(later, above(own), series * FAR - 1)
    before = np.searchsorted(held, own) - np.searchsorted(held, begin, side="right")
    last = np.append(~later[1:], True)
    rest = np.searchsorted(held, series * FAR + FAR - 1) - np.searchsorted(held, own, side="right")
    after = np.where(last, rest, np.append(before[1:], 0))
    judged = whole_keys([figures[name] for name in FIGURE])
    return LeftOut(np.where(judged, before, 0), np.where(judged, after, 0))


def _numbered(context: Context) -> tuple[Rows, Rows, Rows]:
    """Return numbers of the part's figures, of the whole's in order, and of the part's series."""
    sides = context.tables["loss_counts"], context.whole("loss_counts")
    columns = [[side[name] for name in SERIES] for side in sides if side is not None]
    series, all_series, size = numbered(*columns)
    if size > _MANY:
        ranks, _ = dense(np.concatenate((series, all_series)))
        series, all_series = ranks[: len(series)], ranks[len(series) :]
    own, held = (side["report_date"].values for side in sides if side is not None)
    return series * FAR + own, np.sort(all_series * FAR + held), series


def window_is_whole(context: Context, size: int) -> Mask:
    """Return the figures before which the part lacks none of as many figures.

    Args:
        context: The tables.
        size: Number of figures in the window before each.
    """
    near, rows = neighbours(context), np.arange(context.tables["loss_counts"].rows)
    begin = np.maximum(near.per_row(near.starts), rows - size)
    sums = np.concatenate(([0], np.cumsum(left_out(context).before)))
    out: Mask = sums[rows + 1] == sums[begin]
    return out
