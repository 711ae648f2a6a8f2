"""What several rules derive from `loss_counts`: neighbours in a series, and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.keys import Mask, lookup_rows
from reported_losses.validation.rules.intervals import Intervals, intervals
from reported_losses.validation.rules.rule import Context, FailureCase, derived

SERIES = ("reporter", "subject", "category")
FIGURE = (*SERIES, "report_date")
FAR = 2**40
"""Above every day number, so that series and day fit into one number."""
# A package with more series than this is not searched for a figure that was meant.
_MANY_SERIES = 1000
# Two figures that differ by less than one part in this many are taken for one another.
_CLOSE = 1000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """How each row of `loss_counts` relates to the row above it.

    Attributes:
        starts: First row of each series, ascending; a row without a whole key is its own series.
        group: Number of the series that each row belongs to.
        day: Day of each row; meaningless where `dated` is False.
        dated: Whether the row has a day.
        later: Whether the row above is an earlier day of the same series.
        apart: Days between the row above and this one; 0 where not `later`.
        whole: Per series, whether every row of it has a day.
    """

    starts: NDArray[np.int64]
    group: NDArray[np.int64]
    day: NDArray[np.int64]
    dated: Mask
    later: Mask
    apart: NDArray[np.int64]
    whole: Mask

    def per_row(self, per_series: NDArray[Any]) -> NDArray[Any]:
        """Spread one value per series over its rows."""
        spread: NDArray[Any] = np.repeat(per_series, np.diff(self.starts, append=len(self.group)))
        return spread


@derived
def neighbours(context: Context) -> Neighbours:
    """Derive the neighbours of every figure."""
    table = context.tables["loss_counts"]
    same = np.ones(max(table.rows - 1, 0), dtype=np.bool_)
    for name in SERIES:
        column = table[name]
        same &= column.values[1:] == column.values[:-1]
        same &= column.valid[1:] & column.valid[:-1]
    same = np.concatenate((np.zeros(min(table.rows, 1), dtype=np.bool_), same))
    starts = np.flatnonzero(~same)
    day, dated = table["report_date"].values, table["report_date"].valid
    apart = np.zeros(table.rows, dtype=np.int64)
    apart[1:] = np.where(same[1:] & dated[1:] & dated[:-1], day[1:] - day[:-1], 0)
    whole = np.logical_and.reduceat(dated, starts) if len(starts) else np.zeros(0, dtype=np.bool_)
    return Neighbours(starts, np.cumsum(~same) - 1, day, dated, apart > 0, apart, whole)


@derived
def figure_keys(context: Context) -> NDArray[np.int64]:
    """Return ascending numbers of series and day, where every figure has a day."""
    near = neighbours(context)
    return near.group * FAR + np.where(near.dated, near.day, 0)


def figures_of_day(context: Context, day: int) -> NDArray[np.int64]:
    """Return the figures of a day, one per series at most, without a look at every row."""
    keys, near = figure_keys(context), neighbours(context)
    asked = np.arange(len(near.starts)) * FAR + day
    at = np.minimum(np.searchsorted(keys, asked), max(len(keys) - 1, 0))
    found: NDArray[np.int64] = at[keys[at] == asked]
    return found


@derived
def series_of(context: Context) -> NDArray[np.int64]:
    """Return the row of `series` that describes each series in `loss_counts`, or -1."""
    starts = neighbours(context).starts
    return lookup_rows(context.tables["loss_counts"].take(starts), context.tables["series"], SERIES)


@derived
def series_gaps(context: Context) -> Intervals:
    """Return the declared gaps of each row of `series`."""
    return intervals(context.tables["series"]["gaps"])


def in_gap(context: Context) -> Mask:
    """Return the figures that lie in a declared gap of their series."""
    near, gaps, found = neighbours(context), series_gaps(context), series_of(context)
    inside = np.zeros(len(near.group), dtype=np.bool_)
    # Most series have no gap and can be skipped.
    declared = np.bincount(gaps.owner, minlength=context.tables["series"].rows)
    rows = np.flatnonzero(near.per_row((found >= 0) & (declared[found] > 0)) & near.dated)
    owner, day = found[near.group[rows]], near.day[rows]
    inside[rows] = gaps.covered(owner, day, day) > 0
    return inside


def series_is(context: Context, name: str, text: str) -> Mask:
    """Return, per figure, whether its series has `text` in the column `name`."""
    column, found = context.tables["series"][name], series_of(context)
    if not len(column.values):
        return np.zeros(context.tables["loss_counts"].rows, dtype=np.bool_)
    held = (found >= 0) & column.valid[found] & (column.values[found] == column.code(text))
    return neighbours(context).per_row(held)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The correction of each figure.

    Attributes:
        value: Amount; 0 where there is no correction.
        known: False if a correction with an unknown amount exists or may exist.
        exists: Whether a correction exists.
        since: Sum of this one and of those on days without a figure since the row above.
        since_known: False if one of these amounts is unknown.
    """

    value: NDArray[np.int64]
    known: Mask
    exists: Mask
    since: NDArray[np.int64]
    since_known: Mask


