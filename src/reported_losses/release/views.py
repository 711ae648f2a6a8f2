"""The views of a release's databases: `daily`, `discrepancies` and `evidence`.

They are computed in SQL from the tables, so that whoever has the file alone can follow them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Field, Table
from reported_losses.definition.sql import Dialect
from reported_losses.loading.daily import VALUES
from reported_losses.loading.day_table import descriptor

_FIGURE = ("reporter", "subject", "category", "report_date")


@dataclass(frozen=True, slots=True)
class View:
    """A view.

    Attributes:
        table: Its name and columns, described as those of a table.
        needs: The tables that it is computed from.
        select: From a dialect to its query.
    """

    table: Table
    needs: tuple[str, ...]
    select: Callable[[Dialect], str]


def _key() -> tuple[Field, ...]:
    return tuple(map(installed().table("loss_counts").field, _FIGURE))


def _count(name: str, description: str) -> Field:
    return Field(name, name, description, "integer", "count")


def _flag(name: str, description: str) -> Field:
    return Field(name, name, description, "boolean")


def _renamed(table: str, column: str, name: str | None = None) -> Field:
    field = installed().table(table).field(column)
    return dataclasses.replace(field, name=name or column)


def _daily() -> Table:
    days = descriptor("daily")
    fields = (*_key(), *map(days.field, VALUES))
    return dataclasses.replace(days, fields=fields, primary_key=_FIGURE)


def _discrepancies() -> Table:
    return Table(
        "discrepancies",
        "Discrepancies",
        "Cells on which a record has another number than loss_counts, stale readings left out, "
        "and printed increments that do not add up.",
        "",
        (
            *_key(),
            Field(
                "kind",
                "kind",
                "What differs: total or increment, if a record has another one than loss_counts; "
                "sum, if the total is not that of the day before plus the printed increment.",
                "string",
            ),
            _count("figure", "The total or increment that loss_counts has; of a sum, the total."),
            _renamed("readings", "record"),
            _flag("votes", "Whether the record counts where records differ; missing for a sum."),
            _count(
                "reading", "What the record has; of a sum, the day before's total plus increment."
            ),
            _count("difference", "reading less figure."),
            _renamed("corrections", "amount", "correction"),
            _renamed("corrections", "kind", "correction_kind"),
        ),
        (*_FIGURE, "kind", "record"),
    )


def _evidence() -> Table:
    return Table(
        "evidence",
        "Evidence",
        "What each record says of each total: those that state one, and those kept only where "
        "they dissent, which agree by their silence.",
        "",
        (
            *_key(),
            *(_renamed("loss_counts", name) for name in ("total", "evidence")),
            _renamed("readings", "record"),
            _renamed("records", "kind"),
            _count("reading", "The total that the record has."),
            _flag("agrees", "Whether the record has the total of loss_counts."),
            _renamed("records", "votes"),
            _flag("stale", "Whether the reading is of another day, and so no evidence."),
            _flag("silent", "Whether the record agrees by its silence: readings has no row."),
        ),
        (*_FIGURE, "record"),
    )


def _select_daily(dialect: Dialect) -> str:
    days = dialect.days_between
    # Not lag(report_date, 6): older DuckDBs cannot read how newer ones store it.
    week = f"{days('report_date', 'min(report_date) OVER week')} = 6"
    return f"""\
WITH figures AS (
  SELECT counted.*, coalesce(corrections.amount, 0) AS correction
  FROM loss_counts AS counted
  LEFT JOIN corrections USING (reporter, subject, category, report_date)
), changes AS (
  SELECT
    *,
    CASE WHEN {days("report_date", "lag(report_date) OVER series")} = 1
      THEN total - lag(total) OVER series END AS delta
  FROM figures
  WINDOW series AS (PARTITION BY reporter, subject, category ORDER BY report_date)
), moves AS (
  SELECT *, delta - correction AS change
  FROM changes
)
SELECT
  reporter, subject, category, report_date,
  total, increment, delta, change, correction, evidence, increment_evidence,
  CASE WHEN {week} AND count(increment) OVER week = 7
    THEN CAST(sum(increment) OVER week AS DOUBLE) / 7 END AS increment_mean_7,
  CASE WHEN {week} AND count(change) OVER week = 7
    THEN CAST(sum(change) OVER week AS DOUBLE) / 7 END AS change_mean_7
