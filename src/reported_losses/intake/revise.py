"""Revising values: cells change, and `revisions` says from what, to what and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reported_losses.definition.history import DERIVED, HISTORIES
from reported_losses.definition.schema import Package, Table
from reported_losses.errors import BadArgumentError
from reported_losses.intake.changes import Outcome, compare, revisions
from reported_losses.intake.figure_outcomes import outcomes
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.readings import REPORTER
from reported_losses.intake.general_staff.redecide import TABLES, redecide
from reported_losses.intake.tables import Row, read_rows, row_key
from reported_losses.intake.withdraw import unknown_row

_REVISIONS, _READINGS, _CORRECTIONS = "revisions", "readings", "corrections"
# What else a reading says follows into no figure.
_DECIDES = {"total", "increment", "correction", "qualifier", "stale"}


class Edit(NamedTuple):
    """A value that changes.

    Attributes:
        table: Name of the table.
        key: Primary key of the row: its texts in key order, joined by slashes.
        column: Name of the column.
        new: The value from now on, as the table writes it; empty if it is missing.
    """

    table: str
    key: str
    column: str
    new: str


@dataclass(frozen=True, slots=True)
class Revised(Outcome):
    """What revising values would change.

    Attributes:
        revisions: New rows of `revisions`.
        outcomes: What became of the figures of revised readings, in lines.
    """

    revisions: Sequence[Row]
    outcomes: Sequence[str]


def revise(  # noqa: PLR0913 - a revision has this many parts
    folder: Path,
    package: Package,
    edits: Sequence[Edit],
    *,
    reason: str,
    source: str = "",
    correction: str = "",
    revised_on: dt.date,
    released: bool,
) -> Revised:
    """Change values, and write down in `revisions` what they were.

    If a reading of the General Staff's figures changes, the figures are decided anew, and what
    follows is revised with it. Nothing is written to files.

    Args:
        folder: Package folder; nothing in it is changed.
        package: Its descriptor.
        edits: The values that change, together.
        reason: Why they change.
        source: Slug of the source in which the new values can be read.
        correction: What is known of a contradiction of the reporter that the new values show;
            without it no row of `corrections` explains one.
        revised_on: Day of the revision.
        released: Whether the version of the package was released.

    Raises:
        UnknownNameError: There is no such table, row or column.
        BadArgumentError: The reason is missing, or a value cannot be revised or stays the same.
        DataError: A table cannot be read.
    """
    if not reason.strip():
        raise BadArgumentError("reason is empty: say why the value changes")
    for edit in edits:
        _refuse(package.table(edit.table), edit.column)
    names = dict.fromkeys((*TABLES, *(edit.table for edit in edits), _REVISIONS))
    old = {name: read_rows(folder, package.table(name)) for name in names}
    new: dict[str, list[Row]] = dict(old)
    for edit in edits:
        new |= _edited(package, new, edit, revised_on)
    new[_CORRECTIONS] = _corrections(package, old, new, correction)
    changes = compare(package, old, new)
    told = revisions(
        package,
        old,
        changes,
        revised_on.isoformat(),
        reason=reason.strip(),
        source=source,
        released=released,
        always={(edit.table, edit.key, edit.column) for edit in edits},
    )
    new[_REVISIONS] = [*old[_REVISIONS], *told]
    decided = [edit.key for edit in edits if _follows(package, new, edit)]
    said = list(outcomes(package, old, new, decided))
    return Revised(package, new, compare(package, old, new), told, said)


def _follows(package: Package, rows: Mapping[str, list[Row]], edit: Edit) -> bool:
    """Return whether a figure follows from the value that an edit changes."""
    if edit.table != _READINGS or edit.column not in _DECIDES:
        return False
    table = package.table(_READINGS)
    return any(
        row["reporter"] == REPORTER and row_key(table, row) == edit.key for row in rows[_READINGS]
    )


def _corrections(
    package: Package, old: Mapping[str, list[Row]], new: Mapping[str, list[Row]], reason: str
) -> list[Row]:
    """Return `corrections` with new rows only if there is a reason for them."""
    table = package.table(_CORRECTIONS)
    held = {row_key(table, row) for row in old[_CORRECTIONS]}
    kept = []
    for row in new[_CORRECTIONS]:
        if row_key(table, row) in held:
            kept.append(row)
        elif reason:
            kept.append(row | {"reason": reason})
    return kept


def _refuse(table: Table, column: str) -> None:
    """Refuse columns whose values are never revised."""
    field = table.field(column)
    if table.name == _REVISIONS:
        raise BadArgumentError("a revision is never changed: write another one that undoes it")
    if column in table.primary_key:
        raise BadArgumentError(
            f"{table.name}.{column} is part of the key: withdraw the row and add another one"
        )
    if field.history == DERIVED:
        raise BadArgumentError(
            f"{table.name}.{column} is {HISTORIES[DERIVED]}: change its readings"
        )


def _edited(
    package: Package, rows: Mapping[str, list[Row]], edit: Edit, day: dt.date
) -> dict[str, list[Row]]:
    """Return the tables that one edit changes."""
    table = package.table(edit.table)
    held = {row_key(table, row): row for row in rows[edit.table]}
    if edit.key not in held:
        raise unknown_row(table, edit.key, held)
    row = held[edit.key]
    if row[edit.column] == edit.new:
        said = edit.new or "empty"
        raise BadArgumentError(f"{edit.table} {edit.key}: {edit.column} is {said} already")
    changed = row | {edit.column: edit.new}
    if edit.table == _READINGS and row["reporter"] == REPORTER and edit.column in _DECIDES:
        return _decided(package, rows, changed, day)
    return {edit.table: [changed if one is row else one for one in rows[edit.table]]}


def _decided(
    package: Package, rows: Mapping[str, list[Row]], changed: Row, day: dt.date
) -> dict[str, list[Row]]:
    """Return the tables that follow from a reading of the General Staff's figures."""
    try:
        reading = build.reading_from(changed)
    except ValueError:
        raise BadArgumentError(
            "total, increment and correction of a reading are whole numbers, not "
            f"{changed['total']!r}, {changed['increment']!r} and {changed['correction']!r}"
        ) from None
    (record,) = (row for row in rows["records"] if row["record"] == reading.record)
    return redecide(package, rows, record, [reading], reading.cell.date, day)
