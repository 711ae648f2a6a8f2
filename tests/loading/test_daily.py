"""`daily`: what was printed beside what follows from it, and nothing filled in."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import polars as pl
import pytest

import reported_losses as rl
from loaded_frames import ENGINES, plain, write_package
from reported_losses.loading import load

GS = "ua-general-staff"
DAY = pd.Timedelta(days=1)
KEYS = ["reporter", "subject", "category"]
WHO = sorted(set(rl.load("series")[["reporter", "subject"]].itertuples(index=False, name=None)))
_daily = cast("Callable[..., Any]", rl.daily)
_load = cast("Callable[..., Any]", rl.load)


def of_all_reporters(**arguments: Any) -> pd.DataFrame:  # noqa: ANN401 - as for daily
    """Return what every reporter reported, with the names of reporter and subject."""
    frames = [
        _daily(reporter=reporter, subject=subject, **arguments)
        .astype({"category": str})
        .assign(reporter=reporter, subject=subject)
        for reporter, subject in WHO
    ]
    whole: pd.DataFrame = pd.concat(frames, ignore_index=True)
    return whole


@pytest.fixture(scope="module")
def everything() -> pd.DataFrame:
    return of_all_reporters()


@pytest.fixture(scope="module")
def added_up() -> pd.DataFrame:
    return of_all_reporters(with_narrower=True)


def test_a_single_category_has_one_row_per_day() -> None:
    tanks = rl.daily("tanks")
    assert list(tanks.columns) == [
        "report_date",
        "total",
        "increment",
        "delta",
        "change",
        "correction",
        "evidence",
        "increment_evidence",
        "increment_mean_7",
        "change_mean_7",
    ]
    assert tanks["report_date"].is_unique
    assert tanks["report_date"].is_monotonic_increasing


def test_the_founding_report() -> None:
    day = _daily("personnel").set_index("report_date").loc["2023-02-22"]
    assert day[["total", "increment", "delta", "change"]].to_list() == [145060, 620, 620, 620]


def test_every_figure_is_there_once_as_it_was_reported(everything: pd.DataFrame) -> None:
    copied = [*KEYS, "report_date", "total", "increment", "evidence", "increment_evidence"]
    names = dict.fromkeys([*KEYS, "evidence", "increment_evidence"], "str")
    counts = _load("loss_counts", columns=copied).astype({**names, "total": "Int64"})
    pd.testing.assert_frame_equal(
        everything[copied].astype(names).sort_values(copied[:4], ignore_index=True),
        counts.sort_values(copied[:4], ignore_index=True),
        check_column_type=False,
    )


def test_delta_is_there_on_every_day_after_a_figure(everything: pd.DataFrame) -> None:
    before = everything[[*KEYS, "report_date", "total"]]
    before = before.assign(report_date=before["report_date"] + DAY)
    joined = everything.merge(
        before, how="left", on=[*KEYS, "report_date"], suffixes=("", "_before")
    )
    pd.testing.assert_series_equal(
        joined["delta"], joined["total"] - joined["total_before"], check_names=False
    )
    first = everything.drop_duplicates(KEYS)
    assert first["delta"].isna().all()


def test_correction_is_the_amount_of_the_ledger_or_nothing(everything: pd.DataFrame) -> None:
    ledger = rl.load("corrections").astype(dict.fromkeys(KEYS, "str"))
    joined = everything.merge(ledger, how="left", on=[*KEYS, "report_date"])
    assert (joined["correction"] == joined["amount"].fillna(0)).all()
    assert (joined["correction"] != 0).sum() == len(ledger)


def test_delta_is_change_and_correction_in_every_row(everything: pd.DataFrame) -> None:
    assert (everything["delta"].isna() == everything["change"].isna()).all()
    known = everything.dropna(subset="delta")
    assert (known["delta"] == known["change"] + known["correction"]).all()


def test_change_is_the_increment_wherever_both_are_there(everything: pd.DataFrame) -> None:
    both = everything.dropna(subset=["increment", "change"])
    assert len(both) > 10_000
    assert (both["increment"] == both["change"]).all()


def test_a_correction_behind_a_gap_has_no_change(everything: pd.DataFrame) -> None:
    day = everything[everything["report_date"] == "2022-03-09"]
    (row,) = day[(day["reporter"] == "ru-mod") & (day["category"] == "aircraft")].to_dict("records")
    assert row["correction"] == -4
    assert pd.isna(row["delta"])
    assert pd.isna(row["change"])


def test_a_correction_without_an_increment_leaves_the_change(everything: pd.DataFrame) -> None:
    rows = everything[(everything["correction"] != 0) & everything["increment"].isna()]
    rows = rows.dropna(subset="delta")
    assert (rows["report_date"] == "2025-10-03").any()
    assert (rows["change"] == rows["delta"] - rows["correction"]).all()


def test_means_are_of_seven_printed_increments_and_never_filled(everything: pd.DataFrame) -> None:
    for _, days in everything[everything["reporter"] == GS].groupby("category"):
        increment = days.set_index("report_date")["increment"].astype("float64").asfreq("D")
        mean = days.set_index("report_date")["increment_mean_7"].astype("float64")
        expected = increment.rolling(7, min_periods=7).sum().reindex(mean.index) / 7
        np.testing.assert_array_equal(mean.to_numpy(), expected.to_numpy())


def test_a_day_after_a_gap_has_no_delta(everything: pd.DataFrame) -> None:
    days = everything[(everything["reporter"] == "oryx") & (everything["category"] == "tanks")]
    assert 0 < days["delta"].notna().sum() < len(days)
    assert days["increment"].isna().all()


def test_days_are_selected_after_computing() -> None:
    tanks = rl.daily("tanks").set_index("report_date").loc["2023-02-22":"2023-03-01"]
    some = rl.daily("tanks", start="2023-02-22", end=dt.date(2023, 3, 1))
    pd.testing.assert_frame_equal(some.set_index("report_date"), tanks, check_freq=False)
    assert some["delta"].notna().all()
    assert some["increment_mean_7"].notna().all()


def test_an_earlier_state_has_the_figures_and_corrections_of_that_day() -> None:
    day = "2026-11-22"
    then = rl.daily(as_of=day)
    counts, ledger = rl.load("loss_counts", as_of=day), rl.load("corrections", as_of=day)
    assert len(then) == (counts["reporter"] == GS).sum()
    ledger = ledger[ledger["reporter"] == GS]
    assert then["correction"].sum() == ledger["amount"].sum()


# An old matplotlib calls an old name of pyparsing.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_wide_is_ready_to_plot() -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    wide = rl.daily(["tanks", "personnel"], wide=True, value="change", start="2026-01-01")
    assert list(wide.columns) == ["tanks", "personnel"]
    assert isinstance(wide.index, pd.DatetimeIndex)
    axes = wide.plot()
    drawn = {line.get_label(): np.asarray(line.get_ydata()) for line in axes.get_lines()}
    plt.close("all")
    np.testing.assert_array_equal(
        drawn["tanks"].astype(float), wide["tanks"].to_numpy(dtype=float, na_value=np.nan)
    )


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (None, "Int64"),
        ("total", "Int64"),
        ("increment", "Int64"),
        ("delta", "Int64"),
        ("change", "Int64"),
        ("correction", "Int64"),
        ("evidence", "category"),
        ("increment_evidence", "category"),
        ("increment_mean_7", "Float64"),
        ("change_mean_7", "Float64"),
    ],
)
def test_wide_holds_any_value(value: str | None, dtype: str) -> None:
    names = ["tanks", "submarines"]
    bounds = {"start": "2023-09-10", "end": "2023-09-30"}
    wide = _daily(names, wide=True, value=value, **bounds)
    assert list(wide) == names
    assert [str(kind) for kind in wide.dtypes] == [dtype, dtype]
    long = _daily(names, **bounds)
    for name in names:
        own = long[long["category"] == name].set_index("report_date")[value or "total"]
        shown = wide[name].reindex(own.index)
        assert shown.astype(object).where(shown.notna(), None).to_list() == (
            own.astype(object).where(own.notna(), None).to_list()
        )
    before = wide.loc["2023-09-10":"2023-09-13", "submarines"]
    assert before.isna().all()


@pytest.mark.parametrize(
    "arguments",
    [
        {"category": "tanks"},
        {"category": ["tanks", "mlrs"]},
        {"category": ["tanks", "mlrs"], "wide": True},
        {"category": ["tanks", "mlrs"], "wide": True, "value": "increment_evidence"},
        {"category": "vehicles", "with_narrower": True},
    ],
    ids=lambda arguments: "-".join(map(str, arguments.values())),
)
def test_four_engines_give_the_same(arguments: dict[str, Any]) -> None:
    bounds = {"start": "2022-04-28", "end": "2022-05-12"}
    answers = [plain(_daily(engine=engine, **bounds, **arguments)) for engine in ENGINES]
    assert answers[0]["report_date"]
    assert list(answers[0]) == list(answers[1])
    assert answers[1:] == [answers[0]] * 3


def test_the_other_engines_have_the_types_of_load() -> None:
    one = {"start": "2023-02-22", "end": "2023-02-22"}
    kinds = _daily(["tanks", "mlrs"], engine="polars", **one).schema
    assert kinds["report_date"] == pl.Date
    assert kinds["change"] == pl.Int64
    assert isinstance(kinds["evidence"], pl.Enum)
    assert isinstance(kinds["category"], pl.Categorical)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("wide", [False, True])
def test_a_selection_of_nothing_is_empty_typed_and_said(engine: Any, wide: bool) -> None:  # noqa: ANN401, FBT001
    with pytest.warns(rl.EmptySelectionWarning) as told:
        nothing = _daily(["tanks", "mlrs"], engine=engine, wide=wide, end="2022-02-23")
    assert [Path(one.filename) for one in told] == [Path(__file__)]
    something = _daily(["tanks", "mlrs"], engine=engine, wide=wide, end="2022-02-26")
    assert plain(nothing) == {name: [] for name in plain(something)}
    if engine == "pandas":
        assert list(nothing.dtypes) == list(something.dtypes)


def test_something_selected_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rl.daily("tanks", start="2023-02-22", end="2023-02-22")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("tank", "tanks"), ("AFV", "armoured-vehicles"), ("rocket launchers", "mlrs")],
)
def test_names_that_people_use_are_understood(name: str, slug: str) -> None:
    one = {"start": "2023-02-22", "end": "2023-02-22"}
    assert list(_daily([name], wide=True, **one)) == [slug]


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        ({"category": "tankks"}, "tanks"),
        ({"category": ["mlrs", "tanc"]}, "tanks"),
        ({"reporter": "ua-general-stuff"}, "ua-general-staff"),
        ({"subject": "rusia"}, "russia"),
        ({"engine": "panda"}, "pandas"),
        ({"wide": True, "value": "increments"}, "increment"),
        ({"value": "increments"}, "increment"),
    ],
)
def test_a_wrong_name_lists_what_there_is(arguments: dict[str, Any], nearest: str) -> None:
    with pytest.raises(rl.UnknownNameError, match=rf"(Known:|Did you mean) {nearest}\b"):
        _daily(**arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        {"category": "tanks", "value": "increment"},
        {"category": "tanks", "value": "total"},
        {"category": 3},
        {"category": b"tanks"},
        {"category": []},
        {"category": [None]},
        {"category": ["tanks", "tanks"]},
        {"category": ["tanks", "tank"]},
        {"category": pl.DataFrame({"category": ["tanks"]})},
        {"category": pd.NA},
        {"reporter": 3},
        {"reporter": None},
        {"reporter": ["oryx"]},
        {"subject": 3},
        {"engine": None},
        {"engine": pd},
        {"start": "2023-02-30"},
        {"start": 20230222},
        {"end": pd.NaT},
        {"start": dt.datetime(2023, 2, 22, tzinfo=dt.UTC)},
        {"start": "2023-02-22", "end": "2023-02-21"},
        {"as_of": "yesterday"},
        {"as_of": "2022-02-24"},
        {"with_narrower": 1},
        {"with_narrower": None},
        {"wide": "yes"},
        {"wide": True, "value": ["total"]},
        {"category": "tanks", "reporter": "oryx"},
    ],
    ids=str,
)
def test_a_wrong_argument_is_refused_in_our_words(arguments: dict[str, Any]) -> None:
    with pytest.raises(rl.BadArgumentError):
        _daily(**arguments)


def test_what_a_reporter_does_not_count_is_unknown() -> None:
    with pytest.raises(rl.UnknownNameError):
        rl.daily("tanks", reporter="ru-mod", subject="russia")
    with pytest.raises(rl.UnknownNameError):
        rl.daily("artillery", reporter="oryx", subject="russia")
    assert len(rl.daily("artillery", reporter="oryx", subject="russia", with_narrower=True))


def test_sums_of_narrower_categories_are_those_of_compare(added_up: pd.DataFrame) -> None:
    for category, reporter, subject in (
        ("vehicles", GS, "russia"),
        ("planes-and-helicopters", "ru-mod", "ukraine"),
        ("tanks-and-armoured-vehicles", "oryx", "ukraine"),
    ):
        compared = rl.compare(category, reporters=[reporter], subject=subject, by="day")
        totals = compared.set_index("report_date")[reporter]
        days = rl.daily(category, reporter=reporter, subject=subject, with_narrower=True)
        assert len(days) > 60
        assert (days["total"].to_numpy() == totals[days["report_date"]].to_numpy()).all()
    assert (added_up["delta"].isna() == added_up["change"].isna()).all()
    known = added_up.dropna(subset="delta")
    assert (known["delta"] == known["change"] + known["correction"]).all()
    both = added_up.dropna(subset=["increment", "change"])
    assert (both["increment"] == both["change"]).all()


def test_what_is_counted_itself_stays_as_it_is(
    everything: pd.DataFrame, added_up: pd.DataFrame
) -> None:
    columns = list(everything.columns.drop(["delta", "change"]))
    joined = added_up.merge(everything[[*KEYS, "report_date"]], on=[*KEYS, "report_date"])
    pd.testing.assert_frame_equal(joined[columns], everything[columns])
    same = everything["delta"].isna() | (everything["delta"] == joined["delta"])
    assert same.all()


def test_vehicles_go_on_from_the_sum_of_their_parts() -> None:
    vehicles = _daily("vehicles", with_narrower=True).set_index("report_date")
    parts = rl.daily(["fuel-tanks", "military-vehicles"])
    sums = parts.groupby("report_date")[["total", "delta"]].sum(min_count=2)
    assert vehicles.index[0] == sums.index[0]
    assert (vehicles.loc[sums.index, "total"] == sums["total"]).all()
    assert vehicles.loc[sums.index, "delta"].fillna(-1).eq(sums["delta"].fillna(-1)).all()
    # The printed +20 is one more than the sum of the parts gives, and nothing accounts for it.
    assert vehicles.loc["2022-05-01", ["total", "increment"]].to_list() == [1796, 20]
    assert vehicles.index[vehicles["delta"].isna()].to_list() == [
        vehicles.index[0],
        pd.Timestamp("2022-05-01"),
    ]


def test_a_part_that_begins_is_no_change(added_up: pd.DataFrame) -> None:
    assert not added_up.empty
    russia = {"reporter": "oryx", "subject": "russia"}
    special = _daily("special-equipment", with_narrower=True, **russia).set_index("report_date")
    begins = _daily("artillery-support-vehicles", **russia)["report_date"].iloc[0]
    assert pd.isna(special.loc[begins, "change"])
    assert special.loc[begins, "total"] > special.loc[: begins - DAY, "total"].iloc[-1]


# A small package: two halves of a whole, the whole from the fifth day on, and a late ledger.
WHOLE, HALVES = "vehicles", ("fuel-tanks", "military-vehicles")


def row(category: str, day: int, **cells: str) -> dict[str, str]:
    keys = {"reporter": GS, "subject": "russia", "category": category}
    return {**keys, "report_date": f"2026-01-0{day}", "recorded_on": "2026-02-01", **cells}


def figure(
    category: str, day: int, total: int, increment: int | None, evidence: str
) -> dict[str, str]:
    printed = {} if increment is None else {"increment": str(increment)}
    printed |= {} if increment is None else {"increment_evidence": "primary"}
    return row(category, day, total=str(total), qualifier="exact", evidence=evidence, **printed)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [
        figure(HALVES[0], 1, 10, None, "primary"),
        figure(HALVES[0], 2, 12, 2, "primary"),
        figure(HALVES[0], 4, 15, 3, "agreed"),
        figure(HALVES[1], 1, 20, None, "single"),
        figure(HALVES[1], 2, 21, 3, "single"),
        figure(HALVES[1], 3, 22, 1, "primary"),
        figure(HALVES[1], 4, 23, None, "disputed"),
        figure(WHOLE, 5, 40, 2, "primary"),
        figure(WHOLE, 6, 41, 1, "primary"),
    ]
    reason = {"kind": "re-based", "reason": "Recounted.", "source": "x"}
    ledger = [row(HALVES[1], 2, amount="-2", **reason, recorded_on="2026-02-02")]
    lives = [(name, "2026-01-01", "2026-01-04") for name in HALVES] + [(WHOLE, "2026-01-05", "")]
    series = [
        row(name, 1, first_report=first, last_report=last, policy="cumulative", cadence="daily",
            qualifier="exact")
        for name, first, last in lives
    ]  # fmt: skip
    names = [{"category": WHOLE}, *({"category": name, "broader": WHOLE} for name in HALVES)]
    write_package(
        tmp_path,
        loss_counts=counts,
        corrections=ledger,
        series=series,
        categories=names,
        revisions=[],
    )
    monkeypatch.setattr(load, "package_dir", lambda: tmp_path)


@pytest.mark.usefixtures("small")
def test_what_is_said_of_days_that_are_added_up() -> None:
    frame = plain(rl.daily(WHOLE, with_narrower=True, engine="arrow"))
    del frame["increment_mean_7"], frame["change_mean_7"]
    assert [day.day for day in frame.pop("report_date")] == [1, 2, 4, 5, 6]
    assert frame == {
        "total": [30, 33, 38, 40, 41],
        "increment": [None, 5, None, 2, 1],
        "delta": [None, 3, None, None, 1],
        "change": [None, 5, None, None, 1],
        "correction": [0, -2, 0, 0, 0],
        "evidence": ["single", "single", "disputed", "primary", "primary"],
        "increment_evidence": [None, "primary", None, "primary", "primary"],
    }


@pytest.mark.usefixtures("small")
def test_before_the_first_correction_was_recorded_there_is_none() -> None:
    assert rl.daily(HALVES[1], as_of="2026-02-02")["correction"].to_list() == [0, -2, 0, 0]
    assert rl.daily(HALVES[1], as_of="2026-02-01")["correction"].to_list() == [0, 0, 0, 0]
    with pytest.raises(rl.BadArgumentError):
        rl.daily(HALVES[1], as_of="2026-01-31")


@pytest.mark.usefixtures("small")
def test_a_file_out_of_order_gives_the_same(tmp_path: Path) -> None:
    in_order = rl.daily(with_narrower=True)
    path = tmp_path / "data/loss_counts.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    other = [line.replace(GS, "oryx").replace("russia", "ukraine") for line in lines]
    mixed = [line for pair in zip(reversed(lines), other, strict=True) for line in pair]
    path.write_text(head + "".join(mixed), encoding="utf-8")
    pd.testing.assert_frame_equal(rl.daily(with_narrower=True), in_order)


def test_categories_are_those_of_load() -> None:
    dtype = rl.load("loss_counts")["category"].dtype
    frames = [_daily([name]) for name in ("tanks", "mlrs")]
    assert pd.concat(frames)["category"].dtype == dtype
    assert rl.periods(["tanks"], end="2022-05-01")["category"].dtype == dtype


def test_letter_case_of_reporter_and_subject_makes_no_difference() -> None:
    asked = {"end": "2022-05-01"}
    shown = _daily("tanks", reporter="Oryx", subject="Russia", **asked)
    pd.testing.assert_frame_equal(
        shown, _daily("tanks", reporter="oryx", subject="russia", **asked)
    )
    chosen = rl.load("loss_counts", where={"reporter": "Oryx", "category": "tanks"})
    assert set(chosen["reporter"]) == {"oryx"}


def test_an_organisation_that_counts_nothing_is_said_to() -> None:
    with pytest.raises(rl.UnknownNameError, match="claims"):
        _daily("tanks", reporter="uk-mod")
