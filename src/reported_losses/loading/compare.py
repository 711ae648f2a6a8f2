"""`compare()`: reporters' counts of one category side by side, or beside what others claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reported_losses.dataset.dates import WAR_BEGAN
from reported_losses.dataset.descriptor import installed
from reported_losses.errors import BadArgumentError, unknown_name
from reported_losses.loading.category_totals import (
    Broader,
    counted_within,
    totals_by_day,
    with_broader,
)
from reported_losses.loading.load import load

if TYPE_CHECKING:
    import pandas as pd

STEPS = ("month", "day")
NOT_COUNTS = ("forecast", "target")
PARTS = ("officers", "foreign-fighters", "regular-forces", "convicts")
"""Subsets that are a part of the personnel, not the whole of it."""
PEOPLE = (
    "personnel",
    "killed",
    "killed-or-wounded",
    "killed-or-missing",
    "irrecoverable",
    "casualties-all-causes",
)
KEYS = ["reporter", "subject", "category"]


def compare(
    category: str,
    *,
    subject: str = "russia",
    reporters: Sequence[str] | None = None,
    by: str = "month",
) -> pd.DataFrame:
    """Put counts of one category side by side.

    **Equipment**, such as "tanks": one column of totals per reporter, and the ratio of the first
    reporter's total to each other. The General Staff's figure is a belligerent's claim about its
    opponent. Oryx lists what a picture shows: a lower bound that trails behind, and a list that
    is revised, so that it may fall. A ratio above 1 is therefore expected. Neither its size nor
    its change says who errs: fewer pictures and higher claims both raise it. Where a reporter
    does not count the category itself, the narrower categories it counts
    (`categories.broader`) are added up. The figure of a reporter that publishes irregularly
    holds until its next one, except in declared gaps.

    **People**, "personnel": nobody else counts them day by day, so the reporter's total is put
    beside the ranges that others gave for the whole war up to a day. `measure` says what each of
    them counted. The General Staff's *personnel* are called lost, eliminated or casualties;
    whether they include the wounded is disputed. *killed* must be less than it,
    *killed-or-wounded* may be more or less, and lists of names are lower bounds. The ratios
    compare figures, not things that are equal. The UK Ministry of Defence's totals follow the
    General Staff's and are not a second witness.

    Args:
        category: The category, such as "tanks" or "personnel".
        subject: Whose losses.
        reporters: The reporters; by default every one that counts the category, or narrower
            ones, for the subject. For people, naming reporters leaves the claims out.
        by: "month": the last day of each month on which all reporters have a figure. "day":
            every such day. It has no effect beside claims.

    Returns:
        A pandas frame. `attrs["parts"]` lists, for each reporter, the categories that its
        column adds up.

        For equipment, one row per day, in order:

        - `report_date` (datetime64): the day.
        - one column per reporter, named after it (int64): its total.
        - `first/other` for each reporter but the first (float64): the ratio of the first
          reporter's total to the other's, rounded to two decimals.

        For people, one row per claim, in order of `period_end`:

        - `period_end` (datetime64): the last day the claim counts.
        - one column per reporter, named after it (Int64): its total on that day, missing where
          it has none.
        - the other columns of `claims()`.
        - `low_ratio`, `high_ratio` (Float64): `low` and `high` divided by the first reporter's
          total, rounded to two decimals.

    Raises:
        UnknownNameError: There is no such category, subject, reporter or step.
        BadArgumentError: A reporter counts nothing within the category, or the reporters have
            no day in common.

    >>> tanks = compare("tanks", by="day").set_index("report_date")
    >>> tanks.loc["2022-09-12"].to_list()
    [2168.0, 1073.0, 2.02]
    """
    series = load("series").astype(dict.fromkeys(KEYS, "str"))
    categories = load("categories", columns=["category", "broader", "unit"], engine="arrow")
    names, wider, units = (column.to_pylist() for column in categories.columns)
    broader: Broader = dict(zip(names, wider, strict=True))
    _check_names(category, reporters, subject, series, broader, by)
    series = series[series["subject"] == subject]
    parts = {
        str(reporter): counted_within(category, set(rows["category"]), broader)
        for reporter, rows in series.groupby("reporter")
    }
    chosen = _chosen(parts, reporters)
    lacking = [name for name in chosen if not parts.get(name)]
    if lacking or not chosen:
        raise BadArgumentError(_not_counted(category, subject, lacking, series, broader))
    totals = _totals(category, subject, chosen, series, broader)
    if reporters is None and units[names.index(category)] == "people":
        frame = _beside_claims(totals, subject)
    else:
        frame = _side_by_side(category, totals, by)
    frame.attrs["parts"] = {name: parts[name] for name in chosen}
    return frame


def _chosen(parts: dict[str, list[str]], reporters: Sequence[str] | None) -> list[str]:
    """Return the reporters asked for; by default all, the General Staff first."""
    if reporters is not None:
        return list(reporters)
    return sorted((name for name in parts if parts[name]), key=lambda n: (n[:3] != "ua-", n))


def _totals(
    category: str, subject: str, reporters: list[str], series: pd.DataFrame, broader: Broader
) -> dict[str, pd.Series[int]]:
    counts = load("loss_counts", columns=[*KEYS, "report_date", "total"])
    counts = counts[(counts["subject"] == subject) & counts["reporter"].isin(reporters)]
    counts = counts.astype(dict.fromkeys(KEYS, "str"))
    return {
        name: totals_by_day(
            category,
            counts[counts["reporter"] == name],
            series[series["reporter"] == name],
            broader,
        )
        for name in reporters
    }


def _side_by_side(category: str, totals: dict[str, pd.Series[int]], by: str) -> pd.DataFrame:
    import pandas as pd

    names = list(totals)
    frame = pd.concat(totals, axis=1, join="inner").dropna().astype("int64")
    if frame.empty:
        raise BadArgumentError(f"{' and '.join(names)} have no day of {category} in common")
    if by == "month":
        days = frame.index.to_series()
        frame = frame.loc[days.groupby(days.dt.to_period("M")).max()]
    for other in names[1:]:
        frame[f"{names[0]}/{other}"] = (frame[names[0]] / frame[other]).round(2)
    table: pd.DataFrame = frame.rename_axis(index="report_date").reset_index()
    return table


def _beside_claims(totals: dict[str, pd.Series[int]], subject: str) -> pd.DataFrame:
    from reported_losses.loading.claims import claims

    frame: pd.DataFrame = claims(subject=subject)
    repeated = frame["reporter"].isin(list(totals)) | frame["organisation"].isin(list(totals))
    frame = frame[_counts_the_whole_war(frame) & ~repeated]
    frame = frame.sort_values(["period_end", "statement", "claim"], ignore_index=True)
    for name, total in reversed(totals.items()):
        frame.insert(0, name, frame["period_end"].map(total).astype("Int64"))
    first = frame[next(iter(totals))].astype("Float64")
    for end in ("low", "high"):
        frame[f"{end}_ratio"] = (frame[end] / first).round(2)
    frame.insert(0, "period_end", frame.pop("period_end"))
    return frame


def _counts_the_whole_war(claims: pd.DataFrame) -> pd.Series[bool]:
    """Return which claims count people, everywhere, from the first day of the war to a day."""
    whole: pd.Series[bool] = (
        claims["measure"].isin(PEOPLE)
        & (claims["rate"] == "total")
        & ~claims["subset"].isin(PARTS)
        & ~claims["basis"].isin(NOT_COUNTS)
        & (claims["period_start"].dt.date == WAR_BEGAN)
        & claims["period_end"].notna()
        & claims["place"].isna()
    )
    return whole


def _check_names(  # noqa: PLR0913, PLR0917 - every argument of compare is a name to check
    category: str,
    reporters: Sequence[str] | None,
    subject: str,
    series: pd.DataFrame,
    broader: Broader,
    by: str,
) -> None:
    if category not in broader:
        raise unknown_name("category", category, broader)
    subjects = installed().table("series").field("subject").enum or ()
    if subject not in subjects:
        raise unknown_name("subject", subject, subjects)
    if by not in STEPS:
        raise unknown_name("step", by, STEPS)
    if isinstance(reporters, str):
        raise BadArgumentError(f"reporters is a list of names: [{reporters!r}]")
    known = sorted(set(series["reporter"]))
    for name in reporters or ():
        if name not in known:
            raise unknown_name("reporter", name, known)


def _not_counted(
    category: str,
    subject: str,
    lacking: list[str],
    series: pd.DataFrame,
    broader: Broader,
) -> str:
    """Say that nobody counts the category, or that the first reporter named does not."""
    wider = with_broader(category, broader)[1:]
    part = f"; {category} is part of {', '.join(wider)}" if wider else ""
    if not lacking:
        return f"nobody counts {category} of {subject}{part}; the table claims has statements"
    counted = sorted(set(series.loc[series["reporter"] == lacking[0], "category"]))
    listed = f"; it counts: {', '.join(counted)}" if counted else ""
    return f"{lacking[0]} counts no {category} of {subject}{listed}{part}"
