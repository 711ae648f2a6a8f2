"""Tables as files of other formats.

The same data gives the same bytes. Nothing is lost or repaired, with one exception for people's
safety: in CSV, a text that a spreadsheet would run as a formula gets an apostrophe in front.
(`data/` has no such text, but any package can be exported.)
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Package, Table
from reported_losses.errors import DataError
from reported_losses.loading.parquet_cache import parquet_bytes
from reported_losses.parsing.canonical import csv_file
from reported_losses.parsing.characters import formula_like

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_bytes(data: pa.Table) -> bytes:
    """Return a table as an Arrow IPC file (Feather version 2)."""
    import pyarrow as pa
    from pyarrow import ipc

    out = pa.BufferOutputStream()
    with ipc.new_file(out, data.schema) as file:
        file.write_table(data)
    return bytes(out.getvalue())


def csv_bytes(data: pa.Table) -> bytes:
    """Return a table as CSV: UTF-8, LF, missing values empty, safe to open in a spreadsheet."""
    names = [_csv_text(name) for name in data.column_names]
    return csv_file(names, ([_csv_text(cell) for cell in row] for row in _rows(data)))


def json_bytes(data: pa.Table) -> bytes:
    """Return a table as a JSON list: one object per row, each on its own line."""
    body = ",\n".join(_json_rows(data))
    return f"[\n{body}\n]\n".encode() if body else b"[]\n"


def ndjson_bytes(data: pa.Table) -> bytes:
    """Return a table as JSON lines: one object per row."""
    return "".join(f"{row}\n" for row in _json_rows(data)).encode()


FORMATS: Mapping[str, Callable[[pa.Table], bytes]] = MappingProxyType(
    {
        "parquet": parquet_bytes,
        "csv": csv_bytes,
        "json": json_bytes,
        "ndjson": ndjson_bytes,
        "arrow": arrow_bytes,
    }
)
"""Formats for a single table."""

SQLITE = "sqlite"


def sqlite_bytes(tables: Sequence[tuple[Table, pa.Table]]) -> bytes:
    """Return tables as a SQLite database, with primary and foreign keys.

    Args:
        tables: Descriptors with their data. All tables referred to must be among them;
            `with_referred` returns them.

    Returns:
        The database. Dates are texts YYYY-MM-DD; true and false are 1 and 0.

    Raises:
        DataError: Two rows share a key, a required cell is empty, or a row refers to one that
            does not exist.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        for table, data in tables:
            database.execute(_create(table))
            marks = ", ".join("?" * len(table.fields))
            try:
                database.executemany(
                    f"INSERT INTO {_name(table.name)} VALUES ({marks})",  # noqa: S608 - names quoted
                    (tuple(map(_sql_cell, row)) for row in _rows(data)),
                )
            except sqlite3.IntegrityError as error:
                raise _not_exported(table.name, str(error)) from None
        database.commit()
        dangling = database.execute("PRAGMA foreign_key_check").fetchone()
        if dangling is not None:
            table, row, other, _ = dangling
            raise _not_exported(table, f"row {row} refers to a row of {other} that does not exist")
        return database.serialize()


def _not_exported(table: str, why: str) -> DataError:
    return DataError(f"{table} cannot be exported: {why}; `reported-losses check` lists everything")


def with_referred(package: Package, names: Iterable[str]) -> list[Table]:
    """Return the named tables and all they refer to, directly or not, in the package's order.

    Args:
        package: The dataset's descriptor.
        names: Names of tables.

    Returns:
        The tables.

    Raises:
        UnknownNameError: There is no such table.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        table = package.table(waiting.pop())
        if table.name not in found:
            found.add(table.name)
            waiting += [key.table for key in table.foreign_keys]
    return [table for table in package.tables.values() if table.name in found]


def _rows(data: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in data.columns), strict=True)


def _csv_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if formula_like(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(json_value(value))


def _json_rows(data: pa.Table) -> Iterator[str]:
    names = data.column_names
    for row in _rows(data):
        cells = {name: json_value(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(cells, ensure_ascii=False, allow_nan=False)


def json_value(value: object) -> object:
    """Return a cell as a JSON value: a date as text, a whole number without decimal point."""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _sql_cell(value: object) -> Any:  # noqa: ANN401 - what sqlite3 takes
    return value.isoformat() if isinstance(value, dt.date) else value


def _create(table: Table) -> str:
    parts = [_column(field) for field in table.fields]
    parts.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    parts += [
        f"FOREIGN KEY ({_names(key.fields)}) "
        f"REFERENCES {_name(key.table)} ({_names(key.references)})"
        for key in table.foreign_keys
    ]
    return f"CREATE TABLE {_name(table.name)} ({', '.join(parts)})"


def _column(field: Field) -> str:
    needed = " NOT NULL" if field.required else ""
    return f"{_name(field.name)} {FIELD_TYPES[field.type].sql}{needed}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
