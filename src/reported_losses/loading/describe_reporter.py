"""What a reporter is, what it counts, and what this dataset has of its reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.loading.coverage import Coverage, added, coverages, report_days
from reported_losses.loading.describe_category import aligned, last_total, life, numbers, wrapped
from reported_losses.loading.load import load


@dataclass(frozen=True, slots=True, repr=False)
class ReporterDescription:
    """What a reporter is, and what this dataset has of its reports. Prints as text for people.

    Attributes:
        reporter: Its slug, as loaders take it.
        name: Its name.
        kind: Kind of organisation, such as "military".
        side: The belligerent it belongs to, or "third-party".
        url: Its address, or None.
        note: What a reader should know of it, or None.
        series: What there is of each category that it counts, with the caveats in `note`.
        reports: Number of days with a figure.
        first_report: The first of them.
        last_report: The last of them.
        evidence: Number of totals by evidence.
        increments: Number of increments by where they were read.
        records: Titles of the records that its figures were decided from, by slug.
    """

    reporter: str
    name: str
    kind: str
    side: str
    url: str | None
    note: str | None
    series: tuple[Coverage, ...]
    reports: int
    first_report: dt.date
    last_report: dt.date
    evidence: Mapping[str, int]
    increments: Mapping[str, int]
    records: Mapping[str, str]

    def __repr__(self) -> str:
        return "\n".join(_lines(self))


def describe_reporter(reporter: str) -> ReporterDescription:
    """Describe a reporter that exists.

    >>> about = describe_reporter("ua-general-staff")
    >>> about.side, about.first_report.isoformat()
    ('ukraine', '2022-02-24')
    """
    bodies: list[dict[str, Any]] = load("organisations", engine="arrow").to_pylist()
    body = next(row for row in bodies if row["organisation"] == reporter)
    records: list[dict[str, Any]] = load("records", engine="arrow").to_pylist()
    series = tuple(one for one in coverages() if one.reporter == reporter)
    days = {day for key, own in report_days().items() if key[0] == reporter for day in own}
    return ReporterDescription(
        reporter=reporter,
        **{name: body[name] for name in ("name", "kind", "side", "url", "note")},
        series=series,
        reports=len(days),
        first_report=min(days),
        last_report=max(days),
        evidence=added(one.evidence for one in series),
        increments=added(one.increments for one in series),
        records={row["record"]: row["title"] for row in records if row["reporter"] == reporter},
    )


def _lines(about: ReporterDescription) -> Iterator[str]:
    yield f"{about.reporter}: {about.name}"
    yield from wrapped(", ".join(filter(None, (about.kind, about.side, about.url))))
    yield from wrapped(about.note)
    yield f"  {about.reports:,} report days, {about.first_report} to {about.last_report}"
    yield f"  evidence: {numbers(about.evidence)}"
    yield f"  increments: {numbers(about.increments) or 'none'}"
    yield from ("", "counts:")
    yield from aligned(
        (f"{one.category} of {one.subject}", life(one), last_total(one)) for one in about.series
    )
    notes = _by_note(about.series)
    yield from ("", "notes:") if notes else ()
    for note, counted in notes.items():
        yield from wrapped(f"{', '.join(counted)}: {note}")
    yield from ("", "records:") if about.records else ()
    yield from aligned(about.records.items())


def _by_note(series: Iterable[Coverage]) -> dict[str, list[str]]:
    """Return for each note the series that have it; many have the same."""
    notes: dict[str, list[str]] = {}
    for one in series:
        if one.note:
            notes.setdefault(one.note, []).append(f"{one.category} of {one.subject}")
    return notes
