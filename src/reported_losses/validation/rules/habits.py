"""Whether figures and readings keep the habits of their reporter and their record."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.issue import Severity
from reported_losses.validation.keys import Mask
from reported_losses.validation.rules.figures import (
    above,
    name_of,
    neighbours,
    total_of,
)
from reported_losses.validation.rules.parts import window_is_whole
from reported_losses.validation.rules.plausibility import WINDOW, confirmed
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_BASE = 10
# A record with fewer readings shows no habit.
_ENOUGH = 30
# The records that print increments have them in more than a third of their readings, the others
# in none of 67,000.
_SELDOM = 10

# A total that does not move for weeks shows no habit, even if it is round.
_MOVES = 10


@rule(
    "loss_counts",
    column="total",
    needs=("records", "readings"),
    severity=Severity.WARNING,
    title="If a reporter's totals all end in 0, the next total ends in 0 too.",
    rationale=(
        "The General Staff rounds personnel to tens: but for three days, every total it printed "
        "ends in 0. A mistyped last digit stays within any bound on steps, but not within the "
        "habit. It is a habit if all of the 60 figures before end in 0 and at least ten of them "
        "moved. Not judged: figures with a printed increment or with a total that two or more "
        "independent records state, and those whose window holds a missing or unreadable total."
    ),
    example="personnel 1455423 after sixty totals that end in 0",
    fix="Compare the figure with the report. If it is right, leave it.",
)
def round_figure(context: Context) -> Mask:
    """Find totals that do not end in 0 although all of the window before them do."""
    near, total = neighbours(context), context.table["total"]
    rows = np.arange(context.table.rows)
    position = rows - near.per_row(near.starts)
    odd = ~total.valid | (total.values % _BASE != 0)
    moved = total.values != above(total.values)
    judged = near.dated & total.valid & (position >= WINDOW) & ~confirmed(context)
    judged &= window_is_whole(context, WINDOW)
    habit = (_within(odd) == 0) & (_within(moved) >= _MOVES)
    bad: Mask = judged & odd & habit
    return bad


def _within(flags: Mask) -> NDArray[np.int64]:
    """Count, for each row, the flags among the rows of the window above it."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    rows = np.arange(len(flags))
    counts: NDArray[np.int64] = sums[rows] - sums[np.maximum(rows - WINDOW, 0)]
    return counts


@round_figure.words
def _unrounded(case: FailureCase) -> Words:
    total = f"{name_of(case)}: {total_of(case)}"
    return Words(
        f"{total} does not end in 0, as the {WINDOW} figures before it do",
        "a figure that ends in 0",
        case.rule.text.fix,
    )


@derived
def _increments(context: Context) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the readings of the record of each reading, and those with an increment."""
    record, increment = (
        context.tables["readings"]["record"],
        context.tables["readings"]["increment"],
    )
    of = np.where(record.valid, record.values, 0)
    size = np.bincount(of, record.valid, minlength=1).astype(np.int64)
    printed = np.bincount(of, record.valid & increment.valid, minlength=1).astype(np.int64)
    return size[of], printed[of]


@rule(
    "readings",
    column="increment",
    severity=Severity.WARNING,
    whole=True,
    title="A record that prints no increments has none.",
    rationale=(
        "An increment is what the record prints. Whoever fills it in from the totals computes it, "
        "and then the sum of the day proves nothing. Some records print increments and some never "
        "do: the transcriptions, the keepers of totals, Oryx. A record of at least 30 readings "
        "with an increment in fewer than one of ten prints none, and each increment in it is "
        "reported. A reading whose record or increment is unreadable is not judged."
    ),
    example="+3 tanks on 2026-10-06 in a transcription that has no increment in 1,822 readings",
    fix="Empty the cell, unless the record prints the increment.",
)
def increment_usual(context: Context) -> Mask:
    """Find increments in records that print none."""
    record, increment = context.table["record"], context.table["increment"]
    size, printed = _increments(context)
    bad: Mask = record.valid & increment.valid & (size >= _ENOUGH) & (_SELDOM * printed < size)
    return bad


@increment_usual.words
def _unusual_increment(case: FailureCase) -> Words:
    size, printed = (int(counts[case.row]) for counts in _increments(case.context))
    day, category = case.cell("report_date"), case.cell("category")
    return Words(
        f"{day} {category}: {case.cell('record')} has an increment in {printed:,} of its "
        f"{size:,} readings",
        "an empty cell",
        case.rule.text.fix,
    )
