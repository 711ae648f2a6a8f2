"""What findings say: figures and places, not wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings

from reported_losses.parsing.columns import Columns
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.rules.typing_slips import nearest, slip
from reported_losses.validation.words import Words
from validation.rules.kit import TODAY, run, tables
from validation.rules.test_laws import WORLD, Row
from validation.rules.test_plausibility import ORDINARY, totals


def told(code: str, held: Mapping[str, Columns]) -> list[Words]:
    rule = CATALOGUE[code]
    mask = rule.judge(held, TODAY)
    assert mask is not None
    return [rule.describe(held, row, TODAY) for row in mask.nonzero()[0].tolist()]


def holds(text: str, *parts: object) -> bool:
    return all(str(part) in text for part in parts)


def test_a_fall_with_an_increment() -> None:
    held = tables(series=[{}], loss_counts=run([521830, 222810], increment=["", 980]))
    (words,) = told("loss_counts/never-decreases", held)
    assert holds(words.message, "2023-02-23", "tanks", 222810, 521830, 299020, 980)
    assert words.expected == "522810"
    assert holds(words.hint, "one digit changed", "-300000")


def test_a_fall_without_one() -> None:
    held = tables(series=[{}], loss_counts=run([6542, 655]))
    (words,) = told("loss_counts/never-decreases", held)
    assert words.expected == "6542 or more"
    assert holds(words.hint, "dropped", "-5887")


def test_a_sum_that_does_not_come_out() -> None:
    held = tables(series=[{}], loss_counts=run([144440, 145600, 145700], increment=["", 620, 640]))
    (words,) = told("loss_counts/increment-matches", held)
    assert holds(words.message, 144440, 620, 145060, 145600, 540)
    assert words.expected == "145060"
    assert holds(words.hint, "swapped", "next report continues from 145060", "amount 540")


@pytest.mark.parametrize(("read", "said"), [(145600, True), (145060, False)])
def test_the_readings_that_have_the_same_slip_are_named(read: int, *, said: bool) -> None:
    figures = run([144440, 145600], increment=["", 620])
    reading = {"record": "gs-text", "report_date": figures[1]["report_date"], "total": read}
    held = tables(series=[{}], loss_counts=figures, readings=[reading])
    (words,) = told("loss_counts/increment-matches", held)
    assert ("gs-text" in words.hint) is said


def test_a_sum_whose_total_the_next_report_carries_on() -> None:
    held = tables(series=[{}], loss_counts=run([100, 130, 140], increment=["", 3, 10]))
    (words,) = told("loss_counts/increment-matches", held)
    assert holds(words.hint, "continues from 130", "probably right", "increment has", "(30)")
    assert "Or " not in words.hint  # nothing else was named


@pytest.mark.parametrize(
    ("figures", "increments", "value"),
    [
        ([521830, 222810], ["", 980], "522810"),
        ([144440, 145600, 145700], ["", 620, 640], "145060"),
        ([100, 130, 140], ["", 3, 10], None),  # the next report continues from the total
        ([100, 113], ["", 12], None),  # the increment may be the slip
        ([100, 113, 120], ["", 12, 8], "112"),  # and here it is not
        ([6542, 655], ["", ""], None),  # nothing is printed to compare with
        ([1000, 1777], ["", 12], None),  # no slip
        ([100, 12], ["", 112], None),  # total and increment are swapped
    ],
)
def test_only_a_certain_value_is_named(
    figures: list[int], increments: list[int | str], value: str | None
) -> None:
    held = tables(series=[{}], loss_counts=run(figures, increment=increments))
    codes = ("loss_counts/never-decreases", "loss_counts/increment-matches")
    words = [one for code in codes for one in told(code, held)]
    assert [one.value for one in words] == [value]


def test_a_correction_that_is_there_is_corrected() -> None:
    figures = run([100, 115], increment=["", 10])
    corrections = [{"report_date": figures[1]["report_date"], "amount": 4}]
    held = tables(series=[{}], loss_counts=figures, corrections=corrections)
    (words,) = told("loss_counts/increment-matches", held)
    assert holds(words.hint, "amount in corrections to 5")
    (words,) = told("corrections/explains-something", held)
    assert words.expected == "5"


@pytest.mark.parametrize(
    ("last", "parts"),
    [(220, ("the day before",)), (1410, ("one digit changed", 1410)), (3000, ("uavs", 3000))],
)
def test_an_odd_step(last: int, parts: Iterable[object]) -> None:
    figures = run(totals(ORDINARY))
    before = int(str(figures[-1]["total"]))
    total = {220: before, 1410: before + 510}.get(last, last)
    figures = run([figure["total"] for figure in figures] + [total])
    figures += [{**f, "category": "uavs"} for f in run([2999] * 40 + [3000, 3001])]
    held = tables(series=[{}, {"category": "uavs"}], loss_counts=figures)
    words = told("loss_counts/plausible-step", held)[0]
    assert holds(words.message, "tanks", f"{total - before:+d}")
    assert holds(words.hint, *parts)


def test_missing_figures_are_named() -> None:
    figures = run([1, 2, 3, 4])
    reports = [{"report_date": figure["report_date"]} for figure in figures]
    held = tables(series=[{}], reports=reports, loss_counts=[figures[0], figures[3]])
    (words,) = told("loss_counts/complete-report", held)
    assert holds(words.message, "tanks", "2023-02-23", "2023-02-24")
    (words,) = told("loss_counts/no-missing-day", held)
    assert holds(words.message, "2023-02-23 to 2023-02-24")
    assert holds(words.hint, "2023-02-23/2023-02-24")


def test_unsupported_evidence_says_what_is() -> None:
    figures = run([5], evidence=["agreed"])
    readings = [{"report_date": figures[0]["report_date"], "total": 5}]
    held = tables(series=[{}], loss_counts=figures, readings=readings, records=[{}])
    (words,) = told("loss_counts/evidence-supported", held)
    assert words.expected == "single"


@pytest.mark.parametrize(
    ("found", "meant", "words"),
    [
        (16985, 17056, None),
        (3010, 2010, "changed"),
        (2010, 2001, "swapped"),
        (655, 6555, "dropped"),
        (241085, 24185, "too many"),
        (22006, 2206, "typed twice"),
        (5, 5, None),
        (5, -5, None),
        (0, 10**17, None),
    ],
)
def test_slips(found: int, meant: int, words: str | None) -> None:
    told = slip(found, meant)
    assert (told is None) if words is None else (told is not None and words in told)


@pytest.mark.parametrize(
    ("found", "low", "high", "likely", "figure"),
    [
        (22206, 21926, 22100, 21985, 22006),
        (11257, 110827, 111800, 111267, 111257),
        (16985, 17041, 17120, 17092, None),
        (-1, 0, 9, 5, None),
        (10**18, 0, 9, 5, None),
    ],
)
def test_nearest(found: int, low: int, high: int, likely: int, figure: int | None) -> None:
    assert nearest(found, low, high, likely) == figure


@settings(max_examples=30, deadline=None)
@given(rows=WORLD)
def test_whatever_is_found_is_put_into_words(rows: dict[str, list[Row]]) -> None:
    held = tables(**rows)
    for code in CATALOGUE:
        for words in told(code, held):
            assert words.message
            assert words.expected
            assert words.hint
