"""What callers pass is taken as meant, or refused by an error of ours."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reported_losses.errors import BadArgumentError, UnknownNameError
from reported_losses.loading import arguments

DAY = dt.date(2023, 2, 22)
NO_TEXT: list[Any] = [None, 3, b"tanks", ["tanks"], np.nan, pd.NA]
NO_TEXTS: list[Any] = [3, None, b"tanks", [], (), [3], ["tanks", None], ["tanks", "tanks"], pd.NA]
NO_FLAG: list[Any] = [0, 1, None, "True", np.True_]
NO_DAY: list[Any] = [
    pd.NaT, np.datetime64("NaT", "D"), 20230222, "22.02.2023", "", dt.time(), pd.Period("2023-02"),
    pd.Timestamp("2023-02-22", tz="UTC"), dt.datetime(2023, 2, 22, tzinfo=dt.UTC),
]  # fmt: skip
DAYS: list[Any] = [
    DAY, "2023-02-22", dt.datetime(2023, 2, 22, 5), pd.Timestamp(DAY), np.datetime64(DAY),  # noqa: DTZ001
    np.datetime64("2023-02-22T05:00"),
]  # fmt: skip


@pytest.mark.parametrize("value", NO_TEXT, ids=repr)
def test_a_text_is_nothing_else(value: object) -> None:
    with pytest.raises(BadArgumentError, match=r"^reporter"):
        arguments.text("reporter", value)


@pytest.mark.parametrize("value", NO_TEXTS, ids=repr)
def test_texts_are_some_texts_each_once(value: object) -> None:
    with pytest.raises(BadArgumentError, match="category"):
        arguments.texts("category", value)


def test_texts_come_in_any_collection() -> None:
    wanted = ["tanks", "mlrs"]
    for given in (wanted, tuple(wanted), iter(wanted), pd.Series(wanted), np.array(wanted)):
        assert arguments.texts("category", given) == wanted


def test_a_choice_is_one_of_those_that_exist() -> None:
    assert arguments.choice("kind", "total", ("total", "mean")) == "total"
    with pytest.raises(UnknownNameError, match="Known: total"):
        arguments.choice("kind", "totals", ("mean", "total"))


@pytest.mark.parametrize("value", NO_FLAG, ids=repr)
def test_a_flag_is_true_or_false(value: object) -> None:
    with pytest.raises(BadArgumentError, match=r"^wide"):
        arguments.flag("wide", value)


@pytest.mark.parametrize("value", DAYS, ids=repr)
def test_a_day_comes_in_many_types(value: object) -> None:
    assert arguments.period(value, None) == (DAY, None)
    assert arguments.period(None, value) == (None, DAY)


@pytest.mark.parametrize("value", NO_DAY, ids=repr)
def test_no_day_is_refused(value: object) -> None:
    with pytest.raises(BadArgumentError, match=r"^start"):
        arguments.period(value, None)
    with pytest.raises(BadArgumentError, match=r"^end"):
        arguments.period(None, value)


def test_a_period_does_not_run_backwards() -> None:
    assert arguments.period(DAY, DAY) == (DAY, DAY)
    with pytest.raises(BadArgumentError, match="before"):
        arguments.period("2023-02-23", DAY)


def test_a_long_value_is_shown_in_part() -> None:
    with pytest.raises(BadArgumentError) as error:
        arguments.text("reporter", list(range(10_000)))
    assert len(str(error.value)) < 120


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3334, 3334),
        (3334.0, 3334),
        (np.int64(3334), 3334),
        (Decimal(3334), 3334),
        (3334.5, None),
        (math.nan, None),
        (math.inf, None),
        (Decimal("NaN"), None),
        (True, None),
        (np.bool_(True), None),  # noqa: FBT003 - a value, not a flag
        ("3334", None),
    ],
)
def test_whole_numbers_of_any_type_are_whole(value: object, number: int | None) -> None:
    assert arguments.whole(value) == number


def test_what_is_shown_is_short_and_in_one_line() -> None:
    with pytest.raises(BadArgumentError) as caught:
        arguments.period("9" * 100_000 + "\n", None)
    assert len(str(caught.value)) < 200
    with pytest.raises(BadArgumentError) as caught:
        arguments.period(pd.DataFrame({"a": [1, 2]}), None)
    assert len(str(caught.value).splitlines()) == 1