FROM moves
WINDOW week AS (
  PARTITION BY reporter, subject, category ORDER BY report_date
  ROWS BETWEEN 6 PRECEDING AND CURRENT ROW
)"""  # noqa: S608 - nothing from outside


def _select_discrepancies(_: Dialect) -> str:
    return f"""\
WITH found AS (
{_differing("total")}
  UNION ALL
{_differing("increment")}
  UNION ALL
  SELECT
    reporter, subject, category, report_date, 'sum' AS kind,
    total AS figure, NULL AS record, NULL AS votes, total - delta + increment AS reading
  FROM daily
  WHERE increment <> delta
)
SELECT
  found.*, reading - figure AS difference,
  corrections.amount AS correction, corrections.kind AS correction_kind
FROM found
LEFT JOIN corrections USING (reporter, subject, category, report_date)"""  # noqa: S608 - two known columns


def _differing(column: str) -> str:
    """Return the readings whose total or increment is not that of the figure."""
    return f"""\
  SELECT
    read.reporter, read.subject, read.category, read.report_date, '{column}' AS kind,
    counted.{column} AS figure, read.record, records.votes, read.{column} AS reading
  FROM readings AS read
  JOIN loss_counts AS counted USING (reporter, subject, category, report_date)
  JOIN records ON records.record = read.record
  WHERE read.{column} <> counted.{column} AND NOT coalesce(read.stale, 1 = 0)"""  # noqa: S608 - two known columns


def _select_evidence(_: Dialect) -> str:
    return """\
WITH RECURSIVE gaps AS (
  -- A cell of records.gaps is a list of FIRST/LAST, 21 characters each, with spaces between.
  SELECT record, substr(gaps, 1, 10) AS first_day, substr(gaps, 12, 10) AS last_day,
    substr(gaps, 23) AS rest
  FROM records
  WHERE gaps IS NOT NULL
  UNION ALL
  SELECT record, substr(rest, 1, 10), substr(rest, 12, 10), substr(rest, 23)
  FROM gaps
  WHERE rest <> ''
)
SELECT
  counted.reporter, counted.subject, counted.category, counted.report_date,
  counted.total, counted.evidence, records.record, records.kind,
  read.total AS reading, read.total = counted.total AS agrees, records.votes,
  coalesce(read.stale, 1 = 0) AS stale, 1 = 0 AS silent
FROM readings AS read
JOIN loss_counts AS counted USING (reporter, subject, category, report_date)
JOIN records ON records.record = read.record
WHERE read.total IS NOT NULL
UNION ALL
SELECT
  counted.reporter, counted.subject, counted.category, counted.report_date,
  counted.total, counted.evidence, records.record, records.kind,
  counted.total AS reading, 1 = 1 AS agrees, records.votes, 1 = 0 AS stale, 1 = 1 AS silent
FROM records
JOIN loss_counts AS counted
  ON counted.reporter = records.reporter
  AND counted.report_date BETWEEN records.first_day AND records.last_day
  AND instr(' ' || records.categories || ' ', ' ' || counted.category || ' ') > 0
WHERE records.kept = 'dissent' AND records.votes
  AND NOT EXISTS (
    SELECT 1 FROM readings AS read
    WHERE read.record = records.record AND read.reporter = counted.reporter
      AND read.subject = counted.subject AND read.category = counted.category
      AND read.report_date = counted.report_date
  )
  AND NOT EXISTS (
    SELECT 1 FROM gaps
    WHERE gaps.record = records.record
      AND CAST(counted.report_date AS VARCHAR) BETWEEN gaps.first_day AND gaps.last_day
  )"""


VIEWS = (
    View(_daily(), ("loss_counts", "corrections"), _select_daily),
    View(
        _discrepancies(),
        ("loss_counts", "corrections", "readings", "records"),
        _select_discrepancies,
    ),
    View(_evidence(), ("loss_counts", "readings", "records"), _select_evidence),
)
"""The views, in an order in which each reads only those before it."""
