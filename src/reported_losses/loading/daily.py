"""`daily()`: one reporter's figures day by day, the printed ones beside the computed ones."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from reported_losses.dataset.category_names import category_named
from reported_losses.errors import BadArgumentError, unknown_name
from reported_losses.loading.load import load

if TYPE_CHECKING:
    import pandas as pd

VALUES = (
    *("total", "increment", "delta", "correction"),
    *("evidence", "increment_evidence", "increment_mean_7"),
)
COUNTED = ("total", "increment", "evidence", "increment_evidence")
WINDOW = 7


def daily(
    category: str | Sequence[str] | None = None,
    *,
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    wide: bool = False,
    value: str = "total",
) -> pd.DataFrame:
    """Return one reporter's figures, one row per report and category.

    Args:
        category: A category, or several; by default every category that the reporter counts.
        reporter: The organisation whose count it is.
        subject: Whose losses; may be left out if the reporter counts one side only.
        wide: Whether to return one column per category, holding `value`, and one row per day.
        value: With `wide`: which of the columns from `total` to `increment_mean_7` to show.

    Returns:
        A pandas frame in order of category and day. `total` and `increment` are the
        reporter's; the columns after them say what follows.

        - `category` (category): left out if a single category was named as text.
        - `report_date` (datetime64): the day of the report.
        - `total` (Int64): the cumulative count, as reported.
        - `increment` (Int64): the day's count **as the reporter printed it**; missing if no
          record has one. Use it for what was reported for a day.
        - `delta` (Int64): this total minus that of the day before; missing if there is no
          report of the day before. Use it to follow the running count. When a reporter
          re-bases its count, the whole change falls on one day of `delta`, though nothing
          happened on that day.
        - `correction` (Int64): the part of `delta` that the printed increment does not
          explain, from the table `corrections`; 0 if there is nothing to explain, missing if
          no increment was printed or there is no report of the day before.
          `delta = increment + correction`.
        - `evidence` (category): what supports the total. The latest weeks are often `single`:
          one record alone has them yet.
        - `increment_evidence` (category): where the increment was read: `primary`, `quoted`, or
          `address`, which no print confirms; missing without an increment.
        - `increment_mean_7` (Float64): mean of the printed increments of the seven days that
          end on this one; missing if one of them is missing, never filled. Use it for trends.

        With `wide`: `report_date` (datetime64) and one column per category, named after it,
        with the dtype of `value`; missing if the category has no row for the day.

    Raises:
        UnknownNameError: There is no such reporter, subject, category or value.
        BadArgumentError: The reporter counts several sides and no subject was named, or
            `value` was given without `wide`.

    >>> tanks = daily("tanks").set_index("report_date")
    >>> tanks.loc["2023-02-22", ["total", "increment", "delta"]].to_list()
    [3334, 8, 8]
    >>> daily(["tanks", "uavs"], wide=True, value="delta").columns.to_list()
    ['report_date', 'tanks', 'uavs']
    """
    if value not in VALUES:
        raise unknown_name("value", value, VALUES)
    if value != "total" and not wide:
        raise BadArgumentError(f"value={value!r} has no effect without wide=True")
    subject = counted_subject(reporter, subject)
    known = _counted(reporter, subject)
    chosen = [category] if isinstance(category, str) else list(category or known)
    for name in chosen:
        if name not in known:
            kind = f"category of {reporter} for {subject}"
            raise unknown_name(kind, name, known, _meant(name, known))
    frame = _with_computed(_figures(reporter, subject, chosen))
    if wide:
        table = frame.astype({"category": str}).set_index(["report_date", "category"])[value]
        return table.unstack("category").reset_index().rename_axis(columns=None)  # noqa: PD010 - keeps types
    return frame.drop(columns="category") if isinstance(category, str) else frame


def counted_subject(reporter: str, subject: str | None) -> str:
    """Return the subject that a reporter counts, or check that it counts the one named.

    Args:
        reporter: The organisation whose count it is.
        subject: Whose losses; None for the only side that the reporter counts.

    Raises:
        UnknownNameError: There is no such reporter, or it does not count the subject.
        BadArgumentError: The reporter counts several sides and no subject was named.
    """
    series = load("series", columns=["reporter", "subject"]).astype(str)
    reporters = _distinct(series["reporter"])
    if reporter not in reporters:
        raise unknown_name("reporter", reporter, reporters)
    subjects = _distinct(series.loc[series["reporter"] == reporter, "subject"])
    if subject is None and len(subjects) > 1:
        raise BadArgumentError(
            f"{reporter} counts the losses of {' and '.join(subjects)}; choose one",
            remedy=("subject", subjects[0]),
        )
    if subject is not None and subject not in subjects:
        raise unknown_name(f"subject of {reporter}", subject, subjects)
    return subject or subjects[0]


def _counted(reporter: str, subject: str) -> list[str]:
    series = load("series", columns=["reporter", "subject", "category"]).astype(str)
    rows = (series["reporter"] == reporter) & (series["subject"] == subject)
    return _distinct(series.loc[rows, "category"])


def _meant(name: str, counted: list[str]) -> str | None:
    """Return the category, of those counted, that people call by this name."""
    columns = ["category", "label_en", "label_uk", "aliases"]
    frame = load("categories", columns=columns).astype(object)
    rows = frame.where(frame.notna(), "").to_dict("records")
    return category_named(name, (row for row in rows if row["category"] in counted))


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _figures(reporter: str, subject: str, categories: list[str]) -> pd.DataFrame:
    """Return the reporter's figures with their corrections, in order of category and day."""
    keys = ["category", "report_date"]
    counts = _rows_of("loss_counts", reporter, subject, [*keys, *COUNTED])
    amounts = _rows_of("corrections", reporter, subject, [*keys, "amount"])
    frame = counts[counts["category"].isin(categories)].merge(
        amounts.rename(columns={"amount": "correction"}), how="left", on=keys
    )
    return frame.sort_values(keys, ignore_index=True)


