"""Which type each reader of a Parquet file gives, as docs/loading.md lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Field

PAGE = (package_dir() / "docs/loading.md").read_text(encoding="utf-8")
DAY = "2023-02-22"

ROWS: Mapping[str, Callable[[Field], bool]] = {
    "string": lambda field: field.type == "string" and not field.categorical,
    "string that repeats": lambda field: field.categorical,
    "integer": lambda field: field.type == "integer" and field.required,
    "integer, may be missing": lambda field: field.type == "integer" and not field.required,
    "number, may be missing": lambda field: field.type == "number" and not field.required,
    "date": lambda field: field.type == "date",
    "boolean": lambda field: field.type == "boolean" and field.required,
    "boolean, may be missing": lambda field: field.type == "boolean" and not field.required,
}


def pandas_types(name: str, frame: pd.DataFrame) -> dict[str, str]:
    text = str(pd.Series(["text"]).dtype)  # "object" before pandas 3
    found = {}
    for field in installed().table(name).fields:
        kind = str(frame[field.name].dtype)
        kind = "str" if kind == text and field.type == "string" else kind
        found[field.name] = "object of `datetime.date`" if kind == "object" else kind
    return found


READERS: Mapping[str, Callable[[str], dict[str, str]]] = {
    "pandas": lambda name: pandas_types(name, pd.read_parquet(rl.parquet(name))),
    'pandas, file with `engine="pandas"`': lambda name: pandas_types(
        name, pd.read_parquet(rl.parquet(name, engine="pandas"))
    ),
    'pandas, `dtype_backend="pyarrow"`': lambda name: pandas_types(
        name, pd.read_parquet(rl.parquet(name), dtype_backend="pyarrow")
    ),
    "pyarrow": lambda name: {
        field.name: str(field.type) for field in pq.read_schema(rl.parquet(name))
    },
    "polars": lambda name: {
        column: str(kind.base_type())
        for column, kind in pl.read_parquet_schema(rl.parquet(name)).items()
    },
    "DuckDB": lambda name: dict(_duckdb_types(str(rl.parquet(name)))),
}


def _duckdb_types(path: str) -> list[tuple[str, str]]:
    relation = duckdb.read_parquet(path)
    return list(zip(relation.columns, map(str, relation.types), strict=True))


def short(kind: str) -> str:
    """Write a type as the page does."""
    kind = re.sub(r"dictionary<values=string, indices=int32, ordered=0>", "dictionary", kind)
    return kind if "`" in kind else f"`{kind}`"


def rendered() -> list[str]:
    lines = [f"| type | {' | '.join(READERS)} |", f"| --- |{' --- |' * len(READERS)}"]
    types = {
        (name, reader): types_of(name)
        for name in installed().tables
        for reader, types_of in READERS.items()
    }
    for row, fits in ROWS.items():
        cells = []
        for reader in READERS:
            kinds = {
                short(types[table.name, reader][field.name])
                for table in installed().tables.values()
                for field in table.fields
                if fits(field)
            }
            cells.append(" or ".join(sorted(kinds)))
        if any(cells):
            lines.append(f"| {row} | {' | '.join(cells)} |")
    return lines


def test_the_page_lists_the_types_that_readers_give() -> None:
    section = PAGE.split("\n## Parquet\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    assert table == rendered()


@pytest.mark.parametrize("name", ["corrections", "series", "records"])
def test_the_file_for_pandas_is_what_load_gives(name: str) -> None:
    read: Any = pd.read_parquet(rl.parquet(name, engine="pandas"))
    loaded: Any = rl.load(name)  # type: ignore[call-overload]
    assert pandas_types(name, read) == pandas_types(name, loaded)
    pd.testing.assert_frame_equal(read, loaded, check_dtype=False, check_categorical=False)


def test_a_day_is_found_where_the_file_can_make_it_so() -> None:
    due = len(rl.load("loss_counts")[rl.load("loss_counts")["report_date"] == DAY])
    plain = pd.read_parquet(rl.parquet("loss_counts"))
    assert not (plain["report_date"] == DAY).any()  # the trap: texts are never equal to dates
    assert (plain.astype({"report_date": "datetime64[us]"})["report_date"] == DAY).sum() == due
    frame = pd.read_parquet(rl.parquet("loss_counts", engine="pandas"))
    assert (frame["report_date"] == DAY).sum() == due > 0


def test_other_engines_get_the_same_file() -> None:
    assert rl.parquet("series", engine="polars") == rl.parquet("series")
    assert rl.parquet("series", engine="pandas") != rl.parquet("series")
    with pytest.raises(rl.UnknownNameError):
        rl.parquet("series", engine="panda")
    with pytest.raises(rl.BadArgumentError):
        rl.parquet("series", engine=3)  # type: ignore[arg-type]
