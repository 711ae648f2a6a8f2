"""A release as a DuckDB database: the same source gives the same bytes with the same DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from reported_losses.definition.schema import Table
from reported_losses.definition.sql import (
    DUCKDB,
    about,
    create_table,
    dangling,
    literal,
    quoted,
    refuse_names,
    repeated_key,
)
from reported_losses.loading.engines import require
from reported_losses.loading.sqlite import not_written, refers_to_nothing
from reported_losses.release.as_of_macro import AS_OF, as_of_macro
from reported_losses.release.source import Files, Source
from reported_losses.release.sql import create_view, described, views_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DATABASE = "reported-losses.duckdb"

_STORAGE = "v1.0.0"
_UNSTEADY = "fsst"
"""A compression that looks at a random sample, and so gives another file each time."""
_ALIAS = quoted("the release")
_INCOMING = "incoming rows"


def duckdb_files(source: Source) -> Files:
    """Return all tables as one DuckDB database with checks, comments, views and `as_of`.

    Keys are no constraints of the file: a key is an index, and indexes would make the file four
    times as large and unreadable to DuckDB 1.0. They are checked here, and the comments of the
    tables state them.

    Args:
        source: What the release is made from.

    Returns:
        `reported-losses.duckdb`, which DuckDB 1.0 and later open. Besides its tables, it has
        `_about` and `_columns`, which describe it, the views of `release.views`, and the macro
        `as_of`.

    Raises:
        MissingExtraError: DuckDB is not installed.
        DataError: A key, a check or a reference does not hold, or names differ in case only.
    """
    require("duckdb")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        _write(source, path)
        return {DATABASE: path.read_bytes()}


def _write(source: Source, path: Path) -> None:
    import duckdb

    tables = [(table, source.tables[name]) for name, table in source.package.tables.items()]
    tables += [(one.table, one.data) for one in described(source)]
    refuse_names(table for table, _ in tables)
    # With several threads, rows would be cut into pieces as the threads happen to run.
    with closing(duckdb.connect(":memory:", config={"threads": 1})) as database:
        for statement, without in _opened(path):
            _run(database, statement, without)
        database.execute(f"USE {_ALIAS}")
        for table, data in tables:
            _insert(database, table, data)
        _refuse_wrong_keys(database, source)
        for statement in _explained(source):
            database.execute(statement)
        database.execute(f"CHECKPOINT {_ALIAS}")
        database.execute("USE memory")
        database.execute(f"DETACH {_ALIAS}")


def _opened(path: Path) -> Iterator[tuple[str, str]]:
    """Give the statements that attach the file, each with the one for a DuckDB without it."""
    plain = f"ATTACH {literal(str(path))} AS {_ALIAS}"
    yield f"SET disabled_compression_methods = '{_UNSTEADY}'", "SELECT 1"
    # Before DuckDB 1.2, files had this format anyway.
    yield f"{plain} (STORAGE_VERSION '{_STORAGE}')", plain


def _run(database: DuckDBPyConnection, statement: str, without: str) -> None:
    import duckdb

    try:
        database.execute(statement)
    except (duckdb.BinderException, duckdb.CatalogException):
        database.execute(without)


def _insert(database: DuckDBPyConnection, table: Table, data: pa.Table) -> None:
    import duckdb

    try:
        database.execute(create_table(table, DUCKDB))
        database.register(_INCOMING, _plain(data))
        database.execute(f"INSERT INTO {quoted(table.name)} FROM {quoted(_INCOMING)}")
    except duckdb.Error as error:
        raise not_written(table.name, str(error)) from None
    database.unregister(_INCOMING)


def _plain(data: pa.Table) -> pa.Table:
    """Return the data with its texts decoded, and with nothing left where a value is missing."""
    columns = [_cleared(column) for column in data.columns]
    return pa.Table.from_arrays(columns, names=data.column_names)


def _cleared(column: pa.ChunkedArray) -> pa.Array:
    """Return a column whose memory is zero where a value is missing: DuckDB copies it to disk."""
    from pyarrow import compute

    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    if not column.null_count:
        return column
    whole = pa.concat_arrays(column.chunks)
    valid = compute.is_valid(whole).buffers()[1]
    blank = "" if pa.types.is_string(whole.type) else pa.scalar(0, pa.int32()).cast(whole.type)
    filled = compute.fill_null(whole, blank)
    return pa.Array.from_buffers(whole.type, len(whole), [valid, *filled.buffers()[1:]])


def _refuse_wrong_keys(database: DuckDBPyConnection, source: Source) -> None:
    for table in source.package.tables.values():
        twice = database.execute(repeated_key(table)).fetchone()
        if twice is not None:
            held = ", ".join(map(literal, twice))
            raise not_written(table.name, f"two rows have the key {held}")
        for key in table.foreign_keys:
            found = database.execute(dangling(table, key)).fetchone()
            if found is not None:
                raise not_written(table.name, refers_to_nothing(key.table, found))


def _explained(source: Source) -> Iterator[str]:
    """Give the statements that create views, the macro and comments."""
    package = source.package
    for view in views_of(package):
        yield create_view(view, DUCKDB)
        yield _comment("VIEW", view.table.name, about(view.table.title, view.table.description))
    if {"loss_counts", "revisions"} <= set(package.tables):
        yield as_of_macro(package.table("loss_counts"))
        yield _comment("MACRO TABLE", "as_of", AS_OF)
    for table in package.tables.values():
        yield _comment("TABLE", table.name, _said_of(table))
        for field in table.fields:
            said = about(field.title, field.description, field.unit)
            place = f"{quoted(table.name)}.{quoted(field.name)}"
            yield f"COMMENT ON COLUMN {place} IS {literal(said)}"


def _comment(kind: str, name: str, text: str) -> str:
    return f"COMMENT ON {kind} {quoted(name)} IS {literal(text)}"


def _said_of(table: Table) -> str:
    keys = [f"Primary key: {', '.join(table.primary_key)}."]
    keys += [f"{', '.join(key.fields)}: key of {key.table}." for key in table.foreign_keys]
    return " ".join([about(table.title, table.description), *keys])
