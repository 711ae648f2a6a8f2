"""`timeline`: a projection of `daily`, with what the ledger says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import reported_losses as rl
from loaded_frames import ENGINES, plain

_daily = cast("Callable[..., Any]", rl.daily)
_timeline = cast("Callable[..., Any]", rl.timeline)
CASES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"category": "missiles"}, {}),
    ({"category": "tanks", "reporter": "oryx", "subject": "ukraine"}, {}),
    ({"category": "aircraft", "reporter": "ru-mod"}, {}),
    ({"category": "vehicles", "with_narrower": True}, {"end": "2022-06-30"}),
]


@pytest.mark.parametrize(
    ("asked", "days"), CASES, ids=lambda case: "-".join(map(str, case.values()))
)
def test_it_is_a_projection_of_daily(asked: dict[str, Any], days: dict[str, Any]) -> None:
    line = _timeline(**asked, **days)
    assert list(line.columns) == [
        "total",
        "change",
        "change_mean_7",
        "evidence",
        "correction",
        "correction_kind",
        "correction_reason",
    ]
    daily = _daily(**asked, **days).set_index("report_date")
    copied = ["total", "change", "evidence", "correction"]
    pd.testing.assert_frame_equal(line[copied], daily[copied])


def test_the_mean_is_of_seven_changes_and_never_filled() -> None:
    for asked, days in CASES:
        line = _timeline(**asked, **days)
        change = line["change"].astype("float64").asfreq("D")
        expected = change.rolling(7, min_periods=7).sum().reindex(line.index) / 7
        np.testing.assert_array_equal(
            line["change_mean_7"].astype("float64").to_numpy(), expected.to_numpy()
        )


def test_the_ledger_is_told_on_its_days_alone() -> None:
    ledger = rl.load("corrections")
    ledger = ledger[(ledger["category"] == "missiles") & (ledger["reporter"] == "ua-general-staff")]
    line = rl.timeline("missiles")
    told = line.dropna(subset="correction_kind")
    assert told.index.to_list() == ledger["report_date"].to_list()
    assert told["correction_kind"].to_list() == ledger["kind"].to_list()
    assert told["correction_reason"].to_list() == ledger["reason"].to_list()
    assert (line["correction_reason"].isna() == line["correction_kind"].isna()).all()


def test_four_engines_give_the_same() -> None:
    days = {"start": "2023-05-20", "end": "2023-06-03"}
    answers = [plain(_timeline("tank", engine=engine, **days)) for engine in ENGINES]
    assert next(iter(answers[0])) == "report_date"
    assert any(answers[0]["correction_reason"])
    assert [list(answer) for answer in answers] == [list(answers[0])] * 4
    assert answers[1:] == [answers[0]] * 3


def test_the_index_is_the_day() -> None:
    line = rl.timeline("tanks", start="2023-02-20", end="2023-02-22")
    assert isinstance(line.index, pd.DatetimeIndex)
    assert line.index.name == "report_date"
    assert line.loc["2023-02-22", "total"] == 3334


def test_a_selection_of_nothing_is_said() -> None:
    with pytest.warns(rl.EmptySelectionWarning) as told:
        assert rl.timeline("tanks", end="2022-02-23").empty
    assert Path(told[0].filename) == Path(__file__)


@pytest.mark.parametrize("category", [None, 3, ["tanks"], [], b"tanks"])
def test_one_category_is_named_as_text(category: object) -> None:
    with pytest.raises(rl.BadArgumentError):
        _timeline(category)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"category": "tonks"}, rl.UnknownNameError),
        ({"category": "tanks", "reporter": "nobody"}, rl.UnknownNameError),
        ({"category": "tanks", "engine": 1}, rl.BadArgumentError),
        ({"category": "tanks", "start": "2023-02-22", "end": "2022-02-22"}, rl.BadArgumentError),
        ({"category": "tanks", "with_narrower": "no"}, rl.BadArgumentError),
    ],
    ids=str,
)
def test_a_wrong_argument_is_refused(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        _timeline(**arguments)
