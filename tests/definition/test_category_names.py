"""Names that people use for categories."""

from __future__ import annotations

import csv
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.definition.category_names import (
    aliases,
    categories_like,
    categories_named,
    names_of,
    plain,
)
from reported_losses.definition.location import package_dir


def rows(name: str) -> list[dict[str, str]]:
    with (package_dir() / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CATEGORIES = rows("categories")
REPORTERS = sorted({row["reporter"] for row in rows("series")})


def counted_by(reporter: str) -> list[Mapping[str, str]]:
    counted = {row["category"] for row in rows("series") if row["reporter"] == reporter}
    return [row for row in CATEGORIES if row["category"] in counted]


@given(st.text())
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@given(st.lists(st.text("abc -Ж", min_size=1)))
def test_a_cell_of_aliases_holds_each_name_once(names: list[str]) -> None:
    assert set(aliases("; ".join(names))) == {plain(name) for name in names} - {""}


@pytest.mark.parametrize("reporter", REPORTERS)
def test_every_name_of_a_category_means_it(reporter: str) -> None:
    counted = counted_by(reporter)
    for row in counted:
        for name in names_of(row):
            assert categories_named(name.upper(), counted) == [row["category"]]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("AFV", "armoured-vehicles"),
        (" anti-aircraft  WARFARE systems", "air-defence"),
        ("бпла", "uavs"),
        ("air_defence", "air-defence"),
        ("mobile SRBM\u2013systems", "srbm-systems"),
        ("бойових  броньованих машин", "armoured-vehicles"),
        ("Особового складу", "personnel"),
        ("автомобільної техніки та автоцистерн", "vehicles"),
        ("warships / boats", "ships"),
        ("bayonets", None),
        ("", None),
    ],
)
def test_names_that_the_general_staff_and_others_use(name: str, category: str | None) -> None:
    found = categories_named(name, counted_by("ua-general-staff"))
    assert found == ([] if category is None else [category])


def test_one_name_may_mean_different_categories_of_different_reporters() -> None:
    assert categories_named("APC", counted_by("ua-general-staff")) == ["armoured-vehicles"]
    assert categories_named("APC", counted_by("oryx")) == ["armoured-personnel-carriers"]


def test_a_slug_or_label_goes_before_an_alias_of_another() -> None:
    assert categories_named("Vehicles", CATEGORIES) == ["vehicles"]
    assert categories_named("armoured fighting vehicles", CATEGORIES) == ["armoured-vehicles"]
    several = categories_named("APC", CATEGORIES)
    assert several == ["armoured-personnel-carriers", "armoured-vehicles"]


def test_a_misspelt_name_of_any_kind_is_like_its_category() -> None:
    counted = counted_by("ua-general-staff")
    near = {name: categories_like(name, counted)[:1] for name in ("drnes", "танкив", "tnaks", "x")}
    assert near == {"drnes": ["uavs"], "танкив": ["tanks"], "tnaks": ["tanks"], "x": []}
