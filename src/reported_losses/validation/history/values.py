"""Whether rows and values changed only as `revisions` tells: removed rows, values, days."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from reported_losses.definition.history import DERIVED, FREE, GROWING, grown
from reported_losses.definition.versions import parsed
from reported_losses.issue import Issue
from reported_losses.parsing.differing import differing
from reported_losses.validation.history.comparison import REVISIONS, Comparison, needs_telling
from reported_losses.validation.history.decisions import released
from reported_losses.validation.history.diff import ChangedCell, Row

_RECORDED = "recorded_on"
_VERSION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){2}")
# As much of a cell as an issue shows of what was found.
_LONGEST = 80


def row_removed(comparison: Comparison) -> Iterator[Issue]:
    """Find rows that are gone without a withdrawal, or whose withdrawal holds another row."""
    for table, diff in comparison.diff.tables.items():
        untold = set(comparison.untold(table))
        for row in diff.removed:
            if row in untold:
                yield _removed(comparison, table, row)
            else:
                yield from _withdrawn_otherwise(comparison, table, row)


def _removed(comparison: Comparison, table: str, row: Row) -> Issue:
    found = comparison.told.get((table, str(row.key), "")) if table == REVISIONS else None
    hint = "A revision stays: restore it." if table == REVISIONS or found else None
    cells = ", ".join(text for name, text in row.cells.items() if text and name not in row.key)
    message = f"{table}: the row {row.key} of the base is gone ({cells[:120]})"
    return comparison.issue(
        "row-removed", message, table, row.line, key=row.key, found="no such row", hint=hint
    )


def _withdrawn_otherwise(comparison: Comparison, table: str, row: Row) -> Iterator[Issue]:
    """Compare a removed row with what its withdrawal holds, before its new revisions."""
    revision = comparison.told[table, str(row.key), ""][0]
    cells = comparison.withdrawal(table, row)
    if cells is None:
        return  # revisions/withdrawn-whole
    fields = comparison.base.package.tables[table].fields
    for field in fields:
        name, was = field.name, row.cells.get(field.name, "")
        chain = comparison.chain(table, row.key, name)
        held = chain[0].cells["old"] if chain else cells.get(name, "")
        follows = field.history == GROWING and grown(was, held)
        if held != was and field.history not in {DERIVED, FREE} and not follows:
            message = (
                f"revision {revision.key}: {table} {row.key} was withdrawn with "
                f"{name} {held or 'empty'}, and the base has {was or 'none'}"
            )
            yield comparison.issue(
                "row-removed",
                message,
                REVISIONS,
                revision.line,
                "old",
                key=revision.key,
                found=held,
                expected=was or "an empty cell",
                hint="Write the row as the base has it.",
            )


def value_changed(comparison: Comparison, elsewhere: set[ChangedCell]) -> Iterator[Issue]:
    """Find values that changed without a revision, or with one of another value.

    Args:
        comparison: The two states.
        elsewhere: Cells that another rule of this folder has reported.
    """
    changed: set[tuple[str, str, str]] = set()
    for table, diff in comparison.diff.tables.items():
        for cell in diff.changed:
            changed.add((table, str(cell.key), cell.column))
            if cell.column == _RECORDED or cell in elsewhere or _no_value(comparison, table, cell):
                continue
            if set_by_release(comparison, table, cell):
                continue
            chain = comparison.chain(table, cell.key, cell.column)
            if table == REVISIONS or (not chain and needs_telling(cell)):
                yield _untold(comparison, table, cell)
            elif chain and cell.history != DERIVED:
                grew = cell.history == GROWING and grown(cell.old, chain[0].cells["old"])
                if chain[0].cells["old"] != cell.old and not grew:
                    yield _told_otherwise(comparison, chain[0], cell.old)
    yield from _revised_back(comparison, changed)


def set_by_release(comparison: Comparison, table: str, cell: ChangedCell) -> bool:
    """Return whether a changed cell is the version of a revision that the base has not released.

    A revision is made under the lowest version that may come next; the release that has it first
    may be a higher one.

    Args:
        comparison: The two states.
        table: Table of the cell.
        cell: The cell.
    """
    if (table, cell.column) != (REVISIONS, "version"):
        return False
    if not (_VERSION.fullmatch(cell.old) and _VERSION.fullmatch(cell.new)):
        return False
    base = parsed(comparison.base.package.version)
    open_still = parsed(cell.old) > base or not released(comparison.base)
    return open_still and parsed(cell.new) > parsed(cell.old)


def _no_value(comparison: Comparison, table: str, cell: ChangedCell) -> bool:
    """Return whether a cell has no value of its type, which its own issue says at that cell."""
    typed = comparison.tables.get(table)
    if typed is None or cell.column not in typed.invalid:
        return False
    row = int(np.searchsorted(typed.lines, cell.line))
    return row < typed.rows and bool(typed.invalid[cell.column][row])


def _untold(comparison: Comparison, table: str, cell: ChangedCell) -> Issue:
    old, new = differing(cell.old, cell.new, _LONGEST)
    new, old = new or "empty", old or "empty"
    message = f"{table} {cell.key}: {cell.column} is {new}, and was {old} in the base"
    return comparison.issue(
        "value-changed",
        message,
        table,
        cell.line,
        cell.column,
        key=cell.key,
        found=new if cell.new else "",
        expected=old if cell.old else "an empty cell",
        hint="A revision stays as it was released: restore it." if table == REVISIONS else None,
    )


def _told_otherwise(comparison: Comparison, revision: Row, old: str) -> Issue:
    cells = revision.cells
    said = cells["old"] or "empty"
    message = (
        f"revision {revision.key}: {cells['table']} {cells['key']} {cells['column']} was {said}, "
        f"but the base has {old or 'none'}"
    )
    return comparison.issue(
        "value-changed",
        message,
        REVISIONS,
        revision.line,
        "old",
        key=revision.key,
        found=cells["old"],
        expected=old or "an empty cell",
        hint="Write the value that the base has.",
    )


def _revised_back(comparison: Comparison, changed: set[tuple[str, str, str]]) -> Iterator[Issue]:
    """Find revisions of a value that is the base's, and that do not begin with it."""
    for value, chain in comparison.told.items():
        table, key, column = value
        if not column or value in changed or table not in comparison.diff.tables:
            continue
        texts = comparison.texts(table, column)
        row = _row_of(comparison, table, key) if texts else None
        if row is not None and chain[0].cells["old"] != texts[row]:
            yield _told_otherwise(comparison, chain[0], texts[row])


