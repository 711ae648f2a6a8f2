"""What the schemas state of cells and keys, as masks of failing rows.

A mask is in key order, as the columns are. A missing cell fails nothing but `required`. A cell
that could not be cast fails nothing: it was reported already, and nothing can be judged of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from reported_losses.definition.arrow_functions import matches, text_array
from reported_losses.definition.dates import day_number
from reported_losses.definition.patterns import whole
from reported_losses.definition.schema import Field, ForeignKey, Table
from reported_losses.issue import CodeText
from reported_losses.parsing.columns import Column, Columns, bits
from reported_losses.validation import keys
from reported_losses.validation.constraint_kinds import text_of
from reported_losses.validation.keys import Mask

_MISSPELT = 20
"""A text that refers to nothing in more rows than this is not taken for a misspelt one."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One statement of a schema.

    Attributes:
        text: What people are told of its code, such as `loss_counts.total.minimum`.
        kind: Key of `KINDS`.
        table: Table whose rows are judged.
        columns: Columns judged.
        needs: Other tables that are looked into.
        judge: From the table's columns and all tables to the mask of failing rows.
    """

    text: CodeText
    kind: str
    table: str
    columns: tuple[str, ...]
    needs: tuple[str, ...]
    judge: Callable[[Columns, Mapping[str, Columns]], Mask]

    @property
    def code(self) -> str:
        """The stable code."""
        return self.text.code


def constraints(table: Table) -> Iterator[Constraint]:
    """Yield every statement that the schema of a table makes, in the schema's order."""
    yield from cell_constraints(table)
    yield from key_constraints(table)


def cell_constraints(table: Table) -> Iterator[Constraint]:
    """Yield what the schema of a table states of single columns."""
    for field in table.fields:
        yield from _of_field(table, field)


def key_constraints(table: Table) -> Iterator[Constraint]:
    """Yield what the schema of a table states of its keys.

    A primary key of one column that is also declared unique needs no statement of its own.
    """
    key = table.primary_key
    if len(key) > 1 or not table.field(key[0]).unique:
        yield _constraint(
            f"{table.name}.primaryKey",
            "primaryKey",
            key,
            f"one row for each {', '.join(key)}",
            lambda own, _: keys.repeated_keys(own, key),
        )
    for foreign in table.foreign_keys:
        yield _of_foreign_key(table, foreign)


def settled(own: Columns, failing: Iterable[tuple[Constraint, Mask]]) -> Columns:
    """Make every cell unknown that fails a constraint on itself.

    Such a cell is reported once, by that constraint. What depends on it, such as a reference or
    a sum, is not reported again.

    Args:
        own: The table.
        failing: Constraints on cells, each with the mask of rows that fail it.
    """
    columns = dict(own.columns)
    for constraint, mask in failing:
        # A repeated value is a value all the same; only its row is one too many.
        if constraint.kind != "unique":
            name = constraint.columns[0]
            column = columns[name]
            columns[name] = replace(column, valid=column.valid & ~mask, known=column.known & ~mask)
    return replace(own, columns=columns)


def without_dangling(
    constraint: Constraint,
    failing: Mask,
    own: Columns,
    table: Table,
    tables: Mapping[str, Columns],
) -> Columns:
    """Make every text unknown that refers to nothing, as `settled` does for single cells.

    Dates stay known: a report that is missing must not hide what is wrong on its day. So does a
    text in many rows: it is not misspelt, but the row it refers to is missing.

    Args:
        constraint: The constraint that failed; only references change anything.
        failing: The rows that fail it.
        own: The table.
        table: Its descriptor.
        tables: All tables.
    """
    if constraint.kind != "foreignKey":
        return own
    key = next(one for one in table.foreign_keys if one.fields == constraint.columns)
    rows = np.flatnonzero(failing).astype(np.int64)
    parts = keys.missing_parts(own, key, tables[key.table], rows)
    columns = dict(own.columns)
    for number, name in enumerate(key.fields):
        column, wrong = columns[name], rows[parts == number]
        if column.kind == "string" and len(wrong):
            shared = np.bincount(column.values[wrong])[column.values[wrong]]
            good = np.ones(own.rows, dtype=np.bool_)
            good[wrong[shared <= _MISSPELT]] = False
            columns[name] = replace(column, valid=column.valid & good, known=column.known & good)
    return replace(own, columns=columns)


def _constraint(  # noqa: PLR0913, PLR0917 - the parts of a constraint
    code: str,
    kind: str,
    columns: tuple[str, ...],
    expected: str,
    judge: Callable[[Columns, Mapping[str, Columns]], Mask],
    needs: tuple[str, ...] = (),
) -> Constraint:
    text = replace(text_of(code, kind), expected=expected)
    return Constraint(text, kind, code.partition(".")[0], columns, needs, judge)


def _of_field(table: Table, field: Field) -> Iterator[Constraint]:
    for kind, judge, expected in _tests(field):
        yield _constraint(
            f"{table.name}.{field.name}.{kind}",
            kind,
            (field.name,),
            expected,
            lambda own, _, judge=judge: judge(own[field.name]),  # type: ignore[misc]
        )


def _tests(field: Field) -> Iterator[tuple[str, Callable[[Column], Mask], str]]:
    if field.required:
        yield "required", lambda column: column.known & ~column.valid, "a value"
    if field.unique:
        yield "unique", keys.repeated_values, "a value that no other row has"
    if (enum := field.enum) is not None:
        listed = frozenset(enum)
        test = _texts(lambda text: text not in listed)
        yield "enum", test, f"one of {', '.join(enum)}"
    if (pattern := field.pattern) is not None:
        form = whole(pattern)
        test = _all_texts(lambda texts: ~bits(matches(text_array(texts), form)))
        example = f", such as {field.example}" if field.example is not None else ""
        yield "pattern", test, f"the form {pattern}{example}"
    more, less = ("later", "earlier") if field.type == "date" else ("more", "less")
    if (least := field.minimum) is not None:
        low = _number(least)
        yield "minimum", lambda column: column.valid & (column.values < low), f"{least} or {more}"
    if (most := field.maximum) is not None:
        high = _number(most)
        yield "maximum", lambda column: column.valid & (column.values > high), f"{most} or {less}"
    if (short := field.min_length) is not None:
        yield "minLength", _texts(lambda text: len(text) < short), f"{short} characters or more"
    if (long := field.max_length) is not None:
        yield "maxLength", _texts(lambda text: len(text) > long), f"{long} characters or fewer"


def _texts(fails: Callable[[str], bool]) -> Callable[[Column], Mask]:
    """Return a test that judges each distinct text of a column once."""
    return _all_texts(lambda texts: np.array([fails(text) for text in texts], dtype=np.bool_))


def _all_texts(fails: Callable[[tuple[str, ...]], Mask]) -> Callable[[Column], Mask]:
    """Return a test that judges the distinct texts of a column together."""

    def test(column: Column) -> Mask:
        verdict = fails(column.texts)
        if not verdict.any():
            return np.zeros(len(column.valid), dtype=np.bool_)
        mask: Mask = column.valid & verdict[column.values]
        return mask

    return test


def _number(bound: float | dt.date) -> float:
    return day_number(bound) if isinstance(bound, dt.date) else bound


def _of_foreign_key(table: Table, key: ForeignKey) -> Constraint:
    return _constraint(
        f"{table.name}.foreignKey.{'-'.join(key.fields)}",
        "foreignKey",
        key.fields,
        f"{', '.join(key.references)} of a row of {key.table}",
        lambda own, tables: keys.dangling(own, key, tables.get(key.table, own)),
        () if key.table == table.name else (key.table,),
    )
