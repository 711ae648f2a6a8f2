"""The Parquet files of a release: what each choice costs in bytes, and what others would write.

`python benchmarks/parquet.py [--upstream DIR] [--runs N] [--json]`

DIR holds the rivals' two JSON files, the equipment and the personnel. Without them their sizes and
times are left out.

Sizes do not depend on the machine. First come the files of a release, beside the CSV file and
beside what pandas and DuckDB write of the same table if nothing is chosen. Then each choice is
changed alone. "the smallest" takes for every column whatever encoding is smallest for it, and so
is the limit of what encodings can save. Last, whole processes that read the released figures are
timed against those that read the rivals' files.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from _processes import NAMES, UPSTREAM, medians_of, rival

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Table
from reported_losses.loading.engines import to_pandas
from reported_losses.loading.load import arrow
from reported_losses.loading.metadata import described
from reported_losses.release.computed import computed_descriptors, computed_tables, sorted_table
from reported_losses.release.parquet import parquet_bytes, writing_options
from reported_losses.release.source import Source

THREE = ("loss_counts", "daily", "loss_counts_wide")
GOAL_BYTES_A_ROW = 1.65
GOAL_OF_RIVAL = 1 / 4
GOAL_OF_CSV = 1 / 15

Tables = Mapping[str, tuple[Table, pa.Table]]
Options = dict[str, Any]
Sizes = dict[str, dict[str, int]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--upstream", type=Path, default=UPSTREAM, metavar="DIR")
    parser.add_argument("--runs", type=int, default=9, metavar="N")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    tables = _tables()
    sizes = {name: _sizes(*one) for name, one in tables.items()}
    choices = {name: _choices(tables, change) for name, change in CHANGES.items()}
    there = all((args.upstream / name).is_file() for name in NAMES)
    rival = sum((args.upstream / name).stat().st_size for name in NAMES) if there else None
    times = _times(tables, args.upstream, args.runs) if there else {}
    if args.json:
        print(json.dumps({"sizes": sizes, "choices": choices, "rival": rival, "times": times}))
        return
    _print_sizes(sizes)
    _print_choices(choices)
    _print_goals(sizes, tables["loss_counts"][1].num_rows, rival)
    for name, taken in times.items():
        print(f"  {name:40}{taken:8.1f} ms")


def _tables() -> Tables:
    """Return each table of a release with its descriptor, sorted."""
    package = installed()
    data = {name: arrow(table) for name, table in package.tables.items()}
    source = Source(package_dir(), package, "2026-12-01", data)
    known = {**package.tables, **computed_descriptors(source)}
    every = {**data, **computed_tables(source)}
    return {name: (known[name], sorted_table(known[name], one)) for name, one in every.items()}


def _sizes(table: Table, data: pa.Table) -> dict[str, int]:
    """Return the size of a table as a release has it, and as others write it."""
    return {
        "release": len(parquet_bytes(table, data)),
        "csv": (package_dir() / table.path).stat().st_size if table.path else 0,
        "pandas": _pandas(table, data),
        "duckdb": _duckdb(data),
    }


def _pandas(table: Table, data: pa.Table) -> int:
    out = io.BytesIO()
    to_pandas(table, data).to_parquet(out)
    return len(out.getvalue())


def _duckdb(data: pa.Table) -> int:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder, "it.parquet")
        connection.register("it", data)
        connection.execute(f"COPY it TO '{path}' (FORMAT parquet)")
        return path.stat().st_size


def _written(data: pa.Table, options: Options) -> int:
    out = io.BytesIO()
    with pq.ParquetWriter(out, data.schema, **options) as writer:
        writer.write_table(data, row_group_size=max(data.num_rows, 1))
    return len(out.getvalue())


def _encoded(kinds: Mapping[str, str]) -> Callable[[Table, pa.Table, Options], int]:
    """Return a change that gives columns of these types this encoding."""

    def change(table: Table, data: pa.Table, options: Options) -> int:
        encodings = options["column_encoding"]
        other = {
            name: kinds.get(table.field(name).type, encoding)
            for name, encoding in encodings.items()
        }
        return _written(data, options | {"column_encoding": other})

    return change


def _with(**changed: Any) -> Callable[[Table, pa.Table, Options], int]:  # noqa: ANN401 - options
    return lambda _, data, options: _written(data, options | changed)


def _all_dictionaries(_: Table, data: pa.Table, options: Options) -> int:
    return _written(data, options | {"column_encoding": None, "use_dictionary": True})


def _arrow_metadata(table: Table, data: pa.Table, options: Options) -> int:
    return _written(described(table, data), options | {"store_schema": True})


_POSSIBLE = {
    "string": ("PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", None),
    "integer": ("PLAIN", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", None),
    "date": ("PLAIN", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", None),
    "number": ("PLAIN", "BYTE_STREAM_SPLIT", None),
    "boolean": ("PLAIN", "RLE"),
}
"""Encodings of a type that the library can write; None for a dictionary."""


def _smallest(table: Table, data: pa.Table, options: Options) -> int:
    """Return the size with the smallest encoding of each column."""
    best = {}
    for field in table.fields:
        sizes = {
            encoding: _column(data.select([field.name]), encoding, options)
            for encoding in _POSSIBLE[field.type]
        }
        best[field.name] = min(sizes, key=lambda one: sizes[one])
    return _written(_plain(data, best), options | _encoding(best))


def _column(data: pa.Table, encoding: str | None, options: Options) -> int:
    chosen = {data.column_names[0]: encoding}
    alone = {"write_statistics": False, "write_page_index": False, "sorting_columns": None}
    return _written(_plain(data, chosen), options | _encoding(chosen) | alone)


def _encoding(chosen: Mapping[str, str | None]) -> Options:
    return {
        "use_dictionary": [name for name, one in chosen.items() if one is None],
        "column_encoding": {name: one for name, one in chosen.items() if one is not None},
    }


def _plain(data: pa.Table, chosen: Mapping[str, str | None]) -> pa.Table:
    """Return a table with texts instead of dictionaries where no dictionary is written."""
    for place, field in enumerate(data.schema):
        if pa.types.is_dictionary(field.type) and chosen[field.name] is not None:
            texts = data.column(place).cast(pa.string())
            data = data.set_column(place, field.name, texts)
    return data


CHANGES: Mapping[str, Callable[[Table, pa.Table, Options], int]] = {
    "as released, without metadata": _with(),
    "metadata as Arrow and pandas write it": _arrow_metadata,
    "whole numbers and days plain": _encoded({"integer": "PLAIN", "date": "PLAIN"}),
    "whole numbers and days split by byte": _encoded(
        {"integer": "BYTE_STREAM_SPLIT", "date": "BYTE_STREAM_SPLIT"}
    ),
    "whole numbers and days always differences": _encoded(
        {"integer": "DELTA_BINARY_PACKED", "date": "DELTA_BINARY_PACKED"}
    ),
    "numbers split by byte": _encoded({"number": "BYTE_STREAM_SPLIT"}),
    "texts by common beginnings": _encoded({"string": "DELTA_BYTE_ARRAY"}),
    "dictionaries for all columns": _all_dictionaries,
    "data pages of version 2": _with(data_page_version="2.0"),
    "level 3": _with(compression_level=3),
    "level 22": _with(compression_level=22),
    "snappy": _with(compression="snappy", compression_level=None),
    "brotli": _with(compression="brotli", compression_level=11),
    "statistics of all columns": _with(write_statistics=True),
    "no statistics": _with(write_statistics=False),
    "no page index": _with(write_page_index=False),
    "the smallest": _smallest,
}
"""Choices, each changed alone."""


def _choices(tables: Tables, change: Callable[[Table, pa.Table, Options], int]) -> dict[str, int]:
    """Return sizes with one choice changed: of the three figures' tables and of all others."""
    found = dict.fromkeys((*THREE, "others"), 0)
    for name, (table, data) in tables.items():
        found[name if name in THREE else "others"] += change(table, data, writing_options(table))
    return found


