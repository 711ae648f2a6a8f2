"""What the schemas say of fields and keys, as masks of bad rows over columns.

One definition for `check` and for pandera. A mask is in key order, as the columns are.
Missing values break nothing but `required`; a cell that could not be cast breaks nothing,
because it was reported already and nothing can be judged of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import Field, ForeignKey, Table
from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.cell_masks import (
    above,
    below,
    longer,
    missing,
    not_listed,
    not_matching,
    shorter,
)
from reported_losses.validation.key_masks import dangling, not_unique, repeated

Mask = NDArray[np.bool_]


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
        such = f", such as {field.example}" if field.example is not None else ""
        yield "pattern", lambda column: not_matching(column, pattern), f"the form {pattern}{such}"
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
