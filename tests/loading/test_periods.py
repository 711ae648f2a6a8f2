"""`periods`: sums beside the days that they cover, and missing where they cover none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest

import reported_losses as rl
from loaded_frames import ENGINES, plain

STEPS = {"week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
NONE = -(10**9)
_daily = cast("Callable[..., Any]", rl.daily)
_periods = cast("Callable[..., Any]", rl.periods)
CASES: list[dict[str, Any]] = [
    {},
    {"reporter": "oryx", "subject": "russia"},
    {"reporter": "ru-mod"},
    {"start": "2022-04-10", "end": "2022-05-20", "with_narrower": True},
    {"start": "2021-01-01", "end": "2022-03-15"},
]


def expected(every: str, asked: dict[str, Any]) -> pd.DataFrame:
    """Compute the sums anew, with pandas, from `daily` and the lives of the series."""
    days = _daily(**asked)
    days = days.assign(period=days["report_date"].dt.to_period(STEPS[every]))
    by = days.groupby(["category", "period"], observed=True)
    sums = by[["change", "increment"]].sum(min_count=1)
    counted = by[["change", "increment"]].count().add_suffix("_days")
    if asked.get("reporter"):
        held = held_changes(every, days, asked)
        sums = sums.drop(columns="change").join(held[["change"]], how="outer")
        counted = counted.drop(columns="change_days").join(held[["change_days"]], how="outer")
    whole: pd.DataFrame = pd.concat([sums, counted, due(every, asked)], axis=1).sort_index()
    return whole


def held_changes(every: str, days: pd.DataFrame, asked: dict[str, Any]) -> pd.DataFrame:
    """Compute anew how the totals of an irregular reporter differ at the ends of periods."""
    series = rl.load("series", where={"reporter": asked["reporter"]})
    gaps = series.set_index(["subject", "category"])["gaps"]
    subject = asked.get("subject", "ukraine")
    found = {}
    for category, own in days.groupby("category", observed=True):
        last = days["report_date"].max()
        dated = own.set_index("report_date")
        held = dated["total"].reindex(pd.date_range(dated.index[0], last)).ffill()
        cleared = dated["correction"].reindex(held.index, fill_value=0).cumsum()
        for gap in (
            str(gaps[subject, category]).split() if pd.notna(gaps[subject, category]) else ()
        ):
            held[slice(*gap.split("/"))] = pd.NA
        end = series.set_index(["subject", "category"])["last_report"][subject, category]
        held = (held - cleared)[: end if pd.notna(end) else last].dropna()
        periods = pd.PeriodIndex(pd.DatetimeIndex(held.index).to_period(STEPS[every]))
        for period in periods.unique():
            first = period.start_time - pd.Timedelta(days=1)
            known = held[first : period.end_time]
            length = (known.index[-1] - known.index[0]).days
            if length:
                found[category, period] = (known.iloc[-1] - known.iloc[0], length)
    index = pd.MultiIndex.from_tuples(found, names=["category", "period"])
    return pd.DataFrame(found.values(), index=index, columns=["change", "change_days"])


def due(every: str, asked: dict[str, Any]) -> pd.Series[Any]:
    """Count the days of each category's life in each period."""
    reporter = asked.get("reporter", "ua-general-staff")
    counts, series = rl.load("loss_counts"), rl.load("series")
    subject = asked.get("subject") or series.loc[series["reporter"] == reporter, "subject"].iloc[0]
    mine = (counts["reporter"] == reporter) & (counts["subject"] == subject)
    last = counts.loc[mine, "report_date"].max()
    series = series[(series["reporter"] == reporter) & (series["subject"] == subject)]
    found: dict[tuple[str, Any], int] = {}
    for row in series.fillna({"last_report": last}).to_dict("records"):
        first = row["first_report"]
        if asked.get("with_narrower") and row["category"] == "vehicles":
            first = pd.Timestamp("2022-02-25")
        begin = max(first, pd.Timestamp(asked.get("start", first)))
        end = min(row["last_report"], last, pd.Timestamp(asked.get("end", last)))
        life = pd.date_range(begin, end).to_period(STEPS[every])
        found |= {(row["category"], one): count for one, count in life.value_counts().items()}
    return pd.Series(found, name="days")


@pytest.mark.parametrize("every", STEPS)
@pytest.mark.parametrize("asked", CASES, ids=lambda case: "-".join(map(str, case.values())))
def test_sums_and_days_are_those_of_daily(every: str, asked: dict[str, Any]) -> None:
    frame, again = _periods(every=every, **asked), expected(every, asked)
    assert frame["category"].astype(str).to_list() == again.index.get_level_values(0).to_list()
    stamps = pd.PeriodIndex(again.index.get_level_values(1))
    assert frame["period_start"].to_list() == stamps.start_time.to_list()
    assert frame["period_end"].to_list() == stamps.end_time.normalize().to_list()
    for name in ("change", "increment"):
        assert frame[name].fillna(NONE).to_list() == again[name].fillna(NONE).to_list()
        assert frame[f"{name}_days"].to_list() == again[f"{name}_days"].fillna(0).to_list()
        assert (frame[name].isna() == (frame[f"{name}_days"] == 0)).all()
    assert frame["days"].to_list() == again["days"].to_list()
    length = (frame["period_end"] - frame["period_start"]).dt.days + 1
    assert (frame["partial"] == (frame["change_days"] < length)).all()
    assert (frame["increment_partial"] == (frame["increment_days"] < length)).all()
    assert (frame["change_days"] <= frame["days"]).all()
    assert (frame["days"] <= length).all()


