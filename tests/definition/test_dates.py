"""Dates: one spelling, for everyone who passes a day."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.definition.dates import as_date, day_number, day_text, parse_date
from reported_losses.errors import BadArgumentError

DAY = dt.date(2023, 2, 22)


@pytest.mark.parametrize(
    "value",
    [
        "2023-02-22",
        DAY,
        dt.datetime(2023, 2, 22, 23, 59),  # noqa: DTZ001 - a day has no time zone
        pd.Timestamp("2023-02-22 12:00"),
    ],
)
def test_a_day_is_a_date_or_its_text(value: object) -> None:
    day = as_date(value, "as_of")
    assert day == DAY
    assert type(day) is dt.date


@pytest.mark.parametrize(
    "value",
    [
        "20230222", "2026-W47-7", "2026W477", "2023-2-22", "2023-02-30", "2023-02-22T00:00", " 2023-02-22",
        "2023-02-22\n", "\uff12\uff10\uff12\uff13-02-22", "0000-01-01", "22.02.2023", "today", "", None, 20230222, 2023.5, b"2023-02-22", pd.NaT, dt.datetime(2023, 2, 22, tzinfo=dt.UTC),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_the_argument_s_name(value: object) -> None:
    with pytest.raises(BadArgumentError, match="as_of"):
        as_date(value, "as_of")


@given(st.dates())
def test_texts_and_numbers_give_the_day_back(day: dt.date) -> None:
    assert parse_date(day.isoformat()) == day
    assert day_text(day_number(day)) == day.isoformat()
