"""The whole import of statements: read, merge, describe, write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reported_losses.dataset.descriptor import Package, load_package
from reported_losses.files import write_together
from reported_losses.intake import curated_files
from reported_losses.intake.merging import difference, merge
from reported_losses.intake.statements import (
    estimates,
)
from reported_losses.intake.statements import (
    organisations as bodies,
)
from reported_losses.intake.statements import (
    upstream_statements as statements,
)
from reported_losses.intake.statements.import_log import Log
from reported_losses.intake.statements.tables import TABLES, build
from reported_losses.intake.tables import Row, read_rows, to_csv


@dataclass(frozen=True, slots=True)
class Import:
    """A finished import that is not written yet.

    Attributes:
        package: The descriptor of the package.
        held: Rows the tables held, by table.
        tables: Rows the tables will hold, by table.
        log: What was merged, split and left out.
    """

    package: Package
    held: Mapping[str, list[Row]]
    tables: Mapping[str, list[Row]]
    log: Log

    def __bool__(self) -> bool:
        return self.held != self.tables


def run(
    source: Path, folder: Path, recorded_on: dt.date, curated: Path = curated_files.FOLDER
) -> Import:
    """Read the upstream files and merge them with what the package holds.

    Args:
        source: Folder of the upstream files.
        folder: The package folder; nothing in it is changed.
        recorded_on: Day given to rows that are new.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A file is not in the form known.
        DataError: A table of the package cannot be read.
    """
    package, log = load_package(folder), Log()
    held = {name: read_rows(folder, package.table(name)) for name in TABLES}
    who = bodies.read(source, curated)
    said = statements.read(source, who, log, curated)
    heard = estimates.read(source, said, log, curated)
    built = build(package, who, heard, held, log)
    acts = {row["statement"] for row in built["statements"]}
    # An act of speech has the figures it has now: those it had before go.
    kept = {**held, "claims": [row for row in held["claims"] if row["statement"] not in acts]}
    dates = {(row["statement"], row["claim"]): row["recorded_on"] for row in held["claims"]}
    tables = {
        name: merge(package.table(name), kept[name], built[name], str(recorded_on))
        for name in TABLES
    }
    for row in tables["claims"]:
        row["recorded_on"] = dates.get((row["statement"], row["claim"]), row["recorded_on"])
    return Import(package, held, tables, log)


def write(folder: Path, result: Import) -> None:
    """Write the tables that changed, all or none."""
    tables = {result.package.table(name): rows for name, rows in result.tables.items()}
    changed = {table: rows for table, rows in tables.items() if rows != result.held[table.name]}
    write_together({folder / table.path: to_csv(table, rows) for table, rows in changed.items()})


def describe(result: Import, *, verbose: bool = False) -> str:
    """Say what the import does, in lines.

    Args:
        result: The import.
        verbose: Name every row merged or left out, not only how many there are.
    """
    lines = []
    for name, rows in result.tables.items():
        counts = difference(result.package.table(name), result.held[name], rows)
        words = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
        lines.append(f"{name}: {len(rows)} rows: {words}")
    log = result.log
    for title, entries, named in (
        ("merged", log.merged, verbose),
        ("split", log.split, True),
        ("left out", log.left_out, verbose),
        ("curated decisions that lapsed", log.lapsed, True),
    ):
        lines.append(f"{title}: {len(entries)}")
        lines += [f"  {entry}" for entry in sorted(entries) if named]
    return "\n".join(lines)
