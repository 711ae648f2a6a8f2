"""From readings to figures: the vote, the accounting identity, and what stays open.

The procedure, for each category on its own:

1. Every voting record has one vote on every total it holds.
2. The totals of neighbouring days and the printed increments must add up. Among all ways to
   choose one total for each day, the one that breaks the printed increments least often is
   taken; among those the one with the most votes; then the one whose totals fall least often;
   then the one that primary records hold; then the one held by the record that comes first in
   `RECORD_ORDER`. So a majority that contradicts what the reporter itself printed on two days
   is a majority of copies of one slip, while a total that all records share stands, however it
   contradicts the increments: that is the reporter's own contradiction, and a correction.
3. The increment is the one a primary record printed. Where two differ, the one that adds up.
4. The evidence says what supports the total chosen; see `Evidence`.

Nothing depends on the order in which the readings come.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reported_losses.intake.readings import DAY, Cell, Reading

# Primary records first: on a tie that nothing else breaks, the reporter's own publication is
# shown. The text comes before the image because it was machine-readable when it was read.
PRIMARY = ("gs-text", "gs-infographic")
RECORD_ORDER = (*PRIMARY, "petro", "orc-losses", "minfin")


class Evidence(enum.StrEnum):
    """What supports a figure.

    Attributes:
        PRIMARY: A primary record holds it and no record contradicts it.
        AGREED: Two or more records hold it and none contradicts it.
        MAJORITY: Some record contradicts it; more records hold it than any other total, or
            the printed increments fit it better than every total with as many votes or more.
        SINGLE: One record alone holds it.
        DISPUTED: Records contradict each other, and nothing above decides.
    """

    PRIMARY = "primary"
    AGREED = "agreed"
    MAJORITY = "majority"
    SINGLE = "single"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was decided for one cell.

    Attributes:
        cell: Category and report date.
        total: The total chosen.
        increment: The increment printed by a primary record, if there is one.
        evidence: What supports the total.
        votes: The records that hold each total read, most votes first.
        printed: The increments printed, by record.
        fits: How many of the printed increments around the cell each total read fits.
    """

    cell: Cell
    total: int
    increment: int | None
    evidence: Evidence
    votes: Mapping[int, tuple[str, ...]]
    printed: Mapping[str, int]
    fits: Mapping[int, int] = field(default_factory=dict)


def decide(readings: Iterable[Reading]) -> dict[Cell, Figure]:
    """Decide total, increment and evidence of every cell that some record holds.

    Args:
        readings: Readings of the voting records, in any order. A record that is kept only
            where it dissents must have been completed by `silence.complete` first.

    Returns:
        A figure for each cell with at least one total, ordered by category and date.
    """
    by_cell: dict[Cell, list[Reading]] = {}
    for reading in readings:
        by_cell.setdefault(reading.cell, []).append(reading)
    series: dict[str, list[_Day]] = {}
    for cell in sorted(by_cell):
        day = _Day.of(cell, by_cell[cell])
        if day.votes:
            series.setdefault(cell.category, []).append(day)
    figures = (figure for days in series.values() for figure in _decide_series(days))
    return {figure.cell: figure for figure in figures}


@dataclass(frozen=True, slots=True)
class _Day:
    cell: Cell
    votes: Mapping[int, tuple[str, ...]]
    printed: Mapping[str, int]

    @classmethod
    def of(cls, cell: Cell, readings: Sequence[Reading]) -> _Day:
        ordered = sorted(readings, key=lambda reading: _rank(reading.record))
        votes: dict[int, tuple[str, ...]] = {}
        for reading in ordered:
            if reading.total is not None:
                votes[reading.total] = (*votes.get(reading.total, ()), reading.record)
        printed = {r.record: r.increment for r in ordered if r.increment is not None}
        return cls(cell, dict(sorted(votes.items(), key=_most_votes)), printed)

    def follows(self, before: _Day) -> bool:
        return self.cell.date - before.cell.date == DAY

    def fits(self, step: int) -> bool:
        """Whether a step from the day before is one of the increments printed."""
        return step in self.printed.values()


