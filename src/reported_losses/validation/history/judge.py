"""Every rule about history, in one call."""

from __future__ import annotations

from collections.abc import Container, Iterator

from reported_losses.issue import Issue
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.issues import build_issue
from reported_losses.validation.history import coverage, decisions, values
from reported_losses.validation.history.codes import HISTORY_CODES
from reported_losses.validation.history.comparison import Comparison, shortened


def history_issues(
    comparison: Comparison, counts: Columns | None, codes: Container[str]
) -> list[Issue]:
    """Judge what changed between two states.

    Args:
        comparison: The two states.
        counts: Columns of `loss_counts` of the state that is judged; None if it has none.
        codes: Every code that this version of the check can give.

    Returns:
        The issues, in order; at most 1,000 of a code and file, and one more gives the number
        left out.
    """
    comparable = coverage.of_another_shape(comparison) is None
    elsewhere = {
        **(coverage.coverage_shrunk(comparison) if comparable else {}),
        **decisions.rules_weakened(comparison),
    }
    issues = [
        *elsewhere.values(),
        *values.row_removed(comparison),
        *values.value_changed(comparison, set(elsewhere)),
        *values.recorded_on_changed(comparison),
        *(coverage.days_gone(comparison) if comparable else ()),
        *(coverage.gaps_declared(comparison, elsewhere) if comparable else ()),
        *(coverage.restated_drop(comparison, counts) if comparable else ()),
        *decisions.schema_weakened(comparison),
        *decisions.codes_gone(comparison, codes),
        *decisions.version_not_bumped(comparison),
        *_unread(comparison),
    ]
    return shortened(issues)


def _unread(comparison: Comparison) -> Iterator[Issue]:
    """Say which tables of the base could not be compared; those of this state say so themselves."""
    for table, diff in comparison.diff.tables.items():
        if diff.problem and table in comparison.tables:
            message = f"{table} was not compared with the base: {diff.problem}"
            yield comparison.issue("base-unreadable", message, table)


def unreadable(problem: str) -> Issue:
    """Return the issue about a base whose descriptor cannot be understood."""
    message = f"nothing was compared with the base: {problem}"
    return build_issue(HISTORY_CODES["history/base-unreadable"], message)
