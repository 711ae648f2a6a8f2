"""Whether days are as they should be: no hole, no figure outside the life of its series."""

from __future__ import annotations

import numpy as np

from reported_losses.definition.dates import day_number, day_text
from reported_losses.validation.keys import Mask
from reported_losses.validation.rules.figures import (
    in_gap,
    name_of,
    neighbours,
    series_gaps,
    series_is,
    series_of,
)
from reported_losses.validation.rules.intervals import ends_before_it_begins, misplaced
from reported_losses.validation.rules.missing_figures import may_be_there, missing_figures
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.words import Words

_SHOWN = 5
_ONE_DAY = 2
"""Days between the figures on either side of a hole of one day."""


@rule(
    "loss_counts",
    column="report_date",
    needs=("series",),
    whole=True,
    title="A daily series has a figure for every day between its first and its last.",
    rationale=(
        "A hole in a daily series is a lost report or a mistyped date. Days declared in "
        "`series.gaps` may be missing; in series with cadence `irregular` no day is due. A series "
        "with an unreadable date cannot be judged: the hole may be that row. The issue points to "
        "the figure after the hole."
    ),
    example="tanks on 2023-02-20 and 2023-02-22, nothing on 2023-02-21",
    fix="Add the missing day, correct the date, or declare the gap in series.gaps.",
)
def no_missing_day(context: Context) -> Mask:
    """Find figures that follow an undeclared hole."""
    near, gaps = neighbours(context), series_gaps(context)
    bad: Mask = (near.apart > 1) & series_is(context, "cadence", "daily") & near.per_row(near.whole)
    rows = np.flatnonzero(bad)
    owner, day = series_of(context)[near.group[rows]], near.day[rows]
    declared = gaps.covered(owner, day - near.apart[rows] + 1, day - 1)
    bad[rows] = gaps.readable[owner] & (declared < near.apart[rows] - 1)
    # A row with an unknown part of its key may be the one that seems to be missing.
    holes = np.flatnonzero(bad & (near.apart == _ONE_DAY))
    bad[holes] = ~may_be_there(context, series_of(context)[near.group[holes]], near.day[holes] - 1)
    return bad


@no_missing_day.words
def _hole(case: FailureCase) -> Words:
    near, row = neighbours(case.context), case.row
    first, last = int(near.day[row - 1]) + 1, int(near.day[row]) - 1
    days = day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
    gap = f"{day_text(first)}/{day_text(last)}"
    before = day_text(first - 1)
    message = f"{name_of(case)}: the previous figure is of {before}; there is none for {days}"
    hint = f"Add the missing days, correct the date, or declare {gap} in series.gaps."
    today = case.context.today
    if today is not None and near.day[row] > day_number(today):
        hint = f"{case.cell('report_date')} is in the future: correct the date."
    return Words(message, day_text(first), hint)


