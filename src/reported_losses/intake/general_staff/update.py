"""New days from the transcriptions: `reconcile`, with less trust in what was fetched."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.dates import parse_date
from reported_losses.errors import UpstreamError
from reported_losses.intake.changes import Outcome
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.explain import holders
from reported_losses.intake.general_staff.readings import Cell
from reported_losses.intake.general_staff.reconcile import ReconcileOutcome, reconcile
from reported_losses.intake.general_staff.standstill import still_days
from reported_losses.intake.general_staff.upstream_readings import halves_in, records_in
from reported_losses.intake.tables import Row, read_rows, row_key

MOST_CHANGED = 50
"""Most readings of a record that may change at once: more means that its form has changed."""

_LISTED = 5
# What is decided from readings; a value of it that changes was released.
_FIGURES = {"loss_counts", "corrections"}


@dataclass(frozen=True, slots=True)
class Updated(Outcome):
    """What an update would change.

    Attributes:
        records: The records that were read.
        left_out: What their readers left out, and records of which only some files are there, in
            lines.
        corrections: New rows of `corrections`. Without a reason, `tables` lacks them.
        moved: Each value of a held figure that would change, in a line of words.
    """

    records: frozenset[str]
    left_out: Sequence[str]
    corrections: Sequence[Row]
    moved: Sequence[str]


def update(folder: Path, upstream: Path, today: dt.date, reason: str = "") -> Updated:
    """Compute the tables of the General Staff with the records that a folder holds.

    The readings of other records are those of the tables.

    Args:
        folder: Package folder; nothing in it is changed.
        upstream: Folder of upstream records; some may be missing.
        today: Day given to rows that are new.
        reason: What is known of new contradictions between totals, or why held figures change;
            empty if nothing is.

    Raises:
        UpstreamError: The folder holds no record, or one that has lost what it held, has changed
            its form, changes more than `MOST_CHANGED` of its readings, or stands still.
        DataError: A table of the package cannot be read, or lacks a curated row.
    """
    records = records_in(upstream)
    if not records:
        raise UpstreamError(f"{upstream} holds no upstream record whole. Nothing was written.")
    outcome = reconcile(folder, upstream, today, records)
    _refuse_many(outcome)
    _refuse_still(folder, outcome, records)
    updated = _without_corrections(outcome, records, reason)
    return dataclasses.replace(updated, left_out=[*halves_in(upstream), *updated.left_out])


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


def _refuse_still(folder: Path, outcome: ReconcileOutcome, records: frozenset[str]) -> None:
    """Refuse a record whose new days repeat what it had before."""
    rows = read_rows(folder, outcome.package.table("records"))
    held = {row["record"]: build.coverage(row).days for row in rows}
    read = (one for one in outcome.readings if one.record in records)
    for record, days in still_days(read, held).items():
        first, last = days[0], days[-1]
        raise UpstreamError(
            f"the record {record} stands still on {len(days):,} of its new days, from {first.day} "
            f"to {last.day}: of {first.compared} totals of {first.day}, {first.same} are those of "
            f"{first.since}. It copies an older report. Update from a folder without its file, or "
            "mark the days as stale in its reader; `reported-losses reconcile` takes it "
            "nevertheless. Nothing was written."
        )


def _moved(outcome: ReconcileOutcome, told: Iterable[Row]) -> Iterator[str]:
    """Say which values of held figures change, and what the records hold."""
    table = outcome.package.table("loss_counts")
    cells = {
        row_key(table, row): Cell(row["category"], parse_date(row["report_date"]))
        for row in outcome.tables["loss_counts"]
    }
    figures = outcome.reconciliation.figures
    for row in told:
        column = f" {row['column']}" if row["column"] else ""
        change = f"{row['table']} {row['key']}{column}: {row['old']} → {row['new'] or 'none'}"
        figure = figures.get(cells[row["key"]]) if row["key"] in cells else None
        yield change if figure is None else f"{change}, {figure.evidence}; {holders(figure)}"


def _without_corrections(
    outcome: ReconcileOutcome, records: frozenset[str], reason: str
) -> Updated:
    """Take new corrections out, and put no reason to revised figures, unless one is given."""
    table = outcome.package.table("corrections")
    keys = set(outcome.changes.added["corrections"])
    tables, changes = dict(outcome.tables), outcome.changes
    added = [row for row in tables["corrections"] if row_key(table, row) in keys]
    told = [row for row in outcome.revisions if row["table"] in _FIGURES]
    if reason:
        for row in (*added, *told):
            row["reason"] = reason
    else:
        tables["corrections"] = [row for row in tables["corrections"] if row not in added]
        changes = dataclasses.replace(changes, added={**changes.added, "corrections": []})
    moved = list(_moved(outcome, told))
    return Updated(outcome.package, tables, changes, records, outcome.left_out, added, moved)
