"""Upstream records of the other reporters in, changed tables out: `reported-losses import-counts`.

Curated columns are kept, as `general_staff.reconcile` keeps them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reported_losses.dataset.descriptor import load_package
from reported_losses.intake import curated_files
from reported_losses.intake.changes import Outcome, compare, revisions
from reported_losses.intake.merge import by_reporter, check_nothing_lost, merge
from reported_losses.intake.other_reporters import oryx, ru_mod
from reported_losses.intake.other_reporters.build import Reporter, build
from reported_losses.intake.tables import read_rows

TABLES = ("records", "readings", "reports", "loss_counts", "status_counts", "corrections", "series")
REPORTERS = (
    Reporter(oryx.REPORTER, oryx.RECORD, "single", oryx.read, oryx.gaps),
    Reporter(
        ru_mod.REPORTER,
        ru_mod.RECORD,
        "primary",
        lambda upstream, _curated: ru_mod.read(upstream),
        ru_mod.gaps,
    ),
)


def import_counts(
    folder: Path, upstream: Path, recorded_on: dt.date, curated: Path = curated_files.FOLDER
) -> Outcome:
    """Read the records of the other reporters and compute their rows.

    Args:
        folder: Package folder; nothing in it is changed.
        upstream: Folder of the upstream records.
        recorded_on: Day given to rows that are new.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A record is not in its known form, or has lost what it held.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    package, today = load_package(folder), recorded_on.isoformat()
    old = {name: read_rows(folder, package.table(name)) for name in (*TABLES, "revisions")}
    tables = {name: old[name] for name in TABLES}
    for reporter in REPORTERS:
        new = build(reporter, reporter.read(upstream, curated), old)
        check_nothing_lost(
            package.table("readings"), [reporter.record], old["readings"], new["readings"]
        )
        theirs = by_reporter(reporter.slug)
        tables = {
            name: merge(package.table(name), tables[name], new[name], today, replaces=theirs)
            for name in TABLES
        }
    changes = compare(package, old, tables)
    listed = revisions(package, old, changes, today)
    return Outcome(package, {**tables, "revisions": old["revisions"] + listed}, changes)
