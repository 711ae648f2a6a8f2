"""Whether a report is another day's: the figures of an earlier one, or a day that is to come."""

from __future__ import annotations

import numpy as np

from reported_losses.definition.dates import day_text
from reported_losses.issue import Severity
from reported_losses.validation.keys import Mask, Rows, dense
from reported_losses.validation.rules.figures import name_of, neighbours, report_of, series_is
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

# Old pages are reopened within days, not months.
_DAYS_BACK = 7
# One or two categories may well repeat their totals together.
_LEAST = 3
# Whoever copies an old report may add a category it lacked. Of eight and more categories, at least
# three moved every day in four years.
_MANY, _BUT = 8, 1


@rule(
    "loss_counts",
    column="report_date",
    dated="wholly",
    title="No report is dated after today.",
    rationale=(
        "A report of tomorrow is a mistyped date. Today is an argument of the check; without it "
        "nothing is judged. The issue stands at the first figure of the report."
    ),
    example="2062-02-22 for 2026-02-22",
    fix="Correct the date.",
)
def not_in_future(context: Context) -> Mask:
    """Find reports dated after today: the first figure of each."""
    return _firsts(context, context.after_today(context.table["report_date"]))


@not_in_future.words
def _future(case: FailureCase) -> Words:
    today, (report, _) = case.context.today, _report(case.context)
    others = int(np.count_nonzero(report == report[case.row])) - 1
    also = f", with {others} more of its figures" if others else ""
    return Words(
        f"{name_of(case)}{also}: the report is in the future; today is {today}",
        f"{today} or earlier",
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
        "one if there are eight or more. A figure with an unreadable total repeats nothing. The "
        "issue stands at the first repeated figure."
    ),
    example="all fifteen totals of 2026-08-08 equal those of 2026-08-07",
    fix="Take the figures from the report of the day.",
)
def stale_report(context: Context) -> Mask:
    """Find reports that repeat the figures of one earlier day: the first such figure of each."""
    return _firsts(context, repeated(context))


@derived
def repeated(context: Context) -> Mask:
    """Return the figures of reports that repeat those of one earlier day."""
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
    what = f"{'all' if same[back - 1] == count else f'{same[back - 1]} of'} {count} figures"
    return Words(
        f"{day_text(date)}: {what} of the report equal those of {earlier}",
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


def _firsts(context: Context, figures: Mask) -> Mask:
    """Return the first of the figures of each report: one fault of a report is told once."""
    rows = np.flatnonzero(figures)
    _, first = np.unique(_report(context)[0][rows], return_index=True)
    found = np.zeros(len(figures), dtype=np.bool_)
    found[rows[first]] = True
    return found
