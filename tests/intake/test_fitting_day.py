"""A wrong date is told by the day that the figures fit."""

from __future__ import annotations

import datetime as dt

import pytest

from reported_losses.intake.fitting_day import fitting_day
from reported_losses.intake.report_text.report import Figure
from reported_losses.intake.tables import Row
from reported_losses.parsing.intervals import DAY

FIRST = dt.date(2026, 10, 1)
LAST = FIRST + 5 * DAY
NAMES = "abcdefghij"


def total(name: str, day: dt.date) -> int:
    """Every second category stands still."""
    number = NAMES.index(name)
    return 100 * number + (day - FIRST).days * (number % 2) * 7


COUNTS: list[Row] = [
    {
        "reporter": "ua-general-staff",
        "category": name,
        "report_date": (FIRST + day * DAY).isoformat(),
        "total": str(total(name, FIRST + day * DAY)),
    }
    for name in NAMES
    for day in range(6)
]


def report(day: dt.date, names: str = NAMES, *, printed: bool = True) -> list[Figure]:
    return [
        Figure(
            category=name,
            total=total(name, day),
            increment=total(name, day) - total(name, day - DAY) if printed else None,
            qualifier="exact",
            line=1,
        )
        for name in names
    ]


@pytest.mark.parametrize("printed", [True, False])
@pytest.mark.parametrize("day", [FIRST + DAY, LAST])
def test_figures_of_a_held_day_fit_it(day: dt.date, *, printed: bool) -> None:
    figures = report(day, printed=printed)
    assert fitting_day(figures, COUNTS, day) is None
    for other in (day - DAY, day + 30 * DAY, FIRST - 365 * DAY):
        assert fitting_day(figures, COUNTS, other) == day


def test_increments_lead_to_a_day_that_is_not_held() -> None:
    figures = report(LAST + DAY)
    assert fitting_day(figures, COUNTS, LAST + DAY) is None
    assert fitting_day(figures, COUNTS, LAST) == LAST + DAY
    assert fitting_day(report(LAST + DAY, printed=False), COUNTS, LAST) is None


def test_one_contradiction_of_many_shows_no_other_day() -> None:
    figures = report(LAST)
    misprinted = Figure("j", figures[-1].total + 1, figures[-1].increment, "exact", 1)
    assert fitting_day([*figures[:-1], misprinted], COUNTS, LAST) is None
    assert fitting_day([*figures[:-1], misprinted], COUNTS, FIRST) == LAST


def test_few_figures_show_nothing() -> None:
    assert fitting_day(report(LAST, "acge"), COUNTS, LAST + DAY) is None
    assert fitting_day([], COUNTS, LAST) is None
