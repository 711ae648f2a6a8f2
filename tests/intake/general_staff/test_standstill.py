"""A record that repeats its old figures under new dates is told from one that counts on."""

from __future__ import annotations

import datetime as dt

import pytest

from history_repository import Tree
from reported_losses.definition.location import package_dir
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.intake.general_staff.standstill import StillDay, still_days
from reported_losses.parsing.intervals import DAY

FIRST = dt.date(2026, 8, 1)
NAMES = tuple("abcdefghijklmno")


def counted(moving: int, days: int = 5, names: tuple[str, ...] = NAMES) -> list[Reading]:
    """Return readings of which only some categories count on after the first day."""
    return [
        Reading("petro", Cell(name, FIRST + DAY * day), 100 + day * (index < moving))
        for day in range(days)
        for index, name in enumerate(names)
    ]


def days_of(readings: list[Reading]) -> list[dt.date]:
    return [one.day for one in still_days(readings, {"petro": {FIRST}}).get("petro", [])]


@pytest.mark.parametrize("moving", [0, 1, 2])
def test_a_frozen_record_stands_still_from_its_first_new_day(moving: int) -> None:
    readings = counted(moving)
    assert days_of(readings) == [FIRST + DAY * day for day in range(1, 5)]
    (still, *_) = still_days(readings, {"petro": {FIRST}})["petro"]
    assert still == StillDay("petro", FIRST + DAY, FIRST, 15 - moving, 15)


def test_what_may_be_a_quiet_day_is_seen_after_three() -> None:
    assert days_of(counted(4)) == [FIRST + DAY * 3, FIRST + DAY * 4]
    assert days_of(counted(5)) == []


def test_days_that_are_held_marked_stale_or_too_small_are_not_judged() -> None:
    held = {"petro": {FIRST + DAY * day for day in range(5)}}
    assert still_days(counted(0), held) == {}
    stale = [Reading(one.record, one.cell, one.total, stale=True) for one in counted(0)]
    assert days_of(stale) == []
    assert days_of(counted(0, names=NAMES[:7])) == []


def test_no_record_stood_still_but_on_one_day() -> None:
    """What is held up to a day; later rows may show other copies of an older report."""
    rows = Tree(package_dir()).rows("readings")
    readings = [
        build.reading_from(row)
        for row in rows
        if row["reporter"] == "ua-general-staff" and row["report_date"] < "2026-10-07"
    ]
    found = still_days(readings, {})
    assert {(one.record, one.day) for days in found.values() for one in days} == {
        ("orc-losses", dt.date(2024, 11, 3))
    }
