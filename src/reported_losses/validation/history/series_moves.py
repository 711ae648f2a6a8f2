"""How far the counts of each reporter moved between two states: days, figures, totals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reported_losses.validation.history.base import Base

_TABLE = "loss_counts"
_COLUMNS = ("reporter", "subject", "category", "report_date", "total")

_NUMBER = re.compile(r"[0-9]{1,18}")

_Figures = dict[tuple[str, str], dict[tuple[str, str], str]]
"""Totals by category and day, by reporter and subject."""


@dataclass(frozen=True, slots=True)
class TotalMove:
    """The newest total of a category that is another than before.

    Attributes:
        category: The category.
        old: The newest total before; empty if there was none.
        new: The newest total now; likewise.
    """

    category: str
    old: str
    new: str

    @property
    def by(self) -> int | None:
        """How far it moved; None if one of the totals is no number."""
        if _NUMBER.fullmatch(self.old) and _NUMBER.fullmatch(self.new):
            return int(self.new) - int(self.old)
        return None


@dataclass(frozen=True, slots=True)
class SeriesMove:
    """What moved in one reporter's counts of one side's losses.

    Attributes:
        reporter: The reporter.
        subject: Whose losses.
        last_old: The last day with a figure before; empty if there was none.
        last_new: The last day with a figure now; likewise.
        days_added: Days that had no figure before.
        days_removed: Days that have no figure now.
        figures_old: Number of figures before.
        figures_new: Number of figures now.
        totals_changed: Totals that both states have and that differ.
        totals: Newest totals that are others than before, by category.
    """

    reporter: str
    subject: str
    last_old: str
    last_new: str
    days_added: int
    days_removed: int
    figures_old: int
    figures_new: int
    totals_changed: int
    totals: tuple[TotalMove, ...]


def series_moves(old: Base, new: Base) -> tuple[SeriesMove, ...]:
    """Compare the figures of two states.

    Args:
        old: The earlier state.
        new: The later state.

    Returns:
        What moved, for each reporter and subject with a difference, in their order; nothing if
        one of the states has no such table that can be read.
    """
    if _same(old, new):
        return ()
    before, after = _figures(old), _figures(new)
    if before is None or after is None:
        return ()
    moves = [
        _move(*who, before.get(who, {}), after.get(who, {}))
        for who in sorted({*before, *after})
        if before.get(who) != after.get(who)
    ]
    return tuple(moves)


def _same(old: Base, new: Base) -> bool:
    before, after = (state.package.tables.get(_TABLE) for state in (old, new))
    return before is not None and before == after and old.data(before) == new.data(before)


def _figures(state: Base) -> _Figures | None:
    table = state.package.tables.get(_TABLE)
    text = None
    if table is not None and set(_COLUMNS) <= set(table.names):
        text = state.text(table)
    if text is None:
        return None
    figures: _Figures = {}
    for reporter, subject, category, day, total in zip(*map(text.texts, _COLUMNS), strict=True):
        figures.setdefault((reporter, subject), {})[category, day] = total
    return figures


def _move(
    reporter: str, subject: str, old: dict[tuple[str, str], str], new: dict[tuple[str, str], str]
) -> SeriesMove:
    was, now = ({day for _, day in figures} for figures in (old, new))
    return SeriesMove(
        reporter,
        subject,
        max(was, default=""),
        max(now, default=""),
        len(now - was),
        len(was - now),
        len(old),
        len(new),
        sum(old[cell] != new[cell] for cell in old.keys() & new.keys()),
        tuple(_totals(_newest(old), _newest(new))),
    )


def _totals(old: dict[str, str], new: dict[str, str]) -> list[TotalMove]:
    return [
        TotalMove(category, old.get(category, ""), new.get(category, ""))
        for category in sorted({*old, *new})
        if old.get(category) != new.get(category)
    ]


def _newest(figures: dict[tuple[str, str], str]) -> dict[str, str]:
    ordered = sorted(figures, key=lambda cell: cell[1])
    return {category: figures[category, day] for category, day in ordered}
