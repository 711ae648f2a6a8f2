"""Tables as files of other formats.

The same data gives the same bytes. Nothing is lost or repaired, with one exception for people's
safety: in CSV, a text that a spreadsheet would run as a formula gets an apostrophe in front.
(`data/` has no such text, but any package can be exported.)
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reported_losses.definition.schema import Package, Table
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
    return csv_file(names, ([_csv_text(cell) for cell in row] for row in python_rows(data)))


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
"""The format for several tables; `sqlite.sqlite_bytes` writes it."""


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


def python_rows(data: pa.Table) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a table as Python values; None is missing.

    Args:
        data: Any table. What Arrow calls missing is None.

    >>> import pyarrow as pa
    >>> list(python_rows(pa.table({"a": ["x", None, "x"], "b": [1, 2, 3]})))
    [('x', 1), (None, 2), ('x', 3)]
    """
    return zip(*map(_python_values, data.columns), strict=True)


def _python_values(column: pa.ChunkedArray) -> Iterator[Any]:
    """Return the values of a column; each distinct one is made once, as most of them repeat."""
    import pyarrow as pa

    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    for chunk in encoded.chunks:
        values = [*chunk.dictionary.to_pylist(), None]  # at -1 as well
        yield from map(values.__getitem__, chunk.indices.fill_null(-1).to_numpy().tolist())


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
    for row in python_rows(data):
        cells = {name: json_value(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(cells, ensure_ascii=False, allow_nan=False)


def json_value(value: object) -> object:
    """Return a cell as a JSON value: a date as text, a whole number without decimal point."""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return int(value) if isinstance(value, float) and value.is_integer() else value
