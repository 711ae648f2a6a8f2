"""`timeline()`: one category day by day, with the columns that most readers want."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from reported_losses.loading.arguments import text
from reported_losses.loading.asked import Options, ask, warn_if_empty
from reported_losses.loading.computed import convert
from reported_losses.loading.day_table import computed, descriptor, reported, selected

if TYPE_CHECKING:
    import datetime as dt

    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

SHOWN = (
    *("report_date", "total", "change", "change_mean_7"),
    *("evidence", "correction", "correction_kind", "correction_reason"),
)


@overload
def timeline(
    category: str,
    *,
    engine: Literal["pandas"] = "pandas",
    **options: Unpack[Options],
) -> pd.DataFrame: ...
@overload
def timeline(
    category: str,
    *,
    engine: Literal["polars"],
    **options: Unpack[Options],
) -> pl.DataFrame: ...
@overload
def timeline(
    category: str,
    *,
    engine: Literal["arrow"],
    **options: Unpack[Options],
) -> pa.Table: ...
@overload
def timeline(
    category: str,
    *,
    engine: Literal["duckdb"],
    **options: Unpack[Options],
) -> duckdb.DuckDBPyRelation: ...
def timeline(  # noqa: PLR0913 - one call, all of them by name
    category: str,
    *,
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    engine: str = "pandas",
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    with_narrower: bool = False,
) -> Any:
    """Return one category day by day, with the columns that most readers want.

    A projection of `daily`, which has the printed increments as well.

    Args:
        category: The category, by slug, label or alias.
        reporter: As for `daily`.
        subject: As for `daily`.
        engine: As for `daily`.
        start: As for `daily`.
        end: As for `daily`.
        as_of: As for `daily`.
        with_narrower: As for `daily`.

    Returns:
        A frame of the engine, one row per report; here with the dtypes of pandas.

        - `report_date` (datetime64): the day of the report; the index in pandas, and the first
          column elsewhere.
        - `total` (Int64): the cumulative count, as reported.
        - `change` (Int64): this total minus that of the day before, without corrections; missing
          if there is no figure of the day before.
        - `change_mean_7` (Float64): mean of the changes of the seven days that end on this one;
          missing if one of them is missing.
        - `evidence` (category): what supports the total.
        - `correction` (Int64): what the table `corrections` has for the day; 0 if it has no row.
        - `correction_kind` (category): its kind, such as "re-based"; missing without one.
        - `correction_reason` (str): what the records show, in words; missing without one.

        On a day that is added up from narrower categories, kind and reason are missing if
        several of them have a correction.

    Raises:
        UnknownNameError: As for `daily`.
        BadArgumentError: As for `daily`, or `category` is no text.
        MissingExtraError: As for `daily`.
        DataError: As for `daily`.

    Warns:
        EmptySelectionWarning: There is no figure on the days asked for; the frame is empty.

    >>> import reported_losses as rl
    >>> tanks = rl.timeline("tanks", start="2023-05-27", end="2023-05-28")
    >>> tanks[["total", "change", "correction"]].to_numpy().tolist()
    [[3799, 3, 0], [3797, 3, -5]]
    """
    asked = ask(
        text("category", category),
        reporter=reporter,
        subject=subject,
        engine=engine,
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=with_narrower,
    )
    columns = selected(computed(asked, reported(asked)), asked)
    warn_if_empty(asked, columns["report_date"])
    shown = {name: columns[name] for name in SHOWN}
    return convert(descriptor("timeline"), shown, asked.engine, index="report_date")
