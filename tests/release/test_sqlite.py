"""`reported-losses.sqlite`: what is in it, what it refuses, and its bytes."""

# ruff: noqa: S608 - the names are ours

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pyarrow as pa
import pytest

import reported_losses as rl
from release_sources import (
    BROKEN,
    CHILD,
    EMPTY_CHILD,
    decoded,
    made_source,
    odd_source,
    real_file,
    real_source,
)
from reported_losses.definition.descriptor import installed
from reported_losses.definition.sql import quoted
from reported_losses.errors import DataError
from reported_losses.loading.sqlite import APPLICATION_ID, user_version
from reported_losses.release.source import Source
from reported_losses.release.sqlite import sqlite_files

NAME = "reported-losses.sqlite"


def opened(source: Source) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(sqlite_files(source)[NAME])
    return database


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(real_file(NAME))
        yield database


def plain(value: Any) -> Any:  # noqa: ANN401 - any cell
    return value.isoformat() if isinstance(value, dt.date) else value


def as_stored(data: pa.Table) -> pa.Table:
    """Return data with days as texts, and truth as numbers."""
    columns = [
        column.cast(pa.string())
        if pa.types.is_date(column.type)
        else column.cast(pa.int64())
        if pa.types.is_boolean(column.type)
        else column
        for column in decoded(data).columns
    ]
    return pa.Table.from_arrays(columns, names=data.column_names)


def test_values_survive(database: sqlite3.Connection) -> None:
    for name, data in real_source().tables.items():
        cursor = database.execute(f"SELECT * FROM {quoted(name)}")
        assert tuple(column[0] for column in cursor.description) == installed().table(name).names
        due = as_stored(data)
        held = list(zip(*cursor.fetchall(), strict=True)) or [()] * due.num_columns
        # Texts do not become numbers here, nor numbers texts: Arrow would refuse them.
        arrays = [
            pa.array(column, kind) for column, kind in zip(held, due.schema.types, strict=True)
        ]
        assert pa.Table.from_arrays(arrays, names=due.column_names).equals(due), name


def test_sqlite_finds_nothing_wrong(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_keys_are_those_of_the_schemas(database: sqlite3.Connection) -> None:
    for table in installed().tables.values():
        columns = database.execute(f"PRAGMA table_info({quoted(table.name)})").fetchall()
        key = sorted((place, name) for _, name, _, _, _, place in columns if place)
        assert tuple(name for _, name in key) == table.primary_key
        assert {name for _, name, _, needed, _, _ in columns if needed} == {
            field.name
            for field in table.fields
            if field.required or field.name in table.primary_key
        }
        held = database.execute(f"PRAGMA foreign_key_list({quoted(table.name)})").fetchall()
        due = {
            (key.table, name, other)
            for key in table.foreign_keys
            for name, other in zip(key.fields, key.references, strict=True)
        }
        assert {row[2:5] for row in held} == due


def test_the_file_says_what_it_is(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert database.execute("PRAGMA user_version").fetchone() == (user_version(rl.__version__),)
    (shown,) = database.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'loss_counts'"
    ).fetchone()
    assert "-- Total (count): " in shown


def test_what_depends_on_the_writer_is_fixed() -> None:
    data = sqlite_files(odd_source())[NAME]
    assert data[24:28] == data[40:44] == data[92:96] == (1).to_bytes(4, "big")
    assert int.from_bytes(data[96:100], "big") == 3_025_000
    assert int.from_bytes(data[16:18], "big") == 4096
    assert sqlite_files(odd_source())[NAME] == data


def test_nothing_is_left_of_older_pages() -> None:
    """What SQLite leaves there differs from version to version."""
    data = real_file(NAME)
    seen = 0
    for page in range(4096, len(data), 4096):
        head = {2: 12, 5: 12, 10: 8, 13: 8}.get(data[page])
        if head is not None:
            cells, start = (int.from_bytes(data[page + at : page + at + 2], "big") for at in (3, 5))
            assert not any(data[page + head + 2 * cells : page + start])
            seen += 1
    assert seen > 100


def test_odd_names_and_texts_are_held() -> None:
    with closing(opened(odd_source())) as database:
        rows = database.execute('SELECT * FROM "group" ORDER BY 1').fetchall()
    assert rows == [tuple(map(plain, CHILD)), EMPTY_CHILD]


@pytest.mark.parametrize("child", BROKEN.values(), ids=BROKEN)
def test_what_the_schema_forbids_is_refused(child: tuple[object, ...]) -> None:
    with pytest.raises(DataError, match="group cannot be exported"):
        sqlite_files(odd_source(child))


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(DataError, match="group cannot be exported"):
        sqlite_files(odd_source(CHILD, CHILD))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("day", "'2022-02-30'"),
        ("day", "'2022-3-1'"),
        ("day", "20220301"),
        ("true", "2"),
        ("kind", "'x'"),
    ],
)
def test_the_file_takes_no_other_values(column: str, value: str) -> None:
    with closing(opened(odd_source())) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(f'UPDATE "group" SET {quoted(column)} = {value}')


def test_a_package_without_the_tables_has_no_views() -> None:
    with closing(opened(odd_source())) as database:
        assert not database.execute("SELECT 1 FROM sqlite_schema WHERE type = 'view'").fetchall()


def test_an_empty_package_is_a_database() -> None:
    with closing(opened(made_source([]))) as database:
        stated = dict(database.execute("SELECT * FROM _about"))
    assert stated["version"] == "1.2.3"
