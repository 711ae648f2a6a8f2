"""Invariants of `statement_sources`: the further pages that tell a statement."""

from __future__ import annotations

import numpy as np

from reported_losses.validation.keys import Mask, lookup_rows
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.words import Words


@rule(
    "statement_sources",
    column="source",
    needs=("statements",),
    title="A further page of a statement is not the one that it is read from.",
    rationale=(
        "statements.source names the page that a statement was read from. statement_sources holds "
        "the others, so that pages can be counted. A row whose statement does not exist cannot be "
        "judged."
    ),
    example="a row that repeats statements.source",
    fix="Remove the row.",
)
def another_page(context: Context) -> Mask:
    """Find rows that repeat the page of their statement."""
    table, statements = context.table, context.tables["statements"]
    named = lookup_rows(table, statements, ("statement", "source")) >= 0
    bad: Mask = np.asarray(named, dtype=np.bool_)
    return bad


@another_page.words
def _same_page(case: FailureCase) -> Words:
    statement, source = case.cell("statement"), case.cell("source")
    message = f"{statement}: {source} is the page that the statement was read from"
    return Words(message, "another page", case.rule.text.fix)
