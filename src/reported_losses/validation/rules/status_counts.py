"""Invariants of `status_counts`: a figure divided by what became of the items."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.keys import Mask, lookup_rows
from reported_losses.validation.rules.figures import (
    FIGURE,
    name_of,
    total_of,
)
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_SHOWN = 5


@derived
def _figure_of_status(context: Context) -> NDArray[np.int64]:
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
    figure = _figure_of_status(context)
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
    own = np.flatnonzero(_figure_of_status(case.context) == case.row).tolist()
    parts = [
        f"{statuses['total'].text(row)} {statuses['status'].text(row)}" for row in own[:_SHOWN]
    ]
    parts += [f"{len(own) - _SHOWN} more"] if len(own) > _SHOWN else []
    due = sum(int(statuses["total"].values[row]) for row in own)
    message = f"{name_of(case)}: {', '.join(parts)} make {due}, not {total_of(case)}"
    return Words(message, str(due), case.rule.text.fix)