# Breaks of the identity, votes missed, falls, primary records missed, rank of the first holder.
_Cost = tuple[int, int, int, int, int]


def _decide_series(days: Sequence[_Day]) -> list[Figure]:
    totals = _cheapest_path(days)
    return [_figure(days, totals, place) for place in range(len(days))]


def _cheapest_path(days: Sequence[_Day]) -> list[int]:
    """Choose one total a day so that the summed cost is least: a shortest path over the days."""
    best: dict[int, tuple[_Cost, int | None]] = {}
    paths: list[dict[int, tuple[_Cost, int | None]]] = []
    for place, day in enumerate(days):
        before = days[place - 1] if place and day.follows(days[place - 1]) else None
        reached: dict[int, tuple[_Cost, int | None]] = {}
        for total in day.votes:
            own = _own_cost(day, total)
            reached[total] = (
                min(
                    (_add(cost, own, _step_cost(day, before, total - previous)), previous)
                    for previous, (cost, _) in best.items()
                )
                if best
                else (own, None)
            )
        paths.append(reached)
        best = reached
    total = min(best, key=lambda candidate: (best[candidate][0], candidate))
    chosen = [total]
    for reached in reversed(paths[1:]):
        previous = reached[chosen[-1]][1]
        assert previous is not None  # every day after the first was reached from one before
        chosen.append(previous)
    return chosen[::-1]


def _own_cost(day: _Day, total: int) -> _Cost:
    holders = day.votes[total]
    primary = sum(record in PRIMARY for record in holders)
    return (0, -len(holders), 0, -primary, _rank(holders[0])[0])


def _step_cost(day: _Day, before: _Day | None, step: int) -> _Cost:
    if before is None:
        return (0, 0, 0, 0, 0)
    breaks = bool(day.printed) and not day.fits(step)
    return (int(breaks), 0, int(step < 0), 0, 0)


def _add(*costs: _Cost) -> _Cost:
    first, second, third, fourth, fifth = (sum(parts) for parts in zip(*costs, strict=True))
    return (first, second, third, fourth, fifth)


def _figure(days: Sequence[_Day], totals: Sequence[int], place: int) -> Figure:
    day, total = days[place], totals[place]
    before = totals[place - 1] if place and day.follows(days[place - 1]) else None
    following = days[place + 1] if place + 1 < len(days) else None
    if following is not None and not following.follows(day):
        following = None
    after = totals[place + 1] if following else None

    def fits(candidate: int) -> int:
        here = before is not None and day.fits(candidate - before)
        there = after is not None and following is not None and following.fits(after - candidate)
        return int(here) + int(there)

    fit = {candidate: fits(candidate) for candidate in day.votes}
    return Figure(
        cell=day.cell,
        total=total,
        increment=_increment(day, None if before is None else total - before),
        evidence=_evidence(day.votes, fit, total),
        votes=day.votes,
        printed=day.printed,
        fits=fit,
    )


def _increment(day: _Day, step: int | None) -> int | None:
    if step is not None and day.fits(step):
        return step
    return next(iter(day.printed.values()), None)


def _evidence(votes: Mapping[int, tuple[str, ...]], fit: Mapping[int, int], total: int) -> Evidence:
    holders = votes[total]
    rivals = [candidate for candidate in votes if candidate != total]
    if not rivals:
        if any(record in PRIMARY for record in holders):
            return Evidence.PRIMARY
        return Evidence.AGREED if len(holders) > 1 else Evidence.SINGLE
    unbeaten = [rival for rival in rivals if len(votes[rival]) >= len(holders)]
    if all(fit[rival] < fit[total] for rival in unbeaten):
        return Evidence.MAJORITY
    return Evidence.DISPUTED


def _rank(record: str) -> tuple[int, str]:
    """Order records; one that is not in `RECORD_ORDER` comes last, by name."""
    known = RECORD_ORDER.index(record) if record in RECORD_ORDER else len(RECORD_ORDER)
    return known, record


def _most_votes(item: tuple[int, tuple[str, ...]]) -> tuple[int, int]:
    total, holders = item
    return -len(holders), total
