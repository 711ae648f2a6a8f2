"""Upstream records of the other reporters in, changed tables out: `reported-losses import-counts`.

Curated columns are kept, as `general_staff.reconcile` keeps them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.descriptor import load_package
from reported_losses.intake import curated_files
from reported_losses.intake.changes import Outcome, compare, revisions
from reported_losses.intake.merge import by_reporter, check_nothing_lost, merge
from reported_losses.intake.other_reporters import oryx, ru_mod
from reported_losses.intake.other_reporters.build import Reporter, build
from reported_losses.intake.other_reporters.upstream import Upstream
from reported_losses.intake.tables import read_rows

TABLES = ("records", "readings", "reports", "loss_counts", "status_counts", "corrections", "series")
_ALSO_READ = ("sources", "revisions")
REPORTERS = (
    Reporter(oryx.REPORTER, oryx.read, oryx.gaps),
    Reporter(ru_mod.REPORTER, ru_mod.read, ru_mod.gaps),
)


@dataclass(frozen=True, slots=True)
class CountsOutcome(Outcome):
    """The result of a run; `changes.write` writes it.

    Attributes:
        left_out: A line for each upstream row that is in no table, and why.
    """

    left_out: Sequence[str]


def import_counts(
    folder: Path, upstream: Path, recorded_on: dt.date, curated: Path = curated_files.FOLDER
) -> CountsOutcome:
    """Read the records of the other reporters and compute their rows.

    Args:
        folder: Package folder; nothing in it is changed.
        upstream: Folder of the upstream records.
        recorded_on: Day given to rows that are new; no report can be of a later one.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A record is not in its known form, or has lost what it held.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    package, today = load_package(folder), recorded_on.isoformat()
    files = Upstream(upstream, recorded_on, curated)
    old = {name: read_rows(folder, package.table(name)) for name in (*TABLES, *_ALSO_READ)}
    tables = {name: old[name] for name in TABLES}
    for reporter in REPORTERS:
        theirs = by_reporter(reporter.slug)
        new = build(package, reporter, reporter.read(files), old)
        whole = sorted(row["record"] for row in old["records"] if theirs(row))
        check_nothing_lost(package.table("readings"), whole, old["readings"], new["readings"])
        tables = {
            name: merge(package.table(name), tables[name], new[name], today, replaces=theirs)
            for name in TABLES
        }
    changes = compare(package, old, tables)
    listed = revisions(package, old, changes, today)
    return CountsOutcome(
        package, {**tables, "revisions": old["revisions"] + listed}, changes, files.left_out
    )
