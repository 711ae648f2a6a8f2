"""Upstream records in, changed tables out: what `reported-losses reconcile` does.

Curated columns are kept as they stand: what a series is, who made a record, and, where the
amount of a correction is unchanged, its kind, reason and source. Rows of other reporters are
not touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reported_losses.dataset.descriptor import Package, Table, load_package
from reported_losses.errors import DataError, UpstreamError
from reported_losses.files import write_together
from reported_losses.intake.changes import Changes, compare, merged, revisions, row_key
from reported_losses.intake.general_staff import (
    build,
    gs_infographic,
    gs_text,
    minfin,
    orc_losses,
    petro,
)
from reported_losses.intake.general_staff import (
    dissent as silence,
)
from reported_losses.intake.general_staff.build import Decisions
from reported_losses.intake.readings import REPORTER, Reading
from reported_losses.intake.tables import Row, read_rows, to_csv

READERS = (gs_text, gs_infographic, petro, orc_losses, minfin)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run; nothing has been written yet.

    Attributes:
        package: Descriptor of the package.
        readings: Every reading of the records, before any was left out.
        decisions: The figures and breaks decided.
        tables: New rows of every table the run computes.
        changes: How they differ from the tables as they stand.
    """

    package: Package
    readings: Sequence[Reading]
    decisions: Decisions
    tables: Mapping[str, list[Row]]
    changes: Changes = field(default_factory=lambda: Changes({}, {}, {}))


def reconcile(folder: Path, upstream: Path, recorded_on: dt.date) -> Outcome:
    """Read the upstream records and compute the tables of the General Staff.

    Args:
        folder: Package folder.
        upstream: Folder of the upstream records.
        recorded_on: The day new rows are first held.

    Returns:
        The outcome; `write` puts it in place.

    Raises:
        UpstreamError: A record is not in its known form, or has lost what it held.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    package = load_package(folder)
    readings = [reading for reader in READERS for reading in reader.read(upstream)]
    old = {name: read_rows(folder, package.table(name)) for name in _COMPUTED}
    records = _records(old["records"], readings)
    kept = _kept(readings, records)
    decisions = build.decide(kept, records)
    _check_series(old["series"], decisions)
    today = recorded_on.isoformat()
    pages = orc_losses.addresses(upstream)
    new = {
        "records": records,
        "readings": [build.reading_row(reading) for reading in kept],
        "reports": build.report_rows(decisions, pages, today),
        "loss_counts": build.loss_count_rows(decisions, readings, today),
        "corrections": build.correction_rows(decisions, today),
        "series": [build.series_row(row, decisions) for row in old["series"] if _is_ours(row)],
    }
    _check_nothing_lost(package.table("readings"), old, new)
    tables = {
        name: merged(package.table(name), REPORTER, old[name], rows) for name, rows in new.items()
    }
    changes = compare(package, old, tables)
    tables["revisions"] = old["revisions"] + revisions(package, old, changes, today)
    return Outcome(package, readings, decisions, tables, changes)


def write(folder: Path, outcome: Outcome) -> None:
    """Put the tables of an outcome in place, all of them or none.

    A run cut off while the files are being exchanged is mended by the next one, because every
    table is computed anew from the records.
    """
    tables = {outcome.package.table(name): rows for name, rows in outcome.tables.items()}
    write_together({folder / table.path: to_csv(table, rows) for table, rows in tables.items()})


_COMPUTED = ("records", "readings", "reports", "loss_counts", "corrections", "series", "revisions")


def _is_ours(row: Row) -> bool:
    return row["reporter"] == REPORTER


def _records(rows: Sequence[Row], readings: Sequence[Reading]) -> list[Row]:
    by_record: dict[str, list[Reading]] = {}
    for reading in readings:
        by_record.setdefault(reading.record, []).append(reading)
    known = {row["record"]: row for row in rows if _is_ours(row)}
    missing = sorted(by_record.keys() - known.keys())
    if missing:
        raise DataError(f"data/records.csv: describe the record {missing[0]!r} there first")
    return [build.covered(known[name], by_record[name]) for name in sorted(by_record)]


def _kept(readings: Sequence[Reading], records: Sequence[Row]) -> list[Reading]:
    partly = {row["record"]: row for row in records if row["kept"] == "dissent"}
    voting = {row["record"] for row in records if row["votes"] == "true"}
    whole = [reading for reading in readings if reading.record not in partly]
    others = [reading for reading in whole if reading.record in voting]
    kept = list(whole)
    for name, row in partly.items():
        own = [reading for reading in readings if reading.record == name]
        kept += silence.dissent(own, others, build.coverage(row))
    return kept


def _check_series(rows: Sequence[Row], decisions: Decisions) -> None:
    known = {row["category"] for row in rows if _is_ours(row)}
    missing = sorted({cell.category for cell in decisions.figures} - known)
    if missing:
        raise DataError(f"data/series.csv: describe the series of {missing[0]!r} there first")


def _check_nothing_lost(
    table: Table, old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]
) -> None:
    """A record grows; one that lost cells was cut short or renamed, and must be looked at."""
    whole = {row["record"] for row in new["records"] if row["kept"] == "whole"}
    held = {row_key(table, row) for row in new["readings"]}
    for row in old["readings"]:
        if row["record"] in whole and row_key(table, row) not in held:
            raise _shrunk(row["record"], f"{row['report_date']} {row['category']}")
    # Of the others a cell goes whenever the records fall in with each other; their days stay.
    before = {row["record"]: build.coverage(row) for row in old["records"]}
    for cover in (build.coverage(row) for row in new["records"] if row["record"] not in whole):
        lost = sorted(before[cover.record].days - cover.days)
        if lost:
            raise _shrunk(cover.record, str(lost[0]))


def _shrunk(record: str, cell: str) -> UpstreamError:
    return UpstreamError(
        f"the record {record} no longer holds {cell}, which it held: the file is cut short or its "
        "form has changed. Nothing was written."
    )
