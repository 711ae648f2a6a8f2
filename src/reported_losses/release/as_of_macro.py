"""The macro `as_of` of a DuckDB database: `loss_counts` as this dataset held it on a day.

It does what `loading.as_of` does, in the same order: on the texts of cells, which are cast at the
end as those of a file are.
"""

from __future__ import annotations

from collections.abc import Callable

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.definition.sql import literal, quoted, quoted_all

AS_OF = (
    "loss_counts as this dataset held it at the end of a day: without rows recorded later, with "
    "later revisions undone and rows that were withdrawn later put back. "
    "FROM as_of('2026-12-01')"
)
"""The comment of the macro."""


def as_of_macro(table: Table) -> str:
    """Return the statement that creates the macro.

    Args:
        table: Descriptor of `loss_counts`; `revisions` must be in the same database.

    >>> from reported_losses.definition.descriptor import installed
    >>> print(as_of_macro(installed().table("loss_counts")).splitlines()[0])
    CREATE MACRO as_of(day) AS TABLE
    """
    names, key = quoted_all(table.names), quoted_all(table.primary_key)
    return f"""\
CREATE MACRO as_of(day) AS TABLE
WITH later AS (
  -- What a cell had is the old value of the first revision after the day. '' was missing.
  SELECT "key" AS row_key, "column" AS cell, arg_min(coalesce("old", ''), revision) AS was
  FROM revisions
  WHERE "table" = {literal(table.name)} AND revised_on > CAST(day AS DATE)
  GROUP BY ALL
), undone AS (
  SELECT row_key, {_each(table, _old)}
  FROM later
  WHERE cell IS NOT NULL
  GROUP BY row_key
), held AS (
  SELECT {_key_text(table)} AS row_key, {_each(table, _now)}
  FROM {quoted(table.name)}
  UNION ALL
  SELECT row_key, {_each(table, _withdrawn)}
  FROM later
  WHERE cell IS NULL
), before AS (
  SELECT {_each(table, _value)}
  FROM held
  LEFT JOIN undone USING (row_key)
), recorded AS (
  SELECT recorded_on AS first_day FROM before
  UNION ALL
  SELECT CAST(json_extract_string("old", '$.recorded_on') AS DATE)
  FROM revisions
  WHERE "table" = {literal(table.name)} AND "column" IS NULL
), begun AS (
  SELECT min(first_day) AS first_day FROM recorded
), asked AS (
  SELECT CASE
    WHEN CAST(day AS DATE) >= first_day THEN CAST(day AS DATE)
    ELSE error(concat(
      coalesce(CAST(day AS VARCHAR), 'a missing day'),
      ' is before the first record of {table.name}, on ', CAST(first_day AS VARCHAR)
    ))
  END AS day_asked
  FROM begun
)
SELECT {names}
FROM before, asked
WHERE recorded_on <= day_asked
ORDER BY {key}"""  # noqa: S608 - names quoted


def _each(table: Table, write: Callable[[Field], str]) -> str:
    return ", ".join(f"{write(field)} AS {quoted(field.name)}" for field in table.fields)


def _key_text(table: Table) -> str:
    """Return the SQL of a row's key, spelt as in `revisions`."""
    parts = (f"CAST({quoted(name)} AS VARCHAR)" for name in table.primary_key)
    return f"concat_ws('/', {', '.join(parts)})"


def _old(field: Field) -> str:
    return f"any_value(was) FILTER (WHERE cell = {literal(field.name)})"


def _now(field: Field) -> str:
    return f"CAST({quoted(field.name)} AS VARCHAR)"


def _withdrawn(field: Field) -> str:
    return f"json_extract_string(was, {literal(f'$.{quoted(field.name)}')})"


def _value(field: Field) -> str:
    column = quoted(field.name)
    text = f"nullif(coalesce(undone.{column}, held.{column}), '')"
    return f"CAST({text} AS {FIELD_TYPES[field.type].sql})"
