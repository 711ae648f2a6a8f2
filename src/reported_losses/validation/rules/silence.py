"""Whether a record that gives totals says of which reports it has none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reported_losses.validation.keys import Mask, Rows, distinct, lookup, lookup_rows, numbered
from reported_losses.validation.rules.record_coverage import record_gaps
from reported_losses.validation.rules.rule import Context, rule
from reported_losses.validation.rules.votes import record_is_one_of

# Days of years 1 to 9999 lie within half of this on either side of 1970-01-01.
_WIDE = 2**23
_HALF = _WIDE // 2


@dataclass(frozen=True, slots=True)
class _ReportDays:
    """The days of reports, by reporter.

    Attributes:
        keys: Reporter and day of each report as one number, ascending.
        reporter: The reporter of each record; -1 if it is unknown.
    """

    keys: Rows
    reporter: Rows

    def between(self, record: Rows, first: Rows, last: Rows) -> Rows:
        """Count the reports of each record's reporter from one day to another."""
        base = self.reporter[record] * _WIDE + _HALF
        low = np.searchsorted(self.keys, base + np.maximum(first, -_HALF))
        high = np.searchsorted(self.keys, base + np.minimum(last, _HALF - 1), side="right")
        counted = (self.reporter[record] >= 0) & (last >= first)
        return np.where(counted, high - low, 0).astype(np.int64)


def _report_days(context: Context) -> _ReportDays:
    records, reports = context.tables["records"], context.tables["reports"]
    mine, theirs, _ = numbered([records["reporter"]], [reports["reporter"]])
    known = reports["reporter"].valid & reports["report_date"].valid
    keys = theirs[known] * _WIDE + _HALF + reports["report_date"].values[known]
    return _ReportDays(distinct(keys), np.where(records["reporter"].valid, mine, -1))


def _told(context: Context) -> tuple[Rows, Rows]:
    """Return each record and each day of which it has a total, and no gap."""
    readings = context.tables["readings"]
    of, day = lookup_rows(readings, context.tables["records"], ("record",)), readings["report_date"]
    rows = np.flatnonzero((of >= 0) & day.valid & readings["total"].valid)
    pairs = distinct(of[rows] * _WIDE + _HALF + day.values[rows])
    record, day_told = pairs // _WIDE, pairs % _WIDE - _HALF
    free = record_gaps(context).covered(record, day_told, day_told) == 0
    return record[free], day_told[free]


def _numbers(context: Context) -> tuple[Rows, Rows]:
    """Return, per record, how many reports it has totals of, and how many are due."""
    rows, days, gaps = context.tables["records"].rows, _report_days(context), record_gaps(context)
    record, day = _told(context)
    first, last = np.full(rows, _HALF), np.full(rows, -_HALF)
    np.minimum.at(first, record, day)
    np.maximum.at(last, record, day)
    due = days.between(np.arange(rows), first, last)
    low, high = np.maximum(gaps.first, first[gaps.owner]), np.minimum(gaps.last, last[gaps.owner])
    np.subtract.at(due, gaps.owner, days.between(gaps.owner, low, high))
    has = np.zeros(rows, dtype=np.int64)
    np.add.at(has, record, days.between(record, day, day))
    return has, due


def _unknown(context: Context) -> Mask:
    """Return the records with a reading whose day or total is unreadable."""
    readings, records = context.tables["readings"], context.tables["records"]
    of = lookup_rows(readings, records, ("record",))
    lost = (of >= 0) & ~(readings["report_date"].known & readings["total"].known)
    found: Mask = np.bincount(of[lost], minlength=records.rows) > 0
    return found


def _daily(context: Context) -> Mask:
    """Return the records of reporters all of whose series are daily."""
    series, records = context.tables["series"], context.tables["records"]
    cadence = series["cadence"]
    other = np.flatnonzero(~(cadence.valid & (cadence.values == cadence.code("daily"))))
    reporter = [series["reporter"]]
    irregular = lookup([records["reporter"]], [reporter[0].take(other)]) >= 0
    found: Mask = ~irregular & (lookup([records["reporter"]], reporter) >= 0)
    return found


@rule(
    "records",
    column="gaps",
    needs=("readings", "reports", "series"),
    whole=True,
    title="A record kept whole has a total of each report, or declares a gap.",
    rationale=(
        "`gaps` names the days that a record does not cover. A record kept whole, of a reporter "
        "whose series are all daily, has some total of every other report between its first total "
        "and its last. A record that gives totals of fewer than half of them prints increments, "
        "and is not judged; nor is one with an unreadable day, total or gap."
    ),
    example="no reading of 2023-05-04, and no gap, in a record from 2022-02-24 to 2026-10-06",
    fix="Declare the day in gaps, or add its readings.",
)
def silence_declared(context: Context) -> Mask:
    """Find records with a day that has neither a total nor a gap."""
    has, due = _numbers(context)
    judged = record_gaps(context).readable & ~_unknown(context) & _daily(context)
    judged &= record_is_one_of(context, "kept", ("whole",)) & (2 * has > due)
    bad: Mask = judged & (has < due)
    return bad
