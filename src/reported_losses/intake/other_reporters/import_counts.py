"""Reporters other than the General Staff: upstream records in, rows of the tables out.

Each of them has one record, kept whole, so that `loss_counts` and `corrections` follow from
`readings` alone. What a series or a record is stays as people wrote it in `series` and
`records`; days, gaps and categories are computed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reported_losses.dataset.descriptor import Package, load_package
from reported_losses.errors import DataError, UpstreamError
from reported_losses.files import write_together
from reported_losses.intake import curated_files
from reported_losses.intake.changes import Changes, compare, merged, revisions
from reported_losses.intake.other_reporters import oryx, ru_mod
from reported_losses.intake.readings import WAR_BEGAN, days_between, intervals
from reported_losses.intake.tables import Row, read_rows, to_csv

TABLES = ("records", "readings", "reports", "loss_counts", "status_counts", "corrections", "series")


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """One figure of a reporter.

    Attributes:
        subject: Whose losses.
        category: Slug of the kind of loss.
        date: Day of the report.
        total: Cumulative total.
        url: Page of the report.
        statuses: Items by status, where the reporter says.
        note: What is odd about the figure.
    """

    subject: str
    category: str
    date: dt.date
    total: int
    url: str = ""
    statuses: tuple[tuple[str, int], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reporter:
    """A reporter with one record.

    Attributes:
        slug: Slug of the reporter.
        record: Slug of the record.
        evidence: What its figures rest on: its own publication, or one transcription.
        read: Reads the record from a folder.
        gaps: From the days held in a series, and those held in any series of the same
            subject, to the days declared as gaps.
    """

    slug: str
    record: str
    evidence: str
    read: Callable[[Path, Path], list[Figure]]
    gaps: Callable[[set[dt.date], set[dt.date]], Iterable[dt.date]]


def _oryx(folder: Path, curated: Path) -> list[Figure]:
    return [
        Figure(
            one.subject,
            one.category,
            one.date,
            one.total,
            statuses=tuple(zip(oryx.STATUSES, one.statuses, strict=True)),
            note=one.note,
        )
        for one in oryx.read(folder, curated)
    ]


def _ru_mod(folder: Path, _: Path) -> list[Figure]:
    return [
        Figure(ru_mod.SUBJECT, one.category, one.date, one.total, one.url)
        for one in ru_mod.read(folder)
    ]


def _silent(own: set[dt.date], subject: set[dt.date]) -> Iterable[dt.date]:
    return [day for day in oryx.silences(subject) if min(own) < day <= max(own)]


def _missing(own: set[dt.date], _: set[dt.date]) -> Iterable[dt.date]:
    return set(days_between(min(own), max(own))) - own


REPORTERS = (
    Reporter(oryx.REPORTER, oryx.RECORD, "single", _oryx, _silent),
    Reporter(ru_mod.REPORTER, ru_mod.RECORD, "primary", _ru_mod, _missing),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run; nothing has been written yet.

    Attributes:
        package: Descriptor of the package.
        tables: Rows of every table the run computes.
        changes: How they differ from the tables as they stand.
    """

    package: Package
    tables: Mapping[str, list[Row]]
    changes: Changes


