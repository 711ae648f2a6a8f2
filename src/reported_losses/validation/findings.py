"""From masks of bad rows to issues with a place, what was found, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import ForeignKey
from reported_losses.errors import Nearest
from reported_losses.issue import Issue, Severity
from reported_losses.parsing import FILE_CODES, LISTED, capped, shown
from reported_losses.parsing.cast import TypedTable
from reported_losses.parsing.columns import Columns
from reported_losses.validation.constraint_texts import KINDS
from reported_losses.validation.constraints import Constraint
from reported_losses.validation.key_masks import first_of_key, first_of_value, out_of_order
from reported_losses.validation.membership import contained

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that could be read: as typed, and as columns in key order."""

    typed: TypedTable
    columns: Columns


def in_file_order(columns: Columns, mask: Mask) -> tuple[Rows, int]:
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
        found = shown(str(typed.text.key(row)))
        message = f"{found} on line {line} belongs above line {before}"
        issues.append(
            Issue(
                known.code,
                Severity.ERROR,
                message,
                table=typed.table.name,
                path=typed.path,
                line=line,
                key=typed.text.key(row),
                found=found,
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
    telling = _Telling(constraint, table)
    kind = constraint.kind
    if kind in {"primaryKey", "unique"}:
        issues = _repeats(telling, places)
    elif kind == "foreignKey":
        issues = _references(telling, places, others)
    else:
        issues = _cells(telling, places)
    return capped(issues, total)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What the issues of one constraint are made from."""

    constraint: Constraint
    table: Checked

    def row(self, place: int) -> int:
        return int(self.table.columns.row[place])

    def line(self, place: int) -> int:
        return int(self.table.typed.lines[self.row(place)])

    def cell(self, place: int, column: str) -> str:
        return self.table.typed.text.cell(self.row(place), column)

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


def _cells(telling: _Telling, places: Rows) -> list[Issue]:
    constraint = telling.constraint
    column = constraint.columns[0]
    if constraint.kind == "required":
        return [telling.issue(place, column, f"{column} is empty", "") for place in places.tolist()]
    enum = telling.table.typed.table.field(column).enum
    near = Nearest(enum if constraint.kind == "enum" and enum else ())
    issues = []
    for place in places.tolist():
        found = telling.cell(place, column)
        message = f"{column} is '{shown(found)}', which {_SAID[constraint.kind]}"
        likely = near.to(found)
        issues.append(
            telling.issue(place, column, message, found, f"Is it {likely}?" if likely else None)
        )
    return issues


def _repeats(telling: _Telling, places: Rows) -> list[Issue]:
    names, columns = telling.constraint.columns, telling.table.columns
    alone = telling.constraint.kind == "unique"
    first = first_of_value(columns[names[0]]) if alone else first_of_key(columns, names)
    issues = []
    for place in places.tolist():
        line = telling.line(int(first[place]))
        found = str(telling.table.typed.text.key(telling.row(place)))
        found = telling.cell(place, names[0]) if alone else found
        message = f"{', '.join(names)} '{shown(found)}' stands on line {line} already"
        issues.append(telling.issue(place, names[0] if alone else None, message, found))
    return issues


def _references(telling: _Telling, places: Rows, others: Mapping[str, Columns]) -> list[Issue]:
    typed, names = telling.table.typed, telling.constraint.columns
    key = next(one for one in typed.table.foreign_keys if one.fields == names)
    target = others[key.table]
    near = [Nearest(target[reference].texts) for reference in key.references]
    issues = []
    for place, part in zip(places.tolist(), _culprits(telling, key, target, places), strict=True):
        found = telling.cell(place, names[part])
        whole = ", ".join(shown(telling.cell(place, name)) for name in names)
        message = f"{key.table} has no {', '.join(key.references)} '{whole}'"
        likely = near[part].to(found)
        hint = f"Is it {likely}? Otherwise add a row to {key.table}." if likely else None
        issues.append(telling.issue(place, names[part], message, found, hint))
    return issues


def _culprits(telling: _Telling, key: ForeignKey, target: Columns, places: Rows) -> list[int]:
    """Return the first part of each reference that the target has not at all, else the last."""
    part = np.full(len(places), len(key.fields) - 1)
    for number in reversed(range(len(key.fields))):
        own = telling.table.columns[key.fields[number]].take(places)
        part[~contained([own], [target[key.references[number]]])] = number
    return [int(number) for number in part]
