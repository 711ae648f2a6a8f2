"""Upstream statements in, changed tables out: what `reported-losses import-statements` does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.descriptor import load_package
from reported_losses.intake import curated_files
from reported_losses.intake.changes import Outcome, compare
from reported_losses.intake.merge import merge
from reported_losses.intake.statements import organisations, upstream_statements
from reported_losses.intake.statements.build import TABLES, build
from reported_losses.intake.statements.decisions import decide
from reported_losses.intake.statements.estimates import add_estimates
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.tables import Row, read_rows


@dataclass(frozen=True, slots=True)
class StatementsOutcome(Outcome):
    """The result of an import; `changes.write` writes it.

    Attributes:
        log: What was merged, split and left out.
    """

    log: ImportLog


def import_statements(
    folder: Path, upstream: Path, recorded_on: dt.date, curated: Path = curated_files.FOLDER
) -> StatementsOutcome:
    """Read the upstream files and merge them with what the package holds.

    Args:
        folder: Package folder; nothing in it is changed.
        upstream: Folder of the upstream files.
        recorded_on: Day given to rows that are new.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A file does not have the known form.
        DataError: A table of the package cannot be read.
    """
    package, log = load_package(folder), ImportLog()
    held = {name: read_rows(folder, package.table(name)) for name in TABLES}
    known = organisations.read(upstream, curated)
    remarks = upstream_statements.read(upstream, known, log, curated)
    merged = add_estimates(upstream, remarks, log, curated)
    new = build(package, known, decide(merged, known, log, curated), held, log)
    read_again = {row["statement"] for row in new["statements"]}

    def replaces(row: Row) -> bool:
        # A statement that was read again has the claims and pages it has now, and no others.
        return ("claim" in row or "speaker" not in row) and row.get("statement") in read_again

    tables = {
        name: merge(package.table(name), held[name], rows, str(recorded_on), replaces=replaces)
        for name, rows in new.items()
    }
    return StatementsOutcome(package, tables, compare(package, held, tables), log)


def describe(outcome: StatementsOutcome, *, verbose: bool = False) -> str:
    """Describe in lines what an import does.

    Args:
        outcome: The import.
        verbose: Whether to list every row that was merged or left out, besides their number.
    """
    lines = []
    for name, rows in outcome.tables.items():
        counts = outcome.changes.counts(name, len(rows))
        words = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
        lines.append(f"{name}: {len(rows)} rows: {words}")
    log = outcome.log
    for title, entries, listed in (
        ("merged", log.merged, verbose),
        ("split", log.split, True),
        ("left out", log.left_out, verbose),
        ("curated decisions that lapsed", log.lapsed, True),
    ):
        lines.append(f"{title}: {len(entries)}")
        lines += [f"  {entry}" for entry in sorted(entries) if listed]
    return "\n".join(lines)
