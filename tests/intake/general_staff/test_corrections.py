"""Amounts and kinds of corrections."""

from __future__ import annotations

import datetime as dt

from reported_losses.intake.general_staff.corrections import Correction, find_corrections
from reported_losses.intake.general_staff.decide import choose
from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.parsing.intervals import DAY

FIRST = dt.date(2024, 6, 1)


def day(number: int) -> dt.date:
    return FIRST + DAY * number


def printed(category: str, *figures: tuple[int, int | None]) -> list[Reading]:
    return [
        Reading("gs-infographic", Cell(category, day(number)), total, increment)
        for number, (total, increment) in enumerate(figures)
    ]


def found(readings: list[Reading]) -> list[Correction]:
    voting = (r for r in readings if r.record != "gs-infographic-correction")
    return find_corrections(choose(voting), readings)


def test_no_correction_if_everything_adds_up() -> None:
    assert found(printed("tanks", (10, 1), (12, 2), (12, 0))) == []


def test_a_total_undone_by_the_next_report_is_a_misprinted_total() -> None:
    first, second = found(printed("uavs", (100, 1), (146, 41), (165, 24)))
    assert (first.cell.date, first.amount, first.kind) == (day(1), 5, "misprinted-total")
    assert (second.cell.date, second.amount, second.kind) == (day(2), -5, "misprinted-total")
    assert str(day(1)) in first.reason
    assert str(day(1)) in second.reason


def test_several_totals_at_once_are_a_re_basing() -> None:
    readings = printed("tanks", (10, 1), (15, 2)) + printed("ships", (10, 1), (9, 0))
    assert {(c.cell.category, c.amount, c.kind) for c in found(readings)} == {
        ("tanks", 3, "re-based"),
        ("ships", -1, "re-based"),
    }


def test_a_fall_alone_is_a_re_basing() -> None:
    assert [(c.amount, c.kind) for c in found(printed("missiles", (2443, 0), (2442, 0)))] == [
        (-1, "re-based")
    ]


def test_an_announced_correction_is_restated_and_names_its_notice() -> None:
    cell = Cell("tanks", day(0))
    notice = Reading("gs-infographic-correction", cell, 5, correction=-5)
    (only,) = found([*printed("tanks", (10, 1), (7, 2)), notice])
    assert (only.amount, only.kind) == (-5, "restated")
    assert only.source == "gs-infographic-correction"


def test_one_digit_apart_is_a_misprinted_increment() -> None:
    kinds = [
        found(printed("missiles", (1228, 0), (1228 + step, printed_increment)))[0].kind
        for step, printed_increment in ((31, 41), (120, 210), (10, 9), (8, 3), (13, 4))
    ]
    assert kinds == ["misprinted-increment"] * 2 + ["unexplained"] * 3


def test_a_stated_correction_counts_only_without_a_printed_increment() -> None:
    cell = Cell("tanks", day(1))
    petro = [
        Reading("petro", Cell("tanks", day(0)), 10),
        Reading("petro", cell, 30, correction=15),
    ]
    (only,) = found(petro)
    assert (only.amount, only.source) == (15, "petro")
    (counted,) = found([*petro, Reading("gs-text", cell, 30, 18)])
    assert counted.amount == 2


def test_a_stated_correction_cannot_make_the_day_negative() -> None:
    petro = [
        Reading("petro", Cell("tanks", day(0)), 10),
        Reading("petro", Cell("tanks", day(1)), 12, correction=15),
    ]
    assert found(petro) == []


def test_a_fall_without_increments_is_explained_to_its_last_unit() -> None:
    assert [c.amount for c in found(printed("tanks", (10, None), (7, None)))] == [-3]


def test_of_several_stated_corrections_the_first_that_is_possible_counts() -> None:
    cell = Cell("tanks", day(1))
    readings = [
        Reading("petro", Cell("tanks", day(0)), 10),
        Reading("minfin", cell, 9, correction=1),
        Reading("petro", cell, 9, correction=-3),
    ]
    (only,) = found(readings)
    assert only.amount == -3