def _rows_of(
    name: Literal["loss_counts", "corrections"], reporter: str, subject: str, columns: list[str]
) -> pd.DataFrame:
    frame: pd.DataFrame = load(name)
    rows = (frame["reporter"] == reporter) & (frame["subject"] == subject)
    return frame.loc[rows, columns].astype({"category": str})


def _with_computed(frame: pd.DataFrame) -> pd.DataFrame:
    """Add delta, correction and the mean of seven increments."""
    import pandas as pd

    by_category = frame.groupby("category", sort=False)
    day, total = by_category["report_date"], by_category["total"]
    is_next_day = frame["report_date"] - day.shift(1) == pd.Timedelta(days=1)
    increment = frame["increment"].astype("Int64")
    correction = frame["correction"].astype("Int64")
    nothing_to_explain = is_next_day & increment.notna() & correction.isna()
    # Missing plus anything is missing, so a missing increment leaves its weeks without a mean.
    week = [by_category["increment"].shift(days).astype("Int64") for days in range(WINDOW)]
    is_whole_week = frame["report_date"] - day.shift(WINDOW - 1) == pd.Timedelta(days=WINDOW - 1)
    mean = functools.reduce(operator.add, week) / WINDOW
    return pd.DataFrame(
        {
            "category": frame["category"].astype("category"),
            "report_date": frame["report_date"],
            "total": frame["total"].astype("Int64"),
            "increment": increment,
            "delta": (frame["total"] - total.shift(1)).astype("Int64").where(is_next_day),
            "correction": correction.mask(nothing_to_explain, 0),
            "evidence": frame["evidence"],
            "increment_evidence": frame["increment_evidence"],
            "increment_mean_7": mean.astype("Float64").where(is_whole_week),
        }
    )
