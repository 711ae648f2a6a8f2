"""From masks of bad rows to issues with a place, what was found, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.cast import TypedTable
from reported_losses.columns import Column, Columns
from reported_losses.constraints import KINDS, Constraint, out_of_order
from reported_losses.descriptor import ForeignKey
from reported_losses.issue import Issue, Severity, nearest_first
from reported_losses.membership import contained
from reported_losses.read import FILE_CODES, LISTED, capped, shown

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that could be read: as typed, and as columns in key order."""

    typed: TypedTable
    columns: Columns


def in_file_order(columns: Columns, mask: Mask) -> tuple[NDArray[np.int64], int]:
    """Return the bad rows to list, as places in key order, in file order; and their number."""
    places = np.flatnonzero(mask)
    order = np.argsort(columns.row[places], kind="stable")
    return places[order][:LISTED].astype(np.int64), len(places)


def misplaced(table: Checked, clean: Columns) -> list[Issue]:
    """Find rows that do not stand in the order of the primary key.

    Args:
        table: The table.
        clean: Its columns, with cells that break a constraint made unknown: a row whose
            key is wrong has no place.
    """
    typed, key = table.typed, table.typed.table.primary_key
    places, total = in_file_order(table.columns, out_of_order(clean, key))
    known = FILE_CODES["file/sort-order"]
    issues = []
    for row in (int(table.columns.row[place]) for place in places):
        line = int(typed.lines[row])
        before = int(typed.lines[row - 1]) if row else 1
        message = f"{typed.text.key(row)} on line {line} belongs above line {before}"
        found = str(typed.text.key(row))
        issues.append(
            Issue(
                known.code,
                Severity.ERROR,
                message,
                table=typed.table.name,
                path=typed.path,
                line=line,
                key=typed.text.key(row),
                found=shown(found),
                expected=f"rows sorted by {', '.join(key)}",
                hint=known.fix,
            )
        )
    return capped(issues, total) if issues else []


def broken(
    constraint: Constraint, mask: Mask, table: Checked, others: Mapping[str, Columns]
) -> list[Issue]:
    """Make issues of the rows that break a constraint.

    Args:
        constraint: A statement of the table's schema.
        mask: The bad rows it gave, in key order.
        table: The table.
        others: Every table that could be read, by name.

    Returns:
        One issue for each bad row up to the limit.
    """
    places, total = in_file_order(table.columns, mask)
    if not total:
        return []
    tell = {"primaryKey": _key, "unique": _unique, "foreignKey": _reference}.get(
        constraint.kind, _cell
    )
    telling = _Telling(constraint, table, others)
    return capped([tell(telling, int(place)) for place in places], total)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What an issue of one constraint is made from."""

    constraint: Constraint
    table: Checked
    others: Mapping[str, Columns]

    def row(self, place: int) -> int:
        return int(self.table.columns.row[place])

    def line(self, place: int) -> int:
        return int(self.table.typed.lines[self.row(place)])

    def issue(
        self, place: int, column: str | None, message: str, found: str, hint: str | None = None
    ) -> Issue:
        row, typed = self.row(place), self.table.typed
        line, position = (
            (self.line(place), None) if column is None else typed.text.place(row, column)
        )
        return Issue(
            self.constraint.code,
            Severity.ERROR,
            message,
            table=typed.table.name,
            path=typed.path,
            line=line,
            column=column,
            position=position,
            key=typed.text.key(row),
            found=shown(found),
            expected=self.constraint.expected,
            hint=hint or KINDS[self.constraint.kind].fix,
        )


_SAID = {
    "enum": "is not in the list",
    "pattern": "does not have the form",
    "minimum": "is too low",
    "maximum": "is too high",
    "minLength": "is too short",
    "maxLength": "is too long",
}


def _cell(telling: _Telling, place: int) -> Issue:
    constraint, typed = telling.constraint, telling.table.typed
    column = constraint.columns[0]
    found = typed.text.cell(telling.row(place), column)
    if constraint.kind == "required":
        return telling.issue(place, column, f"{column} is empty", "")
    message = f"{column} is '{shown(found)}', which {_SAID[constraint.kind]}"
    return telling.issue(place, column, message, found, _nearest(telling, found))


def _nearest(telling: _Telling, found: str) -> str | None:
    enum = telling.table.typed.table.field(telling.constraint.columns[0]).enum
    if telling.constraint.kind != "enum" or enum is None or len(found) > LISTED:
        return None
    return f"Is it {nearest_first(found, enum)[0]}?"


def _key(telling: _Telling, place: int) -> Issue:
    typed, names = telling.table.typed, telling.constraint.columns
    columns = [telling.table.columns[name] for name in names]
    first = _first_like(columns, place)
    key = typed.text.key(telling.row(place))
    message = f"{key} stands on line {telling.line(first)} already"
    return telling.issue(place, None, message, str(key))


def _first_like(columns: Sequence[Column], place: int) -> int:
    """Return the first row, in key order, with the same whole key."""
    same = np.logical_and.reduce(
        [column.valid & (column.values == column.values[place]) for column in columns]
    )
    return int(np.argmax(same))


def _unique(telling: _Telling, place: int) -> Issue:
    column = telling.constraint.columns[0]
    found = telling.table.typed.text.cell(telling.row(place), column)
    first = _first_like([telling.table.columns[column]], place)
    message = f"{column} '{shown(found)}' stands on line {telling.line(first)} already"
    return telling.issue(place, column, message, found)


def _reference(telling: _Telling, place: int) -> Issue:
    typed, names = telling.table.typed, telling.constraint.columns
    key = next(k for k in typed.table.foreign_keys if k.fields == names)
    target = telling.others[key.table]
    column, reference = _culprit(telling, key, target, place)
    row = telling.row(place)
    found = typed.text.cell(row, column)
    whole = ", ".join(shown(typed.text.cell(row, name)) for name in names)
    texts = target[reference].texts
    near = nearest_first(found, texts[:LISTED])[0] if texts else None
    absent = found not in texts
    hint = f"Is it {near}? Otherwise add a row to {key.table}." if near and absent else None
    message = f"{key.table} has no {', '.join(key.references)} '{whole}'"
    return telling.issue(place, column, message, found, hint)


def _culprit(telling: _Telling, key: ForeignKey, target: Columns, place: int) -> tuple[str, str]:
    """Return the first part of a reference that the target does not have at all, else the last."""
    for name, reference in zip(key.fields, key.references, strict=True):
        whole = telling.table.columns[name]
        one = whole.take(np.array([place]))
        if not contained([one], [target[reference]])[0]:
            return name, reference
    return key.fields[-1], key.references[-1]
