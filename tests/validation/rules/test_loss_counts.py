from __future__ import annotations

import datetime as dt

import pytest

from reported_losses.validation.rules import CATALOGUE
from validation.rules.kit import DAY, UNKNOWN, broken, run, tables

SERIES = [{"category": "tanks"}]
FALLS = "loss_counts/never-decreases"
IDENTITY = "loss_counts/increment-matches"
HOLE = "loss_counts/no-missing-day"
COMPLETE = "loss_counts/complete-report"
LIFE = "loss_counts/within-lifetime"
FUTURE = "loss_counts/not-in-future"


def after(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def test_a_fall_is_found_where_it_is() -> None:
    held = tables(series=SERIES, loss_counts=run([10, 9, 9, 12]))
    assert broken(FALLS, held) == [1]


def test_a_fall_is_measured_from_the_nearest_earlier_figure() -> None:
    figures = [f for f in run([10, 10, 9]) if f["report_date"] != after(1)]
    assert broken(FALLS, tables(series=SERIES, loss_counts=figures)) == [1]


@pytest.mark.parametrize(("amount", "bad"), [(-3, []), (-2, [1]), (-4, []), (3, [1])])
def test_a_correction_explains_the_whole_fall(amount: int, bad: list[int]) -> None:
    corrections = [{"report_date": after(1), "amount": amount}]
    held = tables(series=SERIES, loss_counts=run([10, 7]), corrections=corrections)
    assert broken(FALLS, held) == bad


def test_a_correction_explains_no_fall_of_another_day_or_category() -> None:
    corrections = [
        {"report_date": after(2), "amount": -3},
        {"report_date": after(1), "amount": -3, "category": "uavs"},
    ]
    held = tables(series=SERIES, loss_counts=run([10, 7, 7]), corrections=corrections)
    assert broken(FALLS, held) == [1]


@pytest.mark.parametrize(("amount", "bad"), [(-3, []), (-2, [1]), (UNKNOWN, [])])
def test_corrections_on_days_between_explain_a_fall(amount: int, bad: list[int]) -> None:
    corrections: list[dict[str, object]] = [
        {"report_date": after(1), "amount": amount},
        {"report_date": after(3), "amount": -1},
    ]
    figures = [f for f in run([10, 7, 7, 6]) if f["report_date"] not in {after(1), after(2)}]
    held = tables(series=SERIES, loss_counts=figures, corrections=corrections)
    assert broken(FALLS, held) == bad


def test_a_correction_before_the_first_figure_explains_no_fall() -> None:
    corrections = [{"report_date": after(-1), "amount": -3}]
    held = tables(series=SERIES, loss_counts=run([10, 7]), corrections=corrections)
    assert broken(FALLS, held) == [1]


def test_a_restated_series_may_fall() -> None:
    held = tables(series=[{"policy": "restated"}], loss_counts=run([10, 9]))
    assert broken(FALLS, held) == []


@pytest.mark.parametrize("gone", ["", UNKNOWN])
def test_a_figure_without_total_stops_judgement_on_both_sides(gone: str) -> None:
    held = tables(series=SERIES, loss_counts=run([10, gone, 9, 8]))
    assert broken(FALLS, held) == [3]


def test_an_unreadable_amount_stops_judgement() -> None:
    corrections = [{"report_date": after(1), "amount": UNKNOWN}]
    held = tables(series=SERIES, loss_counts=run([10, 9, 8]), corrections=corrections)
    assert broken(FALLS, held) == [2]


def test_a_correction_of_unreadable_date_stops_judgement_of_its_series() -> None:
    corrections = [{"report_date": UNKNOWN, "amount": -1}]
    figures = run([10, 9]) + [{**f, "category": "uavs"} for f in run([10, 9])]
    series = [*SERIES, {"category": "uavs"}]
    held = tables(series=series, loss_counts=figures, corrections=corrections)
    assert broken(FALLS, held) == [3]


def test_series_do_not_touch() -> None:
    figures = run([10]) + [{**f, "category": "uavs"} for f in run([3])]
    figures += [{**f, "subject": "ukraine"} for f in run([1])]
    series = [{}, {"category": "uavs"}, {"subject": "ukraine"}]
    assert broken(FALLS, tables(series=series, loss_counts=figures)) == []


@pytest.mark.parametrize(
    ("totals", "increments", "bad"),
    [
        ([144440, 145060], ["", 620], []),
        ([144440, 145600], ["", 620], [1]),
        ([144440, 145060], ["", 602], [1]),
        ([144440, 145060], [5, ""], []),
        ([144440, UNKNOWN, 145000], ["", 620, 1], []),
        ([144440, 145061], ["", UNKNOWN], []),
    ],
)
def test_identity(totals: list[object], increments: list[object], bad: list[int]) -> None:
    assert broken(IDENTITY, tables(loss_counts=run(totals, increment=increments))) == bad


@pytest.mark.parametrize(
    ("totals", "bad"),
    [
        ([100, 131, 140], [1]),
        ([100, 131, 140, 171], [1, 3]),
        ([100, 131, 140, 171, 180], [1, 3]),
        ([100, 131, 162, 171], [1, 2]),
        ([100, 131, 141], [1, 2]),
    ],
)
def test_a_sum_broken_and_undone_is_one_mistake(totals: list[int], bad: list[int]) -> None:
    figures = run(totals, increment=["", *[20] * (len(totals) - 1)])
    assert broken(IDENTITY, tables(loss_counts=figures)) == bad


def test_a_total_that_falls_is_one_mistake() -> None:
    figures = run([100, 31, 140], increment=["", 20, 20])
    held = tables(series=SERIES, loss_counts=figures)
    assert (broken(FALLS, held), broken(IDENTITY, held)) == ([1], [])
    alone = {name: table for name, table in held.items() if name != "series"}
    assert broken(IDENTITY, alone) == [1]


@pytest.mark.parametrize(("amount", "bad"), [(5, []), (4, [1]), (-5, [1]), (UNKNOWN, [])])
def test_a_correction_enters_the_identity(amount: object, bad: list[int]) -> None:
    corrections = [{"report_date": after(1), "amount": amount}]
    figures = run([100, 115], increment=["", 10])
    assert broken(IDENTITY, tables(loss_counts=figures, corrections=corrections)) == bad


def test_the_identity_needs_the_day_before() -> None:
    figures = run([1, 2, 9], increment=["", "", 3])
    held = tables(loss_counts=[f for f in figures if f["report_date"] != after(1)])
    assert broken(IDENTITY, held) == []


def test_the_greatest_figures_do_not_overflow() -> None:
    most = 10**18 - 1
    corrections = [{"report_date": after(1), "amount": most}]
    figures = run([most, most], increment=["", most])
    assert broken(IDENTITY, tables(loss_counts=figures, corrections=corrections)) == [1]


def without(figures: list[dict[str, object]], *days: int) -> list[dict[str, object]]:
    gone = {after(day) for day in days}
    return [figure for figure in figures if figure["report_date"] not in gone]


@pytest.mark.parametrize(
    ("series", "bad"),
    [
        ({}, [1]),
        ({"gaps": "2023-02-23/2023-02-24"}, []),
        ({"gaps": "2023-02-23/2023-02-23 2023-02-24/2023-02-24"}, []),
        ({"gaps": "2023-02-24/2023-02-24"}, [1]),
        ({"gaps": "2023-02-23/2023-02-23 2023-03-24/2023-03-24"}, [1]),
        ({"gaps": "2022-01-01/2030-01-01"}, []),
        ({"gaps": "2023-02-31/2023-02-24"}, []),
        ({"cadence": "irregular"}, []),
        ({"cadence": ""}, []),
    ],
)
def test_holes(series: dict[str, str], bad: list[int]) -> None:
    held = tables(series=[series], loss_counts=without(run([1, 2, 3, 4, 5]), 1, 2))
    assert broken(HOLE, held) == bad


def test_an_unreadable_date_may_be_the_day_that_is_missing() -> None:
    figures = run([1, 2, 3])
    figures[1]["report_date"] = UNKNOWN
    assert broken(HOLE, tables(series=SERIES, loss_counts=figures)) == []


def reports(days: int) -> list[dict[str, object]]:
    return [{"report_date": after(day)} for day in range(days)]


def two(days: int, **more: str) -> list[dict[str, object]]:
    return [
        {**figure, "category": category, **more}
        for category in ("tanks", "uavs")
        for figure in run(range(days))
    ]


TWO = [{"category": "tanks"}, {"category": "uavs"}]


def test_a_whole_report() -> None:
    held = tables(series=TWO, reports=reports(3), loss_counts=two(3))
    assert broken(COMPLETE, held) == []


@pytest.mark.parametrize(
    ("dropped", "stands_at"),
    [(2, 1), (1, 0), (5, 4), (3, 3), (0, 0)],
)
def test_a_figure_missing_is_found_where_it_belongs(dropped: int, stands_at: int) -> None:
    figures = two(3)
    del figures[dropped]
    held = tables(series=TWO, reports=reports(3), loss_counts=figures)
    assert broken(COMPLETE, held) == [stands_at]


def test_a_series_without_any_figure_is_missing() -> None:
    series = [*TWO, {"category": "vehicles"}, {"category": "aircraft"}]
    held = tables(series=series, reports=reports(3), loss_counts=two(3))
    assert broken(COMPLETE, held) == [0, 5]


@pytest.mark.parametrize(
    "series",
    [
        {"first_report": "2023-02-23"},
        {"gaps": "2023-02-22/2023-02-22"},
        {"cadence": "irregular"},
        {"reporter": "oryx"},
        {"first_report": UNKNOWN},
        {"last_report": "2023-02-21"},
    ],
)
def test_nothing_is_due_outside_life_gaps_and_cadence(series: dict[str, str]) -> None:
    held = tables(
        series=[{"category": "tanks"}, {"category": "uavs", **series}],
        reports=reports(1),
        loss_counts=run([1]),
    )
    assert broken(COMPLETE, held) == []


def test_a_report_of_another_body_makes_nothing_due() -> None:
    held = tables(
        series=TWO,
        reports=[*reports(1), {"report_date": after(1), "reporter": "oryx"}],
        loss_counts=two(1),
    )
    assert broken(COMPLETE, held) == []


@pytest.mark.parametrize(
    ("series", "bad"),
    [
        ({}, []),
        ({"first_report": "2023-02-23"}, [0]),
        ({"last_report": "2023-02-22"}, [1]),
        ({"last_report": UNKNOWN}, []),
        ({"gaps": "2023-02-23/2023-02-25"}, [1]),
        ({"gaps": "2023-02-21/2023-02-21 2023-02-24/2023-02-24"}, []),
        ({"gaps": "2023-02-31/2023-02-31"}, []),
        ({"category": "uavs", "first_report": "2030-01-01"}, []),
    ],
)
def test_lifetime(series: dict[str, str], bad: list[int]) -> None:
    assert broken(LIFE, tables(series=[series], loss_counts=run([1, 2]))) == bad


@pytest.mark.parametrize(("today", "bad"), [(after(0), [1]), (after(1), [])])
def test_future(today: dt.date, bad: list[int]) -> None:
    assert broken(FUTURE, tables(loss_counts=run([1, 2])), today) == bad


def test_a_report_of_the_future_is_told_once() -> None:
    figures = [
        {**figure, "category": category} for category in ("tanks", "uavs") for figure in run([1, 2])
    ]
    assert broken(FUTURE, tables(loss_counts=figures), after(0)) == [1]


def test_without_a_day_taken_as_today_no_report_is_in_the_future() -> None:
    verdict = CATALOGUE[FUTURE].verdict(tables(loss_counts=run([1, 2])))
    assert (verdict.failing, verdict.excused) == (None, True)


def test_empty_tables_have_no_bad_rows() -> None:
    held = tables()
    for code in (FALLS, IDENTITY, HOLE, COMPLETE, LIFE, FUTURE):
        assert broken(code, held) == []
