"""Whether the databases of a release have the rows that it says they have."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from reported_losses.definition.contents import Contents
from reported_losses.definition.location import CONTENTS
from reported_losses.release.problem import Problem

Counts = Callable[[Path, Iterable[str]], Mapping[str, int]]


_DUCKDB = "reported-losses.duckdb"


def database_problems(
    folder: Path, contents: Contents, sound: Collection[str]
) -> tuple[list[str], list[str], list[Problem]]:
    """Count the rows of each table in each database.

    Args:
        folder: Folder of the release.
        contents: What it says of itself.
        sound: Files that are those that are listed; no other is opened.

    Returns:
        What was counted, in words; what was not, and why; and the problems.
    """
    stated = {
        name: one.rows for name, one in contents.tables.items() if f"{name}.csv" in contents.files
    }
    seen, unseen, problems = [], [], []
    for file, count in _DATABASES.items():
        if file not in sound:
            continue
        if file == _DUCKDB and importlib.util.find_spec("duckdb") is None:
            unseen.append(f"the rows in {file}, because DuckDB is not installed")
            continue
        seen.append(f"the rows in {file}")
        problems += _problems(folder / file, count, stated)
    return seen, unseen, problems


def _problems(path: Path, count: Counts, stated: Mapping[str, int]) -> list[Problem]:
    try:
        counted = count(path, stated)
    except Exception as error:  # noqa: BLE001 - DuckDB's errors have no base that can be named here
        return [Problem(path.name, "unreadable", f"{path.name} cannot be read: {error}")]
    return [
        Problem(
            path.name,
            "rows",
            f"{name} in {path.name} has {counted[name]:,} rows, and {CONTENTS} says {rows:,}",
        )
        for name, rows in stated.items()
        if counted[name] != rows
    ]


def _in_sqlite(path: Path, tables: Iterable[str]) -> dict[str, int]:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        return {name: database.execute(_query(name)).fetchone()[0] for name in tables}


def _in_duckdb(path: Path, tables: Iterable[str]) -> dict[str, int]:
    import duckdb  # an extra

    with closing(duckdb.connect(str(path), read_only=True)) as database:
        database.execute("SET enable_external_access = false")
        return {name: database.execute(_query(name)).fetchall()[0][0] for name in tables}


def _query(table: str) -> str:
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608 - names of `CONTENTS.json` are plain


_DATABASES: Mapping[str, Counts] = MappingProxyType(
    {"reported-losses.sqlite": _in_sqlite, _DUCKDB: _in_duckdb}
)
