"""What a table, a column, a category and a reporter are, as values and as text."""

from __future__ import annotations

import copy
import pickle

import pytest

import reported_losses as rl
from reported_losses.errors import BadArgumentError, UnknownNameError

EVERY = ["loss_counts", "tanks", "fuel-tanks", "naval-vessels", "oryx", "ru-mod"]


@pytest.mark.parametrize("name", EVERY)
def test_a_description_survives_being_sent_and_copied(name: str) -> None:
    about = rl.describe(name)
    for other in (pickle.loads(pickle.dumps(about)), copy.deepcopy(about)):  # noqa: S301 - ours
        assert other == about
        assert str(other) == str(about)


def test_a_table_and_a_column_hold_what_the_schema_says() -> None:
    assert rl.describe("loss_counts").table.primary_key[0] == "reporter"
    field = rl.describe("loss_counts", "total").field
    assert field is not None
    assert field.minimum == 0


@pytest.mark.parametrize("name", ["vehicles", "Vehicles and fuel tanks", "автотехніка"])
def test_a_category_is_described_by_any_of_its_names(name: str) -> None:
    about = rl.describe(name)
    assert isinstance(about, rl.CategoryDescription)
    assert (about.category, about.unit) == ("vehicles", "items")
    assert {"fuel-tanks", "military-vehicles"} <= set(about.narrower)
    assert "trucks" in about.aliases
    assert "Vehicles and fuel tanks" in str(about)


def test_a_category_says_where_it_went_and_who_counted_it() -> None:
    about = rl.describe("fuel-tanks")
    assert isinstance(about, rl.CategoryDescription)
    assert (about.broader, about.merged_into, about.narrower) == ("vehicles", "vehicles", ())
    (one,) = about.counted_by
    assert (one.reporter, one.subject, str(one.since)) == (
        *("ua-general-staff", "russia"),
        "2022-02-25",
    )
    assert (str(one.until), str(one.last_figure), one.last_total) == (
        *("2022-04-30", "2022-04-30"),
        76,
    )
    assert one.last_evidence in rl.load("loss_counts")["evidence"].cat.categories
    assert f"since {rl.describe('vehicles').counted_by[0].since}" in str(rl.describe("vehicles"))  # type: ignore[union-attr]


def test_a_category_that_nobody_counts_is_described_too() -> None:
    uncounted = set(rl.load("categories")["category"]) - set(rl.load("series")["category"])
    for name in sorted(uncounted):
        about = rl.describe(name)
        assert isinstance(about, rl.CategoryDescription)
        assert about.counted_by == ()
        assert "counted by nobody" in str(about)


@pytest.mark.parametrize(
    "name", ["ua-general-staff", "General Staff of the Armed Forces of Ukraine"]
)
def test_a_reporter_is_described_by_slug_or_name(name: str) -> None:
    about = rl.describe(name)
    assert isinstance(about, rl.ReporterDescription)
    assert (about.reporter, about.side) == ("ua-general-staff", "ukraine")


@pytest.mark.parametrize("name", ["ua-general-staff", "oryx", "ru-mod"])
def test_a_reporter_has_the_numbers_of_the_tables(name: str) -> None:
    about = rl.describe(name)
    assert isinstance(about, rl.ReporterDescription)
    counts = rl.load("loss_counts")
    own = counts[counts["reporter"] == name]
    assert sum(about.evidence.values()) == len(own) == sum(one.figures for one in about.series)
    assert sum(about.increments.values()) == own["increment"].notna().sum()
    assert about.reports == own["report_date"].nunique()
    assert str(about.last_report) == f"{own['report_date'].max():%Y-%m-%d}"
    series = rl.load("series")
    notes = series.loc[series["reporter"] == name, "note"].dropna()
    for note in notes:
        assert " ".join(note.split()) in " ".join(str(about).split())
    records = rl.load("records")
    assert set(about.records) == set(records.loc[records["reporter"] == name, "record"])


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("loss_count", "loss_counts (a table)"),
        ("tnaks", "tanks (a category)"),
        ("ua-general-stuff", "ua-general-staff (a reporter)"),
        ("drnes", "uavs (a category)"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_of_any_kind(name: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        rl.describe(name)
    assert f"Did you mean {nearest}" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("increment", "a column of loss_counts"),
        ("killed", "a value of claims.measure"),
        ("mediazona-bbc", "an organisation"),
    ],
)
def test_a_name_of_something_else_is_said_to_be_that(name: str, place: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        rl.describe(name)
    assert f"{name} is {place}" in str(caught.value)


def test_a_name_of_several_categories_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="armoured-personnel-carriers"):
        rl.describe("APC")


def test_only_tables_have_columns() -> None:
    for name in ("tanks", "oryx"):
        with pytest.raises(BadArgumentError, match=name):
            rl.describe(name, "total")


@pytest.mark.parametrize(
    ("table", "column"), [("claims", "measure"), ("claims", "place"), ("loss_counts", "total")]
)
def test_a_column_s_type_is_that_of_load(table: str, column: str) -> None:
    kind = rl.load(table, engine="arrow").schema.field(column).type  # type: ignore[call-overload]
    short = str(kind).replace("values=", "").replace(" indices=", " ").partition(", ordered")[0]
    assert f"(Arrow {short.rstrip('>')}" in repr(rl.describe(table, column))
