"""Invariants of `statements`: who said what, when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Column
from reported_losses.validation.rules.pointers import source_of_statement
from reported_losses.validation.rules.registry import Context, Mask, rule


@rule(
    title="A statement was made before its source was published, or on the same day.",
    rationale=(
        "A page cannot report what was said later. Where only the month is known, stated_on is its "
        "first day, which may not be later either. A source without a day of publication, and a "
        "date that is unreadable, cannot be judged; nor is second_source, which may be a page "
        "kept up to date for years."
    ),
    example="stated on 2023-03-21, in an article of 2023-02-22",
    fix="Correct the date of the statement or of the source.",
    column="stated_on",
    needs=("sources",),
)
def said_before_published(context: Context) -> Mask:
    """Find statements later than the page that reports them."""
    stated, published = context.table["stated_on"], context.tables["sources"]["published_on"]
    source = source_of_statement(context)
    judged = stated.valid & (source >= 0)
    judged[judged] = published.valid[source[judged]]
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[judged] = stated.values[judged] > published.values[source[judged]]
    return bad


@rule(
    title="No statement stands twice.",
    rationale=(
        "One act of speech is one row. Two rows with the same day, speaker and summary are the "
        "same statement, however their letters are cased and their words spaced, unless they "
        "were read on two pages that name different sources. A row in which one of the four is "
        "missing or unreadable cannot be judged."
    ),
    example="two rows of one speaker, day and source whose summaries differ in a capital letter",
    fix="Keep one row, and put its claims and its second source there.",
    column="summary",
)
def said_once(context: Context) -> Mask:
    """Find statements that differ from an earlier row at most in case and spacing."""
    table = context.table
    names = ("stated_on", "speaker", "source", "summary")
    judged = np.logical_and.reduce([table[name].valid for name in names])
    keys = np.stack([_folded(table[name]) for name in names], axis=1)[judged]
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    again = np.arange(len(keys)) != first[group.ravel()]
    bad = np.zeros(table.rows, dtype=np.bool_)
    bad[judged] = again
    return bad


def _folded(column: Column) -> NDArray[np.int64]:
    """Return codes that are equal where texts differ at most in case and spacing."""
    if not column.texts:
        return column.values.astype(np.int64)
    folded = [" ".join(text.casefold().split()) for text in column.texts]
    codes = {text: code for code, text in enumerate(dict.fromkeys(folded))}
    places = np.array([codes[text] for text in folded], dtype=np.int64)
    spread: NDArray[np.int64] = places[column.values]
    return spread
