"""pandera's schemas and `check` find the same rows for the same codes."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pandera.errors
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.errors import BadArgumentError, UnknownNameError
from reported_losses.issue import Severity
from reported_losses.loading.engines import to_pandas, to_pandas_arrow, to_polars
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.validation.constraints import constraints
from reported_losses.validation.pandera_schemas import schema
from reported_losses.validation.rules import CATALOGUE, judge
from validation.rules.kit import ORDINARY, TODAY, package

Found = set[tuple[str, int]]


def arrow(name: str, rows: list[dict[str, object]]) -> pa.Table:
    """Build a typed table of rows that are ordinary where nothing is said."""
    fields = package().table(name).fields
    arrays = {}
    for field in fields:
        kind = FIELD_TYPES[field.type]
        texts = [{**ORDINARY[name], **row}.get(field.name) for row in rows]
        values = [None if text in {None, ""} else kind.parse(str(text)) for text in texts]
        array = pa.array(values, pa.type_for_alias(kind.arrow))
        arrays[field.name] = array.dictionary_encode() if field.categorical else array
    return pa.table(arrays)


SERIES = arrow("series", [{}, {"category": "uavs", "policy": "restated"}])
REPORTS = arrow("reports", [{"report_date": f"2023-02-{day}"} for day in range(20, 29)])
CORRECTIONS = arrow("corrections", [{"report_date": "2023-02-24", "amount": -2}])
RECORDS = arrow("records", [{}])


def figures(rows: list[dict[str, object]]) -> pa.Table:
    return arrow("loss_counts", rows)


def readings(of: pa.Table) -> pa.Table:
    rows = [
        {"category": row["category"], "report_date": row["report_date"], "total": row["total"]}
        for row in of.to_pylist()
    ]
    return arrow("readings", [dict(row) for row in rows])


def world(counts: pa.Table) -> dict[str, pa.Table]:
    return {
        "loss_counts": counts,
        "series": SERIES,
        "reports": REPORTS,
        "corrections": CORRECTIONS,
        "records": RECORDS,
        "readings": readings(figures([])),
    }


def by_check(tables: Mapping[str, pa.Table], name: str) -> Found:
    """Return code and row of everything the columns show."""
    columns: dict[str, Columns] = {
        other: from_arrow(package().table(other), data) for other, data in tables.items()
    }
    own, found = columns[name], set()
    for constraint in constraints(package().table(name)):
        if all(need in columns for need in constraint.needs):
            bad = own.row[constraint.judge(own, columns)]
            found |= {(constraint.code, int(row)) for row in bad}
    for rule in CATALOGUE.values():
        mask = judge(rule, columns, TODAY) if rule.table == name else None
        if mask is not None and rule.severity is Severity.ERROR:
            found |= {(rule.code, int(row)) for row in own.row[mask]}
    return found


def by_pandera(tables: Mapping[str, pa.Table], name: str, frame: Any) -> Found:  # noqa: ANN401
    others = {
        other: to_pandas(package().table(other), data)
        for other, data in tables.items()
        if other != name
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pandera.errors.SchemaWarning)
        try:
            schema(name, tables=others, today=TODAY).validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as errors:
            cases = errors.failure_cases
            return {
                (str(code), int(row)) for code, row in zip(cases.check, cases["index"], strict=True)
            }
    return set()


CELLS: Mapping[str, st.SearchStrategy[object]] = {
    "report_date": st.integers(20, 28).map("2023-02-{}".format),
    "category": st.sampled_from(["tanks", "uavs", "vehicles"]),
    "total": st.one_of(st.none(), st.integers(-1, 9)),
    "increment": st.one_of(st.none(), st.integers(-1, 3)),
    "evidence": st.sampled_from(["primary", "single", "disputed", "certain"]),
    "qualifier": st.sampled_from(["exact", ""]),
}
TABLE = st.lists(st.fixed_dictionaries(dict(CELLS)), max_size=12)


@settings(max_examples=25, deadline=None)
@given(rows=TABLE)
def test_pandera_finds_what_check_finds(rows: list[dict[str, object]]) -> None:
    tables = world(figures(rows))
    table = package().table("loss_counts")
    found = by_check(tables, "loss_counts")
    assert by_pandera(tables, "loss_counts", to_pandas_arrow(table, tables["loss_counts"])) == found
    # NumPy has no missing whole number, so that its frames differ by their type already.
    if all(row["total"] is not None for row in rows):
        assert by_pandera(tables, "loss_counts", to_pandas(table, tables["loss_counts"])) == found


def test_polars_finds_what_check_finds() -> None:
    rows: list[dict[str, object]] = [
        {"report_date": f"2023-02-2{day}", "total": total}
        for day, total in enumerate([5, 4, 9, -1, 9])
    ]
    tables = world(figures(rows))
    frame = to_polars(package().table("loss_counts"), tables["loss_counts"])
    found = by_check(tables, "loss_counts")
    assert ("loss_counts.total.minimum", 3) in found
    assert by_pandera(tables, "loss_counts", frame) == found


@pytest.mark.parametrize("name", list(package().tables))
def test_the_installed_dataset_passes_and_comes_back(name: str) -> None:
    import reported_losses as rl

    frame = rl.load(name)  # type: ignore[call-overload]  # a name not known before
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pandera.errors.SchemaWarning)
        assert schema(name).validate(frame, lazy=True) is frame


def ordinary() -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {"report_date": f"2023-02-2{day}", "total": day} for day in range(5)
    ]
    frame: pd.DataFrame = to_pandas(package().table("loss_counts"), figures(rows)).copy()
    return frame


def codes(frame: object) -> set[str]:
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables={}).validate(frame, lazy=True)
    return {error.check.name for error in caught.value.schema_errors if error.check is not None}


@pytest.mark.parametrize("dtype", ["int32", "Int64", "float64", "object", "str"])
def test_types_are_exact(dtype: str) -> None:
    frame = ordinary()
    frame["total"] = frame["total"].astype(pd.api.types.pandas_dtype(dtype))
    assert codes(frame) == {"loss_counts.total.type"}


def test_dates_with_a_time_are_no_dates() -> None:
    frame = ordinary()
    frame["recorded_on"] = frame["recorded_on"] + pd.Timedelta(hours=1)
    assert codes(frame) == {"loss_counts.recorded_on.type"}


def test_plain_texts_are_as_good_as_categoricals() -> None:
    frame = ordinary()
    frame["category"] = frame["category"].astype("str")
    schema("loss_counts", tables={}).validate(frame, lazy=True)


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("column_in_dataframe", lambda frame: frame.drop(columns="total")),
        ("column_in_schema", lambda frame: frame.assign(note="")),
    ],
)
def test_columns_are_all_and_no_others(reason: str, changed: Any) -> None:  # noqa: ANN401 - a case
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables={}).validate(changed(ordinary()), lazy=True)
    assert set(caught.value.failure_cases.check) == {reason}


def test_rows_are_named_by_the_frame_s_own_index_whatever_their_order() -> None:
    frame = ordinary()
    frame.loc[3, "total"] = 1
    frame.index = pd.Index(list("abcde"))
    shuffled = frame.iloc[[3, 1, 4, 0, 2]]
    others = {"series": to_pandas(package().table("series"), SERIES)}
    others["corrections"] = to_pandas(package().table("corrections"), CORRECTIONS).iloc[:0]
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables=others).validate(shuffled, lazy=True)
    cases = caught.value.failure_cases
    assert list(zip(cases.check, cases["index"], strict=True)) == [
        ("loss_counts/never-decreases", "d")
    ]


def test_every_code_of_the_table_is_a_named_check() -> None:
    for name, table in package().tables.items():
        named = {check.name for column in schema(name).columns.values() for check in column.checks}
        assert {constraint.code for constraint in constraints(table)} <= named
        assert {code for code, rule in CATALOGUE.items() if rule.table == name} <= named
        assert {f"{name}.{field.name}.type" for field in table.fields} <= named


def test_warnings_warn() -> None:
    rows: list[dict[str, object]] = [
        {"report_date": day, "total": 10 * number + 1000 * (number == 39)}
        for number, day in enumerate(
            dt.date(2023, 1, 1) + dt.timedelta(days=number) for number in range(40)
        )
    ]
    others = {"series": SERIES, "corrections": CORRECTIONS.slice(0, 0)}
    frames = {name: to_pandas(package().table(name), data) for name, data in others.items()}
    frame = to_pandas(package().table("loss_counts"), figures(rows))
    with pytest.warns(pandera.errors.SchemaWarning, match="loss_counts/plausible-step"):
        schema("loss_counts", tables=frames).validate(frame)


def test_a_part_of_a_table_may_be_validated() -> None:
    import reported_losses as rl

    counts = rl.load("loss_counts")
    part = counts[(counts.category == "tanks") & (counts.report_date >= pd.Timestamp("2024-01-01"))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pandera.errors.SchemaWarning)
        schema("loss_counts").validate(part, lazy=True)


@pytest.mark.parametrize("frame", [pl.LazyFrame({"total": [1]}), [1, 2], np.zeros(3), None])
def test_what_is_no_frame_with_data_is_refused(frame: object) -> None:
    with pytest.raises(BadArgumentError):
        schema("loss_counts").validate(frame)


@pytest.mark.parametrize("sample", [{"head": 2}, {"tail": 2}, {"sample": 2}])
def test_a_sample_is_refused(sample: dict[str, int]) -> None:
    with pytest.raises(BadArgumentError):
        schema("loss_counts").validate(ordinary(), **sample)


def test_unknown_tables_are_refused() -> None:
    with pytest.raises(UnknownNameError):
        schema("attic")
    with pytest.raises(UnknownNameError):
        schema("loss_counts", tables={"attic": ordinary()})