@derived
def figure_of_correction(context: Context) -> NDArray[np.int64]:
    """Return the figure of each correction, or -1."""
    return lookup_rows(context.tables["corrections"], context.tables["loss_counts"], FIGURE)


@derived
def amounts(context: Context) -> Amounts:
    """Derive the correction of each figure."""
    table, corrections = context.tables["loss_counts"], context.tables["corrections"]
    figure, amount = figure_of_correction(context), corrections["amount"]
    value = np.zeros(table.rows, dtype=np.int64)
    exists = np.zeros(table.rows, dtype=np.bool_)
    known = np.ones(table.rows, dtype=np.bool_)
    sure = (figure >= 0) & amount.valid
    value[figure[sure]] = amount.values[sure]
    exists[figure[figure >= 0]] = True
    known[figure[(figure >= 0) & ~amount.valid]] = False
    known &= ~_date_unknown(context)
    since, since_known = value.copy(), known.copy()
    after = _figure_after_correction(context)
    sure = (after >= 0) & amount.valid
    np.add.at(since, after[sure], amount.values[sure])
    since_known[after[(after >= 0) & ~amount.valid]] = False
    return Amounts(value, known, exists, since, since_known)


def _figure_after_correction(context: Context) -> NDArray[np.int64]:
    """Return, for each correction in a hole of its series, the figure after the hole, or -1."""
    corrections, near = context.tables["corrections"], neighbours(context)
    after = np.full(corrections.rows, -1, dtype=np.int64)
    date = corrections["report_date"]
    alone = np.flatnonzero((figure_of_correction(context) < 0) & date.valid)
    firsts = context.tables["loss_counts"].take(near.starts)
    group = lookup_rows(corrections.take(alone), firsts, SERIES)
    alone, group = alone[group >= 0], group[group >= 0]
    rows = np.flatnonzero(near.per_row(near.whole))
    at = np.searchsorted(figure_keys(context)[rows], group * FAR + date.values[alone])
    alone, group, row = alone[at < len(rows)], group[at < len(rows)], rows[at[at < len(rows)]]
    between = (near.group[row] == group) & near.later[row]
    after[alone[between]] = row[between]
    return after


def _date_unknown(context: Context) -> Mask:
    """Return the figures of series in which some correction's day could not be read."""
    corrections, near = context.tables["corrections"], neighbours(context)
    lost = np.flatnonzero(~corrections["report_date"].valid)
    touched = np.zeros(len(near.starts), dtype=np.bool_)
    if len(lost):
        firsts = context.tables["loss_counts"].take(near.starts)
        found = lookup_rows(corrections.take(lost), firsts, SERIES)
        touched[found[found >= 0]] = True
    return near.per_row(touched)


def above(values: NDArray[Any]) -> NDArray[Any]:
    """Return each row's value in the row above; the first row keeps its own."""
    shifted: NDArray[Any] = np.concatenate((values[:1], values[:-1]))
    return shifted


def name_of(case: FailureCase) -> str:
    """Name the figure, or what has its key, in a message."""
    return f"{case.cell('report_date')} {case.cell('category')}"


def total_of(case: FailureCase, row: int | None = None) -> int:
    """Return the total of a figure, by default of the failing one."""
    return case.number("total", row) or 0


def close_to_another(case: FailureCase) -> str:
    """Say whether another category of the report has about this figure; empty if none has."""
    table, total, row = case.table, total_of(case), case.row
    if not table["report_date"].valid[row] or len(neighbours(case.context).starts) > _MANY_SERIES:
        return ""
    others = np.concatenate([report_of(case, back) for back in (0, 1)])
    others = others[table["total"].valid[others]]
    others = others[table["category"].values[others] != table["category"].values[row]]
    if not len(others):
        return ""
    gap = np.abs(table["total"].values[others] - total)
    other = int(others[np.argmin(gap)])
    figure = total_of(case, other)
    if gap.min() > figure // _CLOSE or not figure:
        return ""
    same = case.cell("report_date", other) == case.cell("report_date")
    when = "in the same report" if same else "the day before"
    return f"It is close to {case.cell('category', other)}, {figure} {when}. "


def report_of(case: FailureCase, back: int = 0) -> NDArray[np.int64]:
    """Return the figures of the failing row's report, or of the one so many days before."""
    table, row = case.table, case.row
    rows = figures_of_day(case.context, int(table["report_date"].values[row]) - back)
    for name in ("reporter", "subject"):
        rows = rows[table[name].values[rows] == table[name].values[row]]
    return rows
