"""`status()`: how fresh the dataset is, reporter by reporter."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reported_losses.definition.dates import as_date
from reported_losses.definition.describe import __version__
from reported_losses.loading import status_text
from reported_losses.loading.coverage import (
    Coverage,
    added,
    coverages,
    increment_days,
    report_days,
)
from reported_losses.parsing.intervals import DAY, Interval

if TYPE_CHECKING:
    import pandas as pd

DAYS = (
    *("first_report", "last_report"),
    *("last_full_increments", "last_increment", "last_printed_increment"),
)
EVIDENCE = ("primary", "agreed", "majority", "single", "disputed")


@dataclass(frozen=True, slots=True)
class ReporterStatus:
    """What there is of one reporter's counts for one subject.

    Attributes:
        reporter: The organisation that counts.
        subject: Whose losses.
        daily: Whether it reports every day; otherwise it has no gaps.
        first_report: First day with a figure.
        last_report: Last day with a figure.
        days_since: Days from the last report to today, negative if it is dated later; None if
            no day was given as today.
        report_days: Number of days with a figure.
        gaps: First and last day of each run of days without a report, between the first report
            and the last, if it reports every day.
        behind: Day of the last figure of each category that is still counted every day and has
            none in the last report.
        figures: Number of totals.
        evidence: Number of totals by evidence.
        increments: Number of increments, one a day, by category.
        last_increments: Day of the last increment, by category.
        increment_days: Number of days with an increment of any category, by year.
        last_increment: The last of these days, or None.
        last_full_increments: Last day on which every figure has an increment, or None.
        last_printed_increment: Day of the last one that was read in print, and not in the
            address of a page alone, or None.
    """

    reporter: str
    subject: str
    daily: bool
    first_report: dt.date
    last_report: dt.date
    days_since: int | None
    report_days: int
    gaps: tuple[Interval, ...]
    behind: Mapping[str, dt.date]
    figures: int
    evidence: Mapping[str, int]
    increments: Mapping[str, int]
    last_increments: Mapping[str, dt.date]
    increment_days: Mapping[int, int]
    last_increment: dt.date | None
    last_full_increments: dt.date | None
    last_printed_increment: dt.date | None

    @property
    def gap_days(self) -> int:
        """Number of days without a report, if it reports every day."""
        return sum((last - first).days + 1 for first, last in self.gaps)


@dataclass(frozen=True, slots=True, repr=False)
class Status:
    """How fresh the dataset is. Prints as text for people; `to_pandas` gives a frame.

    Attributes:
        version: Version of the data.
        today: The day that was given as today, or None.
        reporters: What there is of each reporter and subject, in order.
    """

    version: str
    today: dt.date | None
    reporters: tuple[ReporterStatus, ...]

    def __repr__(self) -> str:
        return "\n".join(status_text.lines(self))

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas frame, one row per reporter and subject.

        Returns:
            The columns:

            - `reporter` (str), `subject` (str): who counts whose losses.
            - `first_report`, `last_report` (datetime64): first and last day with a figure.
            - `days_since` (Int64): days since the last report; missing without today.
            - `report_days` (int64): days with a figure.
            - `gap_days` (int64): days without a report, of a reporter that reports every day.
            - `figures` (int64): totals.
            - `primary`, `agreed`, `majority`, `single`, `disputed` (int64): totals with this
              evidence.
            - `increments` (int64): increments of all categories.
            - `last_full_increments` (datetime64): last day on which every figure has one.
            - `last_increment`, `last_printed_increment` (datetime64): day of the last one, and
              of the last that was read in print; missing if there is none.
        """
        import pandas as pd

        frame = pd.DataFrame.from_records([_record(one) for one in self.reporters])
        return frame.astype({**dict.fromkeys(DAYS, "datetime64[us]"), "days_since": "Int64"})


def status(today: str | dt.date | None = None) -> Status:
    """Return how fresh the dataset is: for each reporter the last report, gaps and evidence.

    Args:
        today: The day taken as today, a date or its text YYYY-MM-DD. Without it no days are
            counted from the last report: `status` never reads the clock.

    Returns:
        The status. It prints as text and holds the same as values, in `reporters`;
        `to_pandas()` gives a frame with one row per reporter and subject.

    Raises:
        BadArgumentError: `today` is not a day.
        DataError: A table's file is damaged, or is installed and not as it was built.

    >>> import reported_losses as rl
    >>> known = rl.status(today="2026-12-01")
    >>> [one.reporter for one in known.reporters if one.daily]
    ['ua-general-staff']
    """
    day = None if today is None else as_date(today, "today")
    series, (some, every) = coverages(), increment_days()
    found = []
    for key, days in sorted(report_days().items()):
        own = [one for one in series if (one.reporter, one.subject) == key]
        found.append(_status(own, days, some[key], every[key], day))
    return Status(__version__, day, tuple(found))


def _status(
    series: Sequence[Coverage],
    days: Sequence[dt.date],
    with_increment: Sequence[dt.date],
    with_all_increments: Sequence[dt.date],
    today: dt.date | None,
) -> ReporterStatus:
    daily = any(one.cadence == "daily" for one in series)
    evidence = added(one.evidence for one in series)
    printed = (one.last_printed_increment for one in series)
    return ReporterStatus(
        reporter=series[0].reporter,
        subject=series[0].subject,
        daily=daily,
        first_report=days[0],
        last_report=days[-1],
        days_since=None if today is None else (today - days[-1]).days,
        report_days=len(days),
        gaps=tuple(_gaps(days)) if daily else (),
        behind=_behind(series, days[-1]),
        figures=sum(evidence.values()),
        evidence=evidence,
        increments={one.category: sum(one.increments.values()) for one in series if one.increments},
        last_increments={one.category: one.last_increment for one in series if one.last_increment},
        increment_days=dict(sorted(Counter(day.year for day in with_increment).items())),
        last_increment=max(with_increment, default=None),
        last_full_increments=max(with_all_increments, default=None),
        last_printed_increment=max(filter(None, printed), default=None),
    )


def _gaps(days: Sequence[dt.date]) -> Iterator[Interval]:
    """Give the runs of days that lie between days in order."""
    for before, after in itertools.pairwise(days):
        if after - before > DAY:
            yield before + DAY, after - DAY


def _behind(series: Sequence[Coverage], last_report: dt.date) -> dict[str, dt.date]:
    """Return the last days of categories that are counted every day and lack the last report."""
    due = [one for one in series if one.cadence == "daily" and one.until is None]
    days = {one.category: one.last_figure for one in due if one.last_figure}
    return {category: day for category, day in days.items() if day < last_report}


def _record(one: ReporterStatus) -> dict[str, object]:
    names = ("reporter", "subject", "first_report", "last_report", "days_since", "report_days")
    return {
        **{name: getattr(one, name) for name in (*names, "gap_days", "figures")},
        **{kind: one.evidence.get(kind, 0) for kind in EVIDENCE},
        "increments": sum(one.increments.values()),
        **{name: getattr(one, name) for name in DAYS[2:]},
    }
