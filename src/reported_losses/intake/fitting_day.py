"""The day that a report's figures fit: how a wrong date is told from a contradiction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from reported_losses.definition.dates import parse_date
from reported_losses.intake.general_staff.readings import REPORTER
from reported_losses.intake.report_text.report import Figure
from reported_losses.intake.tables import Row
from reported_losses.parsing.intervals import DAY

# Few figures fit a day by chance: some categories stand still for months.
_LEAST = 5
_MANY, _BUT = 8, 1


def fitting_day(figures: Sequence[Figure], counts: Iterable[Row], day: dt.date) -> dt.date | None:
    """Return the day that the figures of a report fit, if it is another than the report's.

    Figures fit a day if the tables hold the same totals for it, or if the printed increments lead
    to them from the totals of the day before. All of them must, or all but one of eight or more.

    Args:
        figures: The figures as read.
        counts: Rows of `loss_counts` without the report.
        day: Day of the report.

    Returns:
        The day, the nearest one if several fit; None if none does, or the report's own does.
    """
    needed = len(figures) - _BUT * (len(figures) >= _MANY)
    if needed < _LEAST:
        return None
    equal, follows = _fits(figures, counts)
    fits = {one for one in equal if equal[one] >= needed}
    fits |= {one + DAY for one in follows if follows[one] >= needed}
    if day in fits:
        return None
    return min(fits, key=lambda one: (abs(one - day), one), default=None)


def _fits(
    figures: Sequence[Figure], counts: Iterable[Row]
) -> tuple[Counter[dt.date], Counter[dt.date]]:
    """Count by day the totals that are held, and those that the increments lead to from it."""
    totals = {one.category: str(one.total) for one in figures}
    before = {
        one.category: str(one.total - one.increment) for one in figures if one.increment is not None
    }
    equal: Counter[str] = Counter()
    follows: Counter[str] = Counter()
    for row in counts:
        if row["reporter"] == REPORTER:
            category, day = row["category"], row["report_date"]
            equal[day] += row["total"] == totals.get(category)
            follows[day] += row["total"] == before.get(category)
    found = [{parse_date(day): n for day, n in one.items() if n} for one in (equal, follows)]
    return Counter(found[0]), Counter(found[1])
