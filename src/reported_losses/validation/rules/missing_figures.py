"""Which figures are missing from the reports: what `loss_counts/complete-report` judges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reported_losses.parsing.columns import Column, ragged
from reported_losses.validation.keys import Mask, Rows, fits_partly_known, numbered
from reported_losses.validation.rules.figures import (
    FAR,
    FIGURE,
    SERIES,
    neighbours,
    series_gaps,
    series_of,
)
from reported_losses.validation.rules.rule import CannotBeJudgedError, Context, derived

# A file that makes more figures due was built to be slow.
_MOST = 3_000_000


@dataclass(frozen=True, slots=True)
class Missing:
    """Figures that are due and missing.

    Attributes:
        after: The figure after which each belongs; if its series has no earlier one, the
            figure before which it belongs.
        series: Row of `series` of each.
        day: Day of each.
    """

    after: Rows
    series: Rows
    day: Rows


@derived
def missing_figures(context: Context) -> Missing:
    """Derive the figures that some report should have and does not."""
    nothing = np.zeros(0, dtype=np.int64)
    if not all(context.tables[name].rows for name in ("loss_counts", "series", "reports")):
        return Missing(nothing, nothing, nothing)
    series, day = _due(context)
    group = _group_of_series(context)[series]
    near = neighbours(context)
    rows = np.flatnonzero(near.per_row(near.whole))
    held = near.group[rows] * FAR + near.day[rows]
    asked = group * FAR + day
    at = np.searchsorted(held, asked)
    there = np.zeros(len(asked), dtype=np.bool_)
    inside = at < len(held)
    there[inside] = held[at[inside]] == asked[inside]
    before = rows[np.maximum(at - 1, 0)] if len(rows) else at
    own = (group >= 0) & (at > 0)
    own[own] = near.group[before[own]] == group[own]
    first = near.starts[np.maximum(group, 0)]
    after = np.where(own, before, np.where(group >= 0, first, _row_before_series(context)[series]))
    gone = ~there
    gone[gone] = ~may_be_there(context, series[gone], day[gone])
    return Missing(after[gone], series[gone], day[gone])


def may_be_there(context: Context, series: Rows, day: Rows) -> Mask:
    """Return which figures may be those of a row whose own key has unknown parts.

    Args:
        context: The tables.
        series: Row of `series` of each figure.
        day: Day of each figure.
    """
    held = [context.tables["loss_counts"][name] for name in FIGURE]
    if not len(day) or all(column.known.all() for column in held):
        return np.zeros(len(day), dtype=np.bool_)
    rows, sure = context.tables["series"].take(series), np.ones(len(day), dtype=np.bool_)
    asked = [*(rows[name] for name in SERIES), Column(day, sure, sure, kind="date")]
    return fits_partly_known(asked, held)


def _due(context: Context) -> tuple[Rows, Rows]:
    """Return series and day of every figure due, but for series that plainly lack none."""
    series, reports = context.tables["series"], context.tables["reports"]
    dated = np.flatnonzero(reports["reporter"].valid & reports["report_date"].valid)
    reports = reports.take(dated)
    days = reports["report_date"].values
    begin, end = _life(context)
    asked, held = _by_reporter(context, begin, days)
    low = np.searchsorted(held, asked)
    asked, held = _by_reporter(context, end, days)
    high = np.searchsorted(held, asked, side="right")
    count = np.where(_judged(context), np.maximum(high - low, 0), 0)
    some = count > 0
    full = np.zeros(series.rows, dtype=np.bool_)
    full[some] = _full(context, days[low[some]], days[high[some] - 1], np.flatnonzero(some))
    count[full] = 0
    if int(count.sum()) > _MOST:
        raise CannotBeJudgedError(
            f"series and reports make {int(count.sum()):,} figures due; at most {_MOST:,} are "
            "looked for"
        )
    owner, within = ragged(count)
    day = days[low[owner] + within]
    free = series_gaps(context).covered(owner, day, day) == 0
    return owner[free], day[free]


def _judged(context: Context) -> Mask:
    """Return the series in which figures are due on known days."""
    series, near, group = context.tables["series"], neighbours(context), _group_of_series(context)
    cadence = series["cadence"]
    judged: Mask = cadence.valid & (cadence.values == cadence.code("daily"))
    judged &= series["reporter"].valid & series["first_report"].valid
    judged &= series["last_report"].known & series_gaps(context).readable
    judged &= (group < 0) | near.whole[group]
    return judged


def _life(context: Context) -> tuple[Rows, Rows]:
    first, last = (context.tables["series"][name] for name in ("first_report", "last_report"))
    return np.where(first.valid, first.values, 0), np.where(last.valid, last.values, FAR)


def _by_reporter(context: Context, asked: Rows, held: Rows) -> tuple[Rows, Rows]:
    series, reports = context.tables["series"], context.tables["reports"]
    dated = np.flatnonzero(reports["reporter"].valid & reports["report_date"].valid)
    names = (series["reporter"], reports.take(dated)["reporter"])
    sides = [
        Column(v, np.ones(len(v), dtype=np.bool_), np.ones(len(v), np.bool_)) for v in (asked, held)
    ]
    left, right, _ = numbered([names[0], sides[0]], [names[1], sides[1]])
    return left, right


def _full(context: Context, first: Rows, last: Rows, series: Rows) -> Mask:
    """Return whether series have a figure on every single day from first to last."""
    near, group = neighbours(context), _group_of_series(context)[series]
    ends = np.append(near.starts[1:], len(near.day)) - 1
    holes = np.logical_or.reduceat(near.apart > 1, near.starts)
    known = group >= 0
    full: Mask = (
        known
        & ~holes[group]
        & (near.day[near.starts[group]] <= first)
        & (near.day[ends[group]] >= last)
    )
    return full


@derived
def _group_of_series(context: Context) -> Rows:
    """Return the group of figures of each row of `series`, or -1."""
    found = series_of(context)
    group = np.full(context.tables["series"].rows, -1, dtype=np.int64)
    met = np.flatnonzero(found >= 0)
    group[found[met]] = met
    return group


@derived
def _row_before_series(context: Context) -> Rows:
    """Return the figure after which the first figure of each series would stand."""
    table, series = context.tables["loss_counts"], context.tables["series"]
    starts = neighbours(context).starts
    firsts = table.take(starts)
    asked, held, _ = numbered([series[name] for name in SERIES], [firsts[name] for name in SERIES])
    ends = np.append(starts, table.rows)
    row: Rows = np.maximum(ends[np.searchsorted(held, asked)] - 1, 0)
    return row
