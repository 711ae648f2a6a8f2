"""Invariants of `statements`: who said what, when."""

from __future__ import annotations

import numpy as np

from reported_losses.rules.joins import lookup
from reported_losses.rules.registry import Context, Mask, rule


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
    source = lookup(context.table, context.tables["sources"], ("source",))
    judged = stated.valid & (source >= 0)
    judged[judged] = published.valid[source[judged]]
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[judged] = stated.values[judged] > published.values[source[judged]]
    return bad
