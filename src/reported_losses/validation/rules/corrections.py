"""Invariants of `corrections`: what the reporter took back, or printed against itself."""

from __future__ import annotations

import numpy as np

from reported_losses.validation.rules.figures import FIGURE, above, figure_of_correction, neighbours
from reported_losses.validation.rules.joins import lookup
from reported_losses.validation.rules.registry import Context, Mask, rule


@rule(
    title="A correction has an amount, a figure, and something to explain.",
    rationale=(
        "A correction may not be a way to make any sum come out. Its amount is not 0 and its "
        "figure exists. Where the figure's increment was printed and the day before has a figure, "
        "the amount is exactly what is missing: total(t) - total(t-1) - increment(t). Where not, "
        "either the total falls below the figure before, or a reading of that very cell states "
        "this correction. Where one of these values is unreadable, it cannot be judged."
    ),
    example="amount 5 on a day whose total is the day before plus the printed increment",
    fix="Remove the row, or correct its amount, or add the reading that states it.",
    column="amount",
    needs=("loss_counts", "readings"),
)
def explains_something(context: Context) -> Mask:
    """Find corrections that nothing needs."""
    amount, figures = context.table["amount"], context.tables["loss_counts"]
    figure = figure_of_correction(context)
    keyed = np.logical_and.reduce([context.table[name].valid for name in FIGURE])
    bad: Mask = amount.valid & (amount.values == 0)
    bad |= keyed & (figure < 0)
    judged = np.flatnonzero(amount.valid & (figure >= 0) & ~bad)
    at, value = figure[judged], amount.values[judged]
    near, total, increment = neighbours(context), figures["total"], figures["increment"]
    step = total.values - above(total.values)
    paired = near.later & total.valid & above(total.valid)
    identity = paired & (near.apart == 1) & increment.valid
    falls = paired & (step < 0)
    fits = np.where(
        identity[at],
        value == step[at] - increment.values[at],
        falls[at] | _stated(context)[judged],
    )
    unknown = ~total.known | (near.later & ~above(total.known)) | ~increment.known
    bad[judged] = ~fits & ~unknown[at]
    return bad


def _stated(context: Context) -> Mask:
    """Return whether some reading of the cell states the very amount."""
    readings, amount = context.tables["readings"], context.table["amount"]
    stated = readings["correction"]
    telling = np.flatnonzero(stated.valid)
    found = np.zeros(context.table.rows, dtype=np.bool_)
    place = lookup(readings.take(telling), context.table, FIGURE)
    same = place >= 0
    same[same] = amount.valid[place[same]] & (
        amount.values[place[same]] == stated.values[telling][same]
    )
    found[place[same]] = True
    return found
