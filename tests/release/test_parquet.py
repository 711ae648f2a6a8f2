"""The Parquet files of a release: values, types, descriptions, and the same bytes every time."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Table
from reported_losses.errors import ReleaseError
from reported_losses.loading import parquet_file
from reported_losses.loading.load import arrow
from reported_losses.loading.metadata import attrs
from reported_losses.loading.parquet_file import read_parquet
from reported_losses.release import parquet
from reported_losses.release.computed import computed_descriptors, sorted_table
from reported_losses.release.logical import logical_hash
from reported_losses.release.parquet import (
    computed_tables,
    parquet_bytes,
    parquet_files,
)
from reported_losses.release.source import Files, Source
from small_table import TABLE as SMALL

PACKAGE = installed()
COMPUTED = ("daily", "loss_counts_wide")
NAMES = (*PACKAGE.tables, *COMPUTED)
EVERY_TABLE = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def source() -> Source:
    tables = {name: arrow(table) for name, table in PACKAGE.tables.items()}
    return Source(package_dir(), PACKAGE, "2026-12-01", tables)


@pytest.fixture(scope="module")
def tables(source: Source) -> Mapping[str, pa.Table]:
    return {**source.tables, **computed_tables(source)}


@pytest.fixture(scope="module")
def descriptors(source: Source) -> Mapping[str, Table]:
    return {**PACKAGE.tables, **computed_descriptors(source)}


@pytest.fixture(scope="module")
def files(source: Source) -> Files:
    return parquet_files(source)


@pytest.fixture(scope="module")
def folder(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("release")
    for name, data in files.items():
        (made / name).write_bytes(data)
    return made


def test_there_is_a_file_for_every_table(files: Files) -> None:
    assert list(files) == [f"{name}.parquet" for name in NAMES]


@EVERY_TABLE
def test_a_file_holds_its_table(name: str, files: Files, tables: Mapping[str, pa.Table]) -> None:
    read = read_parquet(files[f"{name}.parquet"])
    bare = read.schema.remove_metadata()
    assert bare.equals(tables[name].schema, check_metadata=True)
    assert all(column.num_chunks == 1 for column in read.columns)
    assert logical_hash(read) == logical_hash(tables[name])


def said_by(data: bytes) -> dict[str, str]:
    found = pq.ParquetFile(io.BytesIO(data)).metadata.metadata
    assert set(found) >= {b"ARROW:schema"}
    return {key.decode(): value.decode() for key, value in found.items()}


@EVERY_TABLE
def test_a_file_says_what_it_is(name: str, files: Files, descriptors: Mapping[str, Table]) -> None:
    table = descriptors[name]
    said = said_by(files[f"{name}.parquet"])
    expected = attrs(table)
    for key in ("columns", "units", "foreign_keys"):
        assert json.loads(said[key]) == expected[key]
    for key in ("table", "title", "description", "primary_key", "version", "licence", "citation"):
        assert said[key] == expected[key] != ""
    assert list(json.loads(said["columns"])) == list(table.names)
    assert all(json.loads(said["columns"]).values())


@EVERY_TABLE
def test_plain_pandas_gets_the_types_of_the_schema(
    name: str,
    folder: Path,
    descriptors: Mapping[str, Table],
    tables: Mapping[str, pa.Table],
) -> None:
    table = descriptors[name]
    frame = pd.read_parquet(folder / f"{name}.parquet")
    text = str(pd.Series(["text"]).dtype)  # "object" before pandas 3
    for field in table.fields:
        kind = FIELD_TYPES[field.type]
        due = kind.pandas if field.required else kind.pandas_nullable
        if field.type == "string":
            due = "category" if field.categorical else text
        elif field.type == "date":
            due = "object"  # Python's dates, as docs/loading.md says
        assert str(frame[field.name].dtype) == due, field.name
    assert frame.attrs == attrs(table)
    assert isinstance(frame.index, pd.RangeIndex)
    data = pa.Table.from_pandas(frame, tables[name].schema, preserve_index=False)
    assert logical_hash(data) == logical_hash(tables[name])


@pytest.mark.parametrize("name", ["daily", "loss_counts_wide", "claims", "records", "revisions"])
def test_polars_and_duckdb_read_the_same_values(
    name: str, folder: Path, tables: Mapping[str, pa.Table]
) -> None:
    path = folder / f"{name}.parquet"
    expected = [tuple(row.values()) for row in tables[name].to_pylist()]
    assert pl.read_parquet(path).rows() == expected
    assert duckdb.read_parquet(str(path)).fetchall() == expected


@EVERY_TABLE
def test_how_a_file_is_laid_out(name: str, files: Files, descriptors: Mapping[str, Table]) -> None:
    table = descriptors[name]
    metadata = pq.ParquetFile(io.BytesIO(files[f"{name}.parquet"])).metadata
    assert metadata.num_row_groups == 1
    group = metadata.row_group(0)
    key = [table.names[one.column_index] for one in group.sorting_columns]
    assert tuple(key) == table.primary_key
    if not metadata.num_rows:
        return
    for place, field in enumerate(table.fields):
        column = group.column(place)
        assert column.compression == "ZSTD"
        assert column.has_offset_index
        assert column.is_stats_set == column.has_column_index == (field.name in key)
        assert ("RLE_DICTIONARY" in column.encodings) == field.categorical
        assert "BYTE_STREAM_SPLIT" not in column.encodings  # Spark cannot read it
    if table.names[-1] == "recorded_on" and key[-1] == "report_date":
        assert "DELTA_BINARY_PACKED" in group.column(table.names.index("report_date")).encodings


def test_dictionaries_list_the_texts_that_occur_in_order(files: Files) -> None:
    data = read_parquet(files["corrections.parquet"])
    for column in data.columns:
        if pa.types.is_dictionary(column.type):
            held = column.chunk(0).dictionary.to_pylist()
            assert held == sorted({text for text in column.to_pylist() if text is not None})


def pairs() -> list[tuple[str, str]]:
    series = rl.load("series", engine="arrow")
    columns = (series[name].to_pylist() for name in ("reporter", "subject"))
    return sorted(set(zip(*columns, strict=True)))


@pytest.mark.parametrize(("reporter", "subject"), pairs())
def test_daily_is_what_daily_gives(
    reporter: str, subject: str, tables: Mapping[str, pa.Table]
) -> None:
    rows = tables["daily"].to_pylist()
    mine = [row for row in rows if (row["reporter"], row["subject"]) == (reporter, subject)]
    given = rl.daily(reporter=reporter, subject=subject, engine="arrow").to_pylist()
    assert mine == [{"reporter": reporter, "subject": subject, **row} for row in given]
    keys = [(row["category"], row["report_date"]) for row in mine]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(("reporter", "subject"), pairs())
def test_wide_is_what_wide_daily_gives(
    reporter: str, subject: str, tables: Mapping[str, pa.Table]
) -> None:
    rows = tables["loss_counts_wide"].to_pylist()
    mine = [row for row in rows if (row["reporter"], row["subject"]) == (reporter, subject)]
    given = rl.daily(reporter=reporter, subject=subject, engine="arrow", wide=True)
    counted = ["report_date", *given.column_names[1:]]
    assert [{name: row[name] for name in counted} for row in mine] == given.to_pylist()
    others = set(tables["loss_counts_wide"].column_names) - {*counted, "reporter", "subject"}
    assert not any(row[name] is not None for row in mine for name in others)


def test_every_category_with_a_total_has_a_column(tables: Mapping[str, pa.Table]) -> None:
    names = tables["loss_counts_wide"].column_names
    assert names[:3] == ["reporter", "subject", "report_date"]
    assert names[3:] == sorted(set(tables["loss_counts"]["category"].to_pylist()))


def test_figures_of_other_code_are_refused(source: Source) -> None:
    tables = {**source.tables, "loss_counts": source.tables["loss_counts"].slice(1)}
    with pytest.raises(ReleaseError):
        computed_tables(dataclasses.replace(source, tables=tables))


# ---- the same bytes -------------------------------------------------------------------------

DAYS = st.none() | st.dates()
ROWS = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3),
        st.none() | st.sampled_from(["b", "a", "ж"]),
        DAYS,
        st.none() | st.integers(-(2**63), 2**63 - 1),
    ),
    max_size=6,
    unique_by=lambda row: row[0],
)


def small(rows: Sequence[Sequence[object]], order: Sequence[str]) -> pa.Table:
    """Return rows as a table whose dictionary lists the texts in this order."""
    names, kinds, days, totals = ([row[place] for row in rows] for place in range(4))
    codes = [None if kind is None else order.index(str(kind)) for kind in kinds]
    coded = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(order))
    columns = [pa.array(names, pa.string()), coded, pa.array(days, pa.date32())]
    return pa.Table.from_arrays([*columns, pa.array(totals, pa.int64())], list(SMALL.names))


@given(ROWS, st.integers(0, 6), st.randoms(use_true_random=False))
def test_how_a_table_is_held_makes_no_difference(
    rows: list[tuple[object, ...]], cut: int, random: Random
) -> None:
    first = parquet_bytes(SMALL, small(rows, ["a", "b", "ж"]))
    mixed = random.sample(rows, len(rows))
    one = small([*mixed[:1], *mixed], ["ж", "b", "c", "a"]).slice(min(len(rows), 1))
    other = small(mixed, ["b", "ж", "a"])
    chunked = pa.concat_tables([one.slice(0, cut), other.slice(cut)])
    assert parquet_bytes(SMALL, chunked) == first


@given(ROWS)
def test_a_small_table_is_read_as_it_was(rows: list[tuple[object, ...]]) -> None:
    data = sorted_table(SMALL, small(rows, ["b", "a", "ж"]))
    read = read_parquet(parquet_bytes(SMALL, data))
    assert read.equals(data)
    assert read["name"].to_pylist() == sorted(str(row[0]) for row in rows)
    by_name = {row[0]: row for row in rows}
    assert [tuple(row.values()) for row in read.to_pylist()] == [
        by_name[name] for name in read["name"].to_pylist()
    ]


WRITE = """
import hashlib
from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import arrow
from reported_losses.release.parquet import parquet_bytes

