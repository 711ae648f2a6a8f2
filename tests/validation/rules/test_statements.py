"""The rules that tie statements to counts, and statuses to totals: what they find, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from reported_losses.dataset.descriptor import load_package
from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.validation.rules import CATALOGUE

PACKAGE = load_package(Path(__file__).parents[3])
COUNT = {
    "reporter": "ua-general-staff",
    "subject": "russia",
    "category": "tanks",
    "report_date": "2023-02-22",
    "total": "3334",
    "increment": "8",
}
CLAIM = {
    "statement": "a",
    "claim": "1",
    "subject": "russia",
    "category": "tanks",
    "reporter": "ua-general-staff",
    "period_end": "2023-02-22",
}
STATEMENT = {
    "stated_on": "2023-02-22",
    "speaker": "Ann Ames",
    "source": "p",
    "summary": "So it is.",
}
UNREADABLE = "?"


def columns(name: str, rows: Sequence[Mapping[str, str]]) -> Columns:
    table = PACKAGE.table(name)
    arrays, invalid = {}, {}
    for field in table.fields:
        kind, cells = FIELD_TYPES[field.type], [row.get(field.name, "") for row in rows]
        invalid[field.name] = np.array([cell == UNREADABLE for cell in cells], dtype=np.bool_)
        values = [kind.parse(cell) if cell and cell != UNREADABLE else None for cell in cells]
        arrays[field.name] = pa.array(values, type=pa.type_for_alias(kind.arrow))
    return from_arrow(table, pa.table(arrays), invalid)


def found(code: str, **tables: Sequence[Mapping[str, str]]) -> list[bool]:
    mask = CATALOGUE[code].judge({name: columns(name, rows) for name, rows in tables.items()})
    assert mask is not None
    return [bool(bad) for bad in mask]


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({"low": "3334", "high": "3334"}, False),
        ({"low": "3343", "high": "3343"}, True),
        ({"low": "3334"}, False),
        ({"low": "3335"}, True),
        ({"high": "3334"}, False),
        ({"high": "3333"}, True),
        ({"low": "3000", "high": "4000"}, False),
        ({"low": "3343", "high": "3343", "reporter": ""}, False),
        ({"low": "3334", "high": "3334", "period_end": "2023-02-23"}, True),
        ({"low": "3334", "high": "3334", "category": ""}, True),
        ({"low": "8", "high": "8", "period_start": "2023-02-21"}, False),
        ({"low": "9", "high": "9", "period_start": "2023-02-21"}, True),
        ({"low": "8", "high": "8", "period_start": "2022-02-24"}, True),
        ({"low": UNREADABLE, "high": "3334"}, False),
        ({"low": "3343", "high": "3343", "period_end": UNREADABLE}, False),
    ],
)
def test_a_claim_repeats_the_figure_of_its_day(cells: dict[str, str], bad: bool) -> None:  # noqa: FBT001 - what a case expects
    claims = [{**CLAIM, **cells}]
    assert found("claims/matches-count", claims=claims, loss_counts=[COUNT]) == [bad]


def test_an_increment_nobody_printed_is_not_judged() -> None:
    claims = [{**CLAIM, "low": "9", "high": "9", "period_start": "2023-02-21"}]
    counts = [{**COUNT, "increment": ""}]
    assert found("claims/matches-count", claims=claims, loss_counts=counts) == [False]


def test_the_first_two_days_are_a_total() -> None:
    days = {"period_start": "2022-02-24", "period_end": "2022-02-25"}
    claims = [{**CLAIM, "low": "3334", "high": "3334", **days}]
    counts = [{**COUNT, "report_date": "2022-02-25"}]
    assert found("claims/matches-count", claims=claims, loss_counts=counts) == [False]


def test_a_count_that_cannot_be_read_is_not_judged() -> None:
    claims, counts = [{**CLAIM, "low": "1", "high": "1"}], [{**COUNT, "total": UNREADABLE}]
    assert found("claims/matches-count", claims=claims, loss_counts=counts) == [False]


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({}, True),
        ({"summary": "SO it  is."}, True),
        ({"speaker": "ann ames"}, True),
        ({"summary": "So it was."}, False),
        ({"stated_on": "2023-02-23"}, False),
        ({"source": "q"}, False),
        ({"stated_on": UNREADABLE}, False),
    ],
)
def test_a_statement_stands_once(cells: dict[str, str], bad: bool) -> None:  # noqa: FBT001 - what a case expects
    rows = [{"statement": "a", **STATEMENT}, {"statement": "b", **STATEMENT, **cells}]
    assert found("statements/said-once", statements=rows) == [False, bad]


def test_no_statement_is_no_breach() -> None:
    assert found("statements/said-once", statements=[]) == []


@pytest.mark.parametrize(
    ("destroyed", "captured", "bad"),
    [("3000", "334", False), ("3000", "335", True), (UNREADABLE, "335", False)],
)
def test_statuses_add_up(destroyed: str, captured: str, bad: bool) -> None:  # noqa: FBT001 - what a case expects
    key = {name: COUNT[name] for name in ("reporter", "subject", "category", "report_date")}
    statuses = [
        {**key, "status": "captured", "total": captured},
        {**key, "status": "destroyed", "total": destroyed},
    ]
    counts = [COUNT, {**COUNT, "report_date": "2023-02-23", "total": "3340"}]
    code = "loss_counts/statuses-add-up"
    assert found(code, loss_counts=counts, status_counts=statuses) == [bad, False]
