"""Invariants of `claims`: one figure, or range, inside a statement."""

from __future__ import annotations

import numpy as np

from reported_losses.issue import Severity
from reported_losses.validation.rules.quotes import quoted_figures
from reported_losses.validation.rules.registry import Context, Mask, rule

_NEITHER, _LOW, _HIGH, _EQUAL, _RANGE = range(5)


@rule(
    title="The lower end of a range is not above the upper.",
    rationale=(
        "The ends of a range are low and high. Where one of them is missing there is no range; "
        "where one is unreadable it cannot be judged."
    ),
    example="low 40000, high 30000",
    fix="Swap the two, or correct the one mistyped.",
    column="low",
)
def ordered_range(context: Context) -> Mask:
    """Find ranges whose low is above their high."""
    low, high = context.table["low"], context.table["high"]
    bad: Mask = low.valid & high.valid & (low.values > high.values)
    return bad


@rule(
    title="The qualifier says which ends of the range there are.",
    rationale=(
        "With exact and about, low and high are equal; with between there are both, and they "
        "differ; with more-than there is low alone, with up-to and nearly high alone. Anything "
        "else would let one figure be read two ways. A range out of order is reported by "
        "claims/ordered-range alone; an unreadable end cannot be judged."
    ),
    example="more-than with low 100000 and high 100000",
    fix="Choose the qualifier the speaker used, and fill the ends it has.",
    column="qualifier",
)
def qualifier_fits(context: Context) -> Mask:
    """Find claims whose ends are not those of their qualifier."""
    low, high = context.table["low"], context.table["high"]
    qualifier = context.table["qualifier"]
    both = low.valid & high.valid
    shape = np.select(
        [both & (low.values == high.values), both, low.valid, high.valid],
        [_EQUAL, _RANGE, _LOW, _HIGH],
        _NEITHER,
    )
    due = {
        "exact": _EQUAL,
        "about": _EQUAL,
        "between": _RANGE,
        "more-than": _LOW,
        "up-to": _HIGH,
        "nearly": _HIGH,
    }
    wanted = np.array([due.get(text, -1) for text in qualifier.texts] or [-1])[qualifier.values]
    judged = qualifier.valid & low.known & high.known & (wanted >= 0)
    bad: Mask = judged & (shape != wanted) & ~(both & (low.values > high.values))
    return bad


@rule(
    title="The period counted does not end before it begins.",
    rationale=(
        "The first and last day counted are period_start and period_end. Where one is missing "
        "the period is open; where one is unreadable it cannot be judged."
    ),
    example="period 2023-02-22 to 2022-02-24",
    fix="Swap the two, or correct the one mistyped.",
    column="period_start",
)
def period_ordered(context: Context) -> Mask:
    """Find periods that end before they begin."""
    start, end = context.table["period_start"], context.table["period_end"]
    bad: Mask = start.valid & end.valid & (start.values > end.values)
    return bad


@rule(
    title="A claim that repeats a reporter's count is the figure the count has.",
    rationale=(
        "reporter says whose count a claim repeats; subject, category and period_end say which "
        "figure of loss_counts it is: its printed increment where the period counted is one day "
        "in the middle of the war, its total otherwise. The figure must lie between low and "
        "high, where an end that is missing bounds nothing. A claim whose figure does not exist "
        "is a breach as well. It is a warning, because the page quoted may be what is wrong. "
        "Where an end, a part of the key or the figure itself is unreadable, or no increment was "
        "printed, it cannot be judged."
    ),
    example="a page quotes 144,440 personnel for 2023-02-22, where loss_counts has 145,060",
    fix=(
        "Compare the page and the report. If the page is wrong, say so in the note and leave "
        "reporter empty."
    ),
    column="low",
    needs=("loss_counts",),
    severity=Severity.WARNING,
)
def matches_count(context: Context) -> Mask:
    """Find claims that quote a reporter's count differently from `loss_counts`."""
    table = context.table
    linked = table["reporter"].valid.copy()
    for name in ("subject", "category", "period_start", "period_end", "low", "high"):
        linked &= table[name].known
    quoted = quoted_figures(context)
    bad: Mask = linked & (quoted.row < 0)
    rows = np.flatnonzero(linked & quoted.known)
    low, high, value = table["low"], table["high"], quoted.value[rows]
    below = low.valid[rows] & (value < low.values[rows])
    bad[rows] = below | (high.valid[rows] & (value > high.values[rows]))
    return bad
