"""A SQLite database holds only rows with one key each, and references that lead somewhere."""

from __future__ import annotations

import pyarrow as pa
import pytest

from reported_losses.definition.descriptor import installed
from reported_losses.errors import DataError
from reported_losses.loading.export import with_referred
from reported_losses.loading.load import arrow
from reported_losses.loading.sqlite import sqlite_bytes

TABLES = [(table, arrow(table)) for table in with_referred(installed(), ["series"])]


def changed(name: str, change: object) -> list[tuple[object, pa.Table]]:
    return [(table, change(data) if table.name == name else data) for table, data in TABLES]  # type: ignore[operator]


def test_the_shipped_tables_are_exported() -> None:
    assert sqlite_bytes(TABLES).startswith(b"SQLite format 3")


def test_a_key_twice_is_refused() -> None:
    twice = changed("series", lambda data: pa.concat_tables([data, data.slice(0, 1)]))
    with pytest.raises(DataError, match="series cannot be exported"):
        sqlite_bytes(twice)  # type: ignore[arg-type]


def test_a_reference_to_nothing_is_refused() -> None:
    less = changed("categories", lambda data: data.slice(0, 1))
    with pytest.raises(DataError, match=r"refers to a row of categories|cannot be exported"):
        sqlite_bytes(less)  # type: ignore[arg-type]
