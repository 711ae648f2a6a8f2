"""`daily`: what was printed beside what follows from it, and nothing filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pandas as pd
import pytest

import reported_losses as rl

_daily = cast("Callable[..., pd.DataFrame]", rl.daily)


@pytest.fixture(scope="module")
def everything() -> pd.DataFrame:
    return rl.daily()


def test_a_single_category_has_one_row_per_day() -> None:
    tanks = rl.daily("tanks")
    assert list(tanks.columns) == [
        "report_date",
        "total",
        "increment",
        "delta",
        "correction",
        "evidence",
        "increment_evidence",
        "increment_mean_7",
    ]
    assert tanks["report_date"].is_unique
    assert tanks["report_date"].is_monotonic_increasing


def test_the_founding_report() -> None:
    day = rl.daily("personnel").set_index("report_date").loc["2023-02-22"]
    assert (day["total"], day["increment"], day["delta"]) == (145060, 620, 620)


def test_every_figure_is_there_once(everything: pd.DataFrame) -> None:
    counts = rl.load("loss_counts")
    mine = (counts["reporter"] == "ua-general-staff") & (counts["subject"] == "russia")
    assert len(everything) == mine.sum()
    assert not everything.duplicated(["category", "report_date"]).any()


def test_the_books_balance(everything: pd.DataFrame) -> None:
    whole = everything.dropna(subset=["increment", "delta", "correction"])
    assert len(whole) > 10_000
    assert (whole["delta"] == whole["increment"] + whole["correction"]).all()


def test_a_rebasing_shows_in_delta_and_not_in_increment(everything: pd.DataFrame) -> None:
    corrections = rl.load("corrections")
    corrections = corrections[corrections["reporter"] == "ua-general-staff"]
    joined = everything.astype({"category": str}).merge(
        corrections.astype({"category": str}), on=["category", "report_date"]
    )
    assert len(joined) == len(corrections)
    assert (joined["correction"] == joined["amount"]).all()
    whole = joined.dropna(subset=["increment", "delta"])
    assert (whole["delta"] - whole["increment"] == whole["amount"]).all()


def test_missing_increments_are_never_filled(everything: pd.DataFrame) -> None:
    for _, days in everything.groupby("category", observed=True):
        mean = days["increment_mean_7"].reset_index(drop=True)
        missing = days["increment"].isna().reset_index(drop=True)
        touched = missing.rolling(7, min_periods=1).max().astype(bool)
        assert mean[touched].isna().all()


def test_the_mean_is_of_the_printed_increments() -> None:
    days = rl.daily("tanks").set_index("report_date")
    week = days.loc["2023-02-16":"2023-02-22"]
    assert len(week) == 7
    assert days.loc["2023-02-22", "increment_mean_7"] == week["increment"].sum() / 7


def test_wide_has_one_column_per_category() -> None:
    wide = rl.daily(wide=True)
    categories = set(rl.daily()["category"])
    assert set(wide.columns) == {"report_date", *categories}
    assert wide["report_date"].is_unique
    assert wide.set_index("report_date").loc["2023-02-22", "tanks"] == 3334
    assert {str(kind) for kind in wide.drop(columns="report_date").dtypes} == {"Int64"}


def test_wide_shows_the_value_asked_for() -> None:
    wide = rl.daily(["tanks", "personnel"], wide=True, value="increment")
    assert list(wide.columns) == ["report_date", "personnel", "tanks"]
    assert wide.set_index("report_date").loc["2023-02-22", "personnel"] == 620


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        ({"category": "tank"}, "tanks"),
        ({"category": "AFV"}, "armoured-vehicles"),
        ({"category": "rocket launchers"}, "mlrs"),
        ({"reporter": "ua-general-stuff"}, "ua-general-staff"),
        ({"subject": "rusia"}, "russia"),
        ({"wide": True, "value": "increments"}, "increment"),
    ],
)
def test_a_wrong_name_lists_what_there_is(arguments: dict[str, Any], nearest: str) -> None:
    with pytest.raises(rl.UnknownNameError, match=f"Known: {nearest}"):
        _daily(**arguments)


def test_a_value_without_wide_is_refused() -> None:
    with pytest.raises(rl.BadArgumentError):
        rl.daily("tanks", value="increment")


def test_a_reporter_of_both_sides_needs_a_subject() -> None:
    with pytest.raises(rl.BadArgumentError, match="russia and ukraine"):
        rl.daily("tanks", reporter="oryx")
    with pytest.raises(rl.UnknownNameError):
        rl.daily("tanks", reporter="ru-mod", subject="russia")


def test_a_day_after_a_gap_has_no_delta() -> None:
    days = rl.daily("tanks", reporter="oryx", subject="russia")
    follows = days["report_date"].diff() == pd.Timedelta(days=1)
    assert not follows.all()
    assert (days["delta"].notna() == follows).all()
    assert days["increment"].isna().all()
