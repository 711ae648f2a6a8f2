"""`rl.compare()`: counts side by side by month and day, and people beside claims."""

from __future__ import annotations

import pandas as pd
import pytest

import reported_losses as rl

GS = "ua-general-staff"


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
    assert list(frame.columns) == ["report_date", "oryx", "ru-mod", "oryx/ru-mod"]
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
    assert not frame["basis"].isin(["forecast", "target"]).any()
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
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        rl.compare(**arguments)  # type: ignore[arg-type]  # wrong ones, on purpose