for name in ("corrections", "claims", "revisions"):
    table = installed().table(name)
    print(hashlib.sha256(parquet_bytes(table, arrow(table))).hexdigest())
"""


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {
            "LC_ALL": "tr_TR.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "TZ": "Asia/Kathmandu",
        },
        {"OMP_NUM_THREADS": "1", "ARROW_IO_THREADS": "1", "PYTHONHASHSEED": "3"},
    ],
    ids=["zone", "locale", "threads"],
)
def test_bytes_do_not_depend_on_the_environment(environment: dict[str, str], files: Files) -> None:
    sources = os.fspath(Path(rl.__file__ or "").parent.parent)
    run = subprocess.run(
        [sys.executable, "-c", WRITE],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": sources, **environment},
    )
    names = ("corrections", "claims", "revisions")
    expected = [hashlib.sha256(files[f"{name}.parquet"]).hexdigest() for name in names]
    assert run.stdout.split() == expected


# Reading what somebody sent.


@pytest.mark.parametrize(
    "data",
    [b"", b"PAR1", b"PAR1PAR1", b"<!DOCTYPE html><title>404</title>", bytes(1_000)],
    ids=["empty", "mark", "marks", "page", "zeros"],
)
def test_what_is_not_parquet_is_refused(data: bytes) -> None:
    with pytest.raises(ReleaseError, match=r"counts\.parquet"):
        read_parquet(data, "counts.parquet")


def test_a_damaged_file_is_refused_or_read(files: Files) -> None:
    whole = files["series.parquet"]
    random, refused = Random(13), 0  # noqa: S311 - damage, not a secret
    for turn in range(300):
        damaged = bytearray(whole)
        damaged[random.randrange(len(whole))] ^= random.randrange(1, 256)
        try:
            read_parquet(
                bytes(damaged[: random.randrange(len(whole))] if turn % 4 == 0 else damaged)
            )
        except ReleaseError:
            refused += 1
    assert refused > 75


def test_a_file_with_too_many_rows_is_refused(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "MAX_ROWS", 10)
    with pytest.raises(ReleaseError, match="10"):
        read_parquet(files["series.parquet"])


@pytest.mark.parametrize(
    "changed",
    [{"data_page_version": "2.0"}, {"compression_level": 3}, {"column_encoding": {}}],
    ids=["pages", "level", "encodings"],
)
def test_each_choice_is_one_that_the_writer_lets_us_make(
    changed: dict[str, Any], source: Source
) -> None:
    # The benchmark changes one at a time.
    data = source.tables["series"]
    options = {**parquet.writing_options(PACKAGE.table("series")), **changed}
    out = io.BytesIO()
    with pq.ParquetWriter(out, data.schema, **options) as writer:
        writer.write_table(data)
    assert out.getvalue()[:4] == b"PAR1"
