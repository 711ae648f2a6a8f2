"""Choosing rows: by values of a column's type, by missing cells, by days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Field, ForeignKey, Table
from reported_losses.errors import BadArgumentError, UnknownNameError
from reported_losses.loading.load import load
from reported_losses.loading.select import DAYS, matching

FIELDS = (
    Field("name", "", "", "string", required=True),
    Field("category", "", "", "string", categorical=True),
    Field("kind", "", "", "string", categorical=True, enum=("a", "b", "c")),
    Field("report_date", "", "", "date"),
    Field("total", "", "", "integer"),
    Field("share", "", "", "number"),
    Field("sure", "", "", "boolean"),
)
KEY = ForeignKey(("category",), "categories", ("category",))
TABLE = Table("small", "", "", "small.csv", FIELDS, ("name", "report_date"), (KEY,))
DAY = dt.date(2023, 2, 22)
TEXTS = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    {
        "name": pa.string(),
        "category": TEXTS,
        "kind": TEXTS,
        "report_date": pa.date32(),
        "total": pa.int64(),
        "share": pa.float64(),
        "sure": pa.bool_(),
    }
)
ROWS: list[list[Any]] = [
    ["one", "tanks", "a", DAY, 1, 0.5, True],
    ["two", "tanks", None, DAY + dt.timedelta(1), None, None, None],
    ["three", "uavs", "b", None, -(2**62), 2.0, False],
    ["four", None, "a", DAY + dt.timedelta(9), 4, -1.0, True],
]


def table(rows: list[list[Any]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)


def names(where: object = None, **period: object) -> list[str]:
    found = matching(TABLE, table(ROWS), where=where, **period)  # type: ignore[arg-type]
    return found.column("name").to_pylist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, ["one", "two", "three", "four"]),
        ({"category": "tanks"}, ["one", "two"]),
        ({"category": "tanks", "kind": "a"}, ["one"]),
        ({"category": ["uavs", "tanks", "tanks"]}, ["one", "two", "three"]),
        ({"category": ("uavs", None)}, ["three", "four"]),
        ({"category": "prisoners"}, []),
        ({"category": pd.Series(["uavs"], dtype="category")}, ["three"]),
        ({"category": pa.array(["uavs"])}, ["three"]),
        ({"category": pl.Series(["uavs"])}, ["three"]),
        ({"category": np.array(["uavs"])}, ["three"]),
        ({"category": {"uavs": "anything"}.keys()}, ["three"]),
        ({"name": "fifth"}, []),
        ({"name": "NaT"}, []),
        ({"kind": "c"}, []),
        ({"total": 4}, ["four"]),
        ({"total": np.int32(4)}, ["four"]),
        ({"total": range(5)}, ["one", "four"]),
        ({"total": [10**30, -(10**30), -(2**62)]}, ["three"]),
        ({"total": None}, ["two"]),
        ({"share": 2}, ["three"]),
        ({"share": [np.float32(0.5), 10**400, float("inf")]}, ["one"]),
        ({"sure": True}, ["one", "four"]),
        ({"sure": np.array([False])}, ["three"]),
        ({"report_date": "2023-02-22"}, ["one"]),
        ({"report_date": pd.Timestamp("2023-02-22")}, ["one"]),
        ({"report_date": pd.DatetimeIndex(["2023-02-22", "2023-02-23"])}, ["one", "two"]),
        ({"report_date": [DAY, np.datetime64("2023-02-23")]}, ["one", "two"]),
    ],
)
def test_values_choose_rows(where: Mapping[str, Any], expected: list[str]) -> None:
    assert names(where) == expected


@pytest.mark.parametrize(
    "missing",
    [None, float("nan"), np.float32("nan"), pd.NA, pd.NaT, np.datetime64("NaT", "D")],
    ids=str,
)
def test_every_marker_of_a_missing_value_means_a_missing_cell(missing: object) -> None:
    assert names({"report_date": missing}) == ["three"]
    assert names({"sure": missing}) == ["two"]
    assert names({"kind": [missing, "b"]}) == ["two", "three"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2023-02-23", None, ["two", "four"]),
        (None, DAY, ["one"]),
        (DAY, pd.Timestamp("2023-02-23"), ["one", "two"]),
        (np.datetime64("2023-03-03"), None, ["four"]),
        ("2024-01-01", "2024-01-01", []),
    ],
)
def test_days_choose_rows_and_rows_without_a_day_are_in_no_period(
    start: object, end: object, expected: list[str]
) -> None:
    assert names(start=start, end=end) == expected
    assert names({"sure": True}, start=start, end=end) == [
        name for name in expected if name in {"one", "four"}
    ]


@pytest.mark.parametrize(
    "where",
    [
        "category",
        ["category"],
        5,
        {3: 4},
        {None: "tanks"},
        {"category": 3},
        {"category": b"tanks"},
        {"category": []},
        {"category": pd.Series([], dtype=str)},
        {"category": {"tanks": 1}},
        {"category": [["tanks"]]},
        {"category": np.array("tanks")},
        {"total": "4"},
        {"total": 4.5},
        {"total": True},
        {"share": "2"},
        {"share": False},
        {"share": 1j},
        {"sure": 1},
        {"sure": "true"},
        {"report_date": "22.02.2023"},
        {"report_date": 19410},
        {"report_date": dt.datetime(2023, 2, 22, tzinfo=dt.UTC)},
        {"report_date": pd.Timestamp("2023-02-22", tz="Europe/Kyiv")},
    ],
    ids=str,
)
def test_a_value_of_another_type_is_refused(where: object) -> None:
    with pytest.raises(BadArgumentError):
        names(where)


@pytest.mark.parametrize(
    ("where", "nearest"),
    [
        ({"categry": "tanks"}, "category"),
        ({"category": "uav"}, "uavs"),
        ({"category": ["tanks", "TANKZ"]}, "tanks"),
        ({"category": "main battle tanks"}, "tanks"),
        ({"kind": "AA"}, "a"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_first(
    where: Mapping[str, str], nearest: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        names(where)
    assert re.search(rf"(known:|did you mean) {nearest}\b", str(caught.value).casefold())


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("loss_counts", "reporter", "orix"),
        ("series", "category", "tonks"),
        ("sources", "source", "nothing"),
        ("organisations", "parent", "nobody"),
        ("status_counts", "category", "tonks"),
    ],
)
def test_keys_are_names_in_every_table(name: str, column: str, value: str) -> None:
    found = installed().table(name)
    field = found.field(column)
    data = pa.table({column: pa.array([None], TEXTS if field.categorical else pa.string())})
    with pytest.raises(UnknownNameError):
        matching(found, data, where={column: value})


@pytest.mark.parametrize("period", [{"start": DAY}, {"end": DAY}], ids=str)
def test_a_table_without_days_has_no_period_and_the_others_are_named(
    period: dict[str, dt.date],
) -> None:
    for one in installed().tables.values():
        data = pa.table({name: pa.array([], pa.date32()) for name in one.names})
        if set(DAYS) & set(one.names):
            assert matching(one, data, start=period.get("start"), end=period.get("end")) is not None
            continue
        with pytest.raises(BadArgumentError, match=r"loss_counts.*statements"):
            matching(one, data, start=period.get("start"), end=period.get("end"))


def test_a_table_has_one_day_at_most() -> None:
    assert all(len(set(DAYS) & set(one.names)) < 2 for one in installed().tables.values())
    keys = [
        name
        for one in installed().tables.values()
        for name in one.primary_key
        if one.field(name).type == "date"
    ]
    assert set(keys) <= set(DAYS)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadArgumentError):
        names(start=DAY, end=DAY - dt.timedelta(1))


def test_nothing_asked_for_is_everything_without_a_copy() -> None:
    data = table(ROWS)
    assert matching(TABLE, data) is data
    assert matching(TABLE, data, where={}) is data


def test_columns_keep_their_types_and_whole_dictionaries() -> None:
    for where in ({"category": "uavs"}, {"kind": "c"}):
        found = matching(TABLE, table(ROWS), where=where)
        assert found.schema == SCHEMA
        whole = table(ROWS).column("category").chunk(0).dictionary
        assert found.column("category").chunk(0).dictionary.equals(whole)


def test_a_table_may_lack_columns_that_no_condition_names() -> None:
    data = table(ROWS).select(["total"])
    assert matching(TABLE, data, where={"total": 4}).to_pydict() == {"total": [4]}


cells: tuple[st.SearchStrategy[Any], ...] = (
    st.sampled_from(["x", "y", "ї", ""]),
    st.sampled_from(["tanks", "uavs", "mlrs"]),
    st.sampled_from(["a", "b"]),
    st.dates(DAY, DAY + dt.timedelta(5)),
    st.integers(-2, 2),
    st.sampled_from([0.0, 0.5, -1.5]),
    st.booleans(),
)
_row = st.tuples(cells[0], *(st.none() | cell for cell in cells[1:])).map(list)
_where = st.fixed_dictionaries(
    {},
    optional={
        field.name: st.lists(st.none() | cell, min_size=1, max_size=3)
        for field, cell in zip(FIELDS, cells, strict=True)
    },
)


@given(
    st.lists(_row, max_size=12), _where, st.none() | cells[3], st.sampled_from([0, 3]), st.data()
)
def test_rows_are_those_that_python_would_choose(
    rows: list[list[Any]],
    where: dict[str, list[Any]],
    start: dt.date | None,
    length: int,
    data: st.DataObject,
) -> None:
    end = None if start is None or data.draw(st.booleans()) else start + dt.timedelta(length)
    chosen = [
        row
        for row in rows
        if all(row[SCHEMA.names.index(name)] in values for name, values in where.items())
        and (start is None or (row[3] is not None and row[3] >= start))
        and (end is None or (row[3] is not None and row[3] <= end))
    ]
    found = matching(TABLE, table(rows), where=where, start=start, end=end)
    assert found.to_pylist() == table(chosen).to_pylist()


def test_rows_are_chosen_in_a_table_of_several_chunks_too() -> None:
    one = table(ROWS)
    both = pa.concat_tables([one, one])
    found = matching(TABLE, both, where={"total": 1, "category": "tanks"})
    assert found.column("name").to_pylist() == ["one", "one"]


@pytest.mark.parametrize("value", [3334.0, Decimal(3334), np.int64(3334)])
def test_numbers_that_are_whole_are_understood(value: Any) -> None:  # noqa: ANN401
    asked = {"category": "tanks", "reporter": "ua-general-staff", "total": value}
    assert load("loss_counts", where=asked)["total"].to_list() == [3334]


def test_names_are_found_in_any_letter_case() -> None:
    chosen = load("loss_counts", where={"category": ["TANKS"], "subject": "Ukraine"})
    assert set(chosen["category"]) == {"tanks"}
