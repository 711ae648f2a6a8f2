"""What the schemas say of fields and keys, as masks of bad rows over columns.

One definition for `check` and for pandera. A mask is in key order, as the columns are.
Missing values break nothing but `required`; a cell that could not be cast breaks nothing,
because it was reported already and nothing can be judged of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reported_losses.columns import Column, Columns
from reported_losses.descriptor import Field, ForeignKey, Table
from reported_losses.membership import contained

Mask = NDArray[np.bool_]

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Constraint:
    """One statement of a schema.

    Attributes:
        code: Stable code, such as `loss_counts.total.minimum`.
        kind: Key of `KINDS`.
        table: Table whose rows are judged.
        columns: Columns judged.
        needs: Other tables without which nothing can be judged.
        expected: What was expected, in words.
        judge: From the table's columns and all tables to the mask of bad rows.
    """

    code: str
    kind: str
    table: str
    columns: tuple[str, ...]
    needs: tuple[str, ...]
    expected: str
    judge: Callable[[Columns, Mapping[str, Columns]], Mask]


@dataclass(frozen=True, slots=True)
class Kind:
    """What people are told of a kind of constraint.

    Attributes:
        title: What holds, in one line.
        rationale: Why it must hold.
        example: What breaks it.
        fix: What to do about it.
    """

    title: str
    rationale: str
    example: str
    fix: str


KINDS: Mapping[str, Kind] = {
    "type": Kind(
        "every cell has a value of its column's type, in the one accepted spelling",
        "Two spellings of a value can hide a difference, and text cannot be counted.",
        "1,000 in a column of whole numbers",
        "Write the value as the hint says, or leave the cell empty where it is missing.",
    ),
    "required": Kind(
        "a required cell is not empty",
        "Without the value the row says nothing.",
        "an empty total",
        "Fill the cell in, or take the row out.",
    ),
    "unique": Kind(
        "no two rows share the value",
        "A name must mean one thing.",
        "two rows of categories called tanks",
        "Rename one of the rows, or take it out.",
    ),
    "enum": Kind(
        "the value is one of those the schema lists",
        "An unknown word means nothing to whoever reads the table.",
        "evidence `certain`",
        "Use one of the listed values.",
    ),
    "pattern": Kind(
        "the text has the form the schema asks for",
        "Names and addresses are read by programs.",
        "a category called `Main Battle Tanks`",
        "Bring the text into the form.",
    ),
    "minimum": Kind(
        "the value is not below the least one possible",
        "A value outside its range is a slip.",
        "a total of -5",
        "Correct the value.",
    ),
    "maximum": Kind(
        "the value is not above the greatest one possible",
        "A value outside its range is a slip.",
        "a share of 140 per cent",
        "Correct the value.",
    ),
    "minLength": Kind(
        "the text is not shorter than it may be",
        "A text this short was cut off.",
        "a name of one letter",
        "Restore the text.",
    ),
    "maxLength": Kind(
        "the text is not longer than it may be",
        "A text this long does not belong in the column.",
        "a language code of ten letters",
        "Shorten the text.",
    ),
    "primaryKey": Kind(
        "no two rows share the primary key",
        "With two rows for one key nobody knows which holds.",
        "two figures of one category on one day",
        "Take one of the rows out, or correct its key.",
    ),
    "foreignKey": Kind(
        "what a row refers to exists",
        "A reference to nothing is a misspelling or a forgotten row.",
        "a figure of a series that `series` does not have",
        "Correct the reference, or add the row it refers to.",
    ),
}


CELL_KINDS = frozenset(
    ("required", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength")
)
"""Kinds that judge a cell by itself; what breaks one is unknown to keys and rules."""


def constraints(table: Table) -> Iterator[Constraint]:
    """Yield every statement the schema of a table makes, in the schema's order.

    Args:
        table: Descriptor of the table.
    """
    yield from cell_constraints(table)
    yield from key_constraints(table)


def cell_constraints(table: Table) -> Iterator[Constraint]:
    """Yield what the schema says of single columns.

    Args:
        table: Descriptor of the table.
    """
    for field in table.fields:
        yield from _of_field(table, field)


def key_constraints(table: Table) -> Iterator[Constraint]:
    """Yield what the schema says of its rows' keys.

    A primary key of one column that is declared unique says nothing more.

    Args:
        table: Descriptor of the table.
    """
    key = table.primary_key
    if len(key) > 1 or not table.field(key[0]).unique:
        yield Constraint(
            f"{table.name}.primaryKey",
            "primaryKey",
            table.name,
            key,
            (),
            f"one row for each {', '.join(key)}",
            lambda own, _: repeated(own, key),
        )
    for foreign in table.foreign_keys:
        yield _of_foreign_key(table, foreign)


def settled(own: Columns, judged: Iterable[tuple[Constraint, Mask]]) -> Columns:
    """Make unknown every cell that breaks a constraint on itself.

    Such a cell is reported once, by that constraint; what is derived from it, a reference
    or a sum, is not reported again.

    Args:
        own: The table.
        judged: Constraints of single cells, with the masks they gave.
    """
    columns = dict(own.columns)
    for constraint, mask in judged:
        name = constraint.columns[0]
        if constraint.kind in CELL_KINDS and mask.any():
            column = columns[name]
            columns[name] = replace(column, valid=column.valid & ~mask, known=column.known & ~mask)
    return replace(own, columns=columns)


def _of_field(table: Table, field: Field) -> Iterator[Constraint]:
    for kind, judge, expected in _tests(field):
        yield Constraint(
            f"{table.name}.{field.name}.{kind}",
            kind,
            table.name,
            (field.name,),
            (),
            expected,
            lambda own, _, judge=judge: judge(own[field.name]),  # type: ignore[misc]
        )


def _tests(field: Field) -> Iterator[tuple[str, Callable[[Column], Mask], str]]:
    if field.required:
        yield "required", missing, "a value"
    if field.unique:
        yield "unique", not_unique, "a value no other row has"
    if (enum := field.enum) is not None:
        yield "enum", lambda column: not_listed(column, enum), f"one of {', '.join(enum)}"
    if (pattern := field.pattern) is not None:
        yield "pattern", lambda column: not_matching(column, pattern), f"the form {pattern}"
    if (least := field.minimum) is not None:
        yield "minimum", lambda column: below(column, least), f"{least} or more"
    if (most := field.maximum) is not None:
        yield "maximum", lambda column: above(column, most), f"{most} or less"
    if (short := field.min_length) is not None:
        yield "minLength", lambda column: shorter(column, short), f"{short} characters or more"
    if (long := field.max_length) is not None:
        yield "maxLength", lambda column: longer(column, long), f"{long} characters or fewer"


def _of_foreign_key(table: Table, key: ForeignKey) -> Constraint:
    return Constraint(
        f"{table.name}.foreignKey.{'-'.join(key.fields)}",
        "foreignKey",
        table.name,
        key.fields,
        () if key.table == table.name else (key.table,),
        f"{', '.join(key.references)} of a row of {key.table}",
        lambda own, tables: dangling(own, key, tables.get(key.table, own)),
    )


def missing(column: Column) -> Mask:
    """Return where a cell is known to be empty."""
    return column.known & ~column.valid


def not_unique(column: Column) -> Mask:
    """Return where a value stands that an earlier row has."""
    rows = np.flatnonzero(column.valid)
    order = rows[np.argsort(column.values[rows], kind="stable")]
    again = column.values[order[1:]] == column.values[order[:-1]]
    bad = np.zeros(len(column.valid), dtype=np.bool_)
    bad[order[1:][again]] = True
    return bad


def first_of_value(column: Column) -> NDArray[np.int64]:
    """Return for each row the first row with the same value."""
    rows = np.flatnonzero(column.valid)
    distinct, inverse = np.unique(column.values[rows], return_inverse=True)
    begin = np.full(len(distinct), len(column.valid))
    np.minimum.at(begin, inverse, rows)
    first = np.arange(len(column.valid))
    first[rows] = begin[inverse]
    return first


def not_listed(column: Column, enum: Sequence[str]) -> Mask:
    """Return where a text is none of those listed."""
    listed = frozenset(enum)
    return _by_text(column, lambda text: text not in listed)


def not_matching(column: Column, pattern: str) -> Mask:
    """Return where a text does not match from start to end."""
    form = re.compile(rf"(?:{pattern})\Z")
    return _by_text(column, lambda text: form.match(text) is None)


def shorter(column: Column, length: int) -> Mask:
    """Return where a text has fewer characters."""
    return _by_text(column, lambda text: len(text) < length)


def longer(column: Column, length: int) -> Mask:
    """Return where a text has more characters."""
    return _by_text(column, lambda text: len(text) > length)


def _by_text(column: Column, bad: Callable[[str], bool]) -> Mask:
    """Judge each distinct text once."""
    verdict = np.array([bad(text) for text in column.texts], dtype=np.bool_)
    if not verdict.any():
        return np.zeros(len(column.valid), dtype=np.bool_)
    mask: Mask = column.valid & verdict[column.values]
    return mask


def below(column: Column, least: float | dt.date) -> Mask:
    """Return where a value is less than the least allowed."""
    bad: Mask = column.valid & (column.values < _number(least))
    return bad


def above(column: Column, most: float | dt.date) -> Mask:
    """Return where a value is greater than the greatest allowed."""
    bad: Mask = column.valid & (column.values > _number(most))
    return bad


def _number(bound: float | dt.date) -> float:
    return (bound - _EPOCH).days if isinstance(bound, dt.date) else bound


def repeated(own: Columns, key: Sequence[str]) -> Mask:
    """Return the rows whose whole key an earlier row has."""
    rows, again = _neighbours(own, key)
    bad = np.zeros(own.rows, dtype=np.bool_)
    bad[rows[again]] = True
    return bad


def first_of_key(own: Columns, key: Sequence[str]) -> NDArray[np.int64]:
    """Return for each row the first row, in key order, with the same whole key."""
    rows, again = _neighbours(own, key)
    begin = np.maximum.accumulate(np.where(again, 0, np.arange(len(rows))))
    first = np.arange(own.rows)
    first[rows] = rows[begin]
    return first


def _neighbours(own: Columns, key: Sequence[str]) -> tuple[NDArray[np.intp], Mask]:
    """Return the rows with a whole key, and which of them have the key of the one before."""
    columns = [own[name] for name in key]
    rows = np.flatnonzero(np.logical_and.reduce([column.valid for column in columns]))
    # In key order equal keys are neighbours, once rows that cannot be judged are left out.
    again = np.ones(len(rows), dtype=np.bool_)
    again[:1] = False
    for column in columns:
        values = column.values if len(rows) == own.rows else column.values[rows]
        again[1:] &= values[1:] == values[:-1]
    return rows, again


def out_of_order(own: Columns, key: Sequence[str]) -> Mask:
    """Return the rows, in key order, that stand in the file after a row of a later key."""
    bad = np.zeros(own.rows, dtype=np.bool_)
    if (own.row[1:] > own.row[:-1]).all():
        return bad
    place = np.empty(own.rows, dtype=np.int64)
    place[own.row] = np.arange(own.rows)
    judged = np.logical_and.reduce([own[name].valid for name in key])[place]
    in_file = place[judged]
    bad[in_file[1:][in_file[1:] < in_file[:-1]]] = True
    return bad


def dangling(own: Columns, key: ForeignKey, target: Columns) -> Mask:
    """Return the rows that refer to a row that does not exist.

    A row with a missing part refers to nothing. Where a key of the target has a cell that
    could not be cast, a row is not blamed if the rest of that key fits it.
    """
    asked = [own[name] for name in key.fields]
    held = [target[name] for name in key.references]
    bad: Mask = np.logical_and.reduce([column.valid for column in asked])
    bad &= ~contained(asked, held)
    if bad.any():
        for known in _partly_known(held):
            parts = [number for number, whole in enumerate(known) if whole]
            bad &= ~_fits_rest([asked[n] for n in parts], held, known)
    return bad


def _partly_known(held: Sequence[Column]) -> list[tuple[bool, ...]]:
    """Return which parts are known, for every such shape of key with an unknown part."""
    shape = np.zeros(len(held[0].known), dtype=np.int64)
    for number, column in enumerate(held):
        shape |= column.known.astype(np.int64) << number
    shapes = [int(s) for s in np.unique(shape) if s != (1 << len(held)) - 1]
    return [tuple(bool(s >> number & 1) for number in range(len(held))) for s in shapes]


def _fits_rest(asked: Sequence[Column], held: Sequence[Column], known: tuple[bool, ...]) -> Mask:
    rows = np.logical_and.reduce(
        [column.known == whole for column, whole in zip(held, known, strict=True)]
    )
    if not asked:
        return np.ones(1, dtype=np.bool_)
    some = [
        column.take(np.flatnonzero(rows))
        for column, whole in zip(held, known, strict=True)
        if whole
    ]
    return contained(asked, some)
