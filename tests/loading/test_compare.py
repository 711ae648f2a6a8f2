"""`rl.compare()`: counts side by side by month and day, and people beside claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import reported_losses as rl
from engine_frames import rows_of
from reported_losses.loading.day_totals import DayTotals
from reported_losses.loading.load import ENGINES
from reported_losses.loading.side_by_side import side_by_side

GS = "ua-general-staff"
_compare = cast("Callable[..., Any]", rl.compare)


def on(frame: pd.DataFrame, day: str) -> dict[str, object]:
    (row,) = frame[frame["report_date"] == day].to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_tanks_by_month_with_the_ratio() -> None:
    frame = rl.compare("tanks")
    assert list(frame.columns) == ["report_date", GS, "oryx", f"{GS}/oryx"]
    assert not frame["report_date"].dt.to_period("M").duplicated().any()
    row = on(frame, "2023-02-28")
    assert row[GS] == 3388
    assert row["oryx"] == 1779
    assert row[f"{GS}/oryx"] == 1.9
    assert on(frame, "2025-06-30")["oryx"] == 4053
    assert frame.attrs["parts"] == {GS: ["tanks"], "oryx": ["tanks"]}


def test_by_day_holds_every_month_end() -> None:
    days, months = rl.compare("tanks", by="day"), rl.compare("tanks")
    again = days[days["report_date"].isin(months["report_date"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(again, months)
    assert len(days) > 900


def test_an_irregular_figure_stands_until_the_next_but_not_through_a_gap() -> None:
    days = rl.compare("tanks", by="day")
    held = rl.load("loss_counts")
    mine = held[(held["reporter"] == "oryx") & (held["subject"] == "russia")]
    tanks = mine[mine["category"] == "tanks"].set_index("report_date")["total"]
    silent = pd.date_range("2024-03-04", "2024-04-07")
    assert not days["report_date"].isin(silent).any()
    for day in ("2023-02-22", "2024-06-15", "2025-07-19"):
        assert on(days, day)["oryx"] == tanks[tanks.index <= day].iloc[-1]


def test_a_total_that_a_page_quotes_does_not_stand_until_the_next_page() -> None:
    held = rl.load("loss_counts")
    mine = held[held["reporter"] == "ru-mod"].astype({"category": str})
    for category, rows in mine.groupby("category"):
        if category != "planes-and-helicopters":
            days = rl.compare(str(category), subject="ukraine", reporters=["ru-mod"], by="day")
            assert days["report_date"].to_list() == rows["report_date"].to_list()
            assert days["ru-mod"].to_list() == rows["total"].to_list()


def test_planes_and_helicopters_are_one_figure_or_the_sum_of_both() -> None:
    days = rl.compare("planes-and-helicopters", subject="ukraine", reporters=["ru-mod"], by="day")
    assert on(days, "2022-03-16")["ru-mod"] == 180
    assert on(days, "2022-03-28")["ru-mod"] == 123 + 74
    assert not (days["report_date"] == "2022-03-23").any()


def test_narrower_categories_are_added_up() -> None:
    frame = rl.compare("tanks-and-armoured-vehicles", subject="ukraine")
    assert list(frame.columns) == ["report_date", "ru-mod", "oryx", "ru-mod/oryx"]
    assert "tanks" in frame.attrs["parts"]["oryx"]
    assert frame.attrs["parts"]["ru-mod"] == ["tanks-and-armoured-vehicles"]
    held = rl.load("loss_counts")
    day = on(rl.compare("tanks-and-armoured-vehicles", subject="ukraine", by="day"), "2022-07-06")
    rows = held[(held["reporter"] == "oryx") & (held["subject"] == "ukraine")]
    rows = rows[rows["category"].isin(frame.attrs["parts"]["oryx"])]
    rows = rows[rows["report_date"] <= pd.Timestamp("2022-07-06")]
    assert day["oryx"] == rows.groupby("category", observed=True)["total"].last().sum()


def test_a_merged_category_goes_on_in_the_sum_of_its_parts() -> None:
    frame = rl.compare("vehicles", reporters=[GS], by="day")
    parts = rl.daily(["fuel-tanks", "military-vehicles"], wide=True)
    assert on(frame, "2022-04-30")[GS] == parts.loc["2022-04-30"].sum()
    whole = rl.daily("vehicles")
    first = whole[whole["report_date"] == "2022-05-01"]["total"]
    assert on(frame, "2022-05-01")[GS] == first.iloc[0]


def test_personnel_stands_beside_what_others_say() -> None:
    frame = rl.compare("personnel")
    assert frame["period_end"].is_monotonic_increasing
    assert not (frame["organisation"] == GS).any()
    assert set(frame["rate"]) == {"total"}
    assert not frame["basis"].isin(["forecast", "target", "denied"]).any()
    assert (frame["period_start"] == "2022-02-24").all()
    assert frame["place"].isna().all()
    counted = rl.daily("personnel")
    days = dict(zip(counted["report_date"], counted["total"], strict=True))
    for row in frame.dropna(subset=[GS]).iloc[::20].to_dict("records"):
        assert row[GS] == days[row["period_end"]]


def test_a_range_in_parts_of_the_count() -> None:
    frame = rl.compare("personnel")
    one = frame["statement"] == "2023-10-22-uk-mod-euromaidan-press"
    (row,) = frame[one & (frame["measure"] == "killed-or-wounded")].to_dict("records")
    assert (row["low"], row["high"]) == (240_000, 290_000)
    assert row["low_ratio"] == round(240_000 / row[GS], 2)
    assert row["high_ratio"] == round(290_000 / row[GS], 2)


def test_naming_reporters_leaves_claims_out() -> None:
    frame = rl.compare("personnel", reporters=[GS], by="day")
    assert list(frame.columns) == ["report_date", GS]
    assert len(frame) == len(rl.daily("personnel"))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"category": "tonks"}, rl.UnknownNameError),
        ({"category": "tanks", "subject": "elsewhere"}, rl.UnknownNameError),
        ({"category": "tanks", "reporters": ["nobody"]}, rl.UnknownNameError),
        ({"category": "tanks", "by": "week"}, rl.UnknownNameError),
        ({"category": "tanks", "reporters": "oryx"}, rl.BadArgumentError),
        ({"category": "tanks", "reporters": []}, rl.BadArgumentError),
        ({"category": "tanks", "reporters": ["ru-mod"]}, rl.BadArgumentError),
        ({"category": "personnel", "subject": "ukraine"}, rl.BadArgumentError),
        ({"category": "personnel", "since": "2023-06-01"}, rl.BadArgumentError),
        ({"category": "tanks", "since": "2022-03-01"}, rl.BadArgumentError),
        ({"category": "tanks", "since": "2023-06"}, rl.BadArgumentError),
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        _compare(**arguments)


@pytest.mark.parametrize(
    "name", ["category", "subject", "reporters", "by", "since", "engine", "as_of"]
)
@pytest.mark.parametrize("value", [3, [4], b"tanks", np.nan, True], ids=str)
def test_a_value_of_another_type_is_refused(name: str, value: object) -> None:
    with pytest.raises(rl.BadArgumentError):
        _compare(**{"category": "tanks", name: value})


def test_a_name_that_people_use_is_understood() -> None:
    pd.testing.assert_frame_equal(rl.compare("main battle tanks"), rl.compare("tanks"))
    assert "measure" in rl.compare("living force").columns


@pytest.mark.parametrize("category", ["tanks", "personnel"])
def test_every_engine_gives_the_same_comparison(category: str) -> None:
    one, *others = (rows_of(_compare(category, engine=engine)) for engine in ENGINES)
    assert one
    assert all(other == one for other in others)


def test_a_people_count_that_is_not_of_the_lost_stands_alone() -> None:
    frame = rl.compare("prisoners", by="day")
    assert list(frame.columns) == ["report_date", GS]


def test_as_of_a_day() -> None:
    held = rl.load("loss_counts", where={"category": "tanks", "subject": "russia"})
    first, last = held["recorded_on"].min(), held["recorded_on"].max()
    pd.testing.assert_frame_equal(rl.compare("tanks", as_of=last), rl.compare("tanks"))
    then = rl.compare("tanks", as_of=first, by="day")
    known = held[held["recorded_on"] <= first]
    assert set(then.columns[1:]) >= set(known["reporter"].unique())
    assert set(then["report_date"]) <= set(held["report_date"])
    with pytest.raises(rl.BadArgumentError):
        rl.compare("tanks", as_of=first - pd.Timedelta(days=365))


def test_a_ratio_to_nothing_is_missing() -> None:
    some = np.array([3, 3])
    there = np.array([True, True])
    totals = {"a": DayTotals(0, some, there), "b": DayTotals(0, np.array([0, 2]), there)}
    _, data = side_by_side(totals, "tanks", "day")
    assert data.column("a/b").to_pylist() == [None, 1.5]


def test_ratios_since_a_day_are_of_what_was_counted_after_it() -> None:
    whole = rl.compare("tanks", by="day").set_index("report_date")
    since = rl.compare("tanks", by="day", since="2023-06-01").set_index("report_date")
    pd.testing.assert_frame_equal(since[[GS, "oryx"]], whole[[GS, "oryx"]])
    assert since.loc[:"2023-06-01", f"{GS}/oryx"].isna().all()
    rest = whole.loc["2023-06-02":, [GS, "oryx"]] - whole.loc["2023-06-01", [GS, "oryx"]]
    ratio = (rest[GS] / rest["oryx"].where(rest["oryx"] > 0)).round(2)
    assert since.loc["2023-06-02":, f"{GS}/oryx"].tolist() == pytest.approx(
        ratio.tolist(), nan_ok=True
    )
    by_month = rl.compare("tanks", since=dt.date(2023, 6, 1)).set_index("report_date")
    pd.testing.assert_frame_equal(by_month, since.loc[by_month.index], check_freq=False)


def test_a_day_that_not_all_have_gives_way_to_the_one_before() -> None:
    days = np.arange(6)
    totals = {"a": DayTotals(0, days * 10, days >= 0), "b": DayTotals(0, days * 2, days != 2)}
    _, data = side_by_side(totals, "tanks", "day", dt.date(1970, 1, 3))
    assert data.column("report_date").to_pylist()[1] == dt.date(1970, 1, 2)
    assert data.column("a/b").to_pylist() == [None, None, 5, 5, 5]


def test_a_list_that_fell_since_a_day_gives_no_ratio() -> None:
    there = np.array([True] * 4)
    fallen = DayTotals(0, np.array([5, 3, 5, 7]), there)
    totals = {"a": DayTotals(0, np.arange(4), there), "b": fallen}
    _, data = side_by_side(totals, "tanks", "day", dt.date(1970, 1, 1))
    assert data.column("a/b").to_pylist() == [None, None, None, 1.5]


def test_a_month_is_its_last_day_that_all_have() -> None:
    days = np.arange(40)
    totals = {
        "a": DayTotals(0, days, days != 30),
        "b": DayTotals(5, days, days < 33),
    }
    _, data = side_by_side(totals, "tanks", "month")
    assert data.column("report_date").to_pylist() == [dt.date(1970, 1, 30), dt.date(1970, 2, 7)]
    assert data.column("a").to_pylist() == [29, 37]
    assert data.column("b").to_pylist() == [24, 32]


def test_totals_without_a_day_in_common_are_not_compared() -> None:
    there = np.array([True])
    totals = {"a": DayTotals(0, there * 1, there), "b": DayTotals(9, there * 1, there)}
    with pytest.raises(rl.BadArgumentError):
        side_by_side(totals, "tanks", "day")


def test_days_are_selected_after_comparing() -> None:
    everything = rl.compare("tanks").set_index("report_date")
    some = rl.compare("tanks", start="2023-01-01", end="2023-06-30").set_index("report_date")
    pd.testing.assert_frame_equal(some, everything["2023-01-01":"2023-06-30"])
    assert set(rl.compare("personnel", start="2023-01-01")["stated_on"].dt.year) >= {2023}
    assert rl.compare("personnel", start="2023-01-01")["stated_on"].min() >= pd.Timestamp(
        "2023-01-01"
    )
    with pytest.warns(rl.EmptySelectionWarning):
        assert rl.compare("tanks", end="2022-01-01").empty


def test_reporters_and_subjects_are_found_in_any_letter_case() -> None:
    shown = rl.compare("tanks", subject="Russia", reporters=["Oryx"])
    pd.testing.assert_frame_equal(shown, rl.compare("tanks", reporters=["oryx"]))
