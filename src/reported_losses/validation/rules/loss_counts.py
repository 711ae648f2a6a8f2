"""Invariants of `loss_counts`: one figure of one report."""

from __future__ import annotations

import datetime as dt

import numpy as np

from reported_losses.issue import Severity
from reported_losses.validation.rules.coverage import missing_figures
from reported_losses.validation.rules.figures import (
    in_gap,
    neighbours,
    series_gaps,
    series_is,
    series_of,
)
from reported_losses.validation.rules.identity import below, breaks_identity, falls, undone_break
from reported_losses.validation.rules.pointers import figure_of_status
from reported_losses.validation.rules.registry import Context, Mask, rule
from reported_losses.validation.rules.rounding import unrounded
from reported_losses.validation.rules.stale import repeats_earlier_report
from reported_losses.validation.rules.steps import implausible
from reported_losses.validation.rules.votes import evidence_unsupported

_EPOCH = dt.date(1970, 1, 1)


@rule(
    title="A cumulative total never falls unless a correction explains the whole fall.",
    rationale=(
        "A cumulative total counts everything since 2022-02-24. It falls only where the reporter "
        "took something back, and then the amount is on record: total - correction must not be "
        "below the total of the figure before, to the last unit, whether or not an increment is "
        "known. The figure before is the nearest earlier one of the series. The first figure of a "
        "series, and one whose total, predecessor's total or correction is missing or unreadable, "
        "cannot be judged. Series with policy `restated` may fall. A total that does not fall but "
        "breaks the sum is reported by loss_counts/increment-matches alone."
    ),
    example="tanks 2169 on 2022-09-12 after 2175 on 2022-09-11, without a row in corrections",
    fix=(
        "Compare the figure with the report; if the reporter itself went back, add a row to "
        "corrections with the amount and a source."
    ),
    column="total",
    needs=("series", "corrections"),
)
def never_decreases(context: Context) -> Mask:
    """Find totals below the figure before that no correction explains."""
    return falls(context) & ~(breaks_identity(context) & ~below(context))


@rule(
    title="Each total is the day before's plus the printed increment plus the correction.",
    rationale=(
        "The accounting identity: total(t) = total(t-1) + increment(t) + correction(t), where no "
        "row in corrections means 0. It is judged wherever the increment was printed and the day "
        "before has a figure; where the increment is missing, the day before is in a gap, or one "
        "of the four values is unreadable, it cannot be judged. One wrong total breaks two sums, "
        "its own and by as much the other way the next day's: it is reported once, where it is. "
        "A total that falls is reported by loss_counts/never-decreases alone."
    ),
    example="personnel 144440, then 145600 (+620): the increment gives 145060",
    fix=(
        "Correct the total or the increment after the report; if the report itself does not add "
        "up, add a row to corrections."
    ),
    column="total",
    needs=("corrections",),
)
def increment_matches(context: Context) -> Mask:
    """Find figures that break the accounting identity."""
    bad = breaks_identity(context) & ~undone_break(context)
    return bad & ~(falls(context) & below(context)) if "series" in context.tables else bad


@rule(
    title="A daily series has a figure for every day between its first and its last.",
    rationale=(
        "A hole in a daily series is a lost report or a mistyped date. Days declared in "
        "`series.gaps` may be missing; series with cadence `irregular` have no days due. A series "
        "in which some date is unreadable cannot be judged: the hole may be that row. The finding "
        "stands at the figure after the hole."
    ),
    example="tanks on 2023-02-20 and 2023-02-22, nothing on 2023-02-21",
    fix="Add the missing day, correct the date, or declare the gap in series.gaps.",
    column="report_date",
    needs=("series",),
)
def no_missing_day(context: Context) -> Mask:
    """Find figures that follow an undeclared hole."""
    near, gaps = neighbours(context), series_gaps(context)
    bad: Mask = (near.apart > 1) & series_is(context, "cadence", "daily") & near.per_row(near.whole)
    rows = np.flatnonzero(bad)
    owner, day = series_of(context)[near.group[rows]], near.day[rows]
    declared = gaps.covered(owner, day - near.apart[rows] + 1, day - 1)
    bad[rows] = gaps.readable[owner] & (declared < near.apart[rows] - 1)
    return bad


