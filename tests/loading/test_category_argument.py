"""A category by any name that people use for it, and what is said of the names that mean none."""

from __future__ import annotations

import pytest

from reported_losses.errors import BadArgumentError, UnknownNameError
from reported_losses.loading.category_argument import categories, category, category_rows
from reported_losses.loading.load import load

SERIES = load("series", engine="arrow", columns=["reporter", "category"]).to_pylist()


def counted_by(reporter: str) -> list[str]:
    return sorted({row["category"] for row in SERIES if row["reporter"] == reporter})


GS, ORYX = counted_by("ua-general-staff"), counted_by("oryx")
EVERY = [row["category"] for row in category_rows()]


@pytest.mark.parametrize(
    ("name", "counted", "meant"),
    [
        ("tanks", GS, "tanks"),
        ("tank", GS, "tanks"),
        ("AFV", GS, "armoured-vehicles"),
        ("APC", GS, "armoured-vehicles"),
        ("APC", ORYX, "armoured-personnel-carriers"),
        ("drones", GS, "uavs"),
        ("cars", GS, "vehicles"),
        ("cars", ORYX, "trucks-and-jeeps"),
        ("living force", GS, "personnel"),
        ("танків", GS, "tanks"),
        ("дронів", EVERY, "uavs"),
        ("Air_Defence", EVERY, "air-defence"),
        ("vehicles", EVERY, "vehicles"),
    ],
)
def test_a_name_that_means_one_category_is_understood(
    name: str, counted: list[str], meant: str
) -> None:
    assert category(name, counted) == meant


@pytest.mark.parametrize("one", [*GS, *ORYX])
def test_a_slug_is_itself(one: str) -> None:
    assert category(one, EVERY) == one


@pytest.mark.parametrize(
    ("name", "counted", "first"),
    [
        ("tnaks", GS, "tanks"),
        ("drnes", GS, "uavs (Unmanned aerial vehicles)"),
        ("IFV", GS, "armoured-vehicles (Armoured fighting vehicles)"),
        ("vehicles", ORYX, "trucks-and-jeeps (Trucks, vehicles and jeeps)"),
    ],
)
def test_another_name_is_answered_with_the_nearest(
    name: str, counted: list[str], first: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        category(name, counted)
    assert f"Did you mean {first}" in str(caught.value)


@pytest.mark.parametrize("name", ["killed", "Killed or wounded", "casualties", "wounded"])
def test_the_killed_are_not_the_personnel(name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        category(name, GS)
    assert "Did you mean" not in str(caught.value)
    assert "a measure of the table claims" in str(caught.value)


def test_a_name_of_several_categories_is_refused_with_all_of_them() -> None:
    with pytest.raises(UnknownNameError) as caught:
        category("APC", EVERY)
    assert {"armoured-vehicles", "armoured-personnel-carriers"} <= set(str(caught.value).split())


def test_a_name_of_a_whole_is_not_taken_for_what_is_left_of_it() -> None:
    with pytest.raises(UnknownNameError) as caught:
        category("AFV", ORYX)
    whole_and_rest = {"armoured-vehicles", "other-armoured-fighting-vehicles"}
    assert whole_and_rest <= set(str(caught.value).split())


def test_several_categories_are_each_understood_and_named_once() -> None:
    assert categories("drones", GS) == ["uavs"]
    assert categories(["drones", "танків", "ships"], GS) == ["uavs", "tanks", "ships"]
    with pytest.raises(BadArgumentError, match="'tank' and 'tanks'"):
        categories(["tank", "tanks"], GS)


@pytest.mark.parametrize("name", [None, 3, b"tanks", [], ["tanks", None]])
def test_what_is_no_text_is_refused(name: object) -> None:
    with pytest.raises(BadArgumentError):
        categories(name, GS)
    with pytest.raises(BadArgumentError):
        category(name, GS)


@pytest.mark.parametrize("name", ["total", "all"])
def test_a_word_of_a_measure_is_not_that_measure(name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        category(name, GS)
    assert "measure of the table claims" not in str(caught.value)


def test_who_asks_for_casualties_is_told_of_personnel() -> None:
    with pytest.raises(UnknownNameError) as caught:
        category("casualties", GS)
    assert "personnel" in str(caught.value).partition("Known")[0]