def test_weeks_are_those_of_iso_8601() -> None:
    for start, end in rl.periods("tanks", every="week")[["period_start", "period_end"]].to_numpy():
        first, last = pd.Timestamp(start).isocalendar(), pd.Timestamp(end).isocalendar()
        assert (first.weekday, last.weekday) == (1, 7)
        assert (first.year, first.week) == (last.year, last.week)


def test_a_month_without_printed_increments_is_missing_and_not_nothing() -> None:
    months = _periods("tanks").set_index("period_start")
    assert pd.isna(months.loc["2022-03-01", "increment"])
    assert months.loc["2022-03-01", "increment_days"] == 0
    assert months.loc["2022-03-01", "change"] > 0
    # What pandas gives for the same month.
    printed = rl.daily("tanks").set_index("report_date")["increment"]
    assert printed.resample("MS").sum().loc["2022-03-01"] == 0


def test_a_month_with_all_its_days_adds_up() -> None:
    (row,) = rl.periods("tanks", start="2023-05-01", end="2023-05-31").to_dict("records")
    totals = rl.daily("tanks", start="2023-04-30", end="2023-05-31")
    assert row["change"] == row["increment"]
    assert row["change"] == totals["total"].iloc[-1] - totals["total"].iloc[0] + 5
    assert (row["change_days"], row["days"], row["partial"]) == (31, 31, False)


@pytest.mark.parametrize(
    ("category", "arguments", "start", "days"),
    [
        ("submarines", {}, "2023-09-01", 17),  # the life begins within the month
        ("prisoners", {}, "2022-04-01", 27),  # and ends within it
        ("tanks", {"start": "2023-02-10"}, "2023-02-01", 19),
        ("tanks", {"end": "2023-02-10"}, "2023-02-01", 10),
        ("tanks", {"as_of": "2026-11-22"}, None, None),
    ],
    ids=str,
)
def test_a_period_that_is_cut_is_partial(
    category: str, arguments: dict[str, Any], start: str | None, days: int | None
) -> None:
    months = _periods(category, **arguments).set_index("period_start")
    month = months.loc[start or months.index[-1]]
    last = _daily(category, **arguments)["report_date"].iloc[-1]
    assert month["days"] == (days or last.day)
    assert month["partial"] == (month["days"] < last.days_in_month or start is not None)


def test_an_irregular_total_holds_until_the_next_report() -> None:
    months = _periods("tanks", reporter="oryx", subject="russia").set_index("period_start")
    totals = rl.daily("tanks", reporter="oryx", subject="russia").set_index("report_date")["total"]
    for month, end, before in (
        ("2022-11-01", "2022-11-30", "2022-10-31"),
        ("2023-04-01", "2023-04-30", "2023-03-31"),
        ("2022-06-01", "2022-06-30", "2022-05-31"),  # a gap lies within it
    ):
        assert months.loc[month, "change"] == totals[:end].iloc[-1] - totals[:before].iloc[-1]
        assert not months.loc[month, "partial"]


def test_a_part_that_begins_to_be_counted_is_no_change() -> None:
    asked = {"reporter": "oryx", "subject": "russia", "with_narrower": True}
    # On this day the carriers of anti-tank missiles were listed for the first time.
    (month,) = _periods("armoured-vehicles", start="2022-05-08", end="2022-05-08", **asked).to_dict(
        "records"
    )
    assert (month["change_days"], month["days"], month["partial"]) == (0, 1, True)


def test_a_gap_is_due_and_makes_its_period_partial() -> None:
    months = _periods("tanks", reporter="oryx", subject="russia").set_index("period_start")
    gap = months.loc["2024-03-01"]  # the list was not read from 2024-03-04 to 2024-04-07
    assert gap["days"] == 31
    assert gap["change_days"] < 4
    assert gap["partial"]


@pytest.mark.parametrize("every", STEPS)
def test_four_engines_give_the_same(every: str) -> None:
    asked = {"category": ["tank", "submarines"], "start": "2023-08-20", "end": "2023-11-03"}
    answers = [plain(_periods(every=every, engine=engine, **asked)) for engine in ENGINES]
    assert list(answers[0])[:3] == ["category", "period_start", "period_end"]
    assert isinstance(answers[0]["period_start"][0], dt.date)
    assert [list(answer) for answer in answers] == [list(answers[0])] * 4
    assert answers[1:] == [answers[0]] * 3


def test_a_selection_of_nothing_is_typed_and_said() -> None:
    with pytest.warns(rl.EmptySelectionWarning) as told:
        nothing = rl.periods(end="2022-02-01")
    assert Path(told[0].filename) == Path(__file__)
    assert nothing.empty
    assert list(nothing.dtypes.astype(str)) == list(rl.periods().dtypes.astype(str))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"every": "day"}, rl.UnknownNameError),
        ({"every": "ME"}, rl.UnknownNameError),
        ({"every": None}, rl.BadArgumentError),
        ({"every": 7}, rl.BadArgumentError),
        ({"category": "tonks"}, rl.UnknownNameError),
        ({"category": []}, rl.BadArgumentError),
        ({"reporter": "oryx"}, rl.BadArgumentError),
        ({"start": "2023-02-22", "end": "2022-02-22"}, rl.BadArgumentError),
    ],
    ids=str,
)
def test_a_wrong_argument_is_refused(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        _periods(**arguments)
