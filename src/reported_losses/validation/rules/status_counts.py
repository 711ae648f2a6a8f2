"""Invariants of `status_counts`: a figure divided by what became of the items."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.keys import Mask, lookup_rows, repeated_keys, whole
from reported_losses.validation.rules.figures import (
    FIGURE,
    SERIES,
    name_of,
    neighbours,
    total_of,
)
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_SHOWN = 5


@derived
def figure_of_status(context: Context) -> NDArray[np.int64]:
    """Return the figure that each status divides, or -1."""
    return lookup_rows(context.tables["status_counts"], context.tables["loss_counts"], FIGURE)


@rule(
    "loss_counts",
    column="total",
    needs=("status_counts",),
    title="The statuses of a figure add up to it.",
    rationale=(
        "A reporter that lists items by what became of them gives each item one status, so that "
        "destroyed, damaged, abandoned and captured make up the total. A figure without rows in "
        "status_counts has no statuses to add. If one of them or the total is missing or "
        "unreadable, it cannot be judged."
    ),
    example="1000 destroyed, 79 damaged, 65 abandoned and 544 captured tanks, and a total of 1700",
    fix="Compare total and statuses with the list, and correct the wrong one.",
)
def statuses_add_up(context: Context) -> Mask:
    """Find totals that are not the sum of their statuses."""
    table, statuses = context.table, context.tables["status_counts"]
    figure = figure_of_status(context)
    own = np.flatnonzero(figure >= 0)
    known = statuses["total"].valid & statuses["status"].valid
    judged = table["total"].valid & np.isin(np.arange(table.rows), figure[own])
    judged[figure[own[~known[own]]]] = False
    own = own[known[own]]
    due = np.zeros(table.rows, dtype=np.int64)
    np.add.at(due, figure[own], statuses["total"].values[own])
    bad: Mask = judged & (due != table["total"].values)
    return bad


@statuses_add_up.words
def _statuses(case: FailureCase) -> Words:
    statuses = case.context.tables["status_counts"]
    own = np.flatnonzero(figure_of_status(case.context) == case.row).tolist()
    parts = [
        f"{statuses['total'].text(row)} {statuses['status'].text(row)}" for row in own[:_SHOWN]
    ]
    parts += [f"{len(own) - _SHOWN} more"] if len(own) > _SHOWN else []
    due = sum(int(statuses["total"].values[row]) for row in own)
    message = f"{name_of(case)}: {', '.join(parts)} make {due}, not {total_of(case)}"
    return Words(message, str(due), case.rule.text.fix)


_STATUSES = 4
# These lists say of every item what became of it.
_DIVIDED = ("oryx",)


@derived
def _distinct_statuses(context: Context) -> tuple[NDArray[np.int64], Mask]:
    """Return how many statuses each figure has, and whether that is known."""
    statuses, rows = context.tables["status_counts"], context.tables["loss_counts"].rows
    figure, status = figure_of_status(context), statuses["status"]
    width = max(len(status.texts), 1)
    there = np.zeros(rows * width, dtype=np.bool_)
    held = (figure >= 0) & status.valid
    there[figure[held] * width + status.values[held]] = True
    known = np.ones(rows, dtype=np.bool_)
    known[figure[(figure >= 0) & ~status.valid]] = False
    return there.reshape(rows, width).sum(axis=1), known


def _reporters_that_divide(context: Context) -> Mask:
    """Return the figures of reporters that divide figures by status."""
    reporter, divided = context.table["reporter"], context.tables["status_counts"]["reporter"]
    return reporter.where({*divided.held(), *_DIVIDED}.__contains__)


@rule(
    "loss_counts",
    column="total",
    needs=("status_counts",),
    title="A figure has all four statuses or, with a reporter that gives none, none.",
    rationale=(
        "A list that says what became of each item says it of every item, so each figure of its "
        "reporter has a row for destroyed, damaged, abandoned and captured, also where one of them "
        "is 0. The figures of Oryx always have them; so do those of any other reporter with a row "
        "in status_counts. Statuses that do not add up are reported by "
        "loss_counts/statuses-add-up alone. Series with statuses that belong to no figure, or "
        "that are unreadable, cannot be judged."
    ),
    example="a figure of Oryx with three statuses, the one with 0 left out",
    fix="Add the missing rows to status_counts, with 0 where the list has no such item.",
)
def statuses_complete(context: Context) -> Mask:
    """Find figures with some of the statuses, or without those that their reporter gives."""
    count, known = _distinct_statuses(context)
    few = (count < _STATUSES) & ((count > 0) | _reporters_that_divide(context))
    judged = known & whole([context.table[name] for name in FIGURE])
    judged &= ~repeated_keys(context.table, FIGURE) & ~_may_have_lost(context)
    bad: Mask = few & judged & ~statuses_add_up.find(context)
    return bad


def _may_have_lost(context: Context) -> Mask:
    """Return the figures of series that a status without a figure may belong to."""
    statuses, near = context.tables["status_counts"], neighbours(context)
    lost = statuses.take(np.flatnonzero(figure_of_status(context) < 0))
    series = [lost[name] for name in SERIES]
    if not whole(series).all():
        return np.ones(context.table.rows, dtype=np.bool_)
    touched = np.zeros(len(near.starts), dtype=np.bool_)
    found = lookup_rows(lost, context.table.take(near.starts), SERIES)
    touched[found[found >= 0]] = True
    mask: Mask = near.per_row(touched)
    return mask


@statuses_complete.words
def _incomplete(case: FailureCase) -> Words:
    statuses = case.context.tables["status_counts"]
    own = np.flatnonzero(figure_of_status(case.context) == case.row).tolist()
    names = ", ".join(sorted({statuses["status"].text(row) for row in own})) or "none"
    message = f"{case.cell('reporter')} {name_of(case)}: has these statuses: {names}"
    return Words(message, "destroyed, damaged, abandoned and captured", case.rule.text.fix)
