"""Where an increment was read: the one definition of its evidence, and the rule that holds to it.

An increment printed in the reporter's own text or infographic is `primary`; one that a page or
a transcription gives is `quoted`. The addresses of the reporter's pages spell increments too. An
address is not a print, and some belong to another day. So an increment that only an address has is
`address`, and counts only where it fits the totals: total(t) = total(t-1) + increment(t), or
with a correction that some record states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reported_losses.parsing.columns import Columns
from reported_losses.validation.keys import Mask, Rows, whole
from reported_losses.validation.rules.accounting import excess, falls
from reported_losses.validation.rules.figures import FIGURE, above, name_of, neighbours
from reported_losses.validation.rules.parts import left_out
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.votes import PRIMARY_KINDS, record_is_one_of, votes
from reported_losses.validation.words import Words

INCREMENT_EVIDENCE = ("primary", "quoted", "address")
"""Kinds of evidence of an increment, the best first, as `loss_counts.increment_evidence` has."""

_PRIMARY, _QUOTED, _ADDRESS, _NONE = range(4)


@dataclass(frozen=True, slots=True)
class Printed:
    """What prints the increment of each figure.

    Attributes:
        kind: Index of `INCREMENT_EVIDENCE`; 3 if no reading has this increment.
        judged: Whether the readings of the figure are known, and the totals that an address must
            fit.
    """

    kind: Rows
    judged: Mask


@derived
def printed(context: Context) -> Printed:
    """Derive what prints the increment of each figure."""
    figures, readings = context.tables["loss_counts"], context.tables["readings"]
    cast, increment = votes(context), figures["increment"]
    stated = readings["increment"]
    rows = np.flatnonzero((cast.figure >= 0) & stated.valid & ~cast.stale & (cast.record >= 0))
    figure = cast.figure[rows]
    same = increment.valid[figure] & (stated.values[rows] == increment.values[figure])
    rows, figure = rows[same], figure[same]
    record = cast.record[rows]
    own = record_is_one_of(context, "kind", PRIMARY_KINDS)[record]
    address = record_is_one_of(context, "kind", ("address",))[record]
    kind = np.full(figures.rows, _NONE, dtype=np.int64)
    np.minimum.at(kind, figure, np.where(own, _PRIMARY, np.where(address, _ADDRESS, _QUOTED)))
    misfit = (kind == _ADDRESS) & ~_fits(context)
    kind[misfit] = _NONE
    unknown = ~(stated.known & readings["stale"].known) & (cast.figure >= 0)
    near = neighbours(context)
    first = np.zeros(figures.rows, dtype=np.bool_)
    first[near.starts] = True
    # If a key occurs twice, its readings were found for the first row.
    judged = increment.known & figures["total"].known & (first | near.later)
    judged &= whole([figures[name] for name in FIGURE])
    judged &= np.bincount(cast.figure[unknown], minlength=figures.rows) == 0
    judged &= ~(misfit & (left_out(context).before > 0))
    return Printed(kind, judged)


def _fits(context: Context) -> Mask:
    """Return whether each increment makes up the step of the totals, less a stated correction."""
    figures, readings = context.tables["loss_counts"], context.tables["readings"]
    total, increment = figures["total"], figures["increment"]
    paired = (neighbours(context).apart == 1) & total.valid & above(total.valid) & increment.valid
    lacking = total.values - above(total.values) - increment.values
    fits: Mask = paired & (lacking == 0)
    cast, correction = votes(context), readings["correction"]
    rows = np.flatnonzero((cast.figure >= 0) & correction.valid)
    figure = cast.figure[rows]
    stated = figure[paired[figure] & (lacking[figure] == correction.values[rows])]
    fits[stated] = True
    return fits


def increment_evidence_of(tables: Mapping[str, Columns]) -> list[str]:
    """Return the evidence of every figure's increment.

    Args:
        tables: `loss_counts`, `readings` and `records`; what `increment_evidence` holds is not
            looked at.

    Returns:
        One of `INCREMENT_EVIDENCE` per figure, in key order; empty without an increment.
    """
    context = Context(tables, tables["loss_counts"])
    names = (*INCREMENT_EVIDENCE, "")
    return [names[kind] for kind in printed(context).kind.tolist()]


@rule(
    "loss_counts",
    column="increment_evidence",
    needs=("records", "readings", "corrections"),
    title="`increment_evidence` says where the increment was read.",
    rationale=(
        "An increment is never computed: some reading of the cell has it. The evidence is "
        "`primary` if one of the reporter's own text or infographic does, else `quoted` if a page "
        "or a transcription does, else `address`. An address counts only where the increment fits "
        "the totals of the day and of the day before, or lacks exactly a correction that a record "
        "states. Without an increment the cell is empty. A stale reading does not count. An "
        "increment that no reading has is reported here only if the sum holds; if it does not, "
        "loss_counts/increment-matches reports it. A figure whose readings are unreadable cannot "
        "be judged."
    ),
    example="increment_evidence `primary` on 2025-12-01, when only the page's address spells it",
    fix="Set increment_evidence to what the readings support, or add the reading that has it.",
)
def increment_evidence_supported(context: Context) -> Mask:
    """Find increments whose evidence is not what the readings support."""
    held, increment = context.table["increment_evidence"], context.table["increment"]
    has = printed(context)
    codes = np.array([*(held.code(name) for name in INCREMENT_EVIDENCE), -1])
    right = held.valid & (held.values == codes[has.kind]) & (has.kind != _NONE)
    broken = excess(context) != 0
    if "series" in context.tables:
        broken |= falls(context)
    elsewhere = (has.kind == _NONE) & broken & held.valid
    wrong = np.where(increment.valid, ~right & ~elsewhere, held.valid)
    bad: Mask = has.judged & held.known & wrong
    return bad


@increment_evidence_supported.words
def _unsupported(case: FailureCase) -> Words:
    kind = int(printed(case.context).kind[case.row])
    name, held = name_of(case), case.cell("increment_evidence")
    if case.number("increment") is None:
        message = f"{name}: increment_evidence is {held}, but there is no increment"
        return Words(message, "an empty cell", "Empty the cell, or add the increment as printed.")
    increment = case.cell("increment")
    if kind == _NONE:
        return Words(
            f"{name}: no reading has the increment +{increment}",
            f"a row of readings of this cell with the increment {increment}",
            "Correct the increment, or add the reading: the record you read it in.",
        )
    due = INCREMENT_EVIDENCE[kind]
    message = f"{name}: increment_evidence is {held or 'empty'}, but +{increment} is {due}"
    return Words(message, due, f"Set increment_evidence to {due}.")


@derived
def _own_prints(context: Context) -> Rows:
    """Return the readings in the reporter's own text or infographic that have an increment."""
    cast, stated = votes(context), context.tables["readings"]["increment"]
    rows = np.flatnonzero((cast.figure >= 0) & stated.valid & ~cast.stale & (cast.record >= 0))
    own = record_is_one_of(context, "kind", PRIMARY_KINDS)
    return rows[own[cast.record[rows]]] if len(own) else rows[:0]


