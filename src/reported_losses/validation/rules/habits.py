"""Whether a report keeps its reporter's habits: totals in tens, and never the same page twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.dates import day_text
from reported_losses.issue import Severity
from reported_losses.validation.keys import Mask, Rows, dense
from reported_losses.validation.rules.figures import (
    above,
    name_of,
    neighbours,
    report_of,
    series_is,
    total_of,
)
from reported_losses.validation.rules.parts import window_is_whole
from reported_losses.validation.rules.plausibility import WINDOW, confirmed
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_BASE = 10
# A total that does not move for weeks shows no habit, even if it is round.
_MOVES = 10

# Old pages are reopened within days, not months.
_DAYS_BACK = 7
# One or two categories may well repeat their totals together.
_LEAST = 3
# Whoever copies an old report may add a category it lacked. Of eight and more categories, at least
# three moved every day in four years.
_MANY, _BUT = 8, 1


@rule(
    "loss_counts",
    column="total",
    needs=("records", "readings"),
    severity=Severity.WARNING,
    title="If a reporter's totals all end in 0, the next total ends in 0 too.",
    rationale=(
        "The General Staff rounds personnel to tens: but for three days, every total it printed "
        "ends in 0. A mistyped last digit stays within any bound on steps, but not within the "
        "habit. It is a habit if all of the 60 figures before end in 0 and at least ten of them "
        "moved. Not judged: figures with a printed increment or with a total that two or more "
        "independent records state, and those whose window holds a missing or unreadable total."
    ),
    example="personnel 1455423 after sixty totals that end in 0",
    fix="Compare the figure with the report. If it is right, leave it.",
)
def round_figure(context: Context) -> Mask:
    """Find totals that do not end in 0 although all of the window before them do."""
    near, total = neighbours(context), context.table["total"]
    rows = np.arange(context.table.rows)
    position = rows - near.per_row(near.starts)
    odd = ~total.valid | (total.values % _BASE != 0)
    moved = total.values != above(total.values)
    judged = near.dated & total.valid & (position >= WINDOW) & ~confirmed(context)
    judged &= window_is_whole(context, WINDOW)
    habit = (_within(odd) == 0) & (_within(moved) >= _MOVES)
    bad: Mask = judged & odd & habit
    return bad


def _within(flags: Mask) -> NDArray[np.int64]:
    """Count, for each row, the flags among the rows of the window above it."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    rows = np.arange(len(flags))
    counts: NDArray[np.int64] = sums[rows] - sums[np.maximum(rows - WINDOW, 0)]
    return counts


@round_figure.words
def _unrounded(case: FailureCase) -> Words:
    total = f"{name_of(case)}: {total_of(case)}"
    return Words(
        f"{total} does not end in 0, as the {WINDOW} figures before it do",
        "a figure that ends in 0",
        case.rule.text.fix,
    )


@rule(
    "loss_counts",
    column="total",
    needs=("series",),
    severity=Severity.WARNING,
    whole=True,
    title="A report does not repeat the figures of an earlier one.",
    rationale=(
        "Somebody opened an old page again, or copied yesterday's rows and changed only the date. "
        "Personnel alone repeated its total on fewer than one day in two hundred; all categories "
        "together never did. A report of at least three figures is compared with those of the "
        "seven days before it, in daily cumulative series. Every figure must repeat, or all but "
        "one if there are eight or more. A figure with an unreadable total repeats nothing."
    ),
    example="all fifteen totals of 2026-08-08 equal those of 2026-08-07",
    fix="Take the figures from the report of the day.",
)
def stale_report(context: Context) -> Mask:
    """Find the figures of reports that repeat those of one earlier day."""
    judged = series_is(context, "policy", "cumulative") & series_is(context, "cadence", "daily")
    report, reports = _report(context)
    size = np.bincount(report, minlength=reports)
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    for back in range(1, _DAYS_BACK + 1):
        repeated = judged & _repeats(context)[back]
        same = np.bincount(report[repeated], minlength=reports)
        stale = (size >= _LEAST) & (same >= size - _BUT * (size >= _MANY))
        bad |= stale[report] & repeated
    return bad


@stale_report.words
def _repeated(case: FailureCase) -> Words:
    report = report_of(case)
    date = int(case.table["report_date"].values[case.row])
    days = range(1, _DAYS_BACK + 1)
    same = [int(_repeats(case.context)[back][report].sum()) for back in days]
    back = max(days, key=lambda back: (same[back - 1], -back))
    earlier, count = day_text(date - back), len(report)
    what = "all figures" if same[back - 1] == count else f"{same[back - 1]} of {count} figures"
    return Words(
        f"{name_of(case)}: {what} of the report equal those of {earlier}",
        f"a report that differs from that of {earlier}",
        case.rule.text.fix,
    )


@derived
def _repeats(context: Context) -> dict[int, Mask]:
    """Return, by number of days, the figures equal to that of their series so many days before."""
    return {back: _equal_to(context, back) for back in range(1, _DAYS_BACK + 1)}


def _equal_to(context: Context, back: int) -> Mask:
    near, total = neighbours(context), context.table["total"]
    same = np.zeros(context.table.rows, dtype=np.bool_)
    same[back:] = (
        (near.group[back:] == near.group[:-back])
        & near.dated[back:]
        & near.dated[:-back]
        & (near.day[back:] - near.day[:-back] == back)
        & total.valid[back:]
        & total.valid[:-back]
        & (total.values[back:] == total.values[:-back])
    )
    return same


def _report(context: Context) -> tuple[Rows, int]:
    """Number the reports: reporter, subject, day."""
    table = context.table
    reporter, subject, date = (table[name] for name in ("reporter", "subject", "report_date"))
    if not table.rows:
        return np.zeros(0, dtype=np.int64), 0
    day = np.where(date.valid, date.values, 0)
    day, days = day - day.min(), int(day.max() - day.min()) + 1
    size = len(reporter.texts) * len(subject.texts) * days
    number = (reporter.values * len(subject.texts) + subject.values) * days + day
    # A mistyped year would make the numbers far more than the rows.
    return (number, size) if size <= 4 * table.rows + 1000 else dense(number)
