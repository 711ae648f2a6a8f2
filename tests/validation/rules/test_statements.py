"""The rules that tie statements to counts, and statuses to totals: what they find, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.field_types import FIELD_TYPES
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
    tables = {**dict.fromkeys(CATALOGUE[code].needs, ()), **tables}
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


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({"measure": "personnel", "category": "personnel"}, False),
        ({"measure": "killed", "category": "personnel"}, True),
        ({"measure": "killed", "category": ""}, False),
        ({"measure": "killed", "category": "tanks"}, False),
        ({"measure": "", "category": "personnel"}, False),
        ({"measure": UNREADABLE, "category": "personnel"}, False),
        ({"measure": "killed", "category": UNREADABLE}, False),
    ],
)
def test_only_personnel_has_the_category_personnel(cells: dict[str, str], bad: bool) -> None:  # noqa: FBT001 - what a case expects
    assert found("claims/personnel-measure", claims=[{**CLAIM, **cells}]) == [bad]


@pytest.mark.parametrize(
    ("reporter", "derived_from", "bad"),
    [
        ("a", "", False),
        ("", "a", False),
        ("", "", False),
        ("a", "b", True),
        ("a", "a", True),
        (UNREADABLE, "a", False),
        ("a", UNREADABLE, False),
    ],
)
def test_a_claim_repeats_a_count_or_rests_on_it(
    reporter: str,
    derived_from: str,
    bad: bool,  # noqa: FBT001 - what a case expects
) -> None:
    claim = {**CLAIM, "reporter": reporter, "derived_from": derived_from}
    assert found("claims/repeats-or-derives", claims=[claim]) == [bad]


@pytest.mark.parametrize(
    ("measure", "subject", "bad"),
    [
        ("loss-ratio", "russia", False),
        ("loss-ratio", "both", True),
        ("killed", "both", False),
        ("loss-ratio", UNREADABLE, False),
        (UNREADABLE, "both", False),
        ("loss-ratio", "", False),
    ],
)
def test_a_ratio_has_a_direction(measure: str, subject: str, bad: bool) -> None:  # noqa: FBT001 - what a case expects
    claim = {**CLAIM, "measure": measure, "subject": subject}
    assert found("claims/ratio-direction", claims=[claim]) == [bad]


@pytest.mark.parametrize(
    ("start", "end", "bad"),
    [
        ("2022-12-01", "2023-05-01", False),
        ("2022-12-01", "", False),
        ("2022-02-24", "2023-11-30", False),
        ("", "2024-02-29", False),
        ("2022-12-02", "2023-05-01", True),
        ("", "2023-02-27", True),
        ("", "", True),
        (UNREADABLE, "2023-05-01", False),
        ("2022-12-02", UNREADABLE, False),
    ],
)
def test_a_period_known_to_the_month_begins_or_ends_with_one(
    start: str,
    end: str,
    bad: bool,  # noqa: FBT001 - what a case expects
) -> None:
    claim = {**CLAIM, "period_start": start, "period_end": end, "period_precision": "month"}
    assert found("claims/whole-months", claims=[claim]) == [bad]
    for other in ("day", "inferred", "", UNREADABLE):
        claim["period_precision"] = other
        assert found("claims/whole-months", claims=[claim]) == [False]


@pytest.mark.parametrize(
    ("summary", "cells", "bad"),
    [
        ("It gave 3,334.", {"low": "3334", "high": "3334"}, False),
        ("It gave 3,343.", {"low": "3334", "high": "3334"}, True),
        ("It gave 3,334 to 4,000.", {"low": "3334", "high": "4000"}, False),
        ("It gave 3,334 to 4,001.", {"low": "3334", "high": "4000"}, True),
        ("It gave 1.05 million.", {"low": "1050000"}, False),
        ("It gave half a million.", {"high": "500000"}, False),
        ("It passed a million, 3,334 of them tanks.", {"low": "1000000"}, False),
        ("It gave 33,340.", {"low": "3334"}, True),
        ("It gave a figure.", {"low": "3334"}, False),
        ("It gave 5.", {}, False),
        ("It gave 5.", {"low": UNREADABLE}, False),
        (UNREADABLE, {"low": "5"}, False),
        ("It gave 5.", {"low": "6", "statement": "b"}, False),
        (f"It gave {'9' * 400}.", {"low": "6"}, False),
    ],
)
def test_the_summary_gives_every_figure(summary: str, cells: dict[str, str], bad: bool) -> None:  # noqa: FBT001 - what a case expects
    statements = [{"statement": "a", **STATEMENT, "summary": summary}]
    claims = [{**CLAIM, **cells}]
    assert found("claims/in-summary", claims=claims, statements=statements) == [bad]


def test_a_chart_is_summed_up_by_its_range() -> None:
    statements = [{"statement": "a", **STATEMENT, "summary": "From 1 to 9."}]
    for size, bad in ((20, True), (21, False)):
        claims = [{**CLAIM, "claim": str(count), "low": "5"} for count in range(1, size + 1)]
        judged = found("claims/in-summary", claims=claims, statements=statements)
        assert judged == [bad] * size


@pytest.mark.parametrize(
    ("topic", "of", "bad"),
    [
        ("losses", "a", False),
        ("losses", "b", True),
        ("assessment", "b", False),
        ("losses", UNREADABLE, False),
        (UNREADABLE, "b", False),
        ("", "b", False),
    ],
)
def test_a_statement_about_losses_has_a_claim(topic: str, of: str, bad: bool) -> None:  # noqa: FBT001 - what a case expects
    statements = [{"statement": "a", **STATEMENT, "topic": topic}]
    claims = [{**CLAIM, "statement": of}]
    assert found("statements/losses-counted", claims=claims, statements=statements) == [bad]


@pytest.mark.parametrize(
    ("speaker", "via", "bad"),
    [
        ("NATO official (unnamed)", "CNN", False),
        ("NATO official (unnamed)", "", True),
        ("Ann Ames", "", False),
        ("NATO official (unnamed)", UNREADABLE, False),
        (UNREADABLE, "", False),
        ("", "", False),
    ],
)
def test_an_unnamed_speaker_is_relayed(speaker: str, via: str, bad: bool) -> None:  # noqa: FBT001 - what a case expects
    statement = {"statement": "a", **STATEMENT, "speaker": speaker, "via": via}
    assert found("statements/unnamed-via", statements=[statement]) == [bad]


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({"statement": "a", "source": "q"}, False),
        ({"statement": "a", "source": "p"}, True),
        ({"statement": "b", "source": "p"}, False),
        ({"statement": "a", "source": UNREADABLE}, False),
        ({"statement": UNREADABLE, "source": "p"}, False),
    ],
)
def test_a_further_page_is_another_one(cells: dict[str, str], bad: bool) -> None:  # noqa: FBT001 - what a case expects
    statements = [{"statement": "a", **STATEMENT}]
    judged = found(
        "statement_sources/another-page", statement_sources=[cells], statements=statements
    )
    assert judged == [bad]


def test_no_statements_no_failures() -> None:
    for code, rule in CATALOGUE.items():
        if rule.table in {"claims", "statements", "statement_sources"}:
            tables: dict[str, list[Mapping[str, str]]] = {
                name: [] for name in (rule.table, *rule.needs)
            }
            assert found(code, **tables) == []
