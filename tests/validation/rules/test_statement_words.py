"""What the rules of statements and statuses say of a finding: the figures that matter."""

from __future__ import annotations

from reported_losses.parsing.columns import Columns
from reported_losses.validation.rules import CATALOGUE
from validation.rules.test_statements import CLAIM, COUNT, STATEMENT, columns


def told(code: str, row: int, **tables: Columns) -> tuple[str, str]:
    words = CATALOGUE[code].describe(tables, row)
    return words.message, words.expected


def test_a_misquoted_count_is_told_with_both_figures() -> None:
    claims = columns("claims", [{**CLAIM, "low": "3343", "high": "3343"}])
    message, expected = told(
        "claims/matches-count", 0, claims=claims, loss_counts=columns("loss_counts", [COUNT])
    )
    assert "3343" in message
    assert "3334" in message
    assert expected == "3334"


def test_a_misquoted_increment_is_told_as_one() -> None:
    cells = {"low": "9", "high": "9", "period_start": "2023-02-21"}
    claims = columns("claims", [{**CLAIM, **cells}])
    message, expected = told(
        "claims/matches-count", 0, claims=claims, loss_counts=columns("loss_counts", [COUNT])
    )
    assert "increment" in message
    assert expected == "8"


def test_statuses_are_told_with_their_sum() -> None:
    key = {name: COUNT[name] for name in ("reporter", "subject", "category", "report_date")}
    statuses = columns("status_counts", [{**key, "status": "destroyed", "total": "12"}])
    message, expected = told(
        "loss_counts/statuses-add-up",
        0,
        loss_counts=columns("loss_counts", [COUNT]),
        status_counts=statuses,
    )
    assert "12 destroyed" in message
    assert expected == "12"


def test_a_second_statement_is_told_by_name() -> None:
    rows = [{"statement": name, **STATEMENT} for name in ("a", "b")]
    message, _ = told("statements/said-once", 1, statements=columns("statements", rows))
    assert message.startswith("b: ")


def test_a_figure_left_out_of_the_summary_is_told() -> None:
    claims = columns("claims", [{**CLAIM, "low": "3334", "high": "4000"}])
    statements = columns("statements", [{"statement": "a", **STATEMENT, "summary": "It gave 5."}])
    message, _ = told("claims/in-summary", 0, claims=claims, statements=statements)
    assert "3334" in message
    assert "4000" in message


def test_a_page_told_twice_is_named() -> None:
    pages = columns("statement_sources", [{"statement": "a", "source": "p"}])
    statements = columns("statements", [{"statement": "a", **STATEMENT}])
    message, _ = told(
        "statement_sources/another-page", 0, statement_sources=pages, statements=statements
    )
    assert message.startswith("a: p ")


def test_what_is_wrong_with_a_claim_is_told_by_its_cells() -> None:
    cells = {
        "measure": "loss-ratio",
        "subject": "both",
        "category": "personnel",
        "derived_from": "oryx",
        "period_start": "2022-12-02",
        "period_precision": "month",
    }
    claims = columns("claims", [{**CLAIM, **cells}])
    for slug, part in (
        ("personnel-measure", "loss-ratio"),
        ("repeats-or-derives", "oryx"),
        ("ratio-direction", "both"),
        ("whole-months", "2022-12-02"),
    ):
        message, _ = told(f"claims/{slug}", 0, claims=claims)
        assert message.startswith("a claim 1: ")
        assert part in message
