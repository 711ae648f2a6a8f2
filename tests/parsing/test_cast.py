"""Text to types: one spelling for each value, and a round trip for every value."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.parsing.cast import cast
from reported_losses.parsing.columns import from_arrow
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import quoted

VALUES = {
    "integer": st.integers(-(10**18) + 1, 10**18 - 1),
    "number": st.integers(-(10**9), 10**9).map(lambda whole: whole / 64),
    "date": st.dates(),
    "boolean": st.booleans(),
}


def table(kind: str, *, categorical: bool = False) -> Table:
    fields = (
        Field("row", "", "", "integer"),
        Field("cell", "", "", kind, categorical=categorical),
    )
    return Table("t", "", "", "data/t.csv", fields, ("row",))


def column(kind: str, cells: list[str], *, categorical: bool = False) -> tuple[pa.Array, list[int]]:
    rows = "".join(f"{number},{quoted(cell)}\n" for number, cell in enumerate(cells))
    text, _ = parse_bytes(f"row,cell\n{rows}".encode(), table(kind, categorical=categorical))
    assert text is not None
    typed, issues = cast(text)
    bad = typed.invalid.get("cell", np.zeros(len(cells), dtype=np.bool_))
    assert [issue.line for issue in issues] == [int(row) + 2 for row in np.flatnonzero(bad)]
    return typed.data.column("cell").combine_chunks(), np.flatnonzero(bad).tolist()


def spell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-") if value else "0"
    return str(value)


@pytest.mark.parametrize("kind", VALUES)
def test_every_value_survives_the_round_trip(kind: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.none() | VALUES[kind], min_size=1, max_size=12))
    def holds(values: list[object]) -> None:
        array, bad = column(kind, ["" if value is None else spell(value) for value in values])
        assert array.to_pylist() == values
        assert bad == []

    holds()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(VALUES)),
    st.lists(st.text(st.sampled_from("0123456789+-.eExX_ ,tf/TNa१"), max_size=12), max_size=8),
)
def test_only_the_accepted_spelling_has_a_value(kind: str, cells: list[str]) -> None:
    array, bad = column(kind, cells)
    for row, cell in enumerate(cells):
        value = array[row].as_py()
        if value is None:
            assert (row in bad) == bool(cell)
        else:
            assert row not in bad
            assert value == FIELD_TYPES[kind].parse(cell)
            # `-0` is a number to Python as well; its spelling goes with its value.
            assert spell(value) == cell or float(cell) == 0


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        *[("integer", cell) for cell in ("0x1F", "007", "-0", "1e3", " 1", "1 ", "+5", "1_0")],
        *[("integer", cell) for cell in ("9223372036854775808", "9" * 40, "1.0", "१२", "NaN")],
        *[("number", cell) for cell in ("nan", "inf", "1e3", ".5", "5.", "1,5", "0x1p3")],
        *[("date", cell) for cell in ("2023-02-30", "2023-2-3", "0000-01-01", "2023-13-01")],
        *[("boolean", cell) for cell in ("True", "TRUE", "1", "yes")],
    ],
)
def test_other_spellings_are_refused(kind: str, cell: str) -> None:
    array, bad = column(kind, [cell, ""])
    assert array.to_pylist() == [None, None]
    assert bad == [0]


@pytest.mark.parametrize("categorical", [False, True])
def test_an_empty_text_is_missing(categorical: bool) -> None:  # noqa: FBT001 - a parameter of the test
    array, bad = column("string", ["a", "", "b", "a", ""], categorical=categorical)
    assert array.to_pylist() == ["a", None, "b", "a", None]
    assert bad == []
    if categorical:
        assert array.type == pa.dictionary(pa.int32(), pa.string())
        assert array.dictionary.to_pylist() == ["a", "b"]


def test_types_are_those_of_the_table() -> None:
    kinds = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
        "string": pa.string(),
    }
    assert {kind: column(kind, [""])[0].type for kind in kinds} == kinds
    assert {kind: column(kind, [])[0].type for kind in kinds} == kinds


def test_the_last_days_of_the_calendar_have_a_value() -> None:
    array, _ = column("date", ["0001-01-01", "9999-12-31"])
    assert array.to_pylist() == [dt.date.min, dt.date.max]


SPELT = st.from_regex(FIELD_TYPES["number"].spelling, fullmatch=True)
"""Texts of numbers as files may hold them: up to 15 digits and 15 decimals."""


@settings(max_examples=300, deadline=None)
@given(st.lists(SPELT, min_size=1, max_size=5))
@example(["999999999999999", "-999999999999999", "0.00000000000001", "-0.00000000000001"])
@example(["100.1", "0", "12345678901234.5", "99999.12345678901234", "-0.1"])
def test_the_text_of_a_number_gives_the_number_back(cells: list[str]) -> None:
    kind = FIELD_TYPES["number"]
    array, bad = column("number", cells)
    assert bad == []
    typed = pa.table([pa.array(range(len(cells)), pa.int64()), array], names=["row", "cell"])
    numbers = from_arrow(table("number"), typed)["cell"]
    for row, cell in enumerate(cells):
        text = numbers.text(row)
        assert kind.parse(text) == float(cell)
        if abs(float(cell)) < 10**15:  # 999999999999999.99 is rounded up to 16 digits
            assert re.fullmatch(kind.spelling, text)
        if len(cell.strip("-").replace(".", "")) <= 15 and float(cell):
            assert text == cell
