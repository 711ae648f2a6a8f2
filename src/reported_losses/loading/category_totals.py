"""Which figures make up a category on each day, also where a reporter counts only narrower ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.loading.reporter import Days, Life, Mask

if TYPE_CHECKING:
    import pandas as pd

Broader = Mapping[str, str | None]
"""For each category the one that contains it, None for the widest."""


@dataclass(frozen=True, slots=True)
class Held:
    """Which figure of a category holds on each of some consecutive days.

    Attributes:
        row: int64; number of the figure, -1 on days without one.
        counted: bool; whether the reporter counts the category on the day.
    """

    row: NDArray[np.int64]
    counted: Mask


def held(reported: Days, life: Life, days: Days) -> Held:
    """Return which figure of a category holds on each day.

    Args:
        reported: Days of the figures, ascending; figure `i` is of day `reported[i]`.
        life: When the reporter counts the category. The figure of a reporter that publishes
            irregularly holds until the next one, except in declared gaps.
        days: The days asked for, each the one after the last, with all that are reported.

    >>> days = np.arange(5)
    >>> held(np.array([1, 3]), Life(1, 3, irregular=True), days).row.tolist()
    [-1, 0, 0, 1, -1]
    """
    row = np.full(len(days), -1, dtype=np.int64)
    row[reported - days[:1]] = np.arange(len(reported))
    if life.irregular:
        row = np.where(life.in_gap(days), -1, np.maximum.accumulate(row))
    counted = life.covers(days)
    return Held(np.where(counted, row, -1), counted)


def parts(category: str, figures: Mapping[str, Held], broader: Broader) -> dict[str, Mask]:
    """Return on which days the figure of each counted category is part of a category.

    Args:
        category: The category. On days on which the reporter has no figure of it, the figures
            of the narrower categories are added up, if all that are counted have one.
        figures: The figures of each category that the reporter counts.
        broader: The category that contains each category.

    Returns:
        A mask of days for each counted category that is the category or narrower. A day on
        which no mask is True has no total.

    >>> day = np.array([True])
    >>> figures = {name: Held(np.array([0]), day) for name in ("trucks", "jeeps")}
    >>> sorted(parts("cars", figures, {"cars": None, "trucks": "cars", "jeeps": "cars"}))
    ['jeeps', 'trucks']
    """
    narrower = [
        name
        for name, parent in broader.items()
        if parent == category and counted_within(name, figures, broader)
    ]
    added: dict[str, Mask] = {}
    complete: Mask | np.bool_ = np.True_
    for name in narrower:
        within = parts(name, figures, broader)
        # Where a narrower category is counted but has no total, the sum would be too small.
        is_counted = np.any([figures[one].counted for one in within], axis=0)
        complete = complete & (~is_counted | np.any(list(within.values()), axis=0))
        added |= within
    own = figures.get(category)
    if own is None:
        return {name: mask & complete for name, mask in added.items()}
    has_own = own.row >= 0
    added = {name: mask & complete & ~has_own for name, mask in added.items()}
    return added | {category: has_own}


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


def totals_by_day(
    category: str, counts: pd.DataFrame, series: pd.DataFrame, broader: Broader
) -> pd.Series[int]:
    """Return one reporter's total of a category on each day.

    Args:
        category: The category. On days for which the reporter has no total of it, the
            totals of the narrower categories that it counts are added up.
        counts: The reporter's rows of `loss_counts` for one subject, in order of day.
        series: The reporter's rows of `series` for that subject.
        broader: The category that contains each category.

    Returns:
        `Int64` totals, indexed by day from the reporter's first report to its last; missing on
        days without one. An irregular reporter's total holds until its next report, except in
        declared gaps.
    """
    import pandas as pd

    lives = {str(row["category"]): _life(row) for row in series.to_dict("records")}
    number = _day_numbers(counts["report_date"])
    days = np.arange(number.min(), number.max() + 1)
    own = {
        name: counts["category"].to_numpy() == name
        for name in counted_within(category, lives, broader)
    }
    figures = {name: held(number[mine], lives[name], days) for name, mine in own.items()}
    total, valid = np.zeros(len(days), dtype=np.int64), np.zeros(len(days), dtype=np.bool_)
    for name, part in parts(category, figures, broader).items():
        values = counts["total"].to_numpy()[own[name]]
        total[part] += values[figures[name].row[part]]
        valid |= part
    index = pd.date_range(counts["report_date"].min(), counts["report_date"].max(), name="day")
    return pd.Series(pd.arrays.IntegerArray(total, ~valid), index=index)


def _life(row: Mapping[Any, Any]) -> Life:
    import pandas as pd

    first, last = row["first_report"], row["last_report"]
    return Life.of(
        {
            "first_report": _day_number(first),
            "last_report": None if pd.isna(last) else _day_number(last),
            "cadence": row["cadence"],
            "gaps": row["gaps"] if isinstance(row["gaps"], str) else "",
        }
    )


def _day_number(day: pd.Timestamp) -> int:
    return int(day.to_datetime64().astype("datetime64[D]").astype(np.int64))


def _day_numbers(days: pd.Series[pd.Timestamp]) -> Days:
    return days.to_numpy().astype("datetime64[D]").astype(np.int64)