def _row_of(comparison: Comparison, table: str, key: str) -> int | None:
    """Return the row of a key that both states have."""
    typed = comparison.tables[table]
    parts = key.split("/")
    if len(parts) != len(typed.table.primary_key):
        return None
    rows = np.flatnonzero(comparison.kept(table)).tolist()
    for name, part in zip(typed.table.primary_key, parts, strict=True):
        texts = comparison.texts(table, name)
        rows = [row for row in rows if texts[row] == part]
    return rows[0] if rows else None


def recorded_on_changed(comparison: Comparison) -> Iterator[Issue]:
    """Find rows whose day of recording changed, and new rows recorded before those of the base."""
    for table, diff in comparison.diff.tables.items():
        for cell in diff.changed:
            if cell.column == _RECORDED:
                message = f"{table} {cell.key}: recorded on {cell.new}, and on {cell.old} before"
                yield comparison.issue(
                    "recorded-on-changed",
                    message,
                    table,
                    cell.line,
                    _RECORDED,
                    key=cell.key,
                    found=cell.new,
                    expected=cell.old,
                )
        if diff.added and comparison.texts(table, _RECORDED):
            yield from _backdated(comparison, table)


def _backdated(comparison: Comparison, table: str) -> Iterator[Issue]:
    newest = max((day for (day,) in comparison.before(table, _RECORDED)), default="")
    for row in comparison.of(table).added:
        day = row.cells[_RECORDED]
        if "" < day < newest:
            message = f"{table} {row.key} is new and recorded on {day}; the base has {newest}"
            yield comparison.issue(
                "recorded-on-changed",
                message,
                table,
                row.line,
                _RECORDED,
                key=row.key,
                found=day,
                expected=f"{newest} or later",
            )
