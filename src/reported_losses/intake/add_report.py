"""A report in, changed tables out: what `reported-losses add` does.

Adding a report is deciding its figures anew with one more record, as `reconcile` does with all
of them, on the days that it can change. Nothing is written here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.schema import Package
from reported_losses.errors import BadArgumentError, DataError
from reported_losses.intake.changes import Outcome, compare, revisions
from reported_losses.intake.fitting_day import fitting_day
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.own_readings import put
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.general_staff.redecide import redecide
from reported_losses.intake.general_staff.report_page import (
    address,
    is_ministry,
    is_post,
    page_of,
    record_of,
)
from reported_losses.intake.merge import by_reporter, merge
from reported_losses.intake.report_gaps import lacking
from reported_losses.intake.report_notes import notes
from reported_losses.intake.report_text.report import ReportText
from reported_losses.intake.tables import Row, read_rows, row_key

TABLES = (
    *("records", "readings", "reports", "loss_counts", "corrections", "series", "sources"),
    "revisions",
)
UNREASONED = "No reason is given yet."
"""The reason of revisions in a dry run without one; nothing is written with it."""

_is_ours = by_reporter(REPORTER)
_EXACT = "exact"
# Tables whose keys end in category and day.
_FIGURES = {"loss_counts", "readings", "corrections"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person who adds a report says about it.

    Attributes:
        recorded_on: Day given to new rows.
        day: Day of the report; None if the text states it.
        url: Address of its page.
        archived_url: Address of a copy.
        record: The record that it belongs to; None for the default.
        reason: Why released figures change, or what explains a contradiction; empty if neither.
    """

    recorded_on: dt.date
    day: dt.date | None = None
    url: str | None = None
    archived_url: str | None = None
    record: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Addition(Outcome):
    """What adding a report would change.

    Attributes:
        day: Day of the report.
        record: The record to which its readings belong.
        before: The tables as they are.
        corrections: New rows of `corrections`. Without a reason, `tables` lacks them.
        revisions: New rows of `revisions`.
        reasoned: Whether a reason is given where one is needed.
        missing: Categories that the reporter counts and the report lacks, in a report whose
            figures count.
        notes: What a person should know of what is written, in lines.
        fits: The day that the figures fit, if it is another than that of the report.
    """

    day: dt.date
    record: str
    before: Mapping[str, Sequence[Row]]
    corrections: Sequence[Row]
    revisions: Sequence[Row]
    reasoned: bool
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fits: dt.date | None = None

    @property
    def contradicted(self) -> list[str]:
        """The categories in which the report contradicts itself or what is held, in order."""
        keys = [row_key(self.package.table("corrections"), row) for row in self.corrections]
        keys += [row["key"] for row in self.revisions if row["table"] in _FIGURES]
        return sorted({key.split("/")[-2] for key in keys})


def day_of(report: ReportText, day: dt.date | None) -> dt.date:
    """Return the day of a report: the one that its text states, or else the one given.

    Raises:
        BadArgumentError: There is none, or they differ.
    """
    stated = report.report_date
    if stated is not None and day not in {None, stated}:
        raise BadArgumentError(f"the text is of {stated}, and {day} was given as its day")
    known = stated or day
    if known is None:
        problem = "the text does not say of which day it is; say it"
        raise BadArgumentError(problem, remedy=("date", "YYYY-MM-DD"))
    return known


def add_report(
    folder: Path, package: Package, report: ReportText, wanted: Wanted, *, released: bool
) -> Addition:
    """Compute the tables with a report added.

    Args:
        folder: Package folder; nothing in it is changed.
        package: Its descriptor.
        report: The report as it was read.
        wanted: What its adder says about it.
        released: Whether the version of the package was released.

    Raises:
        BadArgumentError: The day is unknown, or differs from that of the text.
        UpstreamError: An address is none.
        DataError: A table cannot be read, or lacks a record or series that the report needs.
    """
    day = day_of(report, wanted.day)
    old = {name: read_rows(folder, package.table(name)) for name in TABLES}
    url = address("--url", wanted.url)
    archived = address("--archived-url", wanted.archived_url)
    record = record_of(report.shape, url, wanted.record, old["records"])
    page = page_of(old["sources"], record["record"], url, archived, day, wanted.recorded_on)
    _check_series(report, old["series"])
    made = _readings(report, day, record, page["source"], old)
    known = old
    if record not in old["records"]:
        known = old | {"records": [*old["records"], record]}
    new = redecide(package, known, record, made, day, wanted.recorded_on)
    new["reports"] = _reports(package, wanted, old, new["loss_counts"], day, url)
    new["sources"] = _sources(old["sources"], page, made)
    addition = _addition(package, wanted, old, new, day, record["record"], released=released)
    return dataclasses.replace(
        addition,
        # A page that quotes the report may leave out what it likes; no figure follows from it.
        missing=()
        if record["votes"] != "true"
        else lacking(report.figures, old["series"], record, day),
        notes=tuple(notes(old, new, record, page, made, day)),
        fits=fitting_day(report.figures, old["loss_counts"], day),
    )