def take_in(
    folder: Path, upstream: Path, recorded_on: dt.date, curated: Path = curated_files.FOLDER
) -> Outcome:
    """Read the records of the other reporters and compute their rows.

    Args:
        folder: Package folder.
        upstream: Folder of the upstream records.
        recorded_on: The day new rows are first held.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A record is not in its known form, or has lost what it held.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    package = load_package(folder)
    old = {name: read_rows(folder, package.table(name)) for name in (*TABLES, "revisions")}
    tables = {name: old[name] for name in TABLES}
    for reporter in REPORTERS:
        figures = sorted(reporter.read(upstream, curated))
        _check_nothing_lost(reporter, old["readings"], figures)
        new = rows(reporter, figures, tables, recorded_on.isoformat())
        tables |= {
            name: merged(package.table(name), reporter.slug, tables[name], new[name])
            for name in TABLES
        }
    changes = compare(package, old, tables)
    listed = revisions(package, old, changes, recorded_on.isoformat())
    return Outcome(package, {**tables, "revisions": old["revisions"] + listed}, changes)


def write(folder: Path, outcome: Outcome) -> None:
    """Put the tables of an outcome in place, all of them or none."""
    tables = {outcome.package.table(name): some for name, some in outcome.tables.items()}
    write_together({folder / table.path: to_csv(table, some) for table, some in tables.items()})


def rows(
    reporter: Reporter, figures: list[Figure], held: Mapping[str, list[Row]], today: str
) -> dict[str, list[Row]]:
    """Write a reporter's figures as rows of every table.

    Args:
        reporter: The reporter.
        figures: Its figures in order.
        held: Rows of `series` and `records` that say what each is.
        today: The day new rows are first held.

    Raises:
        DataError: A series or the record is not described.
    """
    return {
        "records": [_record(reporter, figures, held["records"])],
        "readings": [
            {**_key(reporter, one), "record": reporter.record, "total": str(one.total)}
            | dict.fromkeys(("increment", "correction", "qualifier"), "")
            | {"note": one.note}
            for one in figures
        ],
        "reports": _reports(reporter, figures, today),
        "loss_counts": [
            {**_key(reporter, one), "total": str(one.total), "increment": ""}
            | {"qualifier": "exact", "evidence": reporter.evidence, "recorded_on": today}
            for one in figures
        ],
        "status_counts": [
            {**_key(reporter, one), "status": status, "total": str(count), "recorded_on": today}
            for one in figures
            for status, count in one.statuses
        ],
        "corrections": _falls(reporter, figures, held["series"], today),
        "series": _series(reporter, figures, held["series"]),
    }


def _key(reporter: Reporter, figure: Figure) -> Row:
    return {
        "reporter": reporter.slug,
        "subject": figure.subject,
        "category": figure.category,
        "report_date": figure.date.isoformat(),
    }


def _record(reporter: Reporter, figures: list[Figure], held: list[Row]) -> Row:
    known = next((row for row in held if row["record"] == reporter.record), None)
    if known is None:
        raise DataError(f"data/records.csv: describe the record {reporter.record!r} there first")
    days = {one.date for one in figures}
    return known | {
        "first_day": min(days).isoformat(),
        "last_day": max(days).isoformat(),
        "gaps": intervals(reporter.gaps(days, days)),
        "categories": " ".join(sorted({one.category for one in figures})),
    }


def _reports(reporter: Reporter, figures: list[Figure], today: str) -> list[Row]:
    pages = {one.date: one.url for one in figures}
    return [
        {
            "reporter": reporter.slug,
            "report_date": day.isoformat(),
            "period_start": WAR_BEGAN.isoformat(),
            "period_end": day.isoformat(),
            "url": url,
            "recorded_on": today,
        }
        for day, url in sorted(pages.items())
    ]


def _series(reporter: Reporter, figures: list[Figure], held: list[Row]) -> list[Row]:
    known = {(r["subject"], r["category"]): r for r in held if r["reporter"] == reporter.slug}
    days: dict[tuple[str, str], set[dt.date]] = {}
    of_subject: dict[str, set[dt.date]] = {}
    for one in figures:
        days.setdefault((one.subject, one.category), set()).add(one.date)
        of_subject.setdefault(one.subject, set()).add(one.date)
    missing = sorted(days.keys() - known.keys())
    if missing:
        name = f"{missing[0][1]} of {missing[0][0]} by {reporter.slug}"
        raise DataError(f"data/series.csv: describe the series {name} there first")
    return [
        known[key]
        | {
            "first_report": min(own).isoformat(),
            "gaps": intervals(reporter.gaps(own, of_subject[key[0]])),
        }
        for key, own in sorted(days.items())
    ]


def _falls(reporter: Reporter, figures: list[Figure], series: list[Row], today: str) -> list[Row]:
    """Write a correction for each fall of a cumulative series; nobody announced one."""
    cumulative = {
        (row["subject"], row["category"])
        for row in series
        if row["reporter"] == reporter.slug and row["policy"] == "cumulative"
    }
    source = reporter.record
    return [
        {
            **_key(reporter, one),
            "amount": str(one.total - before.total),
            "kind": "unexplained",
            "reason": f"The total falls from {before.total} on {before.date} to {one.total}.",
            "source": source,
            "recorded_on": today,
        }
        for before, one in pairwise(figures)
        if (before.subject, before.category) == (one.subject, one.category)
        and one.total < before.total
        and (one.subject, one.category) in cumulative
    ]


def _check_nothing_lost(reporter: Reporter, old: list[Row], figures: list[Figure]) -> None:
    """A record grows; one that lost figures was cut short or renamed, and must be looked at."""
    now = {(one.subject, one.category, one.date.isoformat()) for one in figures}
    lost = [
        row
        for row in old
        if row["record"] == reporter.record
        and (row["subject"], row["category"], row["report_date"]) not in now
    ]
    if lost:
        cells = ", ".join(f"{row['report_date']} {row['category']}" for row in lost[:5])
        raise UpstreamError(
            f"the record {reporter.record} no longer holds {len(lost)} of the figures it held: "
            f"{cells}, …; the file is cut short or its form has changed. Nothing was written."
        )
