"""What makes the files of a release, in one list; and what reads them again."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reported_losses.release.source import Files, Source

if TYPE_CHECKING:
    import pyarrow as pa

Writer = Callable[[Source, Files, Mapping[str, "pa.Table"]], Files]
"""From what a release is made of, the files so far and all tables, to further files."""


@dataclass(frozen=True, slots=True)
class Makers:
    """What makes a release.

    Attributes:
        computed: Gives the tables that are computed from those of the package.
        writers: Write the files, one after another.
        logical_hash: Gives the digest of a table's values.
        read_parquet: Reads a Parquet file of a release.
        libraries: Versions of the libraries that write the files.
    """

    computed: Callable[[Source], Mapping[str, pa.Table]]
    writers: tuple[Writer, ...]
    logical_hash: Callable[[pa.Table], str]
    read_parquet: Callable[[bytes], pa.Table]
    libraries: Mapping[str, str]


def all_makers() -> Makers:
    """Return what makes a release of this project.

    Raises:
        MissingExtraError: DuckDB is not installed.
    """
    from reported_losses.loading.parquet_file import read_parquet
    from reported_losses.release.changes import changes_files
    from reported_losses.release.described import described_files
    from reported_losses.release.duckdb import duckdb_files
    from reported_losses.release.logical import logical_hash
    from reported_losses.release.parquet import computed_tables, parquet_files
    from reported_losses.release.sqlite import sqlite_files

    return Makers(
        computed=computed_tables,
        writers=(
            lambda source, _files, _tables: parquet_files(source),
            lambda source, _files, _tables: sqlite_files(source),
            lambda source, _files, _tables: duckdb_files(source),
            lambda source, _files, _tables: changes_files(source),
            described_files,  # last, because it describes all others
        ),
        logical_hash=logical_hash,
        read_parquet=read_parquet,
        libraries={**_installed(), "sqlite": sqlite3.sqlite_version},
    )


def _installed() -> dict[str, str]:
    # Who only verifies may have no DuckDB; the writer refuses to work without it.
    names = ("pyarrow", "duckdb")
    return {
        name: importlib.metadata.version(name)
        for name in names
        if importlib.util.find_spec(name) is not None
    }
