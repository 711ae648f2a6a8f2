"""Upstream records in, changed tables out: what `reported-losses reconcile` does.

Curated columns are kept: what a series is, who made a record, and, as long as the amount of a
correction is the same, its kind, reason and source. Rows of other reporters do not change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.dataset.descriptor import load_package
from reported_losses.dataset.schema import Package, Table
from reported_losses.errors import DataError, UpstreamError
from reported_losses.intake.changes import Outcome, compare, revisions
from reported_losses.intake.general_staff import (
    build,
    gs_address,
    gs_infographic,
    gs_quoted,
    gs_text,
    minfin,
    orc_losses,
    petro,
    russianwarship,
    ukrainska_pravda,
)
from reported_losses.intake.general_staff.build import Reconciliation
from reported_losses.intake.general_staff.dissent import dissent
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.merge import by_reporter, check_nothing_lost, merge, shrunk
from reported_losses.intake.pages import pages_of
from reported_losses.intake.tables import Row, read_rows

READERS = (
    gs_text,
    gs_infographic,
    petro,
    orc_losses,
    ukrainska_pravda,
    minfin,
    gs_address,
)
TABLES = ("records", "readings", "reports", "loss_counts", "corrections", "series")


@dataclass(frozen=True, slots=True)
class ReconcileOutcome(Outcome):
    """The result of a run; `changes.write` writes it.

    Attributes:
        readings: Every reading of the records, before any was left out.
        reconciliation: The figures and corrections decided.
        left_out: What the readers left out because it is not a reading, in lines.
    """

    readings: Sequence[Reading]
    reconciliation: Reconciliation
    left_out: Sequence[str]


def reconcile(folder: Path, upstream: Path, recorded_on: dt.date) -> ReconcileOutcome:
    """Read the upstream records and compute the tables of the General Staff.

    Args:
        folder: Package folder; nothing in it is changed.
        upstream: Folder of the upstream records.
        recorded_on: Day given to rows that are new.

    Raises:
        UpstreamError: A record is not in its known form, or has lost what it held.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    package, today = load_package(folder), recorded_on.isoformat()
    old = {name: read_rows(folder, package.table(name)) for name in (*TABLES, "revisions")}
    readings, left_out = _readings(folder, package, upstream, recorded_on)
    records = _records(old["records"], readings)
    kept = _kept(readings, records, old["readings"])
    reconciliation = build.decide(package, kept, records)
    cells = list(reconciliation.figures)
    new = {
        "records": records,
        "readings": [build.reading_row(reading) for reading in kept],
        "reports": build.report_rows(
            cells, orc_losses.addresses(upstream), petro.directions(upstream)
        ),
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
    tables["revisions"] = old["revisions"] + revisions(package, old, changes, today)
    return ReconcileOutcome(package, tables, changes, readings, reconciliation, left_out)


def _readings(
    folder: Path, package: Package, upstream: Path, recorded_on: dt.date
) -> tuple[list[Reading], list[str]]:
    """Return every reading of every record, and what the readers left out.

    Raises:
        UpstreamError: A record is not in its known form, or has a figure of a day to come.
    """
    pages, left_out = pages_of(read_rows(folder, package.table("sources"))), list[str]()
    readings = [reading for reader in READERS for reading in reader.read(upstream)]
    readings += russianwarship.read(upstream, left_out)
    readings += gs_quoted.read(upstream, pages)
    for reading in readings:
        if reading.cell.date > recorded_on:
            problem = (
                f"the record {reading.record} has a figure of {reading.cell.date}, after "
                f"{recorded_on}, the day on which it is recorded. Nothing was written."
            )
            raise UpstreamError(problem)
    return readings, left_out


_is_ours = by_reporter(REPORTER)


def _records(rows: Iterable[Row], readings: Iterable[Reading]) -> list[Row]:
    """Return the rows of `records` with the days and categories that their readings cover."""
    by_record: dict[str, list[Reading]] = {}
    for reading in readings:
        by_record.setdefault(reading.record, []).append(reading)
    known = {row["record"]: row for row in rows if _is_ours(row)}
    missing = sorted(by_record.keys() - known.keys())
    if missing:
        raise DataError(f"data/records.csv: describe the record {missing[0]!r} there first")
    return [build.with_coverage(known[name], by_record[name]) for name in sorted(by_record)]


def _kept(
    readings: Sequence[Reading], records: Iterable[Row], released: Iterable[Row]
) -> list[Reading]:
    """Return the readings that `readings` may hold; one that it holds stays, needed or not."""
    records = list(records)
    held = {(row["record"], row["report_date"], row["category"]) for row in released}
    partly = {row["record"]: row for row in records if row["kept"] == "dissent"}
    voting = {row["record"] for row in records if row["votes"] == "true"}
    whole = [reading for reading in readings if reading.record not in partly]
    others = [reading for reading in whole if reading.record in voting]
    kept = list(whole)
    for name, row in partly.items():
        own = [reading for reading in readings if reading.record == name]
        rest = [r for r in readings if r.record in partly and r.record in voting - {name}]
        needed = dissent(own, others, build.coverage(row), rest)
        cells = {reading.cell for reading in needed}
        kept += needed
        kept += [
            reading
            for reading in own
            if reading.cell not in cells
            and (name, str(reading.cell.date), reading.cell.category) in held
        ]
    return kept


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
