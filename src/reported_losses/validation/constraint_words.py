"""What is told of a row that fails a constraint: found, expected, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from reported_losses.definition.schema import ForeignKey, Table
from reported_losses.errors import Nearest
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.invisible import shown
from reported_losses.validation.constraints import Constraint
from reported_losses.validation.keys import Rows, first_of_key, first_of_value, missing_parts
from reported_losses.validation.words import Source, Words

_WHAT = {
    "enum": "is not in the list",
    "pattern": "does not have the form",
    "minimum": "is too low",
    "maximum": "is too high",
    "minLength": "is too short",
    "maxLength": "is too long",
}


def describe(  # noqa: PLR0913, PLR0917 - what fails, where, and what it is held against
    constraint: Constraint,
    table: Table,
    rows: Rows,
    tables: Mapping[str, Columns],
    source: Source,
    today: dt.date | None = None,
) -> list[Words]:
    """Put rows that fail a constraint into words.

    Args:
        constraint: A statement of the table's schema.
        table: The table.
        rows: Rows that fail it, in key order.
        tables: Every table that could be read, as it is.
        source: Where the rows come from.
        today: The day taken as today, if one is.
    """
    own = tables[table.name]
    if constraint.kind == "required":
        return _empty(constraint, rows)
    if constraint.kind == "unique":
        return _repeated_value(constraint, own, rows, source)
    if constraint.kind == "primaryKey":
        return _repeated_key(constraint, own, rows, source)
    if constraint.kind == "foreignKey":
        return _dangling(constraint, table, rows, tables, source, today)
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
        hint = f"Is it {likely}?" if likely else _bound(constraint, found)
        words.append(_words(constraint, message, found, column, hint))
    return words


def _bound(constraint: Constraint, found: str) -> str | None:
    """Say what a value that is too low or too high can be; None for other constraints."""
    if constraint.kind not in {"minimum", "maximum"}:
        return None
    unsigned = found.removeprefix("-")
    signed = unsigned != found and constraint.kind == "minimum"
    slip = f", perhaps {unsigned}, without the sign" if signed else ""
    return f"It is {constraint.text.expected}{slip}. Compare it with its source."


def _repeated_value(
    constraint: Constraint, own: Columns, rows: Rows, source: Source
) -> list[Words]:
    column = constraint.columns[0]
    first = first_of_value(own[column])
    words = []
    for row in rows.tolist():
        found = source.cell(row, column)
        message = f"{source.where(int(first[row]))} already has the {column} '{shown(found)}'"
        words.append(_words(constraint, message, found, column))
    return words


def _repeated_key(constraint: Constraint, own: Columns, rows: Rows, source: Source) -> list[Words]:
    names = constraint.columns
    first = first_of_key(own, names)
    words = []
    for row in rows.tolist():
        found = str(source.key(row))
        where = source.where(int(first[row]))
        message = f"{where} already has the key '{shown(found)}'"
        words.append(_words(constraint, message, found, None))
    return words


def _dangling(  # noqa: PLR0913, PLR0917 - as `describe`
    constraint: Constraint,
    table: Table,
    rows: Rows,
    tables: Mapping[str, Columns],
    source: Source,
    today: dt.date | None,
) -> list[Words]:
    names = constraint.columns
    key = next(one for one in table.foreign_keys if one.fields == names)
    target = tables[key.table]
    own = tables[table.name]
    last = len(names) - 1
    nearest: dict[tuple[str, ...], Nearest] = {}
    words = []
    parts = np.minimum(missing_parts(own, key, target, rows), last)
    for row, part in zip(rows.tolist(), parts.tolist(), strict=True):
        found = source.cell(row, names[part])
        cells = [source.cell(row, name) for name in names]
        others = (str(part), *cells[:part], *cells[part + 1 :])
        if others not in nearest:
            nearest[others] = Nearest(_beside(key, target, cells, part))
        message = f"{key.table} has no row for {', '.join(map(shown, cells))}"
        likely = nearest[others].to(found)
        hint = f"Is it {likely}? Otherwise add a row to {key.table}." if likely else None
        if own[names[part]].kind == "date" and today is not None and found > today.isoformat():
            hint = f"{found} is in the future: correct the date."
        words.append(_words(constraint, message, found, names[part], hint))
    return words


def _beside(key: ForeignKey, target: Columns, cells: list[str], part: int) -> list[str]:
    """Return the values of one part of a key that the target has beside the other parts."""
    column = target[key.references[part]]
    rows = column.valid.copy()
    for number, reference in enumerate(key.references):
        other = target[reference]
        if number != part and other.kind == "string" and other.code(cells[number]) >= 0:
            rows &= other.valid & (other.values == other.code(cells[number]))
    if column.kind != "string":
        return []
    return [column.texts[code] for code in sorted(set(column.values[rows].tolist()))]
