"""Where the line of a chart is cut, what is light, what is marked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.definition.dates import day_number
from reported_losses.definition.descriptor import installed
from reported_losses.loading.chart_look import SHAPES
from reported_losses.loading.chart_rows import (
    CUTTING,
    DISPUTED,
    MARKS,
    SEVERAL,
    day_rows,
    mark_rows,
)

FIRST = dt.date(2025, 1, 1)
KINDS_OF_CORRECTION = installed().table("corrections").field("kind").enum or ()


def timeline(**columns: list[Any]) -> pd.DataFrame:
    """Return a frame as `timeline` gives it; `day` counts from 2025-01-01."""
    count = len(next(iter(columns.values())))
    days = [FIRST + dt.timedelta(days=day) for day in columns.pop("day", list(range(count)))]
    empty: dict[str, list[Any]] = {
        "total": list(range(count)),
        "change": [1] * count,
        "change_mean_7": [1.0] * count,
        "evidence": ["agreed"] * count,
        "correction": [0] * count,
        "correction_kind": [None] * count,
        "correction_reason": [None] * count,
    }
    index = pd.DatetimeIndex(days, name="report_date")
    frame = pd.DataFrame(empty | columns, index=index)
    numbers = {"total": "Int64", "change": "Int64", "change_mean_7": "Float64"}
    texts = dict.fromkeys(("evidence", "correction_kind"), "category")
    return frame.astype({**numbers, **texts, "correction": "Int64"})


def pieces(
    frame: pd.DataFrame,
    kind: str,
    gaps: list[tuple[int, int]] | None = None,
    column: str = "segment",
) -> list[int]:
    """Return how many days each piece of the line has."""
    rows = day_rows(frame, kind, gaps)
    return [len(part) for _, part in rows.groupby(column)]


@pytest.mark.parametrize("kind", ["change", "total", "mean"])
@pytest.mark.parametrize("correction", KINDS_OF_CORRECTION)
def test_the_line_is_cut_before_a_correction_of_the_count(kind: str, correction: str) -> None:
    frame = timeline(correction_kind=[None, None, correction, None, None])
    assert pieces(frame, kind) == ([2, 3] if correction in CUTTING else [5])


@pytest.mark.parametrize("kind", ["change", "total", "mean"])
def test_the_line_is_cut_at_a_missing_day(kind: str) -> None:
    assert pieces(timeline(day=[0, 1, 3, 4, 5]), kind) == [2, 3]


def test_the_line_is_cut_where_the_mean_is_missing() -> None:
    frame = timeline(change_mean_7=[None, 1, 2, None, 3])
    assert pieces(frame, "mean") == [2, 1]
    rows = day_rows(frame, "change", None)
    assert len(rows) == 5
    assert rows["segment"].isna().to_list() == [True, False, False, True, False]


def test_the_line_is_cut_where_totals_cannot_be_compared() -> None:
    frame = timeline(change=[None, 1, None, 1])
    assert pieces(frame, "total") == [2, 2]


def test_several_corrections_of_what_is_added_up_are_one_mark() -> None:
    frame = timeline(correction=[0, 3, 0])
    assert pieces(frame, "total") == [1, 2]
    (mark,) = mark_rows(frame, "total")
    assert (mark["mark"], mark["amount"]) == (SEVERAL, 3)
    assert mark["reason"]


def test_a_piece_of_one_day_is_alone() -> None:
    frame = timeline(day=[0, 2, 3, 5], change_mean_7=[1, 1, 1, None])
    assert day_rows(frame, "mean", None)["alone"].to_list() == [True, False, False]
    assert day_rows(frame, "total", None)["alone"].to_list() == [True, False, False, True]
    assert not day_rows(frame, "total", [])["alone"].any()


def test_an_irregular_total_holds_except_in_gaps() -> None:
    frame = timeline(day=[0, 3, 9, 20, 21])
    gap = day_number(FIRST) + 10, day_number(FIRST) + 19
    assert pieces(frame, "total", []) == [5]
    assert pieces(frame, "total", [gap]) == [3, 2]
    assert pieces(frame, "total", [(gap[0], gap[1] + 5)]) == [3, 2]


def test_what_one_record_alone_has_is_light() -> None:
    frame = timeline(evidence=["primary", "single", "single", "agreed", "majority"])
    assert day_rows(frame, "total", None)["light"].to_list() == [False, True, True, False, False]
    assert pieces(frame, "total") == [5]
    assert pieces(frame, "total", column="firm") == [1, 2]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 400),
            st.sampled_from([None, *KINDS_OF_CORRECTION]),
            st.none() | st.integers(0, 9),
            st.sampled_from(["single", "agreed"]),
        ),
        unique_by=lambda row: row[0],
        min_size=1,
        max_size=30,
    ).map(sorted)
)
def test_days_are_joined_exactly_if_the_count_goes_on(rows: list[tuple[Any, ...]]) -> None:
    day, kind, mean, evidence = map(list, zip(*rows, strict=True))
    frame = timeline(day=day, correction_kind=kind, change_mean_7=mean, evidence=evidence)
    drawn = day_rows(frame, "change", None)
    assert len(drawn) == len(rows)
    for at in range(1, len(rows)):
        goes_on = day[at] == day[at - 1] + 1 and kind[at] not in CUTTING
        goes_on = goes_on and mean[at] is not None and mean[at - 1] is not None
        joined = drawn["segment"][at] is not pd.NA and drawn["segment"][at - 1] is not pd.NA
        assert (joined and drawn["segment"][at] == drawn["segment"][at - 1]) == goes_on
        firm = joined and "single" not in evidence[at - 1 : at + 1]
        assert drawn["firm"][at] is pd.NA or evidence[at] != "single"
        if firm:
            assert (drawn["firm"][at] == drawn["firm"][at - 1]) == goes_on


def test_corrections_and_disputed_figures_are_marked() -> None:
    frame = timeline(
        correction=[0, -7, 0, 0],
        correction_kind=[None, "re-based", None, None],
        correction_reason=[None, "Because.", None, None],
        evidence=["agreed", "disputed", "disputed", "agreed"],
        change=[1, 5, None, 1],
    )
    assert mark_rows(frame, "change") == [
        {"day": "2025-01-02", "mark": "re-based", "amount": -7, "reason": "Because."},
        {"day": "2025-01-02", "mark": "disputed", "at": 5},
    ]
    assert [mark["at"] for mark in mark_rows(frame, "total") if "at" in mark] == [1, 2]


def test_every_mark_has_a_shape_of_its_own() -> None:
    assert set(MARKS) == {*KINDS_OF_CORRECTION, SEVERAL, DISPUTED} == set(SHAPES)
    assert len(set(SHAPES.values())) == len(SHAPES)
