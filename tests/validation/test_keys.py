"""Masks over codes say what a plain loop over the rows would."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.definition.schema import Field, ForeignKey, Table
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.validation.constraints import cell_constraints
from reported_losses.validation.keys import (
    dangling,
    first_of_key,
    first_of_value,
    lookup,
    out_of_order,
    repeated_keys,
    repeated_values,
)

UNKNOWN = "?"
Row = tuple[object, object]
ROWS = st.lists(
    st.tuples(
        st.sampled_from([None, "a", "b", "c"]),
        st.sampled_from([None, UNKNOWN, 0, 1, 2, 2**40]),
    ),
    max_size=12,
)
TABLE = Table(
    "t",
    "",
    "",
    "data/t.csv",
    (Field("name", "", "", "string"), Field("number", "", "", "integer")),
    ("name", "number"),
)
KEY = ForeignKey(("name", "number"), "u", ("name", "number"))
LAW = settings(max_examples=200, deadline=None)


def columns(rows: Sequence[Row]) -> Columns:
    numbers = [None if number == UNKNOWN else number for _, number in rows]
    data = pa.table(
        {
            "name": pa.array([name for name, _ in rows], pa.string()),
            "number": pa.array(numbers, pa.int64()),
        }
    )
    unknown = np.array([number == UNKNOWN for _, number in rows], dtype=np.bool_)
    return from_arrow(TABLE, data, {"number": unknown})


def in_file(own: Columns, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> set[int]:
    return {int(row) for row in own.row[mask]}


def whole(row: Row) -> bool:
    return None not in row and UNKNOWN not in row


@LAW
@given(ROWS)
def test_repeated_keys(rows: list[Row]) -> None:
    own = columns(rows)
    due = {i for i, row in enumerate(rows) if whole(row) and row in rows[:i]}
    assert in_file(own, repeated_keys(own, TABLE.primary_key)) == due
    first = first_of_key(own, TABLE.primary_key)
    for place, row in enumerate(own.row):
        if whole(rows[row]):
            assert own.row[first[place]] == rows.index(rows[row])


@LAW
@given(ROWS)
def test_values_that_are_not_unique(rows: list[Row]) -> None:
    own = columns(rows)
    names = [name for name, _ in rows]
    bad = repeated_values(own["name"])
    groups: dict[object, list[int]] = {}
    for place, row in enumerate(own.row):
        groups.setdefault(names[row], []).append(place)
    due = {p for name, places in groups.items() if name is not None for p in places[1:]}
    assert set(np.flatnonzero(bad)) == due
    first = first_of_value(own["name"])
    for name, places in groups.items():
        assert name is None or {int(first[p]) for p in places} == {places[0]}


@LAW
@given(ROWS, ROWS)
def test_references_that_dangle(rows: list[Row], others: list[Row]) -> None:
    own = columns(rows)

    def fits(row: Row, other: Row) -> bool:
        pairs = zip(row, other, strict=True)
        return all(held in (UNKNOWN, asked) for asked, held in pairs)

    due = {
        i
        for i, row in enumerate(rows)
        if whole(row) and not any(fits(row, other) for other in others if None not in other)
    }
    assert in_file(own, dangling(own, KEY, columns(others))) == due


@LAW
@given(ROWS, ROWS)
def test_lookup_finds_the_first_row_with_the_key(rows: list[Row], others: list[Row]) -> None:
    own, other = columns(rows), columns(others)
    found = lookup([own[n] for n in TABLE.primary_key], [other[n] for n in TABLE.primary_key])
    for at, row in enumerate(own.row):
        same = [i for i in other.row.tolist() if whole(rows[row]) and others[i] == rows[row]]
        assert (int(other.row[found[at]]) if found[at] >= 0 else None) == next(iter(same), None)


@LAW
@given(ROWS)
def test_the_fewest_rows_are_out_of_order(rows: list[Row]) -> None:
    own = columns(rows)
    blocks = out_of_order(own, TABLE.primary_key)
    moved = {int(own.row[row]) for block in blocks for row in block}
    judged = [i for i, row in enumerate(rows) if whole(row)]
    kept = [rows[i] for i in judged if i not in moved]
    assert kept == sorted(kept)
    longest = max(
        (
            len(some)
            for size in range(len(judged) + 1)
            for some in itertools.combinations([rows[i] for i in judged], size)
            if list(some) == sorted(some)
        ),
        default=0,
    )
    assert len(kept) == longest


def test_rows_that_moved_together_are_one_block() -> None:
    own = columns([("a", 1), ("b", 1), ("c", 1), ("a", 0), ("a", 2), ("d", 1), ("b", 0)])
    blocks = [own.row[block].tolist() for block in out_of_order(own, TABLE.primary_key)]
    assert blocks == [[3, 4], [6]]


def failing(own: Columns, field: Field) -> dict[str, set[int]]:
    """Return the source rows that fail each constraint of a field, by kind."""
    table = Table("t", "", "", "data/t.csv", (field,), (field.name,))
    return {
        constraint.kind: in_file(own, constraint.judge(own, {}))
        for constraint in cell_constraints(table)
    }


@LAW
@given(ROWS)
def test_cells_by_themselves(rows: list[Row]) -> None:
    own = columns(rows)
    names, numbers = zip(*rows, strict=True) if rows else ((), ())
    values = {i: n for i, n in enumerate(numbers) if isinstance(n, int)}
    texts = {i: n for i, n in enumerate(names) if isinstance(n, str)}
    number = Field("number", "", "", "integer", required=True, minimum=1, maximum=1)
    assert failing(own, number) == {
        "required": {i for i, n in enumerate(numbers) if n is None},
        "minimum": {i for i, n in values.items() if n < 1},
        "maximum": {i for i, n in values.items() if n > 1},
    }
    name = Field(
        "name", "", "", "string", enum=("a", "x"), pattern="[ab]", min_length=2, max_length=0
    )
    assert failing(own, name) == {
        "enum": {i for i, n in texts.items() if n != "a"},
        "pattern": {i for i, n in texts.items() if n == "c"},
        "minLength": set(texts),
        "maxLength": set(texts),
    }


@pytest.mark.parametrize("pattern", ["^[a-z]+$", "[a-z]+"])
def test_a_pattern_holds_for_the_whole_text(pattern: str) -> None:
    own = columns([("ab", 1), ("ab1", 1), ("ab\n", 1)])
    assert failing(own, Field("name", "", "", "string", pattern=pattern)) == {"pattern": {1, 2}}
