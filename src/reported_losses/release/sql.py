"""The views of a release's databases, and its schema as one file of SQL.

A view is written once, for SQLite and DuckDB. What the two write differently is in
`definition.sql.Dialect`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reported_losses.definition.citation import citation
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Package, Table
from reported_losses.definition.sql import SQLITE, Dialect, about, comment, create_table, quoted
from reported_losses.release.views import VIEWS, View

if TYPE_CHECKING:
    import pyarrow as pa

    from reported_losses.release.source import Source


@dataclass(frozen=True, slots=True)
class Described:
    """A table that describes the database, with its data."""

    table: Table
    data: pa.Table


def _text(name: str, description: str, *, required: bool = False) -> Field:
    return Field(name, name, description, "string", required=required)


_ABOUT = Table(
    "_about",
    "About",
    "What this database is.",
    "",
    (
        _text("property", "What is stated.", required=True),
        _text("value", "What is stated of it."),
    ),
    ("property",),
)
_COLUMNS = Table(
    "_columns",
    "Columns",
    "What each column of each table and view means.",
    "",
    (
        _text("table_name", "Name of the table or view.", required=True),
        Field("position", "position", "Place of the column, from 1.", "integer", required=True),
        _text("column_name", "Name of the column.", required=True),
        _text("type", "Its type in the Table Schema.", required=True),
        _text("unit", "What a number counts."),
        _text("title", "Label for people."),
        _text("description", "What the column means."),
    ),
    ("table_name", "position"),
)


def views_of(package: Package) -> tuple[View, ...]:
    """Return the views of a package: those whose tables it has.

    >>> from reported_losses.definition.descriptor import installed
    >>> [view.table.name for view in views_of(installed())]
    ['daily', 'discrepancies', 'evidence']
    """
    return tuple(view for view in VIEWS if set(view.needs) <= set(package.tables))


def create_view(view: View, dialect: Dialect) -> str:
    """Return the statement that creates a view, with its comments, without a semicolon.

    Args:
        view: The view.
        dialect: `SQLITE` or `DUCKDB`.
    """
    lines = [about(view.table.title, view.table.description)]
    lines += [f"{one.name}: {about('', one.description, one.unit)}" for one in view.table.fields]
    said = "\n".join(comment(line, "  ") for line in lines)
    return f"CREATE VIEW {quoted(view.table.name)} AS\n{said}\n{view.select(dialect)}"


def described(source: Source) -> tuple[Described, ...]:
    """Return the tables that describe a database: `_about` and `_columns`.

    Args:
        source: What the release is made from.
    """
    package = source.package
    shown = [*package.tables.values(), *(view.table for view in views_of(package))]
    return (_made(_ABOUT, _properties(source)), _made(_COLUMNS, _columns(shown)))


def _made(table: Table, rows: Sequence[tuple[str | int | None, ...]]) -> Described:
    import pyarrow as pa

    arrays = [
        pa.array([row[place] for row in rows], FIELD_TYPES[field.type].arrow)
        for place, field in enumerate(table.fields)
    ]
    return Described(table, pa.Table.from_arrays(arrays, names=list(table.names)))


def _properties(source: Source) -> list[tuple[str, str | None]]:
    package = source.package
    licence: Mapping[str, str] = next(iter(package.raw.get("licenses", ())), {})
    stated = {
        "name": package.name,
        "title": package.title,
        "description": package.description,
        "version": package.version,
        "date": source.date,
        "licence": licence.get("name"),
        "licence_url": licence.get("path"),
        "citation": citation(),
        "homepage": package.raw.get("homepage"),
    }
    return list(stated.items())


def _columns(tables: Iterable[Table]) -> list[tuple[str | int | None, ...]]:
    return [
        (table.name, position, one.name, one.type, one.unit, one.title, one.description)
        for table in tables
        for position, one in enumerate(table.fields, 1)
    ]


def schema_sql(package: Package) -> bytes:
    """Return the tables and views as a file that `sqlite3` runs as it is.

    Args:
        package: Descriptor of the package.

    >>> from reported_losses.definition.descriptor import installed
    >>> text = schema_sql(installed()).decode()
    >>> text.count("CREATE TABLE"), text.count("CREATE VIEW")
    (14, 3)
    """
    head = comment(
        f"{package.title}, version {package.version}. Tables and views for SQLite 3.25 or later. "
        "Generated from the Table Schemas. To hold foreign keys: PRAGMA foreign_keys = ON;"
    )
    parts = [head, *(f"{create_table(table, SQLITE)};" for table in package.tables.values())]
    parts += [f"{create_view(view, SQLITE)};" for view in views_of(package)]
    return ("\n\n".join(parts) + "\n").encode()
