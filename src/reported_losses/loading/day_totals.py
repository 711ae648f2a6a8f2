"""A reporter's total of one category on each day, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import installed
from reported_losses.loading.category_totals import Broader, totals_by_day
from reported_losses.loading.engines import to_pandas
from reported_losses.loading.load import arrow
from reported_losses.loading.select import matching

_COLUMNS = ["category", "report_date", "total"]


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
    category: str, reporter: str, subject: str, counts: pa.Table, broader: Broader
) -> DayTotals | None:
    """Return one reporter's total of a category on each day, see `totals_by_day`.

    Args:
        category: The category; the reporter counts it, or narrower ones.
        reporter: The organisation whose count it is.
        subject: Whose losses.
        counts: Data of `loss_counts`.
        broader: The category that contains each category.

    Returns:
        The totals from the reporter's first report to its last; None if it has no report.
    """
    who = {"reporter": reporter, "subject": subject}
    table, lives = installed().table("loss_counts"), installed().table("series")
    mine = matching(table, counts, where=who)
    if not mine.num_rows:
        return None
    series = to_pandas(lives, matching(lives, arrow(lives), where=who))
    total = totals_by_day(category, to_pandas(table, mine.select(_COLUMNS)), series, broader)
    first = total.index[0].to_datetime64().astype("datetime64[D]").astype(np.int64)
    values = np.asarray(total.fillna(0), dtype=np.int64)
    return DayTotals(int(first), values, total.notna().to_numpy())
