"""`dataset`: a table as an Arrow stream that libraries take without pandas."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reported_losses as rl
from loading.test_lazy import loaded_after


def rows(query: str, held: object) -> list[tuple[object, ...]]:
    """Return the rows of a query of DuckDB, which finds the variable `held` by itself."""
    assert held is not None
    relation = duckdb.sql(query)
    assert relation is not None
    return relation.fetchall()


def test_polars_arrow_and_duckdb_take_it() -> None:
    corrections = rl.dataset("corrections")
    due = rl.load("corrections", engine="arrow")
    assert pa.table(corrections).equals(due)
    frame = pl.DataFrame(corrections)
    assert frame["report_date"].dtype == pl.Date
    assert frame["amount"].to_list() == due.column("amount").to_pylist()
    assert rows("SELECT sum(amount) FROM held", held=corrections) == [
        (sum(due.column("amount").to_pylist()),)
    ]


@pytest.mark.parametrize("name", ["corrections", "readings"])
def test_the_arrow_engine_is_taken_as_well(name: str) -> None:
    data = rl.load(name, engine="arrow")  # type: ignore[call-overload]
    assert pl.DataFrame(data).height == len(data)
    assert rows("SELECT count(*) FROM held", held=data) == [(len(data),)]


def test_it_can_be_read_again_and_by_its_schema() -> None:
    series = rl.dataset("series")
    assert pa.table(series).equals(pa.table(series))
    assert pa.schema(series) == series.schema
    assert series.schema.field("category").metadata[b"description"]
    assert series.schema.metadata[b"version"].decode() == rl.__version__


def test_a_schema_may_be_requested() -> None:
    held = rl.dataset("statement_sources")
    texts = pa.schema([(name, pa.string()) for name in held.schema.names[:-1]])
    texts = texts.append(held.schema.field(len(held.schema) - 1))
    asked = pa.RecordBatchReader.from_stream(held, schema=texts)
    assert asked.schema.field(0).type == pa.string()


def test_it_says_what_it_is() -> None:
    series = rl.dataset("series")
    assert len(series) == len(rl.load("series"))
    lines = repr(series).splitlines()
    assert lines[0].startswith(f"series: {len(series):,} rows, ")
    assert [line.split()[0] for line in lines[1:]] == series.schema.names


def test_it_does_without_pandas() -> None:
    code = "import reported_losses as rl, polars; polars.DataFrame(rl.dataset('loss_counts'))"
    assert "pandas" not in loaded_after(code)


def test_pandas_takes_it_where_it_can() -> None:
    if not hasattr(pd.DataFrame, "from_arrow"):
        pytest.skip("DataFrame.from_arrow came with pandas 3")
    made: Any = pd.DataFrame
    frame = made.from_arrow(rl.dataset("series"))
    assert frame["category"].tolist() == rl.load("series")["category"].tolist()


@pytest.mark.parametrize("name", [3, None, ["series"]])
def test_what_is_no_name_is_refused(name: object) -> None:
    with pytest.raises(rl.BadArgumentError):
        rl.dataset(name)  # type: ignore[arg-type]


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(rl.UnknownNameError, match="series"):
        rl.dataset("serie")
