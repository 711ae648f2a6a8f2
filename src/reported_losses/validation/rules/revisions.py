"""Invariants of `revisions`: changes this project made to values it had released."""

from __future__ import annotations

import numpy as np

from reported_losses.validation.rules.ledger import disagreeing
from reported_losses.validation.rules.registry import Context, Mask, rule


@rule(
    title="The newest revision of a value is the value the table holds now.",
    rationale=(
        "`as_of` unwinds revisions from what the tables hold, so that the chain must hang "
        "together: the `new` of a value's last revision is in the table, and the `new` of each "
        "earlier one is the `old` of the next. Revisions follow each other by their number. A "
        "revision of a row or column that does not exist is a breach. Where the cell, or its "
        "table, is unreadable, it cannot be judged; an empty `new` means that the cell is empty."
    ),
    example="revision 3 says vehicles 2023-08-29 became 7909, the table has 7409",
    fix="Correct the table or the revision; a second change needs a second revision.",
    column="new",
)
def matches_data(context: Context) -> Mask:
    """Find revisions whose `new` is not what stands in its place now."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[disagreeing(context)] = True
    return bad