@rule(
    "loss_counts",
    column="increment",
    needs=("records", "readings", "corrections"),
    title="An increment that the reporter printed reaches its figure.",
    rationale=(
        "If the reporter's own text or infographic prints an increment, the figure has it; if the "
        "two print different ones, the figure has one of them. Otherwise the sum of the day would "
        "go unjudged, or be judged by what a page quotes. A stale reading prints nothing for this "
        "day, and an increment of a day without a figure has none to reach. A figure that breaks "
        "its sum, and evidence that the readings do not support, are reported by their own rules. "
        "A figure whose increment or readings are unreadable cannot be judged."
    ),
    example="no increment of tanks on 2023-02-22, where the infographic prints +8",
    fix="Set the increment, and its evidence, to what the reporter printed.",
)
def increment_printed(context: Context) -> Mask:
    """Find figures without the increment that the reporter printed for them."""
    increment, held = context.table["increment"], context.table["increment_evidence"]
    has = printed(context)
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[votes(context).figure[_own_prints(context)]] = True
    bad &= has.judged & held.known & (excess(context) == 0)
    if "series" in context.tables:
        bad &= ~falls(context)
    other = increment.valid & ((has.kind == _QUOTED) | (has.kind == _ADDRESS)) & held.valid
    codes = np.array([*(held.code(name) for name in INCREMENT_EVIDENCE), -1])
    other &= held.values == codes[has.kind]
    return bad & np.where(increment.valid, other, ~held.valid)


@increment_printed.words
def _unprinted(case: FailureCase) -> Words:
    context, rows = case.context, _own_prints(case.context)
    mine = rows[votes(context).figure[rows] == case.row]
    due = " or ".join(
        sorted({context.tables["readings"]["increment"].text(int(row)) for row in mine})
    )
    found = case.cell("increment")
    held = f"the increment is +{found}" if found else "there is no increment"
    message = f"{name_of(case)}: {held}, but the reporter printed +{due}"
    return Words(message, due, case.rule.text.fix)
