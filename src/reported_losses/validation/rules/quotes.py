"""Which figure of a reporter's count a claim repeats."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.rules.joins import lookup
from reported_losses.validation.rules.registry import Context, Mask, derived

_FIRST_DAY = (dt.date(2022, 2, 24) - dt.date(1970, 1, 1)).days
_SERIES = ("reporter", "subject", "category")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The figure behind each claim.

    Attributes:
        row: Row of `loss_counts`, or -1 where there is none.
        daily: Whether the claim repeats the increment of a day, not the total.
        value: The figure; where it is not `known` it means nothing.
        known: Whether there is such a figure.
    """

    row: NDArray[np.int64]
    daily: Mask
    value: NDArray[np.int64]
    known: Mask


@derived
def quoted_figures(context: Context) -> Quoted:
    """Derive the figure each claim repeats."""
    claims, counts = context.tables["claims"], context.tables["loss_counts"]
    row = lookup(claims, counts, (*_SERIES, "period_end"), (*_SERIES, "report_date"))
    start, end = claims["period_start"], claims["period_end"]
    # A report is dated by the day it is printed; its increment runs from the day before.
    daily: Mask = start.valid & end.valid & (end.values - start.values == 1)
    daily &= start.values != _FIRST_DAY
    value = np.zeros(claims.rows, dtype=np.int64)
    known = np.zeros(claims.rows, dtype=np.bool_)
    for name, asked in (("total", ~daily), ("increment", daily)):
        rows = np.flatnonzero((row >= 0) & asked)
        value[rows] = counts[name].values[row[rows]]
        known[rows] = counts[name].valid[row[rows]]
    return Quoted(row, daily, value, known)
