"""`loss_counts/plausible-step` and `loss_counts/stale-report`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from reported_losses.parsing.columns import Columns
from reported_losses.validation.rules import CATALOGUE
from validation.rules.kit import TODAY, UNKNOWN, broken, run, tables

STEP, STALE = "loss_counts/plausible-step", "loss_counts/stale-report"
ORDINARY = [8, 12, 10, 9, 11] * 8


def totals(steps: Iterable[int], start: int = 1000) -> list[object]:
    found: list[object] = [start]
    for step in steps:
        start += step
        found.append(start)
    return found


def held(
    steps: Iterable[int], series: Mapping[str, str] | None = None, **last: str
) -> dict[str, Columns]:
    figures = run(totals(steps))
    figures[-1].update(last)
    return tables(series=[series or {}], loss_counts=figures)


@pytest.mark.parametrize(
    ("steps", "bad"),
    [
        ([*ORDINARY, 10], []),
        ([*ORDINARY, 14], []),
        ([*ORDINARY, 28], []),
        ([*ORDINARY, 29], [41]),
        ([*ORDINARY, 1000], [41]),
        ([*ORDINARY, 0], [41]),
        ([*ORDINARY, 3], []),
        ([1000, *ORDINARY, 30], []),
        ([0, 0, *ORDINARY, 0], []),
        ([0, *ORDINARY, 0], [42]),
        ([40, *ORDINARY, 50], []),
        ([40, *ORDINARY, 51], [42]),
    ],
)
def test_the_last_step_against_the_window(steps: list[int], bad: list[int]) -> None:
    assert broken(STEP, held(steps)) == bad


@pytest.mark.parametrize(
    ("after", "bad"),
    [
        ([100, 10], []),
        ([100, 100], []),
        ([100, 7], []),
        ([100, 0], [41]),
        ([0, 10], []),
        ([0, 100], [41]),
    ],
)
def test_the_next_report_bears_a_step_out_or_undoes_it(after: list[int], bad: list[int]) -> None:
    assert [row for row in broken(STEP, held([*ORDINARY, *after])) if row == 41] == bad


@pytest.mark.parametrize(
    ("steps", "bad"),
    [
        ([*ORDINARY, 48], []),
        ([*ORDINARY, 49], [41]),
        ([*ORDINARY, 0], []),
        ([40, *ORDINARY, 160], []),
        ([40, *ORDINARY, 161], [42]),
        ([*ORDINARY, 1000], [41]),
        ([*ORDINARY, 1000, 10], []),
    ],
)
def test_a_printed_increment_is_believed_up_to_four_times_the_greatest_step(
    steps: list[int], bad: list[int]
) -> None:
    figures = run(totals(steps))
    for figure, step in zip(figures[1:], steps, strict=True):
        figure["increment"] = step
    assert broken(STEP, tables(series=[{}], loss_counts=figures)) == bad


def test_a_series_shorter_than_three_weeks_teaches_nothing() -> None:
    assert broken(STEP, held([*ORDINARY[:18], 1000])) == []
    assert broken(STEP, held([*ORDINARY[:20], 1000])) == [21]


@pytest.mark.parametrize(
    ("series", "last"),
    [
        ({"policy": "restated"}, {}),
        ({"cadence": "irregular"}, {}),
        ({}, {"evidence": "agreed"}),
        ({}, {"evidence": "majority"}),
        ({}, {"total": UNKNOWN}),
    ],
)
def test_some_steps_are_not_judged(series: dict[str, str], last: dict[str, str]) -> None:
    assert broken(STEP, held([*ORDINARY, 1000], series, **last)) == []


def test_an_unreadable_total_in_the_window_stops_judgement() -> None:
    figures = run(totals([*ORDINARY, 1000]))
    figures[10]["total"] = UNKNOWN
    assert broken(STEP, tables(series=[{}], loss_counts=figures)) == []


def test_corrections_are_no_steps() -> None:
    steps = [*ORDINARY, 1000, *ORDINARY, 30]
    figures = run(totals(steps))
    corrections = [{"report_date": figures[41]["report_date"], "amount": 990}]
    world = tables(series=[{}], loss_counts=figures, corrections=corrections)
    assert broken(STEP, world) == [len(steps)]


CATEGORIES = [f"category-{letter}" for letter in "abcdefgh"]


def report(days: list[list[int]], **more: str) -> dict[str, Columns]:
    """Build reports of eight categories, one list of totals for each day."""
    figures = [
        {**figure, "category": category, **more}
        for number, category in enumerate(CATEGORIES)
        for figure in run([totals[number] for totals in days])
    ]
    series = [{"category": category} for category in CATEGORIES]
    return tables(series=series, loss_counts=figures)


MOVED = [[number + 10 * day for number in range(8)] for day in range(9)]


@pytest.mark.parametrize(
    ("last", "repeated"),
    [
        (MOVED[8], []),
        (MOVED[7], [8]),
        (MOVED[1], [8]),
        (MOVED[0], []),
        ([99, *MOVED[7][1:]], [17]),
        ([98, 99, *MOVED[7][2:]], []),
    ],
)
def test_a_report_like_one_of_the_week_before_is_told_once(
    last: list[int], repeated: list[int]
) -> None:
    assert broken(STALE, report([*MOVED[:8], last])) == repeated


def test_a_report_that_repeats_another_has_no_implausible_steps_as_well() -> None:
    days = [[number + 10 * day for number in range(8)] for day in range(30)]
    assert broken(STEP, report([*days, days[-1]])) == []
    assert broken(STALE, report([*days, days[-1]])) == [30]
    moved = [figure + 10 for figure in days[-1]]
    assert broken(STEP, report([*days, [*days[-1][:1], *moved[1:]]])) == [30]


def test_few_categories_must_all_repeat() -> None:
    figures = [
        {**figure, "category": category}
        for category, run_ in (("a", [1, 1]), ("b", [1, 1]), ("c", [1, 2]))
        for figure in run(run_)
    ]
    series = [{"category": category} for category in "abc"]
    assert broken(STALE, tables(series=series, loss_counts=figures)) == []
    assert broken(STALE, tables(series=series[:2], loss_counts=figures[:4])) == []


def test_a_mistyped_year_does_not_make_the_rule_count_days() -> None:
    figures = [
        *run([1, 2]),
        {"report_date": "9999-12-31", "total": 3},
        {"report_date": "0001-01-01", "total": 3},
    ]
    world = tables(series=[{}], loss_counts=figures)
    for code in CATALOGUE:
        assert CATALOGUE[code].judge(world, TODAY) is not None


ROUND = "loss_counts/round-figure"


@pytest.mark.parametrize(
    ("totals_", "last", "bad"),
    [
        (range(0, 600, 10), {}, [60]),
        (range(0, 590, 10), {}, []),
        (range(0, 600, 10), {"increment": "3"}, []),
        (range(0, 600, 10), {"evidence": "agreed"}, []),
        (range(0, 600, 10), {"total": UNKNOWN}, []),
        (range(0, 600, 10), {"total": "600"}, []),
        ([7, *range(0, 600, 10)], {}, [61]),
        ([*range(0, 300, 10), 305, *range(310, 600, 10)], {}, []),
        ([0] * 51 + list(range(10, 100, 10)), {}, []),
    ],
)
def test_the_habit_of_rounding(
    totals_: Iterable[int], last: dict[str, str], bad: list[int]
) -> None:
    figures = run([*totals_, 603])
    figures[-1].update(last)
    assert broken(ROUND, tables(loss_counts=figures)) == bad


@pytest.mark.parametrize(
    ("readings", "increments", "bad"),
    [(29, 1, 0), (30, 1, 1), (30, 2, 2), (30, 3, 0), (30, 30, 0), (30, 0, 0)],
)
def test_a_record_prints_increments_or_none(readings: int, increments: int, bad: int) -> None:
    others = [{"record": "prints", **day, "increment": 1} for day in run([1] * 40)]
    days = run([1] * readings)
    for day in days[:increments]:
        day["increment"] = 1
    held = tables(readings=[{"record": "silent", **day} for day in days] + others)
    assert len(broken("readings/increment-usual", held)) == bad


@pytest.mark.parametrize(
    ("records", "readings", "bad"),
    [
        ([{"record": "a"}, {"record": "b"}], "ab", []),
        ([{"record": "a"}, {"record": "b", "derived_from": "a"}], "ab", [41]),
        ([{"record": "a"}, {"record": "b", "kept": "dissent"}], "a", [41]),
    ],
)
def test_only_independent_records_that_state_a_total_confirm_it(
    records: list[dict[str, str]], readings: str, bad: list[int]
) -> None:
    figures = run(totals([*ORDINARY, 1000]))
    figures[-1]["evidence"] = "agreed"
    last = {"report_date": figures[-1]["report_date"], "total": figures[-1]["total"]}
    held = tables(
        series=[{}],
        loss_counts=figures,
        records=records,
        readings=[{"record": name, **last} for name in readings],
    )
    assert broken(STEP, held) == bad
