"""Rules about categories."""

from __future__ import annotations

import pytest

from validation.rules.kit import broken, tables

CODE = "categories/aliases-unambiguous"
TANKS = {"category": "tanks", "label_en": "Tanks", "label_uk": "танків"}
UAVS = {"category": "air-drones", "label_en": "Drones", "aliases": "UAV"}
SERIES = [{"category": "tanks"}, {"category": "air-drones"}]


@pytest.mark.parametrize(
    ("tanks", "bad"),
    [
        ("", []),
        ("MBT; танк", []),
        ("tanks; Tanks; танків", []),
        ("drones", [1]),
        ("MBT;  DRONES ", [1]),
        ("Air drones", [1]),
        ("uav", [0, 1]),
    ],
)
def test_an_alias_is_no_name_of_another_category(tanks: str, bad: list[int]) -> None:
    categories = [UAVS, {**TANKS, "aliases": tanks}]
    assert broken(CODE, tables(categories=categories, series=SERIES)) == bad


@pytest.mark.parametrize("other", ["oryx", "ua-general-staff"])
def test_reporters_may_use_a_name_each_in_its_own_sense(other: str) -> None:
    series = [{"category": "tanks", "reporter": "ua-general-staff"}]
    series += [{"category": "air-drones", "reporter": other}]
    categories = [UAVS, {**TANKS, "aliases": "drones"}]
    bad = [1] if other == "ua-general-staff" else []
    assert broken(CODE, tables(categories=categories, series=series)) == bad


def test_a_category_that_nobody_counts_is_not_judged() -> None:
    categories = [UAVS, {**TANKS, "aliases": "drones"}]
    assert broken(CODE, tables(categories=categories, series=SERIES[1:])) == []
