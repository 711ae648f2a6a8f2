"""New days from the transcriptions: `reconcile`, with less trust in what was fetched."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.errors import UpstreamError
from reported_losses.intake.changes import Outcome
from reported_losses.intake.general_staff.reconcile import ReconcileOutcome, reconcile
from reported_losses.intake.general_staff.upstream_readings import records_in
from reported_losses.intake.tables import Row, row_key

MOST_CHANGED = 50
"""Most readings of a record that may change at once: more means that its form has changed."""

_LISTED = 5


@dataclass(frozen=True, slots=True)
class Updated(Outcome):
    """What an update would change.

    Attributes:
        records: The records that were read.
        left_out: What their readers left out, in lines.
        corrections: New rows of `corrections`. Without a reason, `tables` lacks them.
    """

    records: frozenset[str]
    left_out: Sequence[str]
    corrections: Sequence[Row]


def update(folder: Path, upstream: Path, today: dt.date, reason: str = "") -> Updated:
    """Compute the tables of the General Staff with the records that a folder holds.

    The readings of other records are those of the tables.

    Args:
        folder: Package folder; nothing in it is changed.
        upstream: Folder of upstream records; some may be missing.
        today: Day given to rows that are new.
        reason: What is known of new contradictions between totals; empty if nothing is.

    Raises:
        UpstreamError: The folder holds no record, or one that has lost what it held, has changed
            its form, or changes more than `MOST_CHANGED` of its readings.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    records = records_in(upstream)
    if not records:
        raise UpstreamError(f"{upstream} holds no upstream record whole. Nothing was written.")
    outcome = reconcile(folder, upstream, today, records)
    _refuse_many(outcome)
    return _without_corrections(outcome, records, reason)


def _refuse_many(outcome: ReconcileOutcome) -> None:
    """Refuse a record that changes many of the readings held."""
    changed = outcome.changes.changed["readings"]
    counts = Counter(key.partition("/")[0] for key, *_ in changed)
    for record, number in sorted(counts.items()):
        if number > MOST_CHANGED:
            some = [
                f"{key} {column}: {old or 'empty'} → {new or 'empty'}"
                for key, column, old, new in changed
                if key.startswith(f"{record}/")
            ]
            raise UpstreamError(
                f"the record {record} changes {number:,} readings, {'; '.join(some[:_LISTED])} and "
                "more: its form has changed. `reported-losses reconcile` takes it nevertheless. "
                "Nothing was written."
            )


def _without_corrections(
    outcome: ReconcileOutcome, records: frozenset[str], reason: str
) -> Updated:
    """Take new corrections out if no reason is given: somebody has to look at them."""
    table = outcome.package.table("corrections")
    keys = set(outcome.changes.added["corrections"])
    tables, changes = dict(outcome.tables), outcome.changes
    added = [row for row in tables["corrections"] if row_key(table, row) in keys]
    if reason:
        for row in added:
            row["reason"] = reason
    else:
        tables["corrections"] = [row for row in tables["corrections"] if row not in added]
        changes = dataclasses.replace(changes, added={**changes.added, "corrections": []})
    return Updated(outcome.package, tables, changes, records, outcome.left_out, added)
