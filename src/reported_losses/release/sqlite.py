"""A release as a SQLite database, and its schema as SQL for people."""

from __future__ import annotations

from reported_losses.definition.sql import SQLITE
from reported_losses.loading.sqlite import sqlite_bytes
from reported_losses.release.source import Files, Source
from reported_losses.release.sql import create_view, described, schema_sql, views_of

DATABASE = "reported-losses.sqlite"
SCHEMA = "schema.sql"


def sqlite_files(source: Source) -> Files:
    """Return all tables as one database with keys, checks and views, and the schema in SQL.

    Args:
        source: What the release is made from.

    Returns:
        `reported-losses.sqlite` and `schema.sql`. The same source gives the same bytes with any
        version of SQLite. Dates are texts YYYY-MM-DD; true and false are 1 and 0. Besides its
        tables, the database has `_about` and `_columns`, which describe it, and the views of
        `release.views`.

    Raises:
        DataError: A key, a check or a reference does not hold, or names differ in case only.
    """
    package = source.package
    tables = [(table, source.tables[name]) for name, table in package.tables.items()]
    tables += [(one.table, one.data) for one in described(source)]
    views = [create_view(view, SQLITE) for view in views_of(package)]
    return {
        DATABASE: sqlite_bytes(tables, views=views, version=package.version),
        SCHEMA: schema_sql(package),
    }
