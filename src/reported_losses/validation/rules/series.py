"""Invariants of `series`: the life of a category, and how its totals are usually hedged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.keys import Mask, Rows, numbered, repeated_keys, whole
from reported_losses.validation.rules.figures import (
    FAR,
    FIGURE,
    SERIES,
    name_of,
    neighbours,
    series_of,
)
from reported_losses.validation.rules.missing_figures import may_be_there, missing_figures
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.votes import votes
from reported_losses.validation.words import Words

_LEAST = 2
"""One figure alone does not show that its series is wrong."""


def _name(case: FailureCase) -> str:
    return " ".join(case.cell(name) for name in case.table.key)


@derived
def _group_of_series(context: Context) -> Rows:
    """Return the group of figures of each row of `series`, or -1."""
    found = series_of(context)
    group = np.full(context.tables["series"].rows, -1, dtype=np.int64)
    met = np.flatnonzero(found >= 0)
    group[found[met]] = met
    return group


@derived
def _ends(context: Context) -> tuple[Mask, Mask]:
    """Return the series whose first day lacks a figure, and those whose last day does."""
    series, near, group = context.tables["series"], neighbours(context), _group_of_series(context)
    has = group >= 0
    named = whole([series[name] for name in SERIES]) & ~repeated_keys(series, SERIES)
    # A series with an unreadable day may well begin there.
    judged = np.ones(series.rows, dtype=np.bool_)
    judged[has] = near.whole[group[has]]
    stops = np.append(near.starts[1:], len(near.day)) - 1
    masks = []
    for name, row in (("first_report", near.starts), ("last_report", stops)):
        end = series[name]
        there = has.copy()
        there[has] = near.day[row[group[has]]] == end.values[has]
        later = has & end.valid & judged & ~there
        # A figure beyond the end is reported by loss_counts/within-lifetime.
        day = near.day[row[np.maximum(group, 0)]] if len(near.day) else np.zeros(series.rows)
        beyond = (day < end.values) if name == "first_report" else (day > end.values)
        masks.append(end.valid & ((later & ~beyond) | (named & ~has)))
        masks[-1] &= ~_due(context, end.values) & ~_unsure(context, masks[-1], end.values)
    return masks[0], masks[1]


def _due(context: Context, day: Rows) -> Mask:
    """Return whether loss_counts/complete-report misses the figure of each series on its day."""
    missing, series = missing_figures(context), np.arange(len(day))
    found: Mask = np.isin(series * FAR + day, missing.series * FAR + missing.day)
    return found


def _unsure(context: Context, bad: Mask, day: Rows) -> Mask:
    """Return which missing figures may be those of a row whose own key has unknown parts."""
    rows, unsure = np.flatnonzero(bad), np.zeros(len(bad), dtype=np.bool_)
    unsure[rows] = may_be_there(context, rows, day[rows])
    return unsure


@rule(
    "series",
    column="first_report",
    needs=("loss_counts", "reports"),
    title="A series has a figure on its first day, and on its last.",
    rationale=(
        "first_report and last_report are the first and last day with a figure, so that no end of "
        "a series can be lost unseen. An empty last_report is no end: the series goes on. A figure "
        "that a report must have is missed by loss_counts/complete-report alone, and figures "
        "beyond the ends are reported by loss_counts/within-lifetime. A series with an unreadable "
        "day cannot be judged."
    ),
    example="first_report 2022-03-01 in a series whose first figure is of 2022-03-19",
    fix="Add the figure of that day, or correct the end of the series.",
)
def ends_with_figures(context: Context) -> Mask:
    """Find series without a figure on their first or last day."""
    first, last = _ends(context)
    return first | last


@ends_with_figures.words
def _open_end(case: FailureCase) -> Words:
    first, _ = _ends(case.context)
    column = "first_report" if first[case.row] else "last_report"
    day = case.cell(column)
    message = f"{_name(case)}: {column} is {day}, and there is no figure of that day"
    return Words(message, "the day of a figure", case.rule.text.fix, day, column)


def _key(readings: Columns) -> list[Column]:
    return [readings[name] for name in FIGURE]


@dataclass(frozen=True, slots=True)
class _Hedges:
    """How the qualifier of each figure compares with what is said of it.

    Attributes:
        stated: Whether some reading says how the total is hedged.
        fits: Whether the figure has the qualifier of such a reading.
        usual: Whether it has the usual one of its series; True where that is not known.
        judged: Whether qualifier and readings are known.
        odd: Per row of `series`, whether most of its figures without a stated qualifier have
            another one than the series says.
    """

    stated: Mask
    fits: Mask
    usual: Mask
    judged: Mask
    odd: Mask


@derived
def _hedges(context: Context) -> _Hedges:
    figures, readings, series = (
        context.tables[name] for name in ("loss_counts", "readings", "series")
    )
    cast, own, said = votes(context), figures["qualifier"], readings["qualifier"]
    rows = np.flatnonzero((cast.figure >= 0) & said.valid & ~cast.stale)
    figure = cast.figure[rows]
    stated, fits = np.zeros((2, figures.rows), dtype=np.bool_)
    stated[figure] = True
    mine, theirs, _ = numbered([own.take(figure)], [said.take(rows)])
    fits[figure[mine == theirs]] = True
    # A reading or figure without a whole key may belong together.
    judged = own.valid & whole([figures[name] for name in FIGURE])
    lost = not whole([column.take(np.flatnonzero(said.valid)) for column in _key(readings)]).all()
    judged &= stated | ~np.bool_(lost)
    judged[cast.figure[(cast.figure >= 0) & ~said.known]] = False
    usual = np.ones(figures.rows, dtype=np.bool_)
    odd = np.zeros(series.rows, dtype=np.bool_)
    if series.rows and figures.rows:
        near = neighbours(context)
        of = near.per_row(series_of(context))
        known = (of >= 0) & series["qualifier"].valid[of]
        mine, theirs, _ = numbered([own], [series["qualifier"]])
        usual = ~known | (mine == theirs[of])
        plain = np.flatnonzero(judged & known & ~stated)
        count = np.bincount(of[plain], minlength=series.rows)
        unlike = np.bincount(of[plain[~usual[plain]]], minlength=series.rows)
        odd = (unlike >= _LEAST) & (2 * unlike > count)
        usual |= known & odd[of]
    return _Hedges(stated, fits, usual, judged, odd)


@rule(
    "loss_counts",
    column="qualifier",
    needs=("records", "readings", "series"),
    title="`qualifier` is what a reading of the figure states, or else usual in the series.",
    rationale=(
        "How a total is hedged is read, not guessed. Where a reading of the figure says it, the "
        "figure has the qualifier of some such reading; where none does, it has "
        "`series.qualifier`. A stale reading does not count. If most figures of a series are "
        "unlike it, series/qualifier-usual reports the series once. If the qualifier of the "
        "figure or of one of its readings is unreadable, it cannot be judged."
    ),
    example="tanks `about` on 2023-02-22, where no reading says so and the series is exact",
    fix="Set the qualifier to that of the reading or of the series, or add the reading.",
)
def qualifier_stated(context: Context) -> Mask:
    """Find figures with a qualifier that neither a reading nor the series has."""
    has = _hedges(context)
    return has.judged & np.where(has.stated, ~has.fits, ~has.usual)


@qualifier_stated.words
def _hedged(case: FailureCase) -> Words:
    context, row = case.context, case.row
    readings, series = context.tables["readings"], context.tables["series"]
    if _hedges(context).stated[row]:
        mine = np.flatnonzero((votes(context).figure == row) & readings["qualifier"].valid)
        due = " or ".join(sorted({readings["qualifier"].text(int(one)) for one in mine}))
        why = f"its readings say {due}"
    else:
        of = int(series_of(context)[neighbours(context).group[row]])
        due = series["qualifier"].text(of)
        why = f"no reading says so, and the series is {due}"
    message = f"{name_of(case)}: the qualifier is {case.cell('qualifier')}, but {why}"
    return Words(message, due, case.rule.text.fix)


@rule(
    "series",
    column="qualifier",
    needs=("loss_counts", "records", "readings"),
    title="The usual qualifier of a series is that of its figures.",
    rationale=(
        "A record that does not say how a total is hedged is read as series.qualifier says, so "
        "most figures of which no reading says it have that qualifier. It is judged by at least "
        "two figures that differ. A series without such figures, or with an unreadable "
        "qualifier, cannot be judged."
    ),
    example="personnel `exact`, where all its figures are `about`",
    fix="Correct series.qualifier, or the qualifiers of the figures.",
)
def qualifier_usual(context: Context) -> Mask:
    """Find series whose usual qualifier most of their figures do not have."""
    return _hedges(context).odd


@qualifier_usual.words
def _unusual(case: FailureCase) -> Words:
    qualifier = case.cell("qualifier")
    message = f"{_name(case)}: {qualifier}, but most of its figures have another qualifier"
    return Words(message, "the qualifier of its figures", case.rule.text.fix)
