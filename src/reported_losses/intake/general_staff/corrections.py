"""Where totals and printed increments do not add up: the rows of `corrections`.

The amount is arithmetic. The kind says what the neighbouring days and the records show, and
no more than they show; `docs/reconciliation.md` describes the kinds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reported_losses.intake.general_staff.decide import PRIMARY, Choice
from reported_losses.intake.general_staff.gs_infographic import CORRECTION as NOTICE
from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.parsing.intervals import DAY

# An increment of one digit differs from every other in one digit, which shows nothing.
_TELLING_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """One contradiction of the reporter, as a row of `corrections`.

    Attributes:
        cell: Category and report date.
        amount: What the accounting identity lacks; never zero.
        kind: One of the kinds in `schemas/corrections.json`.
        reason: One line about what the records show.
        source: Slug of the source in which it can be read.
    """

    cell: Cell
    amount: int
    kind: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class _Discrepancy:
    """A cell whose total, increment and previous total do not add up."""

    choice: Choice
    previous: int
    amount: int

    @property
    def step(self) -> int:
        return self.choice.total - self.previous


# Corrections that the records state, by record and cell.
_Stated = Mapping[tuple[str, Cell], int]


def find_corrections(
    choices: Mapping[Cell, Choice], readings: Iterable[Reading]
) -> list[Correction]:
    """Find and classify every contradiction of the accounting identity.

    Args:
        choices: Totals and increments, by cell.
        readings: All readings; the corrections that they state are used.

    Returns:
        Corrections ordered by category and date.
    """
    readings = [reading for reading in readings if not reading.stale]
    stated = {(r.record, r.cell): r.correction for r in readings if r.correction is not None}
    pages = {r.cell: r.source for r in readings if r.increment is not None and r.source}
    found = {one.choice.cell: one for one in _discrepancies(choices, stated)}
    return [_classify(found[cell], found, stated, pages) for cell in sorted(found)]


def _discrepancies(choices: Mapping[Cell, Choice], stated: _Stated) -> Iterator[_Discrepancy]:
    listed: dict[Cell, list[int]] = {}
    for (_, cell), amount in sorted(stated.items()):
        listed.setdefault(cell, []).append(amount)
    for cell, choice in choices.items():
        before = choices.get(Cell(cell.category, cell.date - DAY))
        if before is None:
            continue
        amount = _amount(choice, before.total, listed.get(cell, []))
        if amount:
            yield _Discrepancy(choice, before.total, amount)


def _amount(choice: Choice, previous: int, listed: list[int]) -> int:
    step = choice.total - previous
    if choice.increment is not None:
        return step - choice.increment
    # No printed increment is known. A correction that some record lists counts, unless it would
    # make the day's own increment negative; otherwise a fall is a correction as a whole.
    return next((amount for amount in listed if amount <= step), min(step, 0))


def _classify(
    found: _Discrepancy,
    others: Mapping[Cell, _Discrepancy],
    stated: _Stated,
    pages: Mapping[Cell, str],
) -> Correction:
    cell, amount = found.choice.cell, found.amount

    def correction(kind: str, reason: str, source: str | None = None) -> Correction:
        return Correction(cell, amount, kind, reason, source or _source(found, stated, pages))

    notice = _notice(cell, amount, stated)
    if notice:
        day = cell.date - DAY
        return correction(
            "restated",
            f"The correction the reporter published on {day} changes the total by {amount:+}; "
            "the report of the next day follows it.",
            notice,
        )
    misprinted = _misprinted_day(found, others)
    if misprinted is not None:
        off = _off(amount if misprinted == cell.date else -amount)
        return correction(
            "misprinted-total",
            f"The total of {misprinted} is {off} what the increments printed before and after it "
            "give; the next report undoes it.",
        )
    together = sum(
        other.date == cell.date and _misprinted_day(one, others) is None
        for other, one in others.items()
    )
    if together > 1:
        return correction("re-based", _re_based(found, together))
    if found.step < 0:
        return correction(
            "re-based", f"The total falls by {-found.step} {_printed(found)}; no notice was given."
        )
    increment = found.choice.increment
    if increment is not None and _one_slip(increment, found.step):
        return correction(
            "misprinted-increment",
            f"The total rises by {found.step} and +{increment} is printed, one digit apart; or "
            f"+{increment} was meant, and the total is {-amount} short.",
        )
    return correction(
        "unexplained",
        f"The total rises by {found.step} {_printed(found)}; no record says why.",
    )


def _misprinted_day(found: _Discrepancy, others: Mapping[Cell, _Discrepancy]) -> dt.date | None:
    """Return the day whose total the neighbouring increments contradict; None if there is none."""
    cell = found.choice.cell
    for step, day in ((DAY, cell.date), (-DAY, cell.date - DAY)):
        twin = others.get(Cell(cell.category, cell.date + step))
        if twin is not None and twin.amount == -found.amount:
            return day
    return None


def _notice(cell: Cell, amount: int, stated: _Stated) -> str | None:
    """Return the correction notice of the day before if it announces exactly this amount."""
    day_before = Cell(cell.category, cell.date - DAY)
    return NOTICE if stated.get((NOTICE, day_before)) == amount else None


def _re_based(found: _Discrepancy, together: int) -> str:
    if found.choice.increment is None:
        return (
            f"{together} totals were corrected on this day by the list of corrections that the "
            f"record keeps; the total moves by {found.step:+}."
        )
    return (
        f"{together} totals moved against their printed increments on this day without notice; "
        f"this one by {found.step:+} {_printed(found)}."
    )


def _printed(found: _Discrepancy) -> str:
    increment = found.choice.increment
    return "with no increment on record" if increment is None else f"where +{increment} is printed"


def _off(amount: int) -> str:
    return f"{abs(amount)} {'above' if amount > 0 else 'below'}"


def _source(found: _Discrepancy, stated: _Stated, pages: Mapping[Cell, str]) -> str:
    for record in PRIMARY:
        if record in found.choice.printed:
            return record
    page = pages.get(found.choice.cell)
    if page is not None and found.choice.increment is not None:
        return page
    listing = [record for record, cell in sorted(stated) if cell == found.choice.cell]
    holding = found.choice.votes[found.choice.total]
    return (listing or list(holding))[0]


def _one_slip(printed: int, step: int) -> bool:
    """Whether a misprint explains more being printed than the total rises by.

    A total that rises by a few more than was printed shows nothing: any small sum that somebody
    added changes one digit.
    """
    one, two = str(printed), str(step)
    if printed < step or len(one) != len(two) or len(one) < _TELLING_DIGITS:
        return False
    indexes = [index for index, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    swapped = (
        len(indexes) == _TELLING_DIGITS
        and indexes[1] - indexes[0] == 1
        and (one[indexes[0]] == two[indexes[1]] and one[indexes[1]] == two[indexes[0]])
    )
    return len(indexes) == 1 or swapped