def _check_series(report: ReportText, series: Iterable[Row]) -> None:
    known = {row["category"] for row in series if _is_ours(row)}
    for figure in report.figures:
        if figure.category not in known:
            raise DataError(
                f"data/series.csv: describe the series of {figure.category!r} there first"
            )


def _readings(
    report: ReportText, day: dt.date, record: Row, source: str, old: Mapping[str, Sequence[Row]]
) -> list[Reading]:
    """Return the readings that the report adds or changes."""
    held = _held(old["readings"], record["record"], day)
    usual = {row["category"]: row["qualifier"] for row in old["series"] if _is_ours(row)}
    made = []
    for figure in report.figures:
        cell = Cell(figure.category, day)
        hedge = figure.qualifier if figure.qualifier not in {_EXACT, usual[cell.category]} else None
        new = Reading(
            record["record"], cell, figure.total, figure.increment, qualifier=hedge, source=source
        )
        reading = put(held.get(cell), new)
        if reading != held.get(cell):
            made.append(reading)
    return made


def _held(rows: Iterable[Row], record: str, day: dt.date) -> dict[Cell, Reading]:
    text = day.isoformat()
    readings = (
        build.reading_from(row)
        for row in rows
        if row["record"] == record and row["report_date"] == text
    )
    return {reading.cell: reading for reading in readings}


def _reports(  # noqa: PLR0913, PLR0917 - the day, its page, and its figures
    package: Package,
    wanted: Wanted,
    old: Mapping[str, Sequence[Row]],
    counts: Iterable[Row],
    day: dt.date,
    url: str,
) -> list[Row]:
    """Return `reports` with the day, if it has a figure, and with the reporter's page of it."""
    pages = {day: url} if is_ministry(url) or is_post(url) else {}
    text = day.isoformat()
    held = [row for row in old["reports"] if _is_ours(row) and row["report_date"] == text]
    if held:
        grown = held[0] | {"url": held[0]["url"] or pages.get(day, "")}
        return [grown if row is held[0] else row for row in old["reports"]]
    cells = [
        Cell(row["category"], day) for row in counts if _is_ours(row) and row["report_date"] == text
    ]
    rows = build.report_rows(cells, pages, {})
    return merge(package.table("reports"), old["reports"], rows, wanted.recorded_on.isoformat())


def _sources(sources: Sequence[Row], page: Row, made: Iterable[Reading]) -> list[Row]:
    """Return `sources` with the page, if a reading names it or it was there already."""
    name = page["source"]
    others = [row for row in sources if row["source"] != name]
    if len(others) == len(sources) and all(reading.source != name for reading in made):
        return list(sources)
    return [*others, page]


def _addition(  # noqa: PLR0913, PLR0917 - everything that an addition holds
    package: Package,
    wanted: Wanted,
    old: Mapping[str, Sequence[Row]],
    new: dict[str, list[Row]],
    day: dt.date,
    record: str,
    *,
    released: bool,
) -> Addition:
    """Compare old and new tables, and write down what needs a reason."""
    table = package.table("corrections")
    held = {row_key(table, row) for row in old["corrections"]}
    added = [row for row in new["corrections"] if row_key(table, row) not in held]
    if wanted.reason:
        for row in added:
            row["reason"] = wanted.reason
    else:
        new["corrections"] = [row for row in new["corrections"] if row not in added]
    revised = revisions(
        package,
        old,
        compare(package, old, new),
        wanted.recorded_on.isoformat(),
        reason=wanted.reason or UNREASONED,
        released=released,
    )
    new["revisions"] = [*old["revisions"], *revised]
    changes = compare(package, old, new)
    reasoned = bool(wanted.reason) or not (added or revised)
    return Addition(package, new, changes, day, record, old, added, revised, reasoned)
