"""`daily()`: one reporter's figures day by day, the printed ones beside the computed ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from reported_losses.errors import BadArgumentError
from reported_losses.loading.arguments import choice, flag
from reported_losses.loading.asked import Options, ask, warn_if_empty
from reported_losses.loading.computed import convert
from reported_losses.loading.day_table import (
    computed,
    descriptor,
    reported,
    selected,
    with_all_categories,
)
from reported_losses.loading.wide import widened

if TYPE_CHECKING:
    import datetime as dt

    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

VALUES = (
    *("total", "increment", "delta", "change", "correction"),
    *("evidence", "increment_evidence", "increment_mean_7", "change_mean_7"),
)
Value = Literal[
    "total",
    "increment",
    "delta",
    "change",
    "correction",
    "evidence",
    "increment_evidence",
    "increment_mean_7",
    "change_mean_7",
]


class DailyOptions(Options, total=False):
    """The arguments of `daily` besides category and engine, for type checkers."""

    wide: bool
    value: Value | None


@overload
def daily(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["pandas"] = "pandas",
    **options: Unpack[DailyOptions],
) -> pd.DataFrame: ...
@overload
def daily(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["polars"],
    **options: Unpack[DailyOptions],
) -> pl.DataFrame: ...
@overload
def daily(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["arrow"],
    **options: Unpack[DailyOptions],
) -> pa.Table: ...
@overload
def daily(
    category: str | Iterable[str] | None = None,
    *,
    engine: Literal["duckdb"],
    **options: Unpack[DailyOptions],
) -> duckdb.DuckDBPyRelation: ...
def daily(  # noqa: PLR0913 - one call, all of them by name
    category: str | Iterable[str] | None = None,
    *,
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    engine: str = "pandas",
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    with_narrower: bool = False,
    wide: bool = False,
    value: str | None = None,
) -> Any:
    """Return one reporter's figures, one row per report and category.

    Use `increment` for what was printed for a day, `change` for what happened on a day by the
    totals, printed or not, and `delta` for how the running count moved, corrections included.

    Args:
        category: A category, or several, by slug, label or alias; by default every category
            that the reporter counts.
        reporter: The organisation whose count it is.
        subject: Whose losses; may be left out if the reporter counts one side only.
        engine: "pandas" (a DataFrame), "polars" (a DataFrame), "arrow" (a pyarrow Table) or
            "duckdb" (a relation on DuckDB's default connection). All give the same table.
        start: First day, as a date or as text YYYY-MM-DD. Days are selected after everything
            is computed: the first one has its `delta` and its mean, too.
        end: Last day, included.
        as_of: A day. Gives the figures and corrections as this dataset held them at the end of
            that day.
        with_narrower: Whether to add up narrower categories (`categories.broader`) on days on
            which the reporter has no figure of the category itself, as `compare` does. The
            General Staff's vehicles then begin in February 2022. A category that the reporter
            counts only in parts may be named, too.
        wide: Whether to return one column per category, holding `value`, and one row per day.
        value: With `wide`: which of the columns from `total` to `change_mean_7` to show;
            "total" by default.

    Returns:
        A frame of the engine in order of category and day; here with the dtypes of pandas.
        `total` and `increment` are the reporter's; the columns after them say what follows.

        - `category` (category): left out if a single category was named as text.
        - `report_date` (datetime64): the day of the report.
        - `total` (Int64): the cumulative count, as reported.
        - `increment` (Int64): the day's count **as the reporter printed it**; missing if no
          record has one, never computed.
        - `delta` (Int64): this total minus that of the day before; missing if there is no
          figure of the day before. When a reporter re-bases its count, the whole difference
          falls on one day of `delta`, though nothing happened on that day.
        - `change` (Int64): `delta - correction`: the day's own change. It is there wherever
          `delta` is, whether or not an increment was printed, and equals `increment` wherever
          both are there.
        - `correction` (Int64): what the table `corrections` has for the day; 0 if it has no
          row. Where there is no figure of the day before, it corrects the last figure before
          that. A list that is restated as a whole, such as Oryx, has no corrections: its
          `change` may be negative.
        - `evidence` (category): what supports the total. The latest weeks are often `single`:
          one record alone has them yet.
        - `increment_evidence` (category): where the increment was read: `primary`, `quoted`, or
          `address`, which no print confirms; missing without an increment.
        - `increment_mean_7` (Float64): mean of the printed increments of the seven days that
          end on this one; missing if one of them is missing, never filled.
        - `change_mean_7` (Float64): mean of the changes of these days, likewise. It goes on where
          increments are no longer printed.

        On a day that is added up, every column but these is the sum of the parts. `increment`
        is missing unless all of them were reported and have one. `evidence` and
        `increment_evidence` are those of the weakest part, in the order of the schema. `delta`
        and `change` are missing if a part was not reported on both days, or if the parts are
        not those of the day before: a part that begins to be counted is no loss of that day,
        and no rule holds the sum where parts become one category.

        With `wide`: one column per category, named after it and in the order of the argument,
        with the dtype of `value`; missing if the category has no row for the day. `report_date`
        (datetime64) is the index in pandas, and the first column elsewhere.

    Raises:
        UnknownNameError: There is no such reporter, subject, category, engine or value.
        BadArgumentError: The reporter counts several sides and no subject was named; `value`
            was given without `wide`; an argument is of another type, or is a day that does not
            exist; `end` is before `start`; `category` is empty or names one twice.
        MissingExtraError: The engine's library is not installed.
        DataError: A table's file is damaged.

    Warns:
        EmptySelectionWarning: There is no figure on the days asked for; the frame is empty.

    >>> import reported_losses as rl
    >>> tanks = rl.daily("tanks").set_index("report_date")
    >>> tanks.loc["2023-02-22", ["total", "increment", "delta", "change"]].to_list()
    [3334, 8, 8, 8]
    >>> rl.daily(["tanks", "drones"], wide=True, value="change").columns.to_list()
    ['tanks', 'uavs']
    >>> vehicles = rl.daily("vehicles", with_narrower=True, end="2022-04-30").tail(2)
    >>> vehicles[["total", "change"]].to_numpy().tolist()
    [[1771, 7], [1777, 6]]
    """
    shown = _value(wide, value)
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
    columns = selected(computed(asked, counts), asked)
    warn_if_empty(asked, columns["report_date"])
    if wide:
        return convert(*widened(columns, shown, asked.named), asked.engine, index="report_date")
    columns["category"] = with_all_categories(columns["category"], counts)
    named = () if isinstance(category, str) else ("category",)
    return convert(
        descriptor("daily"),
        {name: columns[name] for name in (*named, "report_date", *VALUES)},
        asked.engine,
    )


def _value(wide: object, value: object) -> str:
    """Return the column to show in wide form."""
    is_wide = flag("wide", wide)
    if value is None:
        return "total"
    shown = choice("value", value, VALUES)
    if not is_wide:
        raise BadArgumentError(f"value={value!r} has no effect without wide=True")
    return shown
