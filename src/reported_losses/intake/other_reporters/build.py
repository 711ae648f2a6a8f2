"""From figures to rows of the tables.

Each of these reporters has one record, kept whole, so `loss_counts` and `corrections` follow
from `readings` alone. The descriptions in `series` and `records` stay as people wrote them;
their days, gaps and categories are computed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reported_losses.dataset.dates import WAR_BEGAN
from reported_losses.errors import DataError
from reported_losses.intake.other_reporters.figure import Figure
from reported_losses.intake.tables import Row
from reported_losses.parsing.intervals import format_intervals


@dataclass(frozen=True, slots=True)
class Reporter:
    """A reporter with one record.

    Attributes:
        slug: Slug of the reporter.
        record: Slug of the record.
        evidence: What its figures rest on: `primary`, its own publication, or `single`, one
            transcription.
        read: Reads the record, given the folders of the upstream and of the curated files.
        gaps: Returns the days to declare as gaps of a series, given the days that the series
            has and the days that any series of the same subject has.
    """

    slug: str
    record: str
    evidence: str
    read: Callable[[Path, Path], list[Figure]]
    gaps: Callable[[set[dt.date], set[dt.date]], Iterable[dt.date]]


def build(
    reporter: Reporter, figures: Sequence[Figure], held: Mapping[str, Sequence[Row]]
) -> dict[str, list[Row]]:
    """Write a reporter's figures as rows of every table, `recorded_on` left out.

    Args:
        reporter: The reporter.
        figures: Its figures in order.
        held: Rows of `series` and `records` that the package holds.

    Returns:
        Rows by table.

    Raises:
        DataError: A series or the record is not described.
    """
    return {
        "records": [_record(reporter, figures, held["records"])],
        "readings": [
            {
                **_key(reporter, figure),
                "record": reporter.record,
                "total": str(figure.total),
                "note": figure.note,
            }
            for figure in figures
        ],
        "reports": _reports(reporter, figures),
        "loss_counts": [
            {
                **_key(reporter, figure),
                "total": str(figure.total),
                "qualifier": "exact",
                "evidence": reporter.evidence,
            }
            for figure in figures
        ],
        "status_counts": [
            {**_key(reporter, figure), "status": status, "total": str(items)}
            for figure in figures
            for status, items in figure.statuses
        ],
        "corrections": _falls(reporter, figures, held["series"]),
        "series": _series(reporter, figures, held["series"]),
    }


def _key(reporter: Reporter, figure: Figure) -> Row:
    return {
        "reporter": reporter.slug,
        "subject": figure.subject,
        "category": figure.category,
        "report_date": figure.date.isoformat(),
    }


def _record(reporter: Reporter, figures: Iterable[Figure], held: Iterable[Row]) -> Row:
    known = next((row for row in held if row["record"] == reporter.record), None)
    if known is None:
        raise DataError(f"data/records.csv: describe the record {reporter.record!r} there first")
    days = {figure.date for figure in figures}
    return known | {
        "first_day": min(days).isoformat(),
        "last_day": max(days).isoformat(),
        "gaps": format_intervals(reporter.gaps(days, days)),
        "categories": " ".join(sorted({figure.category for figure in figures})),
    }


def _reports(reporter: Reporter, figures: Iterable[Figure]) -> list[Row]:
    pages = {figure.date: figure.url for figure in figures}
    return [
        {
            "reporter": reporter.slug,
            "report_date": day.isoformat(),
            "period_start": WAR_BEGAN.isoformat(),
            "period_end": day.isoformat(),
            "url": url,
        }
        for day, url in sorted(pages.items())
    ]


def _series(reporter: Reporter, figures: Iterable[Figure], held: Iterable[Row]) -> list[Row]:
    known = {(r["subject"], r["category"]): r for r in held if r["reporter"] == reporter.slug}
    days: dict[tuple[str, str], set[dt.date]] = {}
    of_subject: dict[str, set[dt.date]] = {}
    for figure in figures:
        days.setdefault((figure.subject, figure.category), set()).add(figure.date)
        of_subject.setdefault(figure.subject, set()).add(figure.date)
    missing = sorted(days.keys() - known.keys())
    if missing:
        name = f"{missing[0][1]} of {missing[0][0]} by {reporter.slug}"
        raise DataError(f"data/series.csv: describe the series {name} there first")
    return [
        known[key]
        | {
            "first_report": min(own).isoformat(),
            "gaps": format_intervals(reporter.gaps(own, of_subject[key[0]])),
        }
        for key, own in sorted(days.items())
    ]


def _falls(reporter: Reporter, figures: Iterable[Figure], series: Iterable[Row]) -> list[Row]:
    """Write a correction for each fall of a cumulative series; none was announced."""
    cumulative = {
        (row["subject"], row["category"])
        for row in series
        if row["reporter"] == reporter.slug and row["policy"] == "cumulative"
    }
    return [
        {
            **_key(reporter, figure),
            "amount": str(figure.total - before.total),
            "kind": "unexplained",
            "reason": f"The total falls from {before.total} on {before.date} to {figure.total}.",
            "source": reporter.record,
        }
        for before, figure in pairwise(figures)
        if (before.subject, before.category) == (figure.subject, figure.category)
        and figure.total < before.total
        and (figure.subject, figure.category) in cumulative
    ]
