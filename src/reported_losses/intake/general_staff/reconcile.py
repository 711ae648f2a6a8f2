"""Upstream records in, changed tables out: what `reported-losses reconcile` does.

Curated columns are kept: what a series is, who made a record, and, as long as the amount of a
correction is the same, its kind, reason and source. Rows of other reporters do not change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.schema import Table
from reported_losses.errors import DataError
from reported_losses.intake.changes import Outcome, compare, revisions
from reported_losses.intake.general_staff import build, orc_losses, petro
from reported_losses.intake.general_staff.build import Reconciliation
from reported_losses.intake.general_staff.dissent import dissent
from reported_losses.intake.general_staff.own_readings import with_added
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.general_staff.upstream_readings import (
    FILES,
    held_readings,
    read_all,
)
from reported_losses.intake.merge import by_reporter, check_nothing_lost, merge, shrunk
from reported_losses.intake.pages import pages_of
from reported_losses.intake.tables import Row, read_rows
from reported_losses.validation.history.base import folder_base
from reported_losses.validation.history.decisions import released

TABLES = ("records", "readings", "reports", "loss_counts", "corrections", "series")


@dataclass(frozen=True, slots=True)
class ReconcileOutcome(Outcome):
    """The result of a run; `changes.write` writes it.

    Attributes:
        readings: Every reading of the records, before any was left out.
        reconciliation: The figures and corrections decided.
        left_out: What the readers left out because it is not a reading, in lines.
        revisions: New rows of `revisions`.
    """

    readings: Sequence[Reading]
    reconciliation: Reconciliation
    left_out: Sequence[str]
    revisions: Sequence[Row]


def reconcile(
    folder: Path,
    upstream: Path,
    recorded_on: dt.date,
    wanted: frozenset[str] = frozenset(FILES),
) -> ReconcileOutcome:
    """Read the upstream records and compute the tables of the General Staff.

    Args:
        folder: Package folder; nothing in it is changed.
        upstream: Folder of the upstream records.
        recorded_on: Day given to rows that are new.
        wanted: The records to read there. The readings of others are those of the tables.

    Raises:
        UpstreamError: A record is not in its known form, or has lost what it held.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    package, today = load_package(folder), recorded_on.isoformat()
    old = {name: read_rows(folder, package.table(name)) for name in (*TABLES, "revisions")}
    held = [build.reading_from(row) for row in old["readings"] if _is_ours(row)]
    pages = pages_of(read_rows(folder, package.table("sources")))
    read = read_all(upstream, pages, recorded_on, wanted)
    readings = read.readings
    if wanted < FILES.keys():
        ours = [row for row in old["records"] if _is_ours(row)]
        readings = readings + held_readings(held, ours, read.records)
    readings = with_added(readings, held)
    records = _records(old["records"], readings, read.records)
    kept = _kept(readings, records, held)
    reconciliation = build.decide(package, kept, records)
    cells = list(reconciliation.figures)
    new = {
        "records": records,
        "readings": [build.reading_row(reading) for reading in kept],
        "reports": _reports(upstream, wanted, cells, old["reports"]),
        "loss_counts": build.loss_count_rows(
            reconciliation.figures.values(), readings, old["series"]
        ),
        "corrections": build.correction_rows(reconciliation.corrections),
        "series": _series(old["series"], cells),
    }
    _check_records(package.table("readings"), old, new)
    tables = {
        name: merge(package.table(name), old[name], rows, today, replaces=_is_ours)
        for name, rows in new.items()
    }
    changes = compare(package, old, tables)
    is_out = released(folder_base(folder, package))
    told = revisions(package, old, changes, today, released=is_out)
    tables["revisions"] = old["revisions"] + told
    return ReconcileOutcome(package, tables, changes, readings, reconciliation, read.left_out, told)


_is_ours = by_reporter(REPORTER)


def _records(rows: Iterable[Row], readings: Iterable[Reading], read: frozenset[str]) -> list[Row]:
    """Return the rows of `records` with the days and categories that their readings cover."""
    by_record: dict[str, list[Reading]] = {}
    for reading in readings:
        by_record.setdefault(reading.record, []).append(reading)
    known = {row["record"]: row for row in rows if _is_ours(row)}
    missing = sorted(by_record.keys() - known.keys())
    if missing:
        raise DataError(f"data/records.csv: describe the record {missing[0]!r} there first")
    return [
        build.with_coverage(known[name], by_record[name]) if name in read else known[name]
        for name in sorted(by_record)
    ]


def _kept(
    readings: Sequence[Reading], records: Iterable[Row], held: Iterable[Reading]
) -> list[Reading]:
    """Return the readings that `readings` may hold, and those that it holds already."""
    records = list(records)
    partly = {row["record"]: row for row in records if row["kept"] == "dissent"}
    voting = {row["record"] for row in records if row["votes"] == "true"}
    whole = [reading for reading in readings if reading.record not in partly]
    others = [reading for reading in whole if reading.record in voting]
    kept = list(whole)
    for name, row in partly.items():
        own = [reading for reading in readings if reading.record == name]
        rest = [r for r in readings if r.record in partly and r.record in voting - {name}]
        kept += dissent(own, others, build.coverage(row), rest)
    # A reading once held stays, also where a later record says the same.
    there = {(reading.record, reading.cell) for reading in kept}
    before = {(one.record, one.cell) for one in held if one.record in partly} - there
    return kept + [one for one in readings if (one.record, one.cell) in before]


def _reports(
    upstream: Path, wanted: frozenset[str], cells: Iterable[Cell], old: Iterable[Row]
) -> list[Row]:
    """Return the rows of `reports`; what the records do not say stays as it is held."""
    pages = orc_losses.addresses(upstream) if orc_losses.RECORD in wanted else {}
    directions = petro.directions(upstream) if petro.RECORD in wanted else {}
    held = {row["report_date"]: row for row in old if _is_ours(row)}
    rows = build.report_rows(cells, pages, directions)
    return [row | _unsaid(row, held.get(row["report_date"], {})) for row in rows]


def _unsaid(row: Row, held: Row) -> Row:
    return {name: held[name] for name in ("url", "greatest_losses") if held and not row[name]}


def _series(rows: Iterable[Row], cells: Sequence[Cell]) -> list[Row]:
    """Return our rows of `series` with the first report and the gaps that the figures show."""
    ours = [row for row in rows if _is_ours(row)]
    missing = sorted({cell.category for cell in cells} - {row["category"] for row in ours})
    if missing:
        raise DataError(f"data/series.csv: describe the series of {missing[0]!r} there first")
    return [build.series_row(row, cells) for row in ours]


def _check_records(
    readings: Table, old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]
) -> None:
    """Refuse records that no longer hold what they held."""
    kept = {
        row["record"]: row["kept"] for row in (*old["records"], *new["records"]) if _is_ours(row)
    }
    whole = sorted(name for name, how in kept.items() if how == "whole")
    check_nothing_lost(readings, whole, old["readings"], new["readings"])
    # Other records keep only what they dissent in, and what was released; their days must stay.
    after = {row["record"]: build.coverage(row).days for row in new["records"]}
    for row in old["records"]:
        if _is_ours(row) and row["kept"] != "whole":
            lost = sorted(build.coverage(row).days - after.get(row["record"], set()))
            if lost:
                raise shrunk(row["record"], [str(day) for day in lost])
