"""Whoever validates a part of clean data is told nothing: what was left out accuses no row."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pandera.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reported_losses as rl

SMALL = ("corrections", "categories", "organisations", "series", "claims")


@functools.cache
def whole(name: str) -> pd.DataFrame:
    frame: pd.DataFrame = rl.load(name)  # type: ignore[call-overload]  # a name not known before
    return frame


def found(name: str, frame: pd.DataFrame) -> set[str]:
    """Return the codes of all errors and warnings."""
    codes: set[str] = set()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            rl.schema(name).validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as errors:
            codes |= set(errors.failure_cases.check)
    return codes | {str(one.message) for one in caught}


def counts_between(first: str, last: str, *categories: str) -> pd.DataFrame:
    frame = whole("loss_counts")
    chosen = frame["report_date"].between(pd.Timestamp(first), pd.Timestamp(last))
    return frame[chosen & (frame["category"].isin(categories) if categories else True)]


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_rows_chosen_by_any_mask_pass(name: str, data: st.DataObject) -> None:
    frame = whole(name)
    seed, share = data.draw(st.integers(0, 999)), data.draw(st.sampled_from([0.0, 0.1, 0.5, 0.9]))
    mask = np.random.default_rng(seed).random(len(frame)) < share
    assert found(name, frame[mask]) == set()


def thin(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield parts with holes: every k-th row, samples, one row, rows with a value."""
    yield frame.iloc[::7]
    yield frame.iloc[1::2]
    yield frame.sample(500, random_state=3)
    yield frame.sample(len(frame) * 9 // 10, random_state=5)
    yield frame[frame["increment"].notna()]
    yield frame[frame["increment"].isna()]
    yield frame.iloc[[len(frame) // 2]]
    yield frame.iloc[:0]


@pytest.mark.parametrize("name", ["loss_counts", "readings"])
def test_rows_with_holes_between_pass(name: str) -> None:
    for part in thin(whole(name)):
        assert found(name, part) == set()


def test_days_and_categories_pass() -> None:
    parts = [
        counts_between("2025-12-05", "2100-01-01", "artillery"),
        counts_between("2024-09-29", "2024-09-29"),
        counts_between("2023-06-10", "2024-03-03"),
        whole("loss_counts")[whole("loss_counts")["report_date"].dt.day_of_week == 0],
    ]
    for part in parts:
        assert found("loss_counts", part) == set()


def changed(frame: pd.DataFrame, row: int, **cells: Any) -> pd.DataFrame:  # noqa: ANN401
    frame = frame.copy().reset_index(drop=True)
    for name, value in cells.items():
        frame.loc[row, name] = value
    return frame


def test_what_a_part_shows_is_found() -> None:
    run = counts_between("2025-12-05", "2025-12-20", "artillery")
    thinned = run.iloc[::3]
    assert "loss_counts/increment-matches" in found(
        "loss_counts", changed(run, 3, total=int(run["total"].iloc[3]) + 1)
    )
    assert "loss_counts/never-decreases" in found(
        "loss_counts", changed(thinned, 2, total=int(thinned["total"].iloc[1]) - 1)
    )
    # Only an address has this increment; without the day before, nothing can be told of it.
    at = list(run["increment_evidence"]).index("address", 1)
    part, alone = run.iloc[at - 1 : at + 1], run.iloc[[at]]
    unsupported = {"loss_counts/increment-evidence-supported"}
    assert found("loss_counts", changed(part, 1, increment_evidence="quoted")) == unsupported
    assert found("loss_counts", changed(alone, 0, increment_evidence="quoted")) == set()


@pytest.mark.parametrize(
    ("name", "column"), [("categories", "broader"), ("organisations", "parent")]
)
def test_what_nobody_has_is_found(name: str, column: str) -> None:
    frame = whole(name)
    one = frame[frame[column].notna()].iloc[[0]]
    assert found(name, one) == set()
    wrong = one.assign(**{column: "no-such-thing"})
    assert found(name, wrong) == {f"{name}.foreignKey.{column}"}
