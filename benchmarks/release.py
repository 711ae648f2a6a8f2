"""Reading a released table against reading the rivals' two JSON files: whole processes, and sizes.

`python benchmarks/release.py [--release DIR] [--upstream DIR] [--runs N] [--json]`

`--release` is the folder of a release; without it, `loss_counts` is written as Parquet first.
`--upstream` is the folder with the rivals' files; without them, files of the same form are made.
The rivals' files hold totals alone; `loss_counts` also has increments, evidence and qualifiers,
and three reporters. All times are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from _processes import NAMES, UPSTREAM, medians_of, rival, rival_files

from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import arrow
from reported_losses.release.parquet import parquet_bytes

FILE = "loss_counts.parquet"
READERS = {
    "pandas": "import pandas; pandas.read_parquet({!r})",
    "polars": "import polars; polars.read_parquet({!r})",
    "Arrow": "import pyarrow.parquet as pq; pq.ParquetFile({!r}).read()",
    "DuckDB": "import duckdb; duckdb.read_parquet({!r}).fetchall()",
}
RIVAL = "rivals' JSON, pandas"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--release", type=Path, metavar="DIR")
    parser.add_argument("--upstream", type=Path, default=UPSTREAM, metavar="DIR")
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        upstream, whose = rival_files(args.upstream, Path(made))
        folder = args.release or _made(Path(made))
        times = medians_of(_candidates(folder, upstream), args.runs)
        sizes = _sizes(folder, upstream)
    if args.json:
        print(json.dumps({"processes": times, "bytes": sizes}))
    else:
        _print(times, sizes, whose)


def _made(folder: Path) -> Path:
    table = installed().table("loss_counts")
    (folder / FILE).write_bytes(parquet_bytes(table, arrow(table)))
    return folder


def _candidates(folder: Path, upstream: Path) -> dict[str, str]:
    released = os.fspath(folder / FILE)
    return {
        RIVAL: f"import pandas; {rival(upstream)}",
        **{name: code.format(released) for name, code in READERS.items()},
    }


def _sizes(folder: Path, upstream: Path) -> dict[str, int]:
    files = {RIVAL: sum((upstream / name).stat().st_size for name in NAMES)}
    return files | {FILE: (folder / FILE).stat().st_size}


def _print(times: dict[str, float], sizes: dict[str, int], whose: str) -> None:
    print(f"reading {FILE}, whole processes, median; the rival reads two {whose}")
    for name, value in times.items():
        print(f"  {name:22}{value:8.1f} ms  {value / times[RIVAL]:5.2f} x rival")
    print("bytes")
    for name, size in sizes.items():
        print(f"  {name:22}{size:11,}  {size / sizes[RIVAL]:5.2f} x rival")


if __name__ == "__main__":
    main()
