"""From readings to choices: one total and one increment for each cell.

The procedure, for each category on its own:

1. Every voting record has a vote for the total that it holds. Records that go back to one
   publication on that day have one vote together, and a stale reading has none.
2. The figure is what the reporter printed. A total that a primary record has and an independent
   record confirms is the figure, also where the printed increments speak against it, unless
   another publication contradicts it: another primary record, or all copies of a publication.
3. For the other cells, totals of neighbouring days and increments printed must add up. Among all
   ways to choose one total per day, take the one that contradicts the fewest increments that
   voting records print; among those the one with the most votes; then the one whose totals fall
   least often; then the one that most primary records hold; then the one held by the record that
   comes first in `RECORD_ORDER`. So a majority that contradicts what the reporter printed on two
   days loses: it consists of copies of one slip.
4. The increment is the one that a primary record prints; if two differ, the one that adds up.
   Without one it is the one that a page quotes, and else the one that the address of the
   reporter's page spells, if that fits the totals or a correction that a record states.

The order of the readings does not matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.parsing.intervals import DAY

# If nothing else breaks a tie, the reporter's own publication is chosen. The text comes before
# the image because it was machine-readable when it was read, and the post, which is not yet held,
# comes last.
PRIMARY = ("gs-text", "gs-infographic", "gs-facebook")
RECORD_ORDER = (*PRIMARY, "petro", "orc-losses", "ukrainska-pravda", "minfin", "russianwarship")
# A record of pages that quote the report, and one of what addresses of the reporter's pages spell.
QUOTED, ADDRESS = "gs-quoted", "gs-address"

Origin = Callable[[str, dt.date], str]
"""Returns the publication that a record goes back to on a day."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one cell.

    Attributes:
        cell: Category and report date.
        total: The total chosen.
        increment: The increment printed; None if no reading has one that may be used.
        votes: The records that hold each total read, most votes first.
        strength: The votes for each total read: the independent records that hold it.
        printed: The increments read, by record.
        fits: For each total read, how many of the increments printed on the day and the next
            day it agrees with: 0, 1 or 2.
    """

    cell: Cell
    total: int
    increment: int | None
    votes: Mapping[int, tuple[str, ...]]
    strength: Mapping[int, int]
    printed: Mapping[str, int]
    fits: Mapping[int, int]


def choose(
    readings: Iterable[Reading],
    others: Iterable[Reading] = (),
    origin: Origin = lambda record, _: record,
) -> dict[Cell, Choice]:
    """Choose a total and an increment for every cell that some record holds.

    Args:
        readings: Readings of the voting records, in any order. `dissent.complete` must have
            completed the records that are kept only where they dissent.
        others: Readings of the other records; their increments and corrections may count.
        origin: The publication that a record goes back to on a day.

    Returns:
        A choice for each cell with at least one total, ordered by category and date.
    """
    by_cell, further = _by_cell(readings), _by_cell(others)
    categories: dict[str, list[_Votes]] = {}
    for cell in sorted(by_cell):
        votes = _Votes.count(cell, by_cell[cell], further.get(cell, ()), origin)
        if votes.totals:
            categories.setdefault(cell.category, []).append(votes)
    choices = (choice for days in categories.values() for choice in _choose_category(days))
    return {choice.cell: choice for choice in choices}


def _by_cell(readings: Iterable[Reading]) -> dict[Cell, list[Reading]]:
    """Group the readings that are of the day they are dated."""
    by_cell: dict[Cell, list[Reading]] = {}
    for reading in readings:
        if not reading.stale:
            by_cell.setdefault(reading.cell, []).append(reading)
    return by_cell


@dataclass(frozen=True, slots=True)
class _Votes:
    """The votes on one cell.

    Attributes:
        cell: Category and date.
        totals: The records that hold each total, those with the most votes first.
        strength: The votes for each total.
        confirmed: The total that the reporter surely printed, if there is one.
        printed: The increments that voting records print, by record.
        relayed: The increments that other records have, by record.
        corrections: The corrections that records state.
    """

    cell: Cell
    totals: Mapping[int, tuple[str, ...]]
    strength: Mapping[int, int]
    confirmed: int | None
    printed: Mapping[str, int]
    relayed: Mapping[str, int]
    corrections: frozenset[int]

    @classmethod
    def count(
        cls, cell: Cell, readings: Sequence[Reading], others: Sequence[Reading], origin: Origin
    ) -> _Votes:
        ordered = sorted(readings, key=lambda reading: rank(reading.record))
        totals: dict[int, tuple[str, ...]] = {}
        for reading in ordered:
            if reading.total is not None:
                totals[reading.total] = (*totals.get(reading.total, ()), reading.record)
        origins = {
            total: {origin(record, cell.date) for record in held} for total, held in totals.items()
        }
        strength = {total: len(found) for total, found in origins.items()}
        return cls(
            cell=cell,
            totals=dict(sorted(totals.items(), key=lambda one: (-strength[one[0]], one[0]))),
            strength=strength,
            confirmed=_confirmed(totals, origins),
            printed={r.record: r.increment for r in ordered if r.increment is not None},
            relayed={r.record: r.increment for r in others if r.increment is not None},
            corrections=frozenset(
                r.correction for r in (*ordered, *others) if r.correction is not None
            ),
        )

    @property
    def candidates(self) -> Iterable[int]:
        """The totals among which the procedure chooses."""
        return self.totals if self.confirmed is None else (self.confirmed,)

    def is_day_after(self, other: _Votes) -> bool:
        return self.cell.date - other.cell.date == DAY

    def prints(self, step: int) -> bool:
        """Whether a step from the day before is one of the increments printed."""
        return step in self.printed.values()


def _confirmed(
    totals: Mapping[int, tuple[str, ...]], origins: Mapping[int, set[str]]
) -> int | None:
    """Return the one total of the primary records if only arithmetic may speak against it.

    Args:
        totals: The records that hold each total.
        origins: The publications that they go back to.
    """
    primary = [total for total, held in totals.items() if any(one in PRIMARY for one in held)]
    if len(primary) != 1:
        return None
    own = origins[primary[0]]
    against = set().union(*(found for total, found in origins.items() if total != primary[0]))
    return primary[0] if len(own) > 1 and against <= own else None


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
            steps.append({total: (_own_cost(day, total), None) for total in day.candidates})
            continue
        consecutive = day.is_day_after(days[index - 1])
        reached: dict[int, tuple[_Cost, int | None]] = {}
        for total in day.candidates:
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
    return (0, -day.strength[total], 0, -primary, rank(holders[0])[0])


def _step_cost(day: _Votes, step: int) -> _Cost:
    contradicted = bool(day.printed) and not day.prints(step)
    # A fall that a record states as a correction of the reporter needs no other explanation.
    falls = step < min((0, *day.corrections))
    return (int(contradicted), 0, int(falls), 0, 0)


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
        strength=day.strength,
        printed={**day.printed, **day.relayed},
        fits={candidate: fits(candidate) for candidate in day.totals},
    )


def _increment(day: _Votes, step: int | None) -> int | None:
    if step is not None and day.prints(step):
        return step
    if day.printed:
        return next(iter(day.printed.values()))
    if QUOTED in day.relayed:
        return day.relayed[QUOTED]
    spelt = day.relayed.get(ADDRESS)
    if spelt is not None and step is not None and step - spelt in {0, *day.corrections}:
        return spelt
    return None


def rank(record: str) -> tuple[int, str]:
    """Return a sort key of records: the place in `RECORD_ORDER`; others come last, by name."""
    known = RECORD_ORDER.index(record) if record in RECORD_ORDER else len(RECORD_ORDER)
    return known, record
