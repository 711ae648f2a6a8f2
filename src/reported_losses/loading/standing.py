"""Totals by day: what stands on each, one reporter and one kind of loss at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reported_losses.loading.load import load

if TYPE_CHECKING:
    import pandas as pd

Broader = dict[str, str | None]
Series = dict[Any, Any]


def standing(
    category: str, reporter: str, subject: str, series: pd.DataFrame, broader: Broader
) -> pd.Series[int]:
    """Return the total that stands on each day.

    Args:
        category: The category; where the reporter does not count it, or no longer does, the
            narrower ones it counts are added up.
        reporter: The reporter.
        subject: Whose losses.
        series: The reporters' series for the subject.
        broader: The category that contains each category.

    Returns:
        Totals by day, missing where none stands. An irregular reporter's figure stands until
        its next one, except in declared gaps.
    """
    import pandas as pd

    counts = load(
        "loss_counts", columns=["reporter", "subject", "category", "report_date", "total"]
    ).astype({"reporter": "str", "subject": "str", "category": "str"})
    counts = counts[(counts["reporter"] == reporter) & (counts["subject"] == subject)]
    rows = series[series["reporter"] == reporter].to_dict("records")
    mine: dict[str, Series] = {str(row["category"]): dict(row) for row in rows}
    days = pd.date_range(counts["report_date"].min(), counts["report_date"].max(), name="day")
    leaves = {
        name: _leaf(counts[counts["category"] == name], mine[name], days)
        for name in parts_of(category, set(mine), broader)
    }
    return _summed(category, leaves, mine, broader)


def _leaf(counts: pd.DataFrame, series: Series, days: pd.DatetimeIndex) -> pd.Series[int]:
    total = counts.set_index("report_date")["total"].astype("Int64").reindex(days)
    if series["cadence"] == "irregular":
        total = total.ffill()
        gaps = series["gaps"]
        for gap in gaps.split() if isinstance(gaps, str) else ():
            first, last = gap.split("/")
            total.loc[first:last] = None
    return total.where(_alive(series, days))


def _alive(series: Series, days: pd.DatetimeIndex) -> pd.Series[bool]:
    import pandas as pd

    last: Any = series["last_report"]
    if pd.isna(last):
        last = days.max()
    return pd.Series((days >= series["first_report"]) & (days <= last), index=days)


def _summed(
    category: str,
    leaves: dict[str, pd.Series[int]],
    series: dict[str, Series],
    broader: Broader,
) -> pd.Series[int]:
    """Return the category's own total where there is one, else the sum of the narrower ones."""
    import pandas as pd

    own = leaves.get(category)
    narrower = [
        name
        for name, parent in broader.items()
        if parent == category and parts_of(name, set(leaves), broader)
    ]
    if not narrower:
        assert own is not None, "a category without parts is counted itself"
        return own
    table = pd.concat(
        {name: _summed(name, leaves, series, broader) for name in narrower}, axis=1
    ).astype("Int64")
    # A part that is alive and has no figure leaves a hole, not a smaller sum.
    hole = pd.Series(data=False, index=table.index)
    for name in narrower:
        for leaf in parts_of(name, set(leaves), broader):
            alive = _alive(series[leaf], pd.DatetimeIndex(table.index))
            hole |= alive & table[name].isna()
    added = table.sum(axis=1, min_count=1).astype("Int64").where(~hole)
    return added if own is None else own.combine_first(added)


def parts_of(category: str, counted: set[str], broader: Broader) -> list[str]:
    """Return the counted categories that are the category or narrower than it."""
    return sorted(name for name in counted if category in line_of(name, broader))


def line_of(category: str | None, broader: Broader) -> list[str]:
    """Return a category and those that contain it, from the narrowest."""
    line: list[str] = []
    while category is not None and category not in line:
        line.append(category)
        category = broader.get(category)
    return line
