"""What is told of a row that fails a constraint: found, expected, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from reported_losses.dataset.schema import ForeignKey, Table
from reported_losses.errors import Nearest
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.invisible import shown
from reported_losses.validation.constraints import Constraint
from reported_losses.validation.keys import Rows, first_of_key, first_of_value, lookup
from reported_losses.validation.words import Source, Words

_WHAT = {
    "enum": "is not in the list",
    "pattern": "does not have the form",
    "minimum": "is too low",
    "maximum": "is too high",
    "minLength": "is too short",
    "maxLength": "is too long",
}


def describe(
    constraint: Constraint,
    table: Table,
    rows: Rows,
    tables: Mapping[str, Columns],
    source: Source,
) -> list[Words]:
    """Put rows that fail a constraint into words.

    Args:
        constraint: A statement of the table's schema.
        table: The table.
        rows: Rows that fail it, in key order.
        tables: Every table that could be read, as it is.
        source: Where the rows come from.
    """
    own = tables[table.name]
    if constraint.kind == "required":
        return _empty(constraint, rows)
    if constraint.kind == "unique":
        return _repeated_value(constraint, own, rows, source)
    if constraint.kind == "primaryKey":
        return _repeated_key(constraint, own, rows, source)
    if constraint.kind == "foreignKey":
        return _dangling(constraint, table, rows, tables, source)
    return _wrong_value(constraint, table, rows, source)


def _words(
    constraint: Constraint, message: str, found: str, column: str | None, hint: str | None = None
) -> Words:
    text = constraint.text
    return Words(message, text.expected, hint or text.fix, found, column)


def _empty(constraint: Constraint, rows: Rows) -> list[Words]:
    column = constraint.columns[0]
    return [_words(constraint, f"{column} is empty", "", column)] * len(rows)


def _wrong_value(constraint: Constraint, table: Table, rows: Rows, source: Source) -> list[Words]:
    column = constraint.columns[0]
    enum = table.field(column).enum if constraint.kind == "enum" else None
    nearest = Nearest(enum or ())
    words = []
    for row in rows.tolist():
        found = source.cell(row, column)
        likely = nearest.to(found)
        message = f"{column} is '{shown(found)}', which {_WHAT[constraint.kind]}"
        hint = f"Is it {likely}?" if likely else None
        words.append(_words(constraint, message, found, column, hint))
    return words


def _repeated_value(
    constraint: Constraint, own: Columns, rows: Rows, source: Source
) -> list[Words]:
    column = constraint.columns[0]
    first = first_of_value(own[column])
    words = []
    for row in rows.tolist():
        found = source.cell(row, column)
        message = f"{column} '{shown(found)}' is on {source.where(int(first[row]))} already"
        words.append(_words(constraint, message, found, column))
    return words


def _repeated_key(constraint: Constraint, own: Columns, rows: Rows, source: Source) -> list[Words]:
    names = constraint.columns
    first = first_of_key(own, names)
    words = []
    for row in rows.tolist():
        found = str(source.key(row))
        where = source.where(int(first[row]))
        message = f"{', '.join(names)} '{shown(found)}' is on {where} already"
        words.append(_words(constraint, message, found, None))
    return words


def _dangling(
    constraint: Constraint,
    table: Table,
    rows: Rows,
    tables: Mapping[str, Columns],
    source: Source,
) -> list[Words]:
    names = constraint.columns
    key = next(one for one in table.foreign_keys if one.fields == names)
    target = tables[key.table]
    nearest = [Nearest(target[reference].texts) for reference in key.references]
    parts = _missing_parts(tables[table.name], key, target, rows)
    words = []
    for row, part in zip(rows.tolist(), parts, strict=True):
        found = source.cell(row, names[part])
        whole = ", ".join(shown(source.cell(row, name)) for name in names)
        message = f"{key.table} has no {', '.join(key.references)} '{whole}'"
        likely = nearest[part].to(found)
        hint = f"Is it {likely}? Otherwise add a row to {key.table}." if likely else None
        words.append(_words(constraint, message, found, names[part], hint))
    return words


def _missing_parts(own: Columns, key: ForeignKey, target: Columns, rows: Rows) -> list[int]:
    """Return, per row, the first part of the reference that the target lacks, else the last."""
    part = np.full(len(rows), len(key.fields) - 1)
    for number in reversed(range(len(key.fields))):
        asked = own[key.fields[number]].take(rows)
        part[lookup([asked], [target[key.references[number]]]) < 0] = number
    return [int(number) for number in part]
