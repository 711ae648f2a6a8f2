"""From figures to rows of the tables.

No two records of such a reporter hold the same figure, and all are kept whole, so `loss_counts`
and `corrections` follow from `readings` alone. The descriptions in `series`, `records` and
`sources` stay as people wrote them; days, gaps and categories are computed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.definition.schema import Package
from reported_losses.errors import DataError
from reported_losses.intake.other_reporters.figure import Figure
from reported_losses.intake.other_reporters.upstream import Upstream
from reported_losses.intake.pages import pages_of, source_of
from reported_losses.intake.tables import Row, to_columns
from reported_losses.parsing.intervals import format_intervals
from reported_losses.validation.rules.evidence import evidence_of


@dataclass(frozen=True, slots=True)
class Reporter:
    """A reporter and its records.

    Attributes:
        slug: Slug of the reporter.
        read: Reads its records; returns one figure for each category and day, in order.
        gaps: Returns the days to declare as gaps of a series, given the days that the series
            has and the days that any series of the same subject has.
    """

    slug: str
    read: Callable[[Upstream], list[Figure]]
    gaps: Callable[[set[dt.date], set[dt.date]], Iterable[dt.date]]


def build(
    package: Package,
    reporter: Reporter,
    figures: Sequence[Figure],
    held: Mapping[str, Sequence[Row]],
) -> dict[str, list[Row]]:
    """Write a reporter's figures as rows of every table, `recorded_on` left out.

    Args:
        package: Descriptor of the package.
        reporter: The reporter.
        figures: Its figures in order.
        held: Rows of `series`, `records` and `sources` that the package holds.

    Returns:
        Rows by table.

    Raises:
        DataError: A series, a record or a page is not described.
    """
    records = _records(reporter, figures, held["records"])
    readings = _readings(reporter, figures, held["sources"])
    series = _series(reporter, figures, held["series"])
    return {
        "records": records,
        "readings": readings,
        "reports": _reports(reporter, figures),
        "loss_counts": _loss_counts(package, reporter, figures, readings, records, series),
        "status_counts": [
            {**_key(reporter, figure), "status": status, "total": str(items)}
            for figure in figures
            for status, items in figure.statuses
        ],
        "corrections": _falls(reporter, figures, series, records),
        "series": series,
    }


def _key(reporter: Reporter, figure: Figure) -> Row:
    return {
        "reporter": reporter.slug,
        "subject": figure.subject,
        "category": figure.category,
        "report_date": figure.date.isoformat(),
    }


def _records(reporter: Reporter, figures: Iterable[Figure], held: Iterable[Row]) -> list[Row]:
    known = {row["record"]: row for row in held if row["reporter"] == reporter.slug}
    of_record: dict[str, list[Figure]] = {}
    for figure in figures:
        of_record.setdefault(figure.record, []).append(figure)
    missing = sorted(of_record.keys() - known.keys())
    if missing:
        raise DataError(f"data/records.csv: describe the record {missing[0]!r} there first")
    return [_record(reporter, known[name], own) for name, own in sorted(of_record.items())]


def _record(reporter: Reporter, known: Row, figures: Iterable[Figure]) -> Row:
    days = {figure.date for figure in figures}
    return known | {
        "first_day": min(days).isoformat(),
        "last_day": max(days).isoformat(),
        "gaps": format_intervals(reporter.gaps(days, days)),
        "categories": " ".join(sorted({figure.category for figure in figures})),
    }


def _readings(reporter: Reporter, figures: Iterable[Figure], sources: Iterable[Row]) -> list[Row]:
    pages = pages_of(sources)
    return [
        {
            **_key(reporter, figure),
            "record": figure.record,
            "total": str(figure.total),
            "qualifier": figure.qualifier,
            "source": source_of(figure.page, pages) if figure.page else "",
            "note": figure.note,
        }
        for figure in figures
    ]


def _reports(reporter: Reporter, figures: Iterable[Figure]) -> list[Row]:
    of_day: dict[dt.date, list[Figure]] = {}
    for figure in figures:
        of_day.setdefault(figure.date, []).append(figure)
    return [
        {
            "reporter": reporter.slug,
            "report_date": day.isoformat(),
            "report_date_precision": min(figure.precision for figure in own),
            "period_start": WAR_BEGAN.isoformat(),
            "period_end": day.isoformat(),
            "url": max(figure.url for figure in own),
        }
        for day, own in sorted(of_day.items())
    ]


def _loss_counts(  # noqa: PLR0913, PLR0917 - evidence rests on these tables
    package: Package,
    reporter: Reporter,
    figures: Iterable[Figure],
    readings: Iterable[Row],
    records: Iterable[Row],
    series: Iterable[Row],
) -> list[Row]:
    hedges = {(row["subject"], row["category"]): row["qualifier"] for row in series}
    rows = [
        {
            **_key(reporter, figure),
            "total": str(figure.total),
            "qualifier": figure.qualifier or hedges[figure.subject, figure.category],
        }
        for figure in figures
    ]
    texts = {"loss_counts": rows, "readings": readings, "records": records}
    evidence = evidence_of(
        {name: to_columns(package.table(name), of) for name, of in texts.items()}
    )
    # Figures come in order of subject, category and date, which is key order.
    return [row | {"evidence": kind} for row, kind in zip(rows, evidence, strict=True)]


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
            "gaps": _gaps(reporter, known[key], own, of_subject[key[0]]),
        }
        for key, own in sorted(days.items())
    ]


def _gaps(reporter: Reporter, series: Row, own: set[dt.date], subject: set[dt.date]) -> str:
    """Return the gaps of a series as text; after its last report there is none."""
    end = series["last_report"]
    days = reporter.gaps(own, subject)
    return format_intervals(day for day in days if not end or day.isoformat() <= end)


def _falls(
    reporter: Reporter,
    figures: Iterable[Figure],
    series: Iterable[Row],
    records: Iterable[Row],
) -> list[Row]:
    """Write a correction for each fall of a cumulative series; none was announced."""
    cumulative = {
        (row["subject"], row["category"]) for row in series if row["policy"] == "cumulative"
    }
    sources = {row["record"]: row["source"] for row in records}
    return [
        {
            **_key(reporter, figure),
            "amount": str(figure.total - before.total),
            "kind": "unexplained",
            "reason": f"The total falls from {before.total} on {before.date} to {figure.total}.",
            "source": sources[figure.record],
        }
        for before, figure in pairwise(figures)
        if (before.subject, before.category) == (figure.subject, figure.category)
        and figure.total < before.total
        and (figure.subject, figure.category) in cumulative
    ]
