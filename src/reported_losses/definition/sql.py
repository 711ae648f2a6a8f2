"""Tables in SQL, from their schemas: one definition for SQLite and DuckDB.

Types, keys and constraints come from the Table Schema, and titles, descriptions and units become
comments beside the columns. SQLite keeps a statement as it was written, so `.schema` shows them.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.patterns import whole
from reported_losses.definition.schema import Field, ForeignKey, Table
from reported_losses.errors import DataError

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Dialect:
    """What SQLite and DuckDB write differently.

    Attributes:
        has_keys: Whether tables state their keys.
        table_end: What follows the closing parenthesis of a table.
        checks: From a field and the quoted name of its column to the conditions that only this
            engine needs or can check.
        column_end: From a field to what ends its column.
        days_between: From two days to the SQL of the number of days from the second to the first.
    """

    has_keys: bool
    table_end: str
    checks: Callable[[Field, str], list[str]]
    column_end: Callable[[Field], str]
    days_between: Callable[[str, str], str]


def _sqlite_checks(field: Field, column: str) -> list[str]:
    """SQLite has neither days nor truth values: it would take any text or number for them."""
    if field.type == "date":
        # Adding no days makes SQLite look whether the day exists.
        return [f"{column} IS date({column}, '+0 days')"]
    return [f"{column} IN (0, 1)"] if field.type == "boolean" else []


def _duckdb_checks(field: Field, column: str) -> list[str]:
    if field.pattern is None:
        return []
    return [f"regexp_matches({column}, {literal(whole(field.pattern))})"]


def _duckdb_end(field: Field) -> str:
    """Choose how a column is compressed.

    Bit packing writes whatever is in memory where a value is missing, so a file would be another
    one each time.
    """
    numeric = field.type in {"integer", "number", "date"}
    return " USING COMPRESSION rle" if numeric and not field.required else ""


SQLITE = Dialect(
    has_keys=True,
    table_end=" WITHOUT ROWID",  # the primary key is the table, not an index beside it
    checks=_sqlite_checks,
    column_end=lambda _: "",
    days_between=lambda later, earlier: f"julianday({later}) - julianday({earlier})",
)
DUCKDB = Dialect(
    # Keys are indexes, which would make the file four times as large, and unreadable to DuckDB 1.0.
    has_keys=False,
    table_end="",
    checks=_duckdb_checks,
    column_end=_duckdb_end,
    days_between=lambda later, earlier: f"{later} - {earlier}",
)


def quoted(name: str) -> str:
    """Return a name as SQL.

    >>> print(quoted('the "old" one'))
    "the ""old"" one"
    """
    return '"' + name.replace('"', '""') + '"'


def quoted_all(names: Iterable[str]) -> str:
    """Return names as a list in SQL.

    >>> print(quoted_all(["reporter", "subject"]))
    "reporter", "subject"
    """
    return ", ".join(map(quoted, names))


def literal(value: object) -> str:
    """Return a text, number or day as SQL.

    >>> literal("Oryx's"), literal(3), literal(dt.date(2022, 2, 24))
    ("'Oryx''s'", '3', "'2022-02-24'")
    """
    if isinstance(value, int | float):
        return repr(value)
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return "'" + text.replace("'", "''") + "'"


def comment(text: str, indent: str = "") -> str:
    r"""Return a text as lines of comment, of at most 100 characters where words allow it.

    Args:
        text: Any text; characters that cannot be printed, line ends among them, become spaces.
        indent: What each line begins with.

    >>> print(comment("One figure.\nDROP TABLE x;", "  "))
      -- One figure. DROP TABLE x;
    """
    start = f"{indent}-- "
    lines = textwrap.wrap(_printable(text), _WIDTH - len(start), break_long_words=False)
    return "\n".join(f"{start}{line}" for line in lines)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)


def about(title: str, description: str, unit: str | None = None) -> str:
    """Return what is said of a table or column in one line of text.

    >>> about("Total", "As reported.", "count")
    'Total (count): As reported.'
    """
    head = f"{title} ({unit})" if unit else title
    return _printable(": ".join(part for part in (head, description) if part))


def create_table(table: Table, dialect: Dialect) -> str:
    """Return the statement that creates a table, with its comments.

    Args:
        table: Descriptor of the table.
        dialect: `SQLITE` or `DUCKDB`.

    Returns:
        `CREATE TABLE …`, over several lines, without a semicolon. Required columns are NOT NULL.
        Listed values, bounds, lengths and, in DuckDB, patterns are CHECK constraints; in SQLite,
        which has no regular expressions, a pattern is a comment.

    >>> from reported_losses.definition.descriptor import installed
    >>> print(create_table(installed().table("reports"), SQLITE).splitlines()[0])
    CREATE TABLE "reports" (
    """
    parts = [_column(field, dialect) for field in table.fields]
    if dialect.has_keys:
        parts += _keys(table)
    head = comment(about(table.title, table.description), "  ")
    lines = [f"CREATE TABLE {quoted(table.name)} (", *filter(None, [head]), ",\n".join(parts)]
    return "\n".join([*lines, f"){dialect.table_end}"])


def _column(field: Field, dialect: Dialect) -> str:
    said = about(field.title, field.description, field.unit)
    if field.pattern is not None and dialect is SQLITE:
        said += f" Pattern: {field.pattern}"
    column = quoted(field.name)
    parts = [column, FIELD_TYPES[field.type].sql]
    parts += ["NOT NULL"] if field.required else []
    parts += [f"CHECK ({check})" for check in _checks(field, column, dialect)]
    line = f"  {' '.join(parts)}{dialect.column_end(field)}"
    return "\n".join(filter(None, [comment(said, "  "), line]))


def _checks(field: Field, column: str, dialect: Dialect) -> Iterator[str]:
    if field.enum is not None:
        yield f"{column} IN ({', '.join(map(literal, field.enum))})"
    bounds: tuple[tuple[str, str, Any], ...] = (
        (column, ">=", field.minimum),
        (column, "<=", field.maximum),
        (f"length({column})", ">=", field.min_length),
        (f"length({column})", "<=", field.max_length),
    )
    for what, sign, bound in bounds:
        if bound is not None:
            yield f"{what} {sign} {literal(bound)}"
    yield from dialect.checks(field, column)


def _keys(table: Table) -> list[str]:
    unique = [(one.name,) for one in table.fields if one.unique]
    return [
        f"  PRIMARY KEY ({quoted_all(table.primary_key)})",
        *(f"  UNIQUE ({quoted_all(one)})" for one in unique if one != table.primary_key),
        *(
            f"  FOREIGN KEY ({quoted_all(key.fields)})"
            f" REFERENCES {quoted(key.table)} ({quoted_all(key.references)})"
            for key in table.foreign_keys
        ),
    ]


def repeated_key(table: Table) -> str:
    """Return a query for the primary keys that more than one row has.

    >>> print(repeated_key(Table("t", "", "", "", (), ("a",))))
    SELECT "a" FROM "t" GROUP BY "a" HAVING count(*) > 1
    """
    key = quoted_all(table.primary_key)
    return f"SELECT {key} FROM {quoted(table.name)} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608 - names quoted


def dangling(table: Table, key: ForeignKey) -> str:
    """Return a query for the values of a foreign key that no row of the other table has.

    >>> query = dangling(Table("t", "", "", "", (), ("a",)), ForeignKey(("b",), "u", ("c",)))
    >>> query.startswith('SELECT "b" FROM "t" AS "one" WHERE "one"."b" IS NOT NULL AND NOT EXISTS')
    True
    """
    columns = [f'"one".{quoted(name)}' for name in key.fields]
    others = [f'"other".{quoted(name)}' for name in key.references]
    stated = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    same = " AND ".join(f"{one} = {other}" for one, other in zip(columns, others, strict=True))
    return (
        f'SELECT {quoted_all(key.fields)} FROM {quoted(table.name)} AS "one" WHERE {stated} '  # noqa: S608 - names quoted
        f'AND NOT EXISTS (SELECT 1 FROM {quoted(key.table)} AS "other" WHERE {same})'
    )


def refuse_names(tables: Iterable[Table]) -> None:
    """Refuse names that a database cannot hold beside each other.

    Args:
        tables: All tables of a database.

    Raises:
        DataError: Two tables, or two columns of one table, differ in letter case only; or a
            table's name is one that SQLite keeps for itself.
    """
    tables = list(tables)
    _refuse_alike("tables", [table.name for table in tables])
    for table in tables:
        _refuse_alike(f"columns of {table.name}", table.names)
        if table.name.casefold().startswith("sqlite_"):
            raise DataError(
                f"a table cannot be named {table.name!r}: SQLite keeps names that begin with "
                "sqlite_ for itself; rename it"
            )


def _refuse_alike(what: str, names: Iterable[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise DataError(
                f"{what}: {other!r} and {name!r} differ in letter case only, which SQL ignores; "
                "rename one of them"
            )
