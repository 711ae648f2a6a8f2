"""What each figure of a report looks like beside the day before and what is held already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from reported_losses.intake.add_report import Addition
from reported_losses.intake.general_staff.readings import REPORTER
from reported_losses.intake.report_text.report import Figure
from reported_losses.intake.tables import Row
from reported_losses.parsing.intervals import DAY

ADDS_UP, CORRECTED, NO_INCREMENT, NO_DAY_BEFORE = (
    "adds up",
    "with a correction",
    "no increment",
    "no figure of the day before",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure of a report, and how it fits.

    Attributes:
        figure: The figure as read.
        before: Total of the day before; None if there is none.
        words: How it fits: whether the sum is right, and whether another total is held.
        fits: Whether nothing speaks against it.
    """

    figure: Figure
    before: int | None
    words: str
    fits: bool


def verdicts(figures: Iterable[Figure], addition: Addition) -> list[Verdict]:
    """Return a verdict on each figure of a report.

    Args:
        figures: The figures as read.
        addition: What adding the report would change.
    """
    day = addition.day
    held = _totals(addition.before["loss_counts"], "total", day)
    before = _totals(addition.tables["loss_counts"], "total", day - DAY)
    amounts = _totals(addition.tables["corrections"], "amount", day)
    return [
        _verdict(
            figure,
            before.get(figure.category),
            held.get(figure.category),
            amounts.get(figure.category, 0),
        )
        for figure in figures
    ]


def _totals(rows: Iterable[Row], column: str, day: dt.date) -> dict[str, int]:
    text = day.isoformat()
    return {
        row["category"]: int(row[column])
        for row in rows
        if row["reporter"] == REPORTER and row["report_date"] == text
    }


def _verdict(figure: Figure, before: int | None, held: int | None, amount: int) -> Verdict:
    words, fits = _sum(figure, before, amount)
    if held is not None and held != figure.total:
        return Verdict(figure, before, f"{words}; {held:,} is held", fits=False)
    return Verdict(figure, before, words, fits)


def _sum(figure: Figure, before: int | None, amount: int) -> tuple[str, bool]:
    if before is None:
        return NO_DAY_BEFORE, True
    step = figure.total - before
    if figure.increment is None:
        fits = step >= min(amount, 0)
        return f"{NO_INCREMENT}, {step:+,}" if fits else f"falls by {-step:,}", fits
    if step == figure.increment:
        return ADDS_UP, True
    if step == figure.increment + amount:
        return f"{CORRECTED} of {amount:+,}", True
    return f"does not add up: {step:+,} since the day before", False
