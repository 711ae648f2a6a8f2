from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from reported_losses.loading.chart_rows import CUTTING
from reported_losses.loading.reporter import Life
from reported_losses.site.series_data import series

KEY = ("ua-general-staff", "russia", "tanks")


def made() -> pd.DataFrame:
    """Return nine reports, a day apart, of which the sixth is re-based by 90."""
    change = [None, 1, 2, 3, 4, 5, 6, 7, 8]
    columns: dict[str, Any] = {
        "total": [10, 11, 13, 16, 20, 115, 121, 128, 136],
        "change": change,
        "change_mean_7": [None] * 7 + [4.0, 5.0],
        "increment": [None, 1, None, 3, 4, 5, 6, 7, 8],
        "increment_mean_7": [None] * 9,
        "evidence": ["agreed"] * 8 + ["single"],
        "increment_evidence": [None, "primary", None, *["primary"] * 6],
        "correction": [0, 0, 0, 0, 0, 90, 0, 0, 0],
        "correction_kind": [*[None] * 5, "re-based", None, None, None],
        "correction_reason": [*[None] * 5, "because", None, None, None],
    }
    frame = pd.DataFrame(columns, index=pd.date_range("2023-01-01", periods=9))
    whole = dict.fromkeys(("total", "change", "increment", "correction"), "Int64")
    return frame.astype(whole | dict.fromkeys(("change_mean_7", "increment_mean_7"), "Float64"))


SOURCES: Mapping[tuple[str, ...], str] = {(*KEY, "2023-01-06"): "a-page"}


@pytest.fixture(scope="module")
def one() -> dict[str, Any]:
    return series(KEY, made(), Life(19358, None), SOURCES)


def test_the_line_is_cut_where_the_count_was_re_based(one: dict[str, Any]) -> None:
    assert "re-based" in CUTTING
    everything, firm = one["pieces"]["total"]
    assert everything == [0, 4, 5, 8]
    assert firm == [0, 4, 5, 7]


def test_a_correction_has_its_row_reason_and_source(one: dict[str, Any]) -> None:
    assert one["fix"] == [[5, 90, "re-based", "because", "a-page"]]


def test_only_what_is_unusual_is_written(one: dict[str, Any]) -> None:
    # The first report has no change; the re-based day has one that is not the difference.
    assert one["change"] == [5, 1, 5]
    assert one["increment"] == [2, 1, None]
    assert one["evidence"] == [1, 8, 3, 1]
    assert sum(one["total"]) == 136


def test_the_last_figure_has_its_day_total_and_change(one: dict[str, Any]) -> None:
    assert one["last"] == ["2023-01-09", 136, 8]


def test_a_gap_cuts_the_line_of_a_daily_count_and_not_of_another() -> None:
    frame = made().drop(pd.Timestamp("2023-01-03"))
    daily = series(KEY, frame, Life(19358, None), SOURCES)["pieces"]["total"][0]
    seldom = series(KEY, frame, Life(19358, None, irregular=True), SOURCES)["pieces"]["total"][0]
    assert (daily[:4], seldom[:2]) == ([0, 1, 2, 3], [0, 3])


def test_pieces_do_not_overlap(one: dict[str, Any]) -> None:
    for pieces in itertools.chain.from_iterable(one["pieces"].values()):
        assert pieces == sorted(pieces)
