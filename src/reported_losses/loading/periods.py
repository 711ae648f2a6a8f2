"""`periods()`: sums by week, month, quarter or year, with the number of days that they cover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from reported_losses.loading.arguments import choice
from reported_losses.loading.asked import Options, ask, warn_if_empty
from reported_losses.loading.computed import convert
from reported_losses.loading.day_table import reported, with_all_categories
from reported_losses.loading.period_sums import STEPS, descriptor, sums

if TYPE_CHECKING:
    import datetime as dt

    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa


class PeriodOptions(Options, total=False):
    """The arguments of `periods` besides category and engine, for type checkers."""

    every: Literal["week", "month", "quarter", "year"]


@overload
def periods(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["pandas"] = "pandas",
    **options: Unpack[PeriodOptions],
) -> pd.DataFrame: ...
@overload
def periods(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["polars"],
    **options: Unpack[PeriodOptions],
) -> pl.DataFrame: ...
@overload
def periods(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["arrow"],
    **options: Unpack[PeriodOptions],
) -> pa.Table: ...
@overload
def periods(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["duckdb"],
    **options: Unpack[PeriodOptions],
) -> duckdb.DuckDBPyRelation: ...
def periods(  # noqa: PLR0913 - one call, all of them by name
    category: str | Iterable[str] | None = None,
    *,
    every: str = "month",
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    engine: str = "pandas",
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    with_narrower: bool = False,
) -> Any:
    """Return sums by week, month, quarter or year, with the number of days that they cover.

    A sum of printed increments is too small wherever some days have none. So each sum stands
    beside the number of days in it, and is missing, never 0, if there is none.

    Args:
        category: A category, or several, by slug, label or alias; by default every category
            that the reporter counts.
        every: "week" (Monday to Sunday, as in ISO 8601), "month", "quarter" or "year".
        reporter: As for `daily`.
        subject: As for `daily`.
        engine: As for `daily`.
        start: First day to count, as for `daily`.
        end: Last day to count, included.
        as_of: As for `daily`.
        with_narrower: As for `daily`.

    Returns:
        A frame of the engine in order of category and period; here with the dtypes of pandas.
        A report belongs to the period of its `report_date`. Every period in which a day is due
        has a row, also if nothing was reported in it.

        - `category` (category): left out if a single category was named as text.
        - `period_start` (datetime64): first day of the period.
        - `period_end` (datetime64): last day of the period.
        - `change` (Int64): sum of `change` of `daily`; missing if no day has one. The total of a
          reporter that publishes irregularly holds until its next report, except in declared
          gaps: `change` is then the difference of the totals held at the end of the period and
          on the day before it, without corrections. If one of these days is in a gap, the
          nearest day of the period that has a total stands for it.
        - `change_days` (int64): how many days have a change; for an irregular reporter, from how
          many days the difference results.
        - `increment` (Int64): sum of the printed increments; missing if no day has one.
        - `increment_days` (int64): how many days have an increment.
        - `days` (int64): how many days are due: those from `start` to `end` on which the reporter
          counts the category (`series.first_report` to `series.last_report`), up to the
          reporter's last report. Days in a declared gap are due.
        - `partial` (bool): whether a day of the period has no change, because it is not due,
          is still to come, or has no figure of it or of the day before. Compare changes only
          of periods that are not partial.
        - `increment_partial` (bool): whether a day of the period has no increment. Compare
          increments only of periods in which none is missing: since August 2025 few are printed.

    Raises:
        UnknownNameError: As for `daily`, or there is no such step.
        BadArgumentError: As for `daily`.
        MissingExtraError: As for `daily`.
        DataError: As for `daily`.

    Warns:
        EmptySelectionWarning: No day is due on the days asked for; the frame is empty.

    >>> import reported_losses as rl
    >>> months = rl.periods("tanks", start="2023-01-01", end="2023-02-22").set_index("period_start")
    >>> months[["change", "change_days", "days", "partial"]].to_numpy().tolist()
    [[172, 31, 31, False], [133, 22, 22, True]]
    """
    step = choice("every", every, STEPS)
    asked = ask(
        category,
        reporter=reporter,
        subject=subject,
        engine=engine,
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=with_narrower,
    )
    counts = reported(asked)
    made = sums(asked, counts, step)
    warn_if_empty(asked, made["period_start"])
    if isinstance(category, str):
        del made["category"]
    else:
        made["category"] = with_all_categories(made["category"], counts)
    return convert(descriptor(), made, asked.engine)