@rule(
    title="Each report has a figure for every category alive on its day.",
    rationale=(
        "A report gives all its categories at once, so that one of them missing is a row "
        "forgotten. Due is a figure of every daily series of the reporter, for each of its reports "
        "within the life of the series and outside its declared gaps. The finding stands at the "
        "figure after which the missing one belongs. Series with an unreadable date cannot be "
        "judged."
    ),
    example="reports has 2023-02-22, loss_counts has no tanks for that day",
    fix="Add the figure, or end the series in series.last_report, or declare a gap there.",
    column="report_date",
    needs=("series", "reports"),
    whole=True,
)
def complete_report(context: Context) -> Mask:
    """Find figures after which one is missing that a report must have."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[missing_figures(context).place] = True
    return bad


@rule(
    title="A figure lies within the life of its series, and in none of its gaps.",
    rationale=(
        "`series.first_report` and `last_report` say when the reporter counted the category, and "
        "`series.gaps` for which days there is no figure. A figure elsewhere belongs to another "
        "category or another day, or the series is out of date. An empty last_report means that "
        "the series goes on. Where a date or the gaps are unreadable, it cannot be judged."
    ),
    example="fuel-tanks on 2022-05-01, counted with vehicles since that day",
    fix="Correct the category or the date, or the life or the gaps of the series in series.",
    column="report_date",
    needs=("series",),
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


@rule(
    title="No report is dated after today.",
    rationale=(
        "A report of tomorrow is a mistyped date. Today is an argument of the check; where nobody "
        "gives it, nothing is judged."
    ),
    example="2062-02-22 for 2026-02-22",
    fix="Correct the date.",
    column="report_date",
)
def not_in_future(context: Context) -> Mask:
    """Find figures dated after today."""
    date = context.table["report_date"]
    if context.today is None:
        return np.zeros(context.table.rows, dtype=np.bool_)
    return date.valid & (date.values > (context.today - _EPOCH).days)


@rule(
    title="`evidence` is what the readings support.",
    rationale=(
        "Evidence is counted, not judged. Over the readings of records that vote: `primary` where "
        "no reading contradicts the total and one of the reporter's own text or infographic has "
        "it; else `agreed` with two or more records, `single` with one. Where some reading "
        "contradicts: `majority` if more records have the total than any rival value, or if a "
        "printed increment of this day or the next fits the total and none of the rivals that tie "
        "or outvote it; else `disputed`. A record kept only where it dissents agrees by silence "
        "on the days and categories it covers. A total that no "
        "record has in so many words is supported by none. A "
        "figure that some records have and others contradict, marked `primary` or `agreed`, is "
        "reported at the reading, by readings/dissent-visible. A reporter none of whose "
        "records vote is read from its own publication: `primary` or `single`. A figure whose "
        "total or readings are unreadable cannot be judged."
    ),
    example="evidence `agreed`, and one record alone has the figure",
    fix="Set evidence to what the readings support, or add the reading that supports it.",
    column="evidence",
    needs=("records", "readings"),
)
def evidence_supported(context: Context) -> Mask:
    """Find figures whose evidence is not what the readings support."""
    return evidence_unsupported(context)


@rule(
    title="The step from the day before is within what the series has lately shown.",
    rationale=(
        "A mistyped digit that raises a total breaks no sum where no increment was printed; it is "
        "only improbable. The bound is learnt from the steps of the 60 figures before, without "
        "the reporter's corrections: a step is extraordinary above the median plus 6 scaled "
        "MADs and above 1.25 times the window's greatest, below the median minus as much and the "
        "window's least, or 0 in a series that stood still at most once. The spread is at least "
        "the root of the median, as counts scatter. Where the next day's figure is there, only a "
        "step that it undoes counts, as one wrong total makes two wrong steps in opposite "
        "directions. Not judged: figures with a printed increment (the identity judges them), "
        "with a correction, with two or more records in agreement, of series shorter than 20 "
        "figures, restated or irregular, and those whose window holds an unreadable total. Judged "
        "day by day over the General Staff's history without any increment, about 4 figures in "
        "1,000 are flagged."
    ),
    example="vehicles 22206 on 2024-08-04 after 21926: +280, where 102 was the most in two months",
    fix=(
        "Compare the figure with the report. If it is right, leave it: the next report bears it "
        "out."
    ),
    column="total",
    needs=("series", "corrections"),
    severity=Severity.WARNING,
)
def plausible_step(context: Context) -> Mask:
    """Find steps beyond the bound learnt from the trailing window."""
    return implausible(context)


@rule(
    title="Where a reporter's totals all end in 0, the next one does.",
    rationale=(
        "The General Staff rounds personnel to tens: but for three days, every total it printed "
        "ends in 0. A last digit mistyped stays within any bound on steps, but not within the "
        "habit. It is a habit where all of the 60 figures before end in 0 and at least ten of "
        "them moved. Not judged: figures with a printed increment or with two or more records in "
        "agreement, and those whose window holds a missing or unreadable total."
    ),
    example="personnel 1455423 after sixty totals that end in 0",
    fix="Compare the figure with the report. If it is right, leave it.",
    column="total",
    severity=Severity.WARNING,
)
def round_figure(context: Context) -> Mask:
    """Find totals that do not end in 0 as those before them do."""
    return unrounded(context)


@rule(
    title="A report does not repeat the figures of an earlier one.",
    rationale=(
        "An old page opened again, or yesterday's rows copied and only the date changed. Personnel "
        "alone has stood still on fewer than one day in two hundred; all categories together never "
        "have. A report of at least three figures is compared with those of the seven days before "
        "it, in daily cumulative series; every figure must repeat, or all but one where there are "
        "eight or more. A figure with an unreadable total repeats nothing."
    ),
    example="all fifteen totals of 2026-08-08 equal those of 2026-08-07",
    fix="Take the figures from the report of the day.",
    column="total",
    needs=("series",),
    severity=Severity.WARNING,
)
def stale_report(context: Context) -> Mask:
    """Find the figures of reports that repeat an earlier one."""
    return repeats_earlier_report(context)


@rule(
    title="The statuses of a figure add up to it.",
    rationale=(
        "A reporter who lists items by what became of them gives each item one status, so that "
        "destroyed, damaged, abandoned and captured make up the total. A figure without rows in "
        "status_counts has no statuses to add; where one of them or the total is missing or "
        "unreadable, it cannot be judged."
    ),
    example="1000 destroyed, 79 damaged, 65 abandoned and 544 captured tanks, and a total of 1700",
    fix="Compare total and statuses with the list, and correct the one mistyped.",
    column="total",
    needs=("status_counts",),
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
