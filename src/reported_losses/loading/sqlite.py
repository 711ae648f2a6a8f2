"""Tables as a SQLite database: the same tables give the same bytes, with any version of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reported_losses.definition.schema import Table
from reported_losses.definition.sql import (
    SQLITE,
    create_table,
    dangling,
    literal,
    quoted,
    refuse_names,
)
from reported_losses.errors import DataError
from reported_losses.loading.export import python_rows

if TYPE_CHECKING:
    import pyarrow as pa

APPLICATION_ID = int.from_bytes(b"RepL", "big")
"""`PRAGMA application_id` of a database of this project."""

_PAGE, _HEADER = 4096, 100
_TREE_PAGES = MappingProxyType({2: 12, 5: 12, 10: 8, 13: 8})
"""Size of the head of a page, by the kind of page with which it begins."""
_SETTINGS = (
    # Defaults, which whoever compiles SQLite may change.
    *(f"page_size = {_PAGE}", "auto_vacuum = NONE", "encoding = 'UTF-8'"),
    # Else what was overwritten stays in the file, and differs from version to version.
    "secure_delete = ON",
    f"application_id = {APPLICATION_ID}",
)
_CHANGES, _SCHEMA_CHANGES, _CHANGES_AGAIN, _WRITER = 24, 40, 92, 96
"""Where the header counts changes (twice) and those of the schema, and names who wrote it."""
_OLDEST_READER = 3_025_000
"""The oldest SQLite that reads the views of a release, as SQLite numbers its versions."""
_PART = 1_000


def sqlite_bytes(
    tables: Sequence[tuple[Table, pa.Table]], *, views: Iterable[str] = (), version: str = ""
) -> bytes:
    """Return tables as a SQLite database, with primary and foreign keys, checks and comments.

    Args:
        tables: Descriptors with their data. All tables referred to must be among them;
            `export.with_referred` returns them.
        views: Statements that create views.
        version: Version of the data, MAJOR.MINOR.PATCH, for `PRAGMA user_version`.

    Returns:
        The database. Dates are texts YYYY-MM-DD; true and false are 1 and 0.

    Raises:
        DataError: Two rows share a key, a cell is one that the schema does not allow, or a row
            refers to one that does not exist; or names differ in letter case only.
    """
    refuse_names(table for table, _ in tables)
    with closing(sqlite3.connect(":memory:")) as database:
        for setting in (*_SETTINGS, f"user_version = {user_version(version)}"):
            database.execute(f"PRAGMA {setting}")
        for table, data in tables:
            _insert(database, table, data)
        for view in views:
            database.execute(view)
        database.commit()
        _refuse_dangling(database, [table for table, _ in tables])
        return _without_traces(database.serialize())


def user_version(version: str) -> int:
    """Return a version as one number, three digits for each part after the first.

    Args:
        version: MAJOR.MINOR.PATCH, or no text.

    Returns:
        The number; 0 if there is no version or it does not fit.

    >>> user_version("1.20.3"), user_version(""), user_version("1.1000.0")
    (1020003, 0, 0)
    """
    parts = [int(part) for part in version.split(".") if part]
    if any(part >= _PART for part in parts):
        return 0
    return sum(part * _PART**place for place, part in enumerate(reversed(parts)))


def _insert(database: sqlite3.Connection, table: Table, data: pa.Table) -> None:
    marks = ", ".join("?" * len(table.fields))
    try:
        database.execute(create_table(table, SQLITE))
        database.executemany(
            f"INSERT INTO {quoted(table.name)} VALUES ({marks})",  # noqa: S608 - names quoted
            _cells(data),
        )
    except (sqlite3.Error, ValueError) as error:
        raise not_written(table.name, str(error)) from None


def _cells(data: pa.Table) -> Iterator[tuple[Any, ...]]:
    import pyarrow as pa

    for place, field in enumerate(data.schema):
        if pa.types.is_date(field.type):
            data = data.set_column(place, field.name, data.column(place).cast(pa.string()))
    return python_rows(data)


def _refuse_dangling(database: sqlite3.Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        for key in table.foreign_keys:
            found = database.execute(dangling(table, key)).fetchone()
            if found is not None:
                raise not_written(table.name, refers_to_nothing(key.table, found))


def refers_to_nothing(other: str, key: Iterable[object]) -> str:
    """Say that a foreign key leads nowhere.

    >>> refers_to_nothing("series", ["oryx", "tanks"])
    "'oryx', 'tanks' refers to a row of series that does not exist"
    """
    return f"{', '.join(map(literal, key))} refers to a row of {other} that does not exist"


def not_written(table: str, why: str) -> DataError:
    """Return the error for a table that a database refuses.

    Args:
        table: Name of the table.
        why: What is wrong with it.
    """
    return DataError(f"{table} cannot be exported: {why}; `reported-losses check` lists everything")


def _without_traces(data: bytes) -> bytes:
    """Return a database without what tells of the version of SQLite that wrote it."""
    plain = bytearray(data)
    for place in (_CHANGES, _SCHEMA_CHANGES, _CHANGES_AGAIN):
        plain[place : place + 4] = (1).to_bytes(4, "big")
    plain[_WRITER : _WRITER + 4] = _OLDEST_READER.to_bytes(4, "big")
    for page in range(0, len(plain), _PAGE):
        _blank_gap(plain, page)
    return bytes(plain)


def _blank_gap(data: bytearray, page: int) -> None:
    """Blank what is between the list of cells of a page and the cells: parts of older lists.

    A page of a tree begins with its kind, and has the number of cells and the place of the first
    at fixed places. Other pages, with the rest of long texts, begin with 0.
    """
    head = page + (_HEADER if page == 0 else 0)
    size = _TREE_PAGES.get(data[head])
    if size is None:
        return
    cells = int.from_bytes(data[head + 3 : head + 5], "big")
    first, last = head + size + 2 * cells, page + int.from_bytes(data[head + 5 : head + 7], "big")
    data[first:last] = bytes(last - first)
