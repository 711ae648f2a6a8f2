"""Frames that people make themselves: what loses nothing is accepted, the rest is told in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pandera.errors
import polars as pl
import pyarrow as pa
import pytest

import reported_losses as rl
from reported_losses.definition.describe import describe_table
from reported_losses.errors import BadArgumentError
from reported_losses.loading.engines import to_pandas, to_polars
from reported_losses.validation.schema import schema
from validation.rules.kit import package
from validation.test_pandera_schemas import figures, ordinary

Change = Callable[[pd.DataFrame], Any]
DAYS = pd.date_range("2023-02-20", periods=5, unit="us")


def judged(frame: object) -> object:
    return schema("loss_counts", tables={}).validate(frame, lazy=True)


def case_of(frame: object) -> dict[str, Any]:
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        judged(frame)
    (case,) = caught.value.failure_cases.to_dict("records")
    return {str(name): value for name, value in case.items()}


def days_as(kind: str) -> Change:
    return lambda frame: frame.assign(
        report_date=frame["report_date"].astype(pd.api.types.pandas_dtype(kind))
    )


def totals_as(values: list[Any]) -> Change:
    return lambda frame: frame.assign(total=pd.Series(values, dtype=object))


@pytest.mark.parametrize(
    "change",
    [
        days_as("datetime64[s]"),
        days_as("datetime64[ns]"),
        days_as("date32[pyarrow]"),
        days_as("timestamp[ms][pyarrow]"),
        days_as("category"),
        lambda frame: frame.assign(report_date=list(DAYS.to_numpy().astype("datetime64[D]"))),
        lambda frame: frame.assign(report_date=pd.Series(list(DAYS), dtype=object)),
        totals_as([Decimal(day) for day in range(5)]),
        lambda frame: frame.assign(
            total=frame["total"].astype(pd.ArrowDtype(pa.decimal128(38, 0)))
        ),
        lambda frame: frame.assign(increment=pd.Series([1] * 5)),
        lambda frame: frame.assign(increment=pd.Series([None] * 5, dtype=object)),
        lambda frame: frame.assign(category=frame["category"].astype(object)),
        lambda frame: frame.assign(category=frame["category"].astype("string[pyarrow]")),
        lambda frame: frame.assign(category=frame["category"].cat.as_ordered()),
    ],
)
def test_what_loses_nothing_is_accepted(change: Change) -> None:
    frame = change(ordinary())
    assert judged(frame) is frame


def test_results_of_other_libraries_are_accepted() -> None:
    data = figures([{"report_date": f"2023-02-2{day}", "total": day} for day in range(5)])
    frame = to_polars(package().table("loss_counts"), data)
    judged(frame.with_columns(pl.col("total").cast(pl.Int32), pl.col("category").cast(pl.String)))
    judged(frame.with_columns(pl.col("report_date").cast(pl.Datetime("ns"))))
    relation = duckdb.from_arrow(data)
    # DuckDB adds up whole numbers as 128-bit ones, which are decimals in Arrow.
    judged(relation.project("* REPLACE (total::HUGEINT AS total)"))
    judged(data.to_batches()[0])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (days_as("datetime64[us, UTC]"), "datetime64[us, UTC]"),
        (days_as("period[D]"), "period[D]"),
        (lambda frame: frame.assign(total=pd.Categorical(list("abcde"))), "category of"),
        (lambda frame: frame.assign(total=pd.Series([True] * 5)), "bool"),
    ],
)
def test_a_dtype_that_cannot_hold_the_values_is_named_once(change: Change, found: str) -> None:
    frame = ordinary()
    frame = change(
        frame if "UTC" not in found else frame.assign(report_date=DAYS.tz_localize("UTC"))
    )
    case = case_of(frame)
    assert case["failure_case"].startswith(found)
    assert case["index"] is None
    assert case["hint"]


@pytest.mark.parametrize(
    ("change", "code", "found"),
    [
        (
            lambda frame: frame.assign(total=frame["total"] + np.array([0, 0, 0.5, 0, 0])),
            "loss_counts.total.type",
            "2.5",
        ),
        (totals_as([0, 1, Decimal("2.5"), 3, 4]), "loss_counts.total.type", "2.5"),
        (totals_as([0, 1, Decimal("Infinity"), 3, 4]), "loss_counts.total.type", "Infinity"),
        (totals_as([0, 1, "2", 3, 4]), "loss_counts.total.type", "2"),
        (totals_as([0, 1, np.zeros(2), 3, 4]), "loss_counts.total.type", "[0. 0.]"),
        (
            lambda frame: frame.assign(
                recorded_on=frame["recorded_on"]
                + pd.to_timedelta([0, 0, 1, 0, 0], unit="h").astype("timedelta64[us]")
            ),
            "loss_counts.recorded_on.type",
            "01:00:00",
        ),
    ],
)
def test_a_cell_is_named_with_its_key_and_a_fix(change: Change, code: str, found: str) -> None:
    case = case_of(change(ordinary()))
    assert (case["check"], case["index"]) == (code, 2)
    assert case["key"] == "ua-general-staff/russia/tanks/2023-02-22"
    assert found in case["failure_case"]
    assert case["expected"]
    assert case["hint"]


def test_dates_that_all_have_a_time_are_cells_and_not_a_dtype() -> None:
    frame = ordinary()
    frame["report_date"] += pd.Timedelta(hours=3)
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        judged(frame)
    assert caught.value.failure_cases["index"].tolist() == list(range(5))


def test_a_text_that_reads_as_a_value_is_told_from_one() -> None:
    frame = ordinary()
    frame["report_date"] = frame["report_date"].dt.strftime("%Y-%m-%d").astype(object)
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        judged(frame)
    cases = caught.value.failure_cases
    assert set(cases.check) == {"loss_counts.report_date.type"}
    assert cases["hint"].str.contains("to_datetime").all()


def doubled_in_arrow(frame: pd.DataFrame) -> pa.Table:
    data = pa.Table.from_pandas(frame, preserve_index=False)
    return data.append_column("total", data.column("total"))


@pytest.mark.parametrize(
    "change", [lambda frame: pd.concat([frame, frame["total"]], axis=1), doubled_in_arrow]
)
def test_a_column_that_is_there_twice_is_named(change: Change) -> None:
    case = case_of(change(ordinary()))
    assert (case["check"], case["column"]) == ("file/duplicate-column", "total")


def test_a_column_in_the_index_is_found_there() -> None:
    case = case_of(ordinary().set_index("report_date"))
    assert case["check"] == "file/missing-column"
    assert "reset_index" in case["hint"]


@pytest.mark.parametrize(
    ("frame", "hint"),
    [
        (pl.LazyFrame({"total": [1]}), r"\.collect\(\)"),
        (pl.Series([1]), r"\.to_frame\(\)"),
        (pd.Series([1]), r"\.to_frame\(\)"),
        (pa.table({"total": [1]}).to_reader(), r"\.read_all\(\)"),
        (pd.DataFrame({("a", "total"): [1]}), "one name"),
        ({"total": [1]}, "frame"),
    ],
)
def test_what_is_no_frame_is_refused_with_the_call_that_makes_one(frame: object, hint: str) -> None:
    with pytest.raises(BadArgumentError, match=hint):
        judged(frame)
    with pytest.raises(BadArgumentError, match=hint):
        schema("loss_counts", tables={"series": frame}).validate(ordinary())


READ: dict[str, Callable[[str], object]] = {
    "csv": lambda name: pd.read_csv(rl.path(name), parse_dates=days_of(name), low_memory=False),
    "parquet": lambda name: pd.read_parquet(rl.parquet(name)),
    "parquet for pandas": lambda name: pd.read_parquet(rl.parquet(name, engine="pandas")),
    "parquet as Arrow": lambda name: pd.read_parquet(rl.parquet(name), dtype_backend="pyarrow"),
    "parquet in polars": lambda name: pl.read_parquet(rl.parquet(name)),
    "parquet in DuckDB": lambda name: duckdb.read_parquet(str(rl.parquet(name))),
    "polars": lambda name: rl.load(name, engine="polars"),  # type: ignore[call-overload]
    "arrow": lambda name: rl.load(name, engine="arrow"),  # type: ignore[call-overload]
    "duckdb": lambda name: rl.load(name, engine="duckdb"),  # type: ignore[call-overload]
}


def days_of(name: str) -> list[str]:
    return [field.name for field in describe_table(name).table.fields if field.type == "date"]


@pytest.mark.slow
@pytest.mark.parametrize("way", READ)
@pytest.mark.parametrize("name", rl.tables())
def test_the_dataset_passes_without_a_warning_however_it_is_read(name: str, way: str) -> None:
    # Warnings are errors here: clean data must not give one.
    schema(name).validate(READ[way](name), lazy=True)


def test_a_made_frame_of_plain_python_values_is_accepted() -> None:
    frame = to_pandas(package().table("loss_counts"), figures([{"total": 5}]))
    row = frame.iloc[0].to_dict() | {"report_date": dt.date(2023, 2, 22), "total": 5}
    judged(pd.DataFrame([row]))
