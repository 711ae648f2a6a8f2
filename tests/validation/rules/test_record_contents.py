"""Whether records and their readings fit."""

from __future__ import annotations

import datetime as dt

import pytest

from validation.rules.kit import DAY, UNKNOWN, broken, run, tables

WITHIN, COVERS, FIGURE = (
    "readings/within-record",
    "records/covers-its-readings",
    "readings/has-figure",
)
RECORD = {"first_day": DAY, "last_day": DAY + dt.timedelta(days=2), "categories": "tanks"}


def readings(*cells: dict[str, object]) -> list[dict[str, object]]:
    """Return readings of three days, and some more."""
    days = [{"report_date": DAY + dt.timedelta(days=n), "total": 5} for n in range(3)]
    return [*days, *({"total": 5, **one} for one in cells)]


@pytest.mark.parametrize(
    ("cells", "reading", "record"),
    [
        ([], [], []),
        ([{"report_date": "2023-02-25"}], [3], []),
        ([{"report_date": "2023-02-21"}], [3], []),
        ([{"report_date": "2023-02-25"}, {"report_date": "2023-02-26"}], [], [0]),
        ([{"report_date": DAY, "category": "uavs"}], [3], []),
        ([{"report_date": DAY, "reporter": "oryx"}], [3], []),
        ([{"report_date": UNKNOWN}], [], []),
    ],
)
def test_one_reading_outside_is_wrong_and_two_are_their_record(
    cells: list[dict[str, object]], reading: list[int], record: list[int]
) -> None:
    held = tables(records=[RECORD], readings=readings(*cells))
    assert broken(WITHIN, held) == reading
    assert broken(COVERS, held) == record


@pytest.mark.parametrize(("total", "bad"), [(5, [1]), ("", [])])
def test_no_total_lies_in_a_gap(total: object, bad: list[int]) -> None:
    rows = readings()
    rows[1]["total"] = total
    held = tables(records=[{**RECORD, "gaps": "2023-02-23/2023-02-23"}], readings=rows)
    assert broken(WITHIN, held) == bad


@pytest.mark.parametrize("kept", ["whole", "dissent"])
@pytest.mark.parametrize(
    "cells",
    [
        {"first_day": "2023-02-21"},
        {"last_day": "2023-02-25"},
        {"categories": "tanks uavs"},
    ],
)
def test_a_record_kept_whole_says_no_more_than_its_readings(
    cells: dict[str, str], kept: str
) -> None:
    held = tables(records=[{**RECORD, **cells, "kept": kept}], readings=readings())
    assert broken(COVERS, held) == [0] * (kept == "whole")


def test_a_record_with_an_unreadable_day_may_end_there() -> None:
    record = {**RECORD, "last_day": "2023-02-25"}
    held = tables(records=[record], readings=readings({"report_date": UNKNOWN}))
    assert broken(COVERS, held) == []


@pytest.mark.parametrize(
    ("cells", "record", "bad"),
    [
        ({}, {}, [1]),
        ({"total": ""}, {}, []),
        ({"stale": "true"}, {}, []),
        ({}, {"votes": "false"}, []),
        ({"report_date": UNKNOWN}, {}, []),
    ],
)
def test_a_total_that_votes_has_a_figure(
    cells: dict[str, str], record: dict[str, str], bad: list[int]
) -> None:
    gap = {"gaps": "2023-02-23/2023-02-23"}
    rows = [{"report_date": DAY, "total": 5}, {"report_date": "2023-02-23", "total": 6, **cells}]
    held = tables(series=[gap], records=[record], readings=rows, loss_counts=run([5]))
    assert broken(FIGURE, held) == bad


def test_a_missing_figure_is_reported_once() -> None:
    records = [{"record": "petro"}, {"record": "up"}]
    rows = [{"record": name, "report_date": "2023-02-25", "total": 6} for name in ("petro", "up")]
    held = tables(series=[{}], records=records, readings=rows, loss_counts=run([5]))
    assert broken(FIGURE, held) == [0]


def test_a_hole_in_a_daily_series_is_left_to_the_calendar() -> None:
    rows = [{"report_date": "2023-02-23", "total": 6}]
    figures = [run([5, 6, 7])[number] for number in (0, 2)]
    held = tables(series=[{}], records=[{}], readings=rows, loss_counts=figures)
    assert broken(FIGURE, held) == []
    assert broken("loss_counts/no-missing-day", held) == [1]
