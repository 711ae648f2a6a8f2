"""From readings to choices: one total and one increment for each cell.

The procedure, for each category on its own:

1. Every voting record has one vote, for the total that it holds.
2. Totals of neighbouring days and printed increments must add up. Among all ways to choose one
   total per day, take the one that contradicts the fewest printed increments; among those the
   one with the most votes; then the one whose totals fall least often; then the one that most
   primary records hold; then the one held by the record that comes first in `RECORD_ORDER`.
   So a majority that contradicts what the reporter printed on two days loses: it consists of
   copies of one slip. A total that all records share stays, even if it contradicts the
   increments: there the reporter contradicted itself, and a correction says so.
3. The increment is the one that a primary record printed. If two differ, it is the one that
   adds up.

The order of the readings does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.parsing.intervals import DAY

# If nothing else breaks a tie, the reporter's own publication is chosen. The text comes before
# the image because it was machine-readable when it was read.
PRIMARY = ("gs-text", "gs-infographic")
RECORD_ORDER = (*PRIMARY, "petro", "orc-losses", "minfin")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one cell.

    Attributes:
        cell: Category and report date.
        total: The total chosen.
        increment: The increment printed by a primary record; None if none printed one.
        votes: The records that hold each total read, most votes first.
        printed: The increments printed, by record.
        fits: For each total read, how many of the increments printed on the day and the next
            day it agrees with: 0, 1 or 2.
    """

    cell: Cell
    total: int
    increment: int | None
    votes: Mapping[int, tuple[str, ...]]
    printed: Mapping[str, int]
    fits: Mapping[int, int]


def choose(readings: Iterable[Reading]) -> dict[Cell, Choice]:
    """Choose a total and an increment for every cell that some record holds.

    Args:
        readings: Readings of the voting records, in any order. `dissent.complete` must have
            completed the records that are kept only where they dissent.

    Returns:
        A choice for each cell with at least one total, ordered by category and date.
    """
    by_cell: dict[Cell, list[Reading]] = {}
    for reading in readings:
        by_cell.setdefault(reading.cell, []).append(reading)
    categories: dict[str, list[_Votes]] = {}
    for cell in sorted(by_cell):
        votes = _Votes.count(cell, by_cell[cell])
        if votes.totals:
            categories.setdefault(cell.category, []).append(votes)
    choices = (choice for days in categories.values() for choice in _choose_category(days))
    return {choice.cell: choice for choice in choices}


@dataclass(frozen=True, slots=True)
class _Votes:
    """The votes on one cell: the records that hold each total, and the increments printed."""

    cell: Cell
    totals: Mapping[int, tuple[str, ...]]
    printed: Mapping[str, int]

    @classmethod
    def count(cls, cell: Cell, readings: Sequence[Reading]) -> _Votes:
        ordered = sorted(readings, key=lambda reading: _rank(reading.record))
        totals: dict[int, tuple[str, ...]] = {}
        for reading in ordered:
            if reading.total is not None:
                totals[reading.total] = (*totals.get(reading.total, ()), reading.record)
        printed = {r.record: r.increment for r in ordered if r.increment is not None}
        return cls(cell, dict(sorted(totals.items(), key=_most_votes)), printed)

    def is_day_after(self, other: _Votes) -> bool:
        return self.cell.date - other.cell.date == DAY

    def prints(self, step: int) -> bool:
        """Whether a step from the day before is one of the increments printed."""
        return step in self.printed.values()


# Increments contradicted, votes (negated), falls, primary records (negated), rank of the first
# holder: compared in this order.
_Cost = tuple[int, int, int, int, int]


def _choose_category(days: Sequence[_Votes]) -> list[Choice]:
    totals = _cheapest_path(days)
    return [_choice(days, totals, index) for index in range(len(days))]


def _cheapest_path(days: Sequence[_Votes]) -> list[int]:
    """Choose one total per day so that the summed cost is least: a shortest path over the days."""
    # For each day and total: the least cost of reaching it, and the total of the day before.
    steps: list[dict[int, tuple[_Cost, int | None]]] = []
    for index, day in enumerate(days):
        if not index:
            steps.append({total: (_own_cost(day, total), None) for total in day.totals})
            continue
        consecutive = day.is_day_after(days[index - 1])
        reached: dict[int, tuple[_Cost, int | None]] = {}
        for total in day.totals:
            own = _own_cost(day, total)
            reached[total] = min(
                (_add(cost, own, _step_cost(day, total - before) if consecutive else _FREE), before)
                for before, (cost, _) in steps[-1].items()
            )
        steps.append(reached)
    last = steps[-1]
    path = [min(last, key=lambda total: (last[total][0], total))]
    for reached in reversed(steps[1:]):
        before = reached[path[-1]][1]
        assert before is not None, "every day after the first is reached from the one before"
        path.append(before)
    return path[::-1]


_FREE: _Cost = (0, 0, 0, 0, 0)


def _own_cost(day: _Votes, total: int) -> _Cost:
    holders = day.totals[total]
    primary = sum(record in PRIMARY for record in holders)
    return (0, -len(holders), 0, -primary, _rank(holders[0])[0])


def _step_cost(day: _Votes, step: int) -> _Cost:
    contradicted = bool(day.printed) and not day.prints(step)
    return (int(contradicted), 0, int(step < 0), 0, 0)


def _add(*costs: _Cost) -> _Cost:
    first, second, third, fourth, fifth = (sum(parts) for parts in zip(*costs, strict=True))
    return (first, second, third, fourth, fifth)


def _choice(days: Sequence[_Votes], totals: Sequence[int], index: int) -> Choice:
    day, total = days[index], totals[index]
    before = after = following = None
    if index and day.is_day_after(days[index - 1]):
        before = totals[index - 1]
    if index + 1 < len(days) and days[index + 1].is_day_after(day):
        following, after = days[index + 1], totals[index + 1]

    def fits(candidate: int) -> int:
        here = before is not None and day.prints(candidate - before)
        there = after is not None and following is not None and following.prints(after - candidate)
        return int(here) + int(there)

    return Choice(
        cell=day.cell,
        total=total,
        increment=_increment(day, None if before is None else total - before),
        votes=day.totals,
        printed=day.printed,
        fits={candidate: fits(candidate) for candidate in day.totals},
    )


def _increment(day: _Votes, step: int | None) -> int | None:
    if step is not None and day.prints(step):
        return step
    return next(iter(day.printed.values()), None)


def _rank(record: str) -> tuple[int, str]:
    """Order records; those not in `RECORD_ORDER` come last, by name."""
    known = RECORD_ORDER.index(record) if record in RECORD_ORDER else len(RECORD_ORDER)
    return known, record


def _most_votes(item: tuple[int, tuple[str, ...]]) -> tuple[int, int]:
    total, holders = item
    return -len(holders), total
