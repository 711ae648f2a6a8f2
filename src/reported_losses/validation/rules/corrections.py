"""Invariants of `corrections`: what the reporter took back, or printed against itself."""

from __future__ import annotations

import numpy as np

from reported_losses.dataset.schema import ForeignKey
from reported_losses.validation.keys import Mask, dangling, lookup_rows
from reported_losses.validation.rules.figures import (
    FIGURE,
    above,
    figure_of_correction,
    name_of,
    neighbours,
)
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.words import Words


@rule(
    "corrections",
    column="amount",
    needs=("loss_counts", "readings"),
    title="A correction has an amount, a figure, and something to explain.",
    rationale=(
        "A correction must not be a way to make any sum come out. Its amount is not 0 and its "
        "figure exists. If the figure's increment was printed and the day before has a figure, the "
        "amount is exactly what is missing: total(t) - total(t-1) - increment(t). If not, either "
        "the total falls below the figure before, or a reading of that cell states this very "
        "correction. If one of these values is unreadable, it cannot be judged."
    ),
    example="amount 5 on a day whose total is the day before plus the printed increment",
    fix="Remove the row, correct its amount, or add the reading that states it.",
)
def explains_something(context: Context) -> Mask:
    """Find corrections that nothing needs."""
    amount, figures = context.table["amount"], context.tables["loss_counts"]
    figure = figure_of_correction(context)
    bad: Mask = amount.valid & (amount.values == 0)
    bad |= dangling(context.table, ForeignKey(FIGURE, "loss_counts", FIGURE), figures)
    judged = np.flatnonzero(amount.valid & (figure >= 0) & ~bad)
    at, value = figure[judged], amount.values[judged]
    near, total, increment = neighbours(context), figures["total"], figures["increment"]
    step = total.values - above(total.values)
    paired = near.later & total.valid & above(total.valid)
    identity = paired & (near.apart == 1) & increment.valid
    fall = paired & (step < 0)
    fits = np.where(
        identity[at], value == step[at] - increment.values[at], fall[at] | _stated(context)[judged]
    )
    unknown = ~total.known | (near.later & ~above(total.known)) | ~increment.known
    bad[judged] = ~fits & ~unknown[at]
    return bad


def _stated(context: Context) -> Mask:
    """Return whether some reading of the cell states this very amount."""
    readings, amount = context.tables["readings"], context.table["amount"]
    stated = readings["correction"]
    stating = np.flatnonzero(stated.valid)
    found = np.zeros(context.table.rows, dtype=np.bool_)
    row = lookup_rows(readings.take(stating), context.table, FIGURE)
    same = row >= 0
    same[same] = amount.valid[row[same]] & (
        amount.values[row[same]] == stated.values[stating][same]
    )
    found[row[same]] = True
    return found


@explains_something.words
def _idle_correction(case: FailureCase) -> Words:
    name, amount = name_of(case), case.number("amount")
    figures = case.context.tables["loss_counts"]
    if amount == 0:
        return Words(f"{name}: the correction has amount 0", "an amount", "Remove the row.")
    row = int(figure_of_correction(case.context)[case.row])
    if row < 0:
        return Words(
            f"{name}: there is no such figure in loss_counts",
            "the key of a figure",
            "Correct the key, or remove the row.",
        )
    total, increment = figures["total"], figures["increment"]
    if neighbours(case.context).apart[row] == 1 and increment.valid[row]:
        printed = int(increment.values[row])
        before, now = int(total.values[row - 1]), int(total.values[row])
        due = now - before - printed
        message = f"{name}: {before} + {printed} and the total {now} are {due} apart, not {amount}"
        todo = f"Set the amount to {due}." if due else "Remove the row: the sum holds without it."
        return Words(message, str(due), todo)
    return Words(
        f"{name}: the total does not fall, and no reading states a correction of {amount}",
        "a fall, or a reading that states the correction",
        "Remove the row, or add the reading that states the correction.",
    )
