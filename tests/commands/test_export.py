"""Exports of what a hostile package might hold."""

from __future__ import annotations

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.loading.export import csv_bytes, json_bytes, ndjson_bytes
from reported_losses.loading.load import arrow
from reported_losses.loading.parquet_cache import parquet_bytes


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n=", "\uff1d", "\uff20"])
def test_a_formula_is_only_text_in_csv(start: str) -> None:
    data = pa.table({"note": [f"{start}1+1"], "amount": [-25]})
    (_, row) = csv.reader(io.StringIO(csv_bytes(data).decode(), newline=""))
    assert row == [f"'{start}1+1", "-25"]


def test_a_formula_in_a_column_name_is_only_text() -> None:
    assert csv_bytes(pa.table({"=a": [1]})) == b"'=a\n1\n"


@pytest.mark.parametrize("name", rl.tables())
def test_csv_gives_the_file_back(name: str) -> None:
    data = arrow(installed().table(name))
    assert csv_bytes(data) == package_dir().joinpath(installed().table(name).path).read_bytes()


@pytest.mark.parametrize("name", rl.tables())
def test_parquet_gives_the_table_back(name: str) -> None:
    data = arrow(installed().table(name))
    file = pq.ParquetFile(io.BytesIO(parquet_bytes(data)))
    assert file.read().equals(data)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.none() | st.text(), st.none() | st.integers(-9, 9)), max_size=4))
def test_json_keeps_every_text(rows: list[tuple[str | None, int | None]]) -> None:
    texts = [text if text is None else text.encode(errors="replace").decode() for text, _ in rows]
    numbers = [number for _, number in rows]
    data = pa.table({"a": pa.array(texts, pa.string()), "b": pa.array(numbers, pa.int64())})
    expected = [{"a": a, "b": b} for a, b in zip(texts, numbers, strict=True)]
    assert json.loads(json_bytes(data)) == expected
    lines = ndjson_bytes(data).decode().split("\n")[:-1]
    assert [json.loads(line) for line in lines] == expected
