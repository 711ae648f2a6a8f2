"""Values and types of every released table are the same in every library of the environment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from engines.tables import KINDS, NAMES, expected, plain, types
from reported_losses.definition.descriptor import installed
from reported_losses.definition.field_types import FIELD_TYPES

TABLES = pytest.mark.parametrize("name", NAMES)

DUCKDB = dict(zip(KINDS, ("VARCHAR", "BIGINT", "DOUBLE", "DATE", "BOOLEAN"), strict=True))
POLARS = dict(zip(KINDS, ("String", "Int64", "Float64", "Date", "Boolean"), strict=True))
PANDAS = {
    "int64": {"int64", "Int64"},  # never a float
    "double": {"float64", "Float64"},
    "bool": {"bool", "boolean"},
}


def file(name: str, folder: Path) -> str:
    return str(folder / f"{name}.parquet")


def test_every_type_occurs_and_so_do_missing_cells_and_other_scripts(release_folder: Path) -> None:
    tables = [expected(name, release_folder) for name in NAMES]
    assert {str(kind) for one in tables for kind in one.schema.types} == set(KINDS)
    missing = {str(column.type) for one in tables for column in one.columns if column.null_count}
    assert missing >= {"string", "int64", "double", "date32[day]"}
    labels = expected("categories", release_folder)["label_uk"].drop_null().to_pylist()
    assert any("ї" in label for label in labels)


@TABLES
def test_arrow(name: str, release_folder: Path) -> None:
    due = expected(name, release_folder)
    assert plain(pq.read_table(file(name, release_folder))).equals(due)
    assert plain(ds.dataset(file(name, release_folder)).to_table()).equals(due)


@TABLES
def test_pandas(name: str, release_folder: Path) -> None:
    due = expected(name, release_folder)
    frame = pd.read_parquet(file(name, release_folder))
    assert list(frame.columns) == due.column_names
    for column, kind in zip(due.column_names, map(str, due.schema.types), strict=True):
        assert str(frame[column].dtype) in PANDAS.get(kind, {str(frame[column].dtype)})
    assert _from_pandas(frame, due.schema).equals(due)
    backed = pd.read_parquet(file(name, release_folder), dtype_backend="pyarrow")
    assert plain(pa.Table.from_pandas(backed, preserve_index=False)).equals(due)


def _from_pandas(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """Return a frame as Arrow; its days may be dates or timestamps."""
    columns = []
    for name, kind in zip(schema.names, schema.types, strict=True):
        cells = frame[name].astype(object)
        columns.append(pa.array(cells.where(cells.notna(), None).tolist(), kind))
    return pa.Table.from_arrays(columns, schema=schema)


@TABLES
def test_polars(name: str, release_folder: Path) -> None:
    due = expected(name, release_folder)
    frame = pl.read_parquet(file(name, release_folder))
    texts = {"Categorical": "String", "Enum": "String"}
    kinds = {
        column: str(kind.base_type())
        for column, kind in zip(frame.columns, frame.dtypes, strict=True)
    }
    assert {column: texts.get(kind, kind) for column, kind in kinds.items()} == types(due, POLARS)
    assert plain(frame.to_arrow()).equals(due)


@TABLES
def test_duckdb(name: str, release_folder: Path) -> None:
    due = expected(name, release_folder)
    relation = duckdb.read_parquet(file(name, release_folder))
    found = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert found == types(due, DUCKDB)
    assert plain(relation.to_arrow_table()).equals(due)


@pytest.mark.parametrize("name", installed().tables)
def test_sqlite(name: str, release_folder: Path) -> None:
    due = expected(name, release_folder)
    with closing(sqlite3.connect(release_folder / "reported-losses.sqlite")) as database:
        rows = database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - our own names
        declared = database.execute(f"PRAGMA table_info({name})").fetchall()
    fields = installed().table(name).fields
    assert {row[1]: row[2] for row in declared} == {
        field.name: FIELD_TYPES[field.type].sql for field in fields
    }
    assert sorted(map(repr, rows)) == sorted(
        repr(tuple(_in_sqlite(cell) for cell in row.values())) for row in due.to_pylist()
    )


def _in_sqlite(cell: object) -> object:
    if isinstance(cell, bool):
        return int(cell)
    return cell if cell is None or isinstance(cell, (str, int, float)) else str(cell)
