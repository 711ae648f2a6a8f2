"""Whether a claim that repeats a reporter's count has the figure of the count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.dates import WAR_BEGAN, day_number
from reported_losses.definition.schema import ForeignKey
from reported_losses.issue import Severity
from reported_losses.parsing.columns import Column
from reported_losses.validation.keys import Mask, Rows, dangling, lookup, lookup_rows, whole
from reported_losses.validation.rules.accounting import excess, falls
from reported_losses.validation.rules.claims import name_of_claim
from reported_losses.validation.rules.figures import FIGURE, SERIES
from reported_losses.validation.rules.revisions import rows_named
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_FIRST_DAY = day_number(WAR_BEGAN)
_CLAIMED = ForeignKey((*SERIES, "period_end"), "loss_counts", FIGURE)


@dataclass(frozen=True, slots=True)
class _Repeated:
    """The figure that each claim repeats.

    Attributes:
        row: Row of `loss_counts`, or -1.
        daily: Whether the claim repeats the increment of a day, not the total.
        value: The figure; meaningless where it is not `known`.
        known: Whether there is such a figure.
        steps: Differences of two totals that a claim of a longer period may give instead, one
            row each; -1 where there is none.
    """

    row: Rows
    daily: Mask
    value: Rows
    known: Mask
    steps: NDArray[np.int64]


@derived
def _repeated_figures(context: Context) -> _Repeated:
    claims, counts = context.tables["claims"], context.tables["loss_counts"]
    row = lookup_rows(claims, counts, _CLAIMED.fields, _CLAIMED.references)
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
    later = start.valid & end.valid & (start.values > _FIRST_DAY) & ~daily & known
    steps = np.stack([_step(context, row, later, back) for back in (0, 1)])
    return _Repeated(row, daily, value, known, steps)


def _step(context: Context, row: Rows, asked: Mask, back: int) -> Rows:
    """Return how far each total rose since the day its period begins, or so many days before."""
    claims, counts = context.tables["claims"], context.tables["loss_counts"]
    rows = np.flatnonzero(asked)
    some, total = claims.take(rows), counts["total"]
    start = some["period_start"]
    begin = Column(start.values - back, start.valid, start.known, kind="date")
    first = lookup([*(some[name] for name in SERIES), begin], [counts[name] for name in FIGURE])
    steps = np.full(claims.rows, -1, dtype=np.int64)
    there = (first >= 0) & (total.valid[first] if counts.rows else False)
    steps[rows[there]] = total.values[row[rows[there]]] - total.values[first[there]]
    return steps


@derived
def _differing(context: Context) -> Mask:
    """Return the claims whose figure is another, or does not exist."""
    table = context.tables["claims"]
    linked = table["reporter"].valid.copy()
    for name in ("subject", "category", "period_start", "period_end", "low", "high"):
        linked &= table[name].known
    repeated = _repeated_figures(context)
    no_key = ~whole([table[name] for name in _CLAIMED.fields])
    bad: Mask = linked & (no_key | dangling(table, _CLAIMED, context.tables["loss_counts"]))
    low, high = table["low"], table["high"]
    fits = np.zeros(table.rows, dtype=np.bool_)
    for value in (repeated.value, *repeated.steps):
        above = ~low.valid | (value >= low.values)
        fits |= (value >= 0) & above & (~high.valid | (value <= high.values))
    return bad | (linked & repeated.known & ~fits & ~_broken(context, repeated.row))


def _broken(context: Context, row: Rows) -> Mask:
    """Return the claims whose figure breaks its sum or falls, which its own rules report."""
    broken = np.append((excess(context) != 0) | falls(context), np.False_)
    mask: Mask = broken[row]
    return mask


@derived
def _revised(context: Context) -> Mask:
    """Return the claims whose figure was revised on the day they were recorded, or later."""
    claims, counts = context.tables["claims"], context.tables["loss_counts"]
    revised = np.zeros(claims.rows, dtype=np.bool_)
    revisions = context.tables["revisions"]
    if not revisions.rows or not counts.rows:
        return revised
    table, key = revisions["table"], revisions["key"]
    rows = np.flatnonzero(table.valid & key.valid & (table.values == table.code("loss_counts")))
    rows = rows[revisions["revised_on"].valid[rows]]
    last = np.full(counts.rows, -1, dtype=np.int64)
    figure = rows_named(revisions, counts, rows)
    there = figure >= 0
    np.maximum.at(last, figure[there], revisions["revised_on"].values[rows[there]])
    row, recorded = _repeated_figures(context).row, claims["recorded_on"]
    linked = (row >= 0) & recorded.valid
    revised[linked] = last[row[linked]] >= recorded.values[linked]
    return revised


_HOW = (
    "reporter says whose count a claim repeats. subject, category and period_end say which figure "
    "of loss_counts it is: its printed increment if the period counted is one day in the middle of "
    "the war, else its total; a longer period that begins after the war did may have the "
    "difference of the totals of its ends instead. The figure must lie between low and high; a "
    "missing end sets no bound. If an end, a part of the key or the figure itself is unreadable, "
    "or no increment was printed, it cannot be judged; nor can a figure that breaks its own sum."
)


@rule(
    "claims",
    column="low",
    needs=("loss_counts", "corrections", "series", "revisions"),
    title="A claim that quotes a reporter's count has the same figure as the count.",
    rationale=(
        f"{_HOW} A claim whose figure does not exist fails as well. If the figure was revised "
        "since the claim was recorded, claims/matches-revised-count warns instead."
    ),
    example="a page quotes 144,440 personnel for 2023-02-22, where loss_counts has 145,060",
    fix=(
        "Compare the page and the report. If the page is wrong, write that in the note and leave "
        "reporter empty."
    ),
)
def matches_count(context: Context) -> Mask:
    """Find claims that repeat a reporter's count differently from `loss_counts`."""
    return _differing(context) & ~_revised(context)


@rule(
    "claims",
    column="low",
    needs=("loss_counts", "corrections", "series", "revisions"),
    severity=Severity.WARNING,
    title="A claim that quotes a reporter's count still has its figure.",
    rationale=(
        f"{_HOW} It is a warning, because the claim was recorded with the figure as it was: "
        "revisions has a change of it on the day the claim was recorded, or later. A figure that "
        "was not revised is judged by claims/matches-count."
    ),
    example="a claim of 7,409 vehicles, a figure that was revised to 7,909 a month later",
    fix="If the page quotes the figure as it was, say so in the note and leave reporter empty.",
)
def matches_revised_count(context: Context) -> Mask:
    """Find claims that repeat a figure differently which has been revised since."""
    return _differing(context) & _revised(context)


@matches_count.words
def _other_figure(case: FailureCase) -> Words:
    repeated, row = _repeated_figures(case.context), case.row
    ends = [f"{name} {case.cell(name)}" for name in ("low", "high") if case.cell(name)]
    key = ("reporter", "subject", "category", "period_end")
    of = "/".join(case.cell(name) for name in key)
    found = repeated.known[row]
    figure = str(repeated.value[row]) if found else "not there"
    what = "the increment" if repeated.daily[row] else "the total"
    return Words(
        f"{name_of_claim(case)}: quoted with {' and '.join(ends)}; {what} of {of} is {figure}",
        figure if found else "a figure that exists, or no reporter",
        case.rule.text.fix,
    )


matches_revised_count.words(_other_figure)
