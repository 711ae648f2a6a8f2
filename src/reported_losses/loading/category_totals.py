"""One reporter's total of a category on each day, also where it counts only narrower ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from reported_losses.parsing.intervals import parse_intervals

if TYPE_CHECKING:
    import pandas as pd

Broader = Mapping[str, str | None]
"""For each category the one that contains it, None for the widest."""
SeriesRow = Mapping[Any, Any]


def totals_by_day(
    category: str, counts: pd.DataFrame, series: pd.DataFrame, broader: Broader
) -> pd.Series[int]:
    """Return one reporter's total of a category on each day.

    Args:
        category: The category. On days for which the reporter has no total of it, the
            totals of the narrower categories that it counts are added up.
        counts: The reporter's rows of `loss_counts` for one subject.
        series: The reporter's rows of `series` for that subject.
        broader: The category that contains each category.

    Returns:
        `Int64` totals, indexed by day from the reporter's first report to its last; missing on
        days without one. An irregular reporter's total holds until its next report, except in
        declared gaps.
    """
    import pandas as pd

    rows = {str(row["category"]): row for row in series.to_dict("records")}
    days = pd.date_range(counts["report_date"].min(), counts["report_date"].max(), name="day")
    totals = {
        name: _reported(counts[counts["category"] == name], rows[name], days)
        for name in counted_within(category, rows, broader)
    }
    return _with_sums(category, totals, rows, broader)


def counted_within(category: str, counted: Collection[str], broader: Broader) -> list[str]:
    """Return the counted categories that are the category or narrower, in order of name."""
    return sorted(name for name in counted if category in with_broader(name, broader))


def with_broader(category: str | None, broader: Broader) -> list[str]:
    """Return a category and those that contain it, the narrowest first."""
    chain: list[str] = []
    while category is not None and category not in chain:
        chain.append(category)
        category = broader.get(category)
    return chain


def _reported(counts: pd.DataFrame, series: SeriesRow, days: pd.DatetimeIndex) -> pd.Series[int]:
    """Return the totals of a category that the reporter counts itself."""
    total = counts.set_index("report_date")["total"].astype("Int64").reindex(days)
    if series["cadence"] == "irregular":
        total = total.ffill()
        gaps = series["gaps"]
        for first, last in parse_intervals(gaps if isinstance(gaps, str) else ""):
            total.loc[first.isoformat() : last.isoformat()] = None
    return total.where(_is_counted(series, days))


def _is_counted(series: SeriesRow, days: pd.DatetimeIndex) -> pd.Series[bool]:
    """Return on which days the reporter counted the category."""
    import pandas as pd

    last: Any = series["last_report"]
    if pd.isna(last):
        last = days.max()
    return pd.Series((days >= series["first_report"]) & (days <= last), index=days)


def _with_sums(
    category: str,
    totals: dict[str, pd.Series[int]],
    rows: Mapping[str, SeriesRow],
    broader: Broader,
) -> pd.Series[int]:
    """Return the category's own totals, completed by the sums of the narrower categories."""
    import pandas as pd

    own = totals.get(category)
    narrower = [
        name
        for name, parent in broader.items()
        if parent == category and counted_within(name, totals, broader)
    ]
    if not narrower:
        assert own is not None, "a category without narrower ones is counted itself"
        return own
    parts = {name: _with_sums(name, totals, rows, broader) for name in narrower}
    table = pd.concat(parts, axis=1).astype("Int64")
    # Where a part is counted but has no total, the sum would be too small.
    incomplete = pd.Series(data=False, index=table.index)
    for name in narrower:
        for leaf in counted_within(name, totals, broader):
            counted = _is_counted(rows[leaf], pd.DatetimeIndex(table.index))
            incomplete |= counted & table[name].isna()
    added = table.sum(axis=1, min_count=1).astype("Int64").where(~incomplete)
    return added if own is None else own.combine_first(added)
