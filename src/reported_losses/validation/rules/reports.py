"""Invariants of `reports`: one publication by a reporter."""

from __future__ import annotations

import numpy as np

from reported_losses.issue import Severity
from reported_losses.validation.keys import (
    Mask,
    first_of_value,
    fits_partly_known,
    lookup,
    numbered,
    repeated_values,
    whole,
)
from reported_losses.validation.rules.intervals import ends_before_it_begins
from reported_losses.validation.rules.missing_figures import missing_figures
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.rules.usual import unlike_most, usual_of
from reported_losses.validation.words import Words

_REPORT = ("reporter", "report_date")
_WEEK, _YEAR = 7, 366


def _name(case: FailureCase) -> str:
    return f"{case.cell('reporter')} {case.cell('report_date')}"


@rule(
    "reports",
    column="period_end",
    title="A report covers no day after its own.",
    rationale=(
        "A report counts what has happened, so period_end is not after report_date. If one of "
        "them is unreadable, it cannot be judged."
    ),
    example="period_end 2023-02-23 in the report of 2023-02-22",
    fix="Correct the day that was mistyped.",
)
def period_not_ahead(context: Context) -> Mask:
    """Find reports that cover a day after their own."""
    return ends_before_it_begins(context.table["period_end"], context.table["report_date"])


@period_not_ahead.words
def _ahead(case: FailureCase) -> Words:
    date, end = case.cell("report_date"), case.cell("period_end")
    message = f"{_name(case)}: the period ends on {end}, after the report"
    return Words(message, f"{date} or earlier", case.rule.text.fix)


@rule(
    "reports",
    column="report_date",
    needs=("loss_counts", "series"),
    whole=True,
    title="A report has a figure.",
    rationale=(
        "A report stands for its figures. One without any is a lost page or a mistyped date. A "
        "report in which a figure of a daily series is due is judged by "
        "loss_counts/complete-report alone. A report with an unreadable key cannot be judged, nor "
        "can one that a figure with an unreadable key, or without a report, may belong to."
    ),
    example="a row of reports for 2022-03-07, a day without a row of loss_counts",
    fix="Add the figures of the report, correct its date, or remove the row.",
)
def has_figures(context: Context) -> Mask:
    """Find reports without figures."""
    figures = context.tables["loss_counts"]
    held, asked = [figures[name] for name in _REPORT], [context.table[name] for name in _REPORT]
    bad: Mask = lookup(asked, held) < 0
    bad &= asked[0].valid & asked[1].valid
    if not bad.any():
        return bad
    bad &= ~fits_partly_known(asked, held)
    # A figure without a report may be of this one, on another day.
    stray = np.flatnonzero(whole(held) & (lookup(held, asked) < 0))
    bad &= lookup(asked[:1], [held[0].take(stray)]) < 0
    missing, series = missing_figures(context), context.tables["series"]
    due = series["reporter"].take(missing.series)
    mine, theirs, width = numbered([asked[0]], [due])
    first = int(asked[1].values.min(initial=0))
    keys = (asked[1].values - first) * width + mine
    bad &= ~np.isin(keys, (missing.day - first) * width + theirs)
    return bad


@has_figures.words
def _empty(case: FailureCase) -> Words:
    message = f"{_name(case)}: no row of loss_counts is of this report"
    return Words(message, "the day of a figure", case.rule.text.fix)


@rule(
    "reports",
    column="url",
    title="No address belongs to two reports.",
    rationale=(
        "A page is one report, so an address that two rows have was copied from one into the "
        "other. A missing address is no address."
    ),
    example="the page of 2023-02-21 in the row of 2023-02-22",
    fix="Give the row its own address, or leave the cell empty.",
)
def address_once(context: Context) -> Mask:
    """Find reports with the address of an earlier row."""
    return repeated_values(context.table["url"])


@address_once.words
def _again(case: FailureCase) -> Words:
    first = int(first_of_value(case.table["url"])[case.row])
    other = f"{case.cell('reporter', first)} {case.cell('report_date', first)}"
    message = f"{_name(case)}: has the address of {other}"
    return Words(message, "an address of its own, or none", case.rule.text.fix)


@rule(
    "reports",
    column="period_start",
    title="The reports of a reporter count from one day.",
    rationale=(
        "Totals are cumulative, so all reports of a reporter count from the same day: that of "
        "most of its reports. If no day has more than half of them, nothing can be judged."
    ),
    example="period_start 2023-02-24 in one report, 2022-02-24 in all others",
    fix="Correct the day that was mistyped.",
)
def counted_from_one_day(context: Context) -> Mask:
    """Find reports that begin on another day than most of their reporter."""
    return unlike_most([context.table["reporter"]], context.table["period_start"])


@counted_from_one_day.words
def _other_start(case: FailureCase) -> Words:
    usual = usual_of([case.table["reporter"]], case.table["period_start"], case.row)
    message = f"{_name(case)}: counts from {case.cell('period_start')}, most reports from {usual}"
    return Words(message, usual, case.rule.text.fix)


@rule(
    "reports",
    column="period_end",
    severity=Severity.WARNING,
    title="A report counts up to a day of the week before it.",
    rationale=(
        "A report gives what its reporter knows, so its period ends with it or shortly before. "
        "More than seven days before is a mistyped day, most likely. It is a warning, because a "
        "reporter may be late. More than a year before, it is the report that is misdated."
    ),
    example="period_end 2023-01-22 in the report of 2023-02-22",
    fix="Correct the day that was mistyped.",
)
def period_current(context: Context) -> Mask:
    """Find reports whose period ends more than a week before them."""
    date, end = context.table["report_date"], context.table["period_end"]
    late = date.values - end.values
    bad: Mask = date.valid & end.valid & (late > _WEEK) & (late <= _YEAR)
    return bad
