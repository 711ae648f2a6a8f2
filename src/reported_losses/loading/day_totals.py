"""A reporter's total of one category on each day, as arrays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.loading.category_totals import Broader, counted_within, held, parts
from reported_losses.loading.reporter import lives, rows


@dataclass(frozen=True, slots=True)
class DayTotals:
    """Totals of consecutive days. Days are numbers, counted from 1970-01-01.

    Attributes:
        first: The first day.
        values: int64; the total of each day.
        valid: bool; whether the day has a total.
    """

    first: int
    values: NDArray[np.int64]
    valid: NDArray[np.bool_]

    @property
    def last(self) -> int:
        """The last day."""
        return self.first + len(self.values) - 1

    def on(self, days: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the total on each of some days, and which of them have one.

        >>> totals = DayTotals(10, np.array([5, 7]), np.array([True, True]))
        >>> totals.on(np.array([11, 12]))[1].tolist()
        [True, False]
        """
        inside = (days >= self.first) & (days <= self.last)
        at = np.where(inside, days - self.first, 0)
        return self.values[at], inside & self.valid[at]


def day_totals(
    category: str, reporter: str, subject: str, broader: Broader, as_of: str | dt.date | None = None
) -> DayTotals | None:
    """Return one reporter's total of a category on each day.

    Args:
        category: The category. On days on which the reporter has no total of it, the totals of
            the narrower categories that it counts are added up.
        reporter: The organisation whose count it is.
        subject: Whose losses.
        broader: The category that contains each category.
        as_of: As for `load`.

    Returns:
        The totals from the reporter's first report to its last; None if it has no report. An
        irregular reporter's total holds until its next report, except in declared gaps.
    """
    counts, lived = (
        rows("loss_counts", reporter, subject, ["total"], as_of),
        lives(reporter, subject),
    )
    if not counts.rows:
        return None
    day, total, counted = counts["report_date"].values, counts["total"].values, counts["category"]
    days = np.arange(day.min(), day.max() + 1)
    own = {
        name: np.flatnonzero(counted.values == counted.code(name))
        for name in counted_within(category, lived, broader)
    }
    figures = {name: held(day[mine], lived[name], days) for name, mine in own.items()}
    values, valid = np.zeros(len(days), dtype=np.int64), np.zeros(len(days), dtype=np.bool_)
    for name, part in parts(category, figures, broader).items():
        values[part] += total[own[name][figures[name].row[part]]]
        valid |= part
    return DayTotals(int(days[0]), values, valid)
