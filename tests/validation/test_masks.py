"""Masks over codes say what a plain loop over the rows would."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.dataset.descriptor import Field, ForeignKey, Table
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.validation.cell_masks import (
    above,
    below,
    longer,
    missing,
    not_listed,
    not_matching,
)
from reported_losses.validation.key_masks import (
    dangling,
    first_of_key,
    first_of_value,
    not_unique,
    out_of_order,
    repeated,
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
    assert in_file(own, repeated(own, TABLE.primary_key)) == due
    first = first_of_key(own, TABLE.primary_key)
    for place, row in enumerate(own.row):
        if whole(rows[row]):
            assert own.row[first[place]] == rows.index(rows[row])


@LAW
@given(ROWS)
def test_values_that_are_not_unique(rows: list[Row]) -> None:
    own = columns(rows)
    names = [name for name, _ in rows]
    bad = not_unique(own["name"])
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
@given(ROWS)
def test_rows_out_of_order(rows: list[Row]) -> None:
    own = columns(rows)
    judged = [i for i, row in enumerate(rows) if whole(row)]
    pairs = itertools.pairwise(judged)
    due = {after for before, after in pairs if rows[after] < rows[before]}
    assert in_file(own, out_of_order(own, TABLE.primary_key)) == due


@LAW
@given(ROWS)
def test_cells_by_themselves(rows: list[Row]) -> None:
    own = columns(rows)
    names, numbers = zip(*rows, strict=True) if rows else ((), ())
    values = {i: n for i, n in enumerate(numbers) if isinstance(n, int)}
    texts = {i: n for i, n in enumerate(names) if isinstance(n, str)}
    assert in_file(own, missing(own["number"])) == {i for i, n in enumerate(numbers) if n is None}
    assert in_file(own, below(own["number"], 1)) == {i for i, n in values.items() if n < 1}
    assert in_file(own, above(own["number"], 1)) == {i for i, n in values.items() if n > 1}
    assert in_file(own, not_listed(own["name"], ["a", "x"])) == {
        i for i, n in texts.items() if n != "a"
    }
    assert in_file(own, not_matching(own["name"], "[ab]")) == {
        i for i, n in texts.items() if n == "c"
    }
    assert in_file(own, longer(own["name"], 0)) == set(texts)


@pytest.mark.parametrize("pattern", ["^[a-z]+$", "[a-z]+"])
def test_a_pattern_holds_for_the_whole_text(pattern: str) -> None:
    own = columns([("ab", 1), ("ab1", 1), ("ab\n", 1)])
    bad = not_matching(own["name"], pattern)
    assert in_file(own, bad) == {1, 2}
