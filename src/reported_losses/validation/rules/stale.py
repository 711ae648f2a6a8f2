"""Reports that repeat an earlier one: `loss_counts/stale-report`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.rules.figures import neighbours, series_is
from reported_losses.validation.rules.joins import dense
from reported_losses.validation.rules.registry import Context, Mask, derived

Rows = NDArray[np.int64]
# Old pages are reopened within days, not months.
DAYS_BACK = 7
# One or two categories may well stand still together.
LEAST = 3
# Whoever copies an old report may add a category it lacked. Of eight and more categories, never
# fewer than three moved in four years.
MANY, BUT = 8, 1


def repeats_earlier_report(context: Context) -> Mask:
    """Find the figures of reports that repeat those of one earlier day."""
    judged = series_is(context, "policy", "cumulative") & series_is(context, "cadence", "daily")
    report, reports = _report(context)
    size = np.bincount(report, minlength=reports)
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    for back in range(1, DAYS_BACK + 1):
        repeated = judged & repeats(context, back)
        same = np.bincount(report[repeated], minlength=reports)
        stale = (size >= LEAST) & (same >= size - BUT * (size >= MANY))
        bad |= stale[report] & repeated
    return bad


def repeats(context: Context, back: int) -> Mask:
    """Return the figures equal to that of their series so many days before."""
    return _all_repeats(context)[back]


@derived
def _all_repeats(context: Context) -> dict[int, Mask]:
    return {back: _repeats(context, back) for back in range(1, DAYS_BACK + 1)}


def _repeats(context: Context, back: int) -> Mask:
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
