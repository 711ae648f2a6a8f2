"""What releases are made from: the real tables, or a few made ones."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Field, ForeignKey, Package, Table
from reported_losses.loading.load import arrow
from reported_losses.release.duckdb import duckdb_files
from reported_losses.release.source import Source
from reported_losses.release.sqlite import sqlite_files

DATE = "2026-12-01"


@functools.cache
def real_source() -> Source:
    """Return the tables of this checkout."""
    package = installed()
    tables = {name: arrow(table) for name, table in package.tables.items()}
    return Source(package_dir(), package, DATE, tables)


@functools.cache
def real_file(name: str) -> bytes:
    """Return the database of this checkout's tables, made once for all tests of a process."""
    write = sqlite_files if name.endswith(".sqlite") else duckdb_files
    return write(real_source())[name]


def decoded(data: pa.Table) -> pa.Table:
    """Return data with texts in place of dictionaries, in one piece."""
    columns = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in data.columns
    ]
    return pa.Table.from_arrays(columns, names=data.column_names).combine_chunks()


def made_source(tables: Iterable[tuple[Table, pa.Table]], version: str = "1.2.3") -> Source:
    """Return a source of made tables."""
    held = list(tables)
    by_name = MappingProxyType({table.name: table for table, _ in held})
    package = Package("made", version, "Made", "", by_name, MappingProxyType({}))
    return Source(Path(), package, DATE, {table.name: data for table, data in held})


_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}


def rows_as_arrow(table: Table, rows: Iterable[tuple[object, ...]]) -> pa.Table:
    """Return rows as the Arrow table that `load` would give, dictionaries included."""
    held = list(rows)
    arrays = []
    for place, field in enumerate(table.fields):
        array = pa.array([row[place] for row in held], _TYPES[field.type])
        arrays.append(array.dictionary_encode() if field.categorical else array)
    return pa.Table.from_arrays(arrays, names=list(table.names))


# Names and texts that would break careless SQL.
ODD_PARENT = Table(
    'the "parents"',
    "Line one\nDROP TABLE x; -- '",
    "",
    "",
    (
        Field("it's", "", "", "string", required=True, categorical=True),
        Field("up", "", "", "string", categorical=True),
    ),
    ("it's",),
    (ForeignKey(("up",), 'the "parents"', ("it's",)),),
)
ODD_CHILD = Table(
    "group",
    "",
    "",
    "",
    (
        Field('a "key"', "", "\x00 ends nothing", "integer", required=True, minimum=1, unique=True),
        Field("order", "", "", "string", required=True, categorical=True),
        Field("kind", "", "", "string", enum=("it's", '"x"'), categorical=True),
        Field("code", "", "", "string", pattern=r"[a-z]+\s?'?", min_length=1, max_length=5),
        Field("day", "", "", "date", minimum=dt.date(2022, 2, 24)),
        Field("share", "", "", "number", minimum=0.0, maximum=1.0),
        Field("true", "", "", "boolean"),
    ),
    ('a "key"',),
    (ForeignKey(("order",), 'the "parents"', ("it's",)),),
)
PARENTS = (("a", None), ("b'", "c"), ("c", "a"))
CHILD = (1, "b'", "it's", "ab '", dt.date(2022, 2, 24), 0.5, True)
EMPTY_CHILD = (2, "a", None, None, None, None, None)


def odd_source(*children: tuple[object, ...]) -> Source:
    """Return two tables of odd names, the second with these rows."""
    return made_source(
        [
            (ODD_PARENT, rows_as_arrow(ODD_PARENT, PARENTS)),
            (ODD_CHILD, rows_as_arrow(ODD_CHILD, children or (CHILD, EMPTY_CHILD))),
        ]
    )


def changed(place: int, value: object) -> tuple[object, ...]:
    """Return the child with another value in one cell."""
    return (*CHILD[:place], value, *CHILD[place + 1 :])


BROKEN = {
    "minimum": changed(0, 0),
    "required": changed(1, None),
    "reference": changed(1, "nobody"),
    "enum": changed(2, "its"),
    "maximum": changed(5, 1.5),
    "length": changed(3, "abcdef"),
}
"""A child that some constraint forbids, by the constraint."""
