"""Where totals and printed increments do not add up: the rows of `corrections`.

The amount is arithmetic; the kind is what the neighbours and the records show, and never
more than they show. See `docs/reconciliation.md` for the kinds in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reported_losses.intake.general_staff.decide import PRIMARY, Figure
from reported_losses.intake.readings import DAY, Cell, Reading

# A printed increment of one digit differs from every other in one digit; that shows nothing.
_TELLING_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Break:
    """One contradiction of the reporter.

    Attributes:
        cell: Category and report date.
        amount: What the identity needs; never zero.
        kind: One of the kinds in `schemas/corrections.json`.
        reason: One line on what the records show.
        source: Slug of the source where it can be read.
    """

    cell: Cell
    amount: int
    kind: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class _Gap:
    """A break before it is understood."""

    figure: Figure
    before: int
    amount: int

    @property
    def step(self) -> int:
        return self.figure.total - self.before


def find(figures: Mapping[Cell, Figure], readings: Iterable[Reading]) -> list[Break]:
    """Find and classify every break of the accounting identity.

    Args:
        figures: The figures decided.
        readings: All readings; the corrections they state are used.

    Returns:
        Breaks ordered by category and date.
    """
    stated = {(r.record, r.cell): r.correction for r in readings if r.correction is not None}
    gaps = {gap.figure.cell: gap for gap in _gaps(figures, stated)}
    return [_classify(gaps[cell], gaps, stated) for cell in sorted(gaps)]


_Stated = Mapping[tuple[str, Cell], int]


def _gaps(figures: Mapping[Cell, Figure], stated: _Stated) -> Iterable[_Gap]:
    listed: dict[Cell, int] = {}
    for (_, cell), amount in sorted(stated.items()):
        listed.setdefault(cell, amount)
    for cell, figure in figures.items():
        before = figures.get(Cell(cell.category, cell.date - DAY))
        if before is None:
            continue
        amount = _amount(figure, before.total, listed.get(cell))
        if amount:
            yield _Gap(figure, before.total, amount)


def _amount(figure: Figure, before: int, listed: int | None) -> int:
    step = figure.total - before
    if figure.increment is not None:
        return step - figure.increment
    # No increment was printed that we know of. A correction some record lists stands, unless
    # it would make the day's own increment negative; a fall needs one to its last unit.
    if listed is not None and step - listed >= 0:
        return listed
    return min(step, 0)


def _classify(gap: _Gap, gaps: Mapping[Cell, _Gap], stated: _Stated) -> Break:
    cell, amount = gap.figure.cell, gap.amount

    def said(kind: str, reason: str, source: str | None = None) -> Break:
        return Break(cell, amount, kind, reason, source or _source(gap, stated))

    announcer = _announcer(cell, amount, stated)
    if announcer:
        day = cell.date - DAY
        return said(
            "restated",
            f"The correction the reporter published on {day} changes the total by {amount:+}; "
            "the report of the next day follows it.",
            announcer,
        )
    for other, day in ((DAY, cell.date), (-DAY, cell.date - DAY)):
        twin = gaps.get(Cell(cell.category, cell.date + other))
        if twin is not None and twin.amount == -amount:
            return said(
                "misprinted-total",
                f"The total of {day} is {_off(amount if other == DAY else -amount)} what the "
                "increments printed before and after it give; the next report undoes it.",
            )
    together = sum(1 for other in gaps if other.date == cell.date)
    if together > 1:
        return said("re-based", _re_based(gap, together))
    if gap.step < 0:
        return said(
            "re-based", f"The total falls by {-gap.step} {_printed(gap)}; no notice was given."
        )
    increment = gap.figure.increment
    if increment is not None and _one_slip(increment, gap.step):
        return said(
            "misprinted-increment",
            f"The total rises by {gap.step} and +{increment} is printed: one digit apart.",
        )
    return said(
        "unexplained",
        f"The total rises by {gap.step} {_printed(gap)}; no record says why.",
    )


def _announcer(cell: Cell, amount: int, stated: _Stated) -> str | None:
    """Return the correction notice of the day before that announces this very amount."""
    day_before = Cell(cell.category, cell.date - DAY)
    notice = "gs-infographic-correction"
    return notice if stated.get((notice, day_before)) == amount else None


def _re_based(gap: _Gap, together: int) -> str:
    if gap.figure.increment is None:
        return (
            f"{together} totals were corrected on this day by the list of corrections that the "
            f"record keeps; the total moves by {gap.step:+}."
        )
    return (
        f"{together} totals moved against their printed increments on this day without notice; "
        f"this one by {gap.step:+} {_printed(gap)}."
    )


def _printed(gap: _Gap) -> str:
    increment = gap.figure.increment
    return "with no increment on record" if increment is None else f"where +{increment} is printed"


def _off(amount: int) -> str:
    return f"{abs(amount)} {'above' if amount > 0 else 'below'}"


def _source(gap: _Gap, stated: _Stated) -> str:
    for record in PRIMARY:
        if record in gap.figure.printed:
            return record
    lister = [record for record, cell in sorted(stated) if cell == gap.figure.cell]
    holders = gap.figure.votes[gap.figure.total]
    return (lister or list(holders))[0]


def _one_slip(printed: int, step: int) -> bool:
    """Whether two numbers of the same length differ in one digit or in two neighbours swapped."""
    one, two = str(printed), str(step)
    if len(one) != len(two) or len(one) < _TELLING_DIGITS:
        return False
    places = [place for place, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    swapped = (
        len(places) == _TELLING_DIGITS
        and places[1] - places[0] == 1
        and (one[places[0]] == two[places[1]] and one[places[1]] == two[places[0]])
    )
    return len(places) == 1 or swapped
