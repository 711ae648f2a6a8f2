"""What a table says of itself is in Parquet files and in `attrs`, and harms nothing there."""

from __future__ import annotations

import json
import pickle  # to see that frames can be pickled
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

import reported_losses as rl
from reported_losses.commands.cli import main
from reported_losses.definition.descriptor import installed
from reported_losses.loading.metadata import attrs

SERIES = installed().table("series")


@pytest.mark.parametrize("backend", ["numpy_nullable", "pyarrow"])
def test_a_pandas_frame_says_what_it_is(backend: str) -> None:
    frame = rl.load("loss_counts", dtype_backend=backend)  # type: ignore[call-overload]
    assert frame.attrs == attrs(installed().table("loss_counts"))
    assert frame.attrs["columns"]["total"] == rl.describe("loss_counts", "total").field.description  # type: ignore[union-attr]
    assert frame.attrs["units"] == {"total": "count", "increment": "count"}
    assert frame.attrs["version"] == rl.__version__
    assert frame.attrs["citation"] == rl.citation()


def test_attrs_survive_what_people_do_with_frames(tmp_path: Path) -> None:
    frame = rl.load("series")
    assert pd.concat([frame.head(2), rl.load("series").tail(2)]).attrs == frame.attrs
    assert frame[frame["subject"] == "russia"].copy().attrs == frame.attrs
    frame.to_parquet(tmp_path / "own.parquet")
    assert pd.read_parquet(tmp_path / "own.parquet").attrs == frame.attrs
    pickled = pickle.dumps(frame)
    assert b"reported_losses.loading" not in pickled  # who reads it needs no more than pandas
    assert pickle.loads(pickled).attrs == frame.attrs  # noqa: S301 - our own
    assert pd.concat([frame, rl.load("reports")]).attrs == {}


@pytest.mark.parametrize(
    ("frame", "key"),
    [
        (lambda: rl.daily(["tanks", "mlrs"]), "category, report_date"),
        (lambda: rl.daily("tanks"), "report_date"),
        (lambda: rl.daily("tanks", wide=True), "report_date"),
        (lambda: rl.timeline("tanks"), "report_date"),
        (lambda: rl.periods("tanks"), "period_start"),
        (lambda: rl.periods(["tanks"]), "category, period_start"),
        (lambda: rl.compare("tanks"), "report_date"),
        (lambda: rl.compare("personnel"), "period_end"),
        (rl.claims, "statement, claim"),
    ],
)
def test_attrs_of_computed_frames_are_those_of_their_columns(
    frame: Callable[[], pd.DataFrame], key: str
) -> None:
    made = frame()
    index = [name for name in made.index.names if name is not None]
    assert list(made.attrs["columns"]) == [*index, *made.columns]
    assert all(made.attrs["columns"].values())
    assert made.attrs["title"]
    assert made.attrs["primary_key"] == key
    numbers = made.select_dtypes("number").columns
    assert set(made.attrs["units"]) <= set(numbers)


def test_frames_do_not_share_attrs() -> None:
    frame = rl.load("series")
    frame.attrs["note"] = "mine"
    assert "note" not in rl.load("series").attrs


@pytest.mark.parametrize("name", rl.tables())
def test_a_parquet_file_describes_its_table(name: str) -> None:
    table = installed().table(name)
    schema = pq.read_schema(rl.parquet(name))
    for field in table.fields:
        said = schema.field(field.name).metadata
        assert said[b"description"].decode() == field.description
        assert said.get(b"unit", b"").decode() == (field.unit or "")
    texts = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert texts["primary_key"] == ", ".join(table.primary_key)
    assert set(json.loads(texts["foreign_keys"]).values()) == {
        key.table for key in table.foreign_keys
    }
    assert texts["version"] == rl.__version__
    assert (texts["licence"], texts["citation"]) == ("CC-BY-4.0", rl.citation())
    assert json.loads(texts["PANDAS_ATTRS"]) == attrs(table)
    assert json.loads(texts["pandas"])["index_columns"] == []


def test_duckdb_sees_the_licence() -> None:
    path = rl.parquet("series")
    found = duckdb.sql(
        f"SELECT decode(value) FROM parquet_kv_metadata('{path}') WHERE decode(key) = 'licence'"  # noqa: S608 - our path
    )
    assert found is not None
    assert found.fetchall() == [("CC-BY-4.0",)]


def test_an_exported_file_is_described_too(tmp_path: Path) -> None:
    out = tmp_path / "series.parquet"
    assert main(["export", "series", "--format", "parquet", "--out", str(out)]) == 0
    assert pq.read_schema(out).metadata == pq.read_schema(rl.parquet("series")).metadata
