"""Invariants of `corrections`: what the reporter took back, or printed against itself."""

from __future__ import annotations

import numpy as np

from reported_losses.definition.schema import ForeignKey
from reported_losses.validation.keys import Mask, Rows, dangling, first_of_key, lookup_rows
from reported_losses.validation.rules.accounting import excess, falls
from reported_losses.validation.rules.figures import (
    FIGURE,
    SERIES,
    above,
    amounts,
    figure_of_correction,
    name_of,
    neighbours,
)
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words


@rule(
    "corrections",
    column="amount",
    needs=("loss_counts", "readings"),
    title="A correction has an amount, a figure, and something to explain.",
    rationale=(
        "A correction must not be a way to make any sum come out. Its amount is not 0 and its "
        "figure exists. If the figure's increment was printed and the day before has a figure, the "
        "amount is exactly what is missing: total(t) - total(t-1) - increment(t). If not, it is "
        "the correction that a reading of the cell states or, where none states one, the whole "
        "fall below the figure before. A stale reading states nothing, and neither does one that "
        "would make the day's own increment negative. If one of these values is unreadable, it "
        "cannot be judged."
    ),
    example="amount 5 on a day whose total is the day before plus the printed increment",
    fix="Remove the row, correct its amount, or add the reading that states it.",
)
def explains_something(context: Context) -> Mask:
    """Find corrections that nothing needs."""
    return _idle(context)


@derived
def _idle(context: Context) -> Mask:
    corrections, figures = context.tables["corrections"], context.tables["loss_counts"]
    amount, figure = corrections["amount"], figure_of_correction(context)
    bad: Mask = amount.valid & (amount.values == 0)
    bad |= dangling(corrections, ForeignKey(FIGURE, "loss_counts", FIGURE), figures)
    judged = np.flatnonzero(amount.valid & (figure >= 0) & ~bad)
    at, value = figure[judged], amount.values[judged]
    near, total, increment = neighbours(context), figures["total"], figures["increment"]
    step = total.values - above(total.values)
    paired = near.later & total.valid & above(total.valid)
    identity = paired & (near.apart == 1) & increment.valid
    fall = paired & (step < 0)
    some, same = (mask[judged] for mask in _stated(context, figure, step, paired))
    unstated = np.where(some, same, fall[at] & (value == step[at]))
    fits = np.where(identity[at], value == step[at] - increment.values[at], unstated)
    unknown = ~total.known | (near.later & ~above(total.known)) | ~increment.known
    bad[judged] = ~fits & ~unknown[at]
    return bad


def _stated(context: Context, figure: Rows, step: Rows, paired: Mask) -> tuple[Mask, Mask]:
    """Return whether some reading of the cell states a correction, and whether this very amount.

    Args:
        context: The tables.
        figure: Figure of each correction, or -1.
        step: Step of the totals to each figure. A stated correction above it does not count: the
            day's own increment would be negative.
        paired: Whether the step of each figure is known.
    """
    readings, corrections = context.tables["readings"], context.tables["corrections"]
    stated, amount, stale = readings["correction"], corrections["amount"], readings["stale"]
    stating = np.flatnonzero(stated.valid & ~(stale.valid & stale.values.astype(np.bool_)))
    some, same = np.zeros((2, corrections.rows), dtype=np.bool_)
    row = lookup_rows(readings.take(stating), corrections, FIGURE)
    stating, row = stating[row >= 0], row[row >= 0]
    possible = figure[row] >= 0
    own = figure[row[possible]]
    possible[possible] = ~paired[own] | (stated.values[stating[possible]] <= step[own])
    stating, row = stating[possible], row[possible]
    some[row] = True
    same[row[amount.valid[row] & (amount.values[row] == stated.values[stating])]] = True
    return some, same


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
        f"{name}: the total does not fall by it, and no reading states a correction of {amount}",
        "the whole fall, or the correction that a reading states",
        "Correct the amount, remove the row, or add the reading that states the correction.",
    )


@rule(
    "corrections",
    column="category",
    needs=("series", "loss_counts", "readings"),
    title="There are no corrections of a series whose totals may fall.",
    rationale=(
        "A series with policy `restated` is a living list: its totals fall without a correction, "
        "so a row would explain nothing. Of several corrections of one series the first is "
        "reported, because its policy is the likelier mistake. A correction that nothing needs is "
        "reported by corrections/explains-something alone. A series with an unreadable policy "
        "cannot be judged."
    ),
    example="a correction of -2 tanks in the list of Oryx",
    fix="Remove the row, or correct the policy of the series.",
)
def not_restated(context: Context) -> Mask:
    """Find the first correction of each series that may fall."""
    series = context.tables["series"]
    found = lookup_rows(context.table, series, SERIES)
    if not series.rows:
        return np.zeros(context.table.rows, dtype=np.bool_)
    policy = series["policy"]
    bad: Mask = (found >= 0) & policy.valid[found] & ~_idle(context)
    bad &= policy.values[found] == policy.code("restated")
    rows = np.flatnonzero(bad)
    bad[rows] = first_of_key(context.table.take(rows), SERIES) == np.arange(len(rows))
    return bad


@not_restated.words
def _restated(case: FailureCase) -> Words:
    key = " ".join(case.cell(name) for name in SERIES)
    message = f"{name_of(case)}: a correction of {key}, whose policy is restated"
    return Words(message, "no correction, or the policy cumulative", case.rule.text.fix)


@rule(
    "readings",
    column="correction",
    needs=("loss_counts", "corrections", "records"),
    title="A stated correction that is not in the ledger has a note.",
    rationale=(
        "What a record states and what `corrections` has may differ: a record dates a correction "
        "a day early, or counts only a part of it. Then the reading's note says so; without one, "
        "the row of corrections was lost or its amount mistyped. No row in corrections means 0. "
        "A figure that breaks its sum, and a correction that nothing needs, are reported by "
        "their own rules alone. A reading without a figure, and unreadable values, cannot be "
        "judged."
    ),
    example="petro states -2 air-defence on 2025-10-03, corrections has no row",
    fix="Add or correct the row of corrections, or say in the note why they differ.",
)
def correction_noted(context: Context) -> Mask:
    """Find stated corrections that differ from the ledger and have no note."""
    readings, figures = context.table, context.tables["loss_counts"]
    stated, note, amount = readings["correction"], readings["note"], amounts(context)
    rows = np.flatnonzero(stated.valid & note.known & ~note.valid)
    figure = lookup_rows(readings.take(rows), figures, FIGURE)
    rows, figure = rows[figure >= 0], figure[figure >= 0]
    differs = amount.known[figure] & (stated.values[rows] != amount.value[figure])
    broken = excess(context) != 0
    if "series" in context.tables:
        broken |= falls(context)
    idle = figure_of_correction(context)[_idle(context)]
    broken[idle[idle >= 0]] = True
    bad = np.zeros(readings.rows, dtype=np.bool_)
    bad[rows[differs & ~broken[figure]]] = True
    return bad


@correction_noted.words
def _unexplained(case: FailureCase) -> Words:
    figure = lookup_rows(
        case.table.take(np.array([case.row])), case.context.tables["loss_counts"], FIGURE
    )
    due = int(amounts(case.context).value[figure[0]])
    message = (
        f"{name_of(case)}: {case.cell('record')} states a correction of {case.cell('correction')}"
    )
    message += f", corrections has {due}" if due else ", corrections has none"
    return Words(message, f"{due}, or a note", case.rule.text.fix)
