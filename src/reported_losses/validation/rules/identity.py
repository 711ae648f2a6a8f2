"""Sums that do not come out, and which one figure is to blame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.rules.figures import above, amounts, neighbours, series_is
from reported_losses.validation.rules.registry import Context, Mask, derived


@derived
def falls(context: Context) -> Mask:
    """Return the figures of cumulative series below the one before, corrections allowed for."""
    total, amount = context.tables["loss_counts"]["total"], amounts(context)
    judged = neighbours(context).later & series_is(context, "policy", "cumulative")
    judged &= total.valid & above(total.valid) & amount.known
    return judged & (total.values - amount.value < above(total.values))


def below(context: Context) -> Mask:
    """Return the figures that are less than the one before."""
    total = context.tables["loss_counts"]["total"].values
    less: Mask = total < above(total)
    return less


@derived
def residual(context: Context) -> NDArray[np.int64]:
    """Return what each total has more than the accounting identity gives; 0 where not judged."""
    figures, amount = context.tables["loss_counts"], amounts(context)
    total, increment = figures["total"], figures["increment"]
    judged = neighbours(context).apart == 1
    judged &= total.valid & above(total.valid) & increment.valid & amount.known
    due = above(total.values) + increment.values + amount.value
    return np.where(judged, total.values - due, 0)


def breaks_identity(context: Context) -> Mask:
    """Return the figures that break the accounting identity."""
    broken: Mask = residual(context) != 0
    return broken


def undone_break(context: Context) -> Mask:
    """Return the breaks that only undo the one of the day before.

    Of a run of breaks each of which undoes the one before, every second is an echo.
    """
    over = residual(context)
    echo = (over != 0) & (over == -above(over)) & (neighbours(context).apart == 1)
    rows = np.arange(len(over))
    since = rows - np.maximum.accumulate(np.where(echo, 0, rows)) if len(over) else rows
    second: Mask = echo & (since % 2 == 1)
    return second