def _times(tables: Tables, upstream: Path, runs: int) -> dict[str, float]:
    """Return the median time of whole processes, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "loss_counts.parquet")
        path.write_bytes(parquet_bytes(*tables["loss_counts"]))
        file = os.fspath(path)
        candidates = {
            "the rivals' two files, pandas": f"import pandas; {rival(upstream)}",
            "loss_counts.parquet, pandas": f"import pandas; pandas.read_parquet({file!r})",
            "loss_counts.parquet, read_parquet": (
                "from pathlib import Path; "
                "from reported_losses.loading.parquet_file import read_parquet; "
                f"read_parquet(Path({file!r}).read_bytes())"
            ),
        }
        return medians_of(candidates, runs)


def _print_sizes(sizes: Sizes) -> None:
    columns = ("release", "csv", "pandas", "duckdb")
    print("bytes of a table " + "".join(f"{name:>12}" for name in columns))
    for name, found in sizes.items():
        print(f"  {name:15}" + "".join(f"{found[one]:12,}" for one in columns))


def _print_choices(choices: Sizes) -> None:
    names = "".join(f"{one:>17}" for one in (*THREE, "others"))
    print(f"{'bytes with one choice changed':46}{names}")
    for name, found in choices.items():
        print(f"  {name:44}" + "".join(f"{size:17,}" for size in found.values()))


def _print_goals(sizes: Sizes, rows: int, rival: int | None) -> None:
    released = {name: one["release"] for name, one in sizes.items()}
    csv = sum(one["csv"] for one in sizes.values())
    ours = sum(size for name, size in released.items() if sizes[name]["csv"])
    three = sum(released[name] for name in THREE)
    print(
        f"loss_counts: {released['loss_counts'] / rows:.3f} bytes a row (goal: {GOAL_BYTES_A_ROW})"
    )
    print(f"all tables: {ours:,} bytes, {ours / csv:.4f} of their CSV (goal: {GOAL_OF_CSV:.4f})")
    print(f"{', '.join(THREE)}: {three:,} bytes", end="")
    share = "" if rival is None else f", {three / rival:.3f} of the rivals' {rival:,} bytes"
    print(f"{share} (goal: {GOAL_OF_RIVAL})")


if __name__ == "__main__":
    main()