@rule(
    "loss_counts",
    column="report_date",
    needs=("series", "reports"),
    whole=True,
    title="Each report has a figure for every category still counted on its day.",
    rationale=(
        "A report gives all its categories at once, so a missing one is a forgotten row. A figure "
        "is due in every daily series of the reporter, for each of its reports within the life of "
        "the series and outside its declared gaps. The issue points to the figure after which the "
        "missing one belongs. Series with an unreadable date cannot be judged."
    ),
    example="reports has 2023-02-22, loss_counts has no tanks for that day",
    fix="Add the figure, end the series in series.last_report, or declare a gap there.",
)
def complete_report(context: Context) -> Mask:
    """Find figures after which one is missing that a report must have."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[missing_figures(context).after] = True
    return bad


@complete_report.words
def _incomplete(case: FailureCase) -> Words:
    missing, series = missing_figures(case.context), case.context.tables["series"]
    here = np.flatnonzero(missing.after == case.row)
    names = [
        f"{series['category'].text(int(missing.series[i]))} {day_text(int(missing.day[i]))}"
        for i in here[:_SHOWN]
    ]
    more = f" and {len(here) - _SHOWN} more" if len(here) > _SHOWN else ""
    listed = f"{', '.join(names)}{more}"
    return Words(
        f"{listed}: the report is there, its figure is missing; it belongs beside this row",
        f"a row for {listed}",
        "Add the row here, end the series in series.last_report, or declare the gap there.",
    )


@rule(
    "loss_counts",
    column="report_date",
    needs=("series",),
    title="A figure lies within the life of its series, and in none of its gaps.",
    rationale=(
        "`series.first_report` and `last_report` say when the reporter counted the category, and "
        "`series.gaps` for which days there is no figure. A figure elsewhere belongs to another "
        "category or another day, or the series is out of date. An empty last_report means that "
        "the series goes on. If a date or the gaps are unreadable, it cannot be judged."
    ),
    example="fuel-tanks on 2022-05-01, counted with vehicles since that day",
    fix="Correct the category or the date, or the life or the gaps of the series in series.",
)
def within_lifetime(context: Context) -> Mask:
    """Find figures outside the life of their series, or in one of its gaps."""
    near, series, found = neighbours(context), context.tables["series"], series_of(context)
    if not series.rows:
        return np.zeros(context.table.rows, dtype=np.bool_)
    first, last = series["first_report"], series["last_report"]
    never = np.iinfo(np.int64).max
    begin = np.where((found >= 0) & first.valid[found], first.values[found], -never)
    end = np.where((found >= 0) & last.valid[found], last.values[found], never)
    outside = (near.day < near.per_row(begin)) | (near.day > near.per_row(end))
    return near.dated & (outside | in_gap(context))


@within_lifetime.words
def _outside(case: FailureCase) -> Words:
    near, series = neighbours(case.context), case.context.tables["series"]
    row = int(series_of(case.context)[near.group[case.row]])
    first, last = series["first_report"].text(row), series["last_report"].text(row)
    date = case.cell("report_date")
    if first <= date <= (last or date):
        return Words(
            f"{name_of(case)}: series.gaps says that there is no figure for this day",
            "a day outside the gaps",
            "Correct the date, or take the day out of series.gaps.",
        )
    life = f"from {first} to {last}" if last else f"from {first} on"
    return Words(
        f"{name_of(case)}: {case.cell('category')} is counted {life}",
        f"a day {life}",
        case.rule.text.fix,
    )


@rule(
    "reports",
    column="period_end",
    title="The period a report covers does not end before it begins.",
    rationale=(
        "The first and last day covered are period_start and period_end, both required. If one is "
        "missing or unreadable, it cannot be judged."
    ),
    example="period 2023-02-24 to 2022-02-22",
    fix="Correct the day that was mistyped.",
)
def period_ordered(context: Context) -> Mask:
    """Find periods that end before they begin."""
    return ends_before_it_begins(context.table["period_start"], context.table["period_end"])


def gaps_readable(context: Context) -> Mask:
    """Find gaps that are not intervals of days, or are out of order."""
    return misplaced(context.table["gaps"])


_WHY_GAPS = {
    "series": (
        "A gap that cannot be understood makes a series impossible to judge, so that a hole in it "
        "would pass unseen."
    ),
    "records": (
        "The silence of a record that is kept only where it dissents means agreement, except in "
        "its gaps: a gap that cannot be understood would turn absence into a vote."
    ),
}
for _table, _why in _WHY_GAPS.items():
    rule(
        _table,
        column="gaps",
        title="Declared gaps are intervals of days that exist, in order and apart.",
        rationale=(
            f"{_why} Every interval has two real days, the first not after the last, and begins "
            "after the one before has ended. An empty cell means that there is no gap; a text of "
            "another form is reported by its pattern."
        ),
        example="2023-02-30/2023-03-01, or 2023-03-05/2023-03-01, or two intervals that overlap",
        fix="Write each interval once, first day before last, in order of days.",
    )(gaps_readable)
