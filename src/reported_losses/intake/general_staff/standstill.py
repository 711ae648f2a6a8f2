"""Whether a record stands still: new days on which it repeats what it had days before.

A program that copies reports may go on writing its last row under each new date. The figures are
plausible, and totals that stand still never fall. What gives them away is how many do so at once.
In no record, and on no day since March 2022, did more than 7 in 10 categories keep their total from
one day to the next, nor more than 55 in 100 over three days, except on days that are known to be
copies of others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from reported_losses.intake.general_staff.readings import Reading
from reported_losses.parsing.intervals import DAY

# Days back, and the share of the categories above which a record stands still.
_MOST = ((1, Fraction(4, 5)), (3, Fraction(2, 3)))
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class StillDay:
    """A day on which a record stands still.

    Attributes:
        record: Slug of the record.
        day: The day.
        since: The earlier day whose totals it repeats.
        same: Number of categories that have the total of that day.
        compared: Number of categories that the record has on both days.
    """

    record: str
    day: dt.date
    since: dt.date
    same: int
    compared: int


def still_days(
    readings: Iterable[Reading], held: Mapping[str, AbstractSet[dt.date]]
) -> dict[str, list[StillDay]]:
    """Return the new days on which records stand still, by record.

    Args:
        readings: All readings of the records. Those that are marked stale are known to be of
            another day and are left out.
        held: The days of each record that the tables hold already, which are not judged.

    Returns:
        The days in order; records without such a day are left out.
    """
    days: dict[str, dict[dt.date, dict[str, int]]] = {}
    for one in readings:
        if one.total is not None and not one.stale:
            of_day = days.setdefault(one.record, {}).setdefault(one.cell.date, {})
            of_day[one.cell.category] = one.total
    found = {
        record: [
            still
            for day in sorted(totals.keys() - held.get(record, frozenset()))
            if (still := _still(record, day, totals)) is not None
        ]
        for record, totals in sorted(days.items())
    }
    return {record: still for record, still in found.items() if still}


def _still(
    record: str, day: dt.date, totals: Mapping[dt.date, Mapping[str, int]]
) -> StillDay | None:
    for back, most in _MOST:
        before, after = totals.get(day - back * DAY, {}), totals[day]
        both = before.keys() & after.keys()
        same = sum(before[name] == after[name] for name in both)
        if len(both) >= _FEWEST and same > most * len(both):
            return StillDay(record, day, day - back * DAY, same, len(both))
    return None
