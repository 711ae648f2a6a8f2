"""`daily()`: one reporter's figures day by day, with what was printed beside what was computed."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reported_losses.errors import BadArgumentError, unknown_name
from reported_losses.loading.load import load

if TYPE_CHECKING:
    import pandas as pd

VALUES = ("total", "increment", "delta", "correction", "evidence", "increment_mean_7")
WINDOW = 7


def daily(
    category: str | Sequence[str] | None = None,
    *,
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    wide: bool = False,
    value: str = "total",
) -> pd.DataFrame:
    """Give one reporter's figures, one row per report and category.

    Columns, of which the first two are the reporter's and the others follow from them:

    - `total`: the cumulative count, as reported.
    - `increment`: the day's count **as the reporter printed it**; missing where it printed
      none. Use it for what was reported for a day.
    - `delta`: this total less that of the day before; missing where the day before has no
      report. Use it to follow the running count. When a reporter re-bases its count, the whole
      change falls on one day of `delta`, though nothing happened on that day.
    - `correction`: the part of `delta` that the printed increment does not explain, from the
      table `corrections`; 0 where there is nothing to explain, missing where no increment was
      printed or the day before has no report. `delta = increment + correction`.
    - `evidence`: what supports the total.
    - `increment_mean_7`: mean of the printed increments of the seven days that end on this
      one; missing where one of them is missing, never filled. Use it for trends.

    Args:
        category: A category, or several; every one that the reporter counts by default.
        reporter: The organisation whose count it is.
        subject: Whose losses; may be left out where the reporter counts one side only.
        wide: Whether to give one column per category, holding `value`, and one row per day.
        value: For `wide`: which of the columns above.

    Returns:
        A pandas frame in order of category and day. `category` is a column unless a single
        category was named.

    Raises:
        UnknownNameError: There is no such reporter, subject, category or value.
        BadArgumentError: The subject has to be named, or `value` was given without `wide`.

    >>> tanks = daily("tanks").set_index("report_date")
    >>> tanks.loc["2023-02-22", ["total", "increment", "delta"]].to_list()
    [3334, 8, 8]
    """
    if value not in VALUES:
        raise unknown_name("value", value, VALUES)
    if value != "total" and not wide:
        raise BadArgumentError(f"value={value!r} chooses what wide=True shows; say wide=True")
    subject = counted_subject(reporter, subject)
    known = _counted(reporter, subject)
    chosen = [category] if isinstance(category, str) else list(category or known)
    for name in chosen:
        if name not in known:
            raise unknown_name(f"category of {reporter} for {subject}", name, known)
    frame = _judged(_figures(reporter, subject, chosen))
    if wide:
        table = frame.astype({"category": str}).set_index(["report_date", "category"])[value]
        return table.unstack("category").reset_index().rename_axis(columns=None)  # noqa: PD010 - keeps types
    return frame.drop(columns="category") if isinstance(category, str) else frame


def counted_subject(reporter: str, subject: str | None) -> str:
    """Return the subject a reporter counts, or make sure that it counts the one named."""
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
    mine = (series["reporter"] == reporter) & (series["subject"] == subject)
    return _distinct(series.loc[mine, "category"])


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _figures(reporter: str, subject: str, chosen: list[str]) -> pd.DataFrame:
    columns = ["category", "report_date"]
    counts = _mine(
        load("loss_counts"), reporter, subject, [*columns, "total", "increment", "evidence"]
    )
    amounts = _mine(load("corrections"), reporter, subject, [*columns, "amount"])
    frame = counts[counts["category"].isin(chosen)].merge(
        amounts.rename(columns={"amount": "correction"}), how="left", on=columns
    )
    return frame.sort_values(columns, ignore_index=True)


def _mine(frame: pd.DataFrame, reporter: str, subject: str, columns: list[str]) -> pd.DataFrame:
    mine = (frame["reporter"] == reporter) & (frame["subject"] == subject)
    return frame.loc[mine, columns].astype({"category": str})


def _judged(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    by_category = frame.groupby("category", sort=False)
    day, total = by_category["report_date"], by_category["total"]
    follows = frame["report_date"] - day.shift(1) == pd.Timedelta(days=1)
    increment = frame["increment"].astype("Int64")
    delta = (frame["total"] - total.shift(1)).astype("Int64").where(follows)
    correction = frame["correction"].astype("Int64")
    judged = follows & increment.notna() & correction.isna()
    # Missing plus anything is missing, so that one missing increment leaves no mean.
    back = [by_category["increment"].shift(days).astype("Int64") for days in range(WINDOW)]
    window = functools.reduce(operator.add, back)
    whole = frame["report_date"] - day.shift(WINDOW - 1) == pd.Timedelta(days=WINDOW - 1)
    return pd.DataFrame(
        {
            "category": frame["category"].astype("category"),
            "report_date": frame["report_date"],
            "total": frame["total"].astype("Int64"),
            "increment": increment,
            "delta": delta,
            "correction": correction.mask(judged, 0),
            "evidence": frame["evidence"],
            "increment_mean_7": (window / WINDOW).astype("Float64").where(whole),
        }
    )
