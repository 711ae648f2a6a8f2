"""Invariants of `records`: bodies of readings."""

from __future__ import annotations

from reported_losses.validation.rules.registry import Context, Mask, rule
from reported_losses.validation.rules.series import GAPS_EXAMPLE, GAPS_FIX
from reported_losses.validation.rules.spans import misplaced


@rule(
    title="The days a record does not cover are intervals that exist, in order and apart.",
    rationale=(
        "The silence of a record that is kept only where it dissents means agreement, except in "
        "its gaps: a gap that cannot be understood would turn absence into a vote. Every interval "
        "has two real days, the first not after the last, and begins after the one before has "
        "ended. A missing text means that there is no gap; a text of another form is reported by "
        "its pattern."
    ),
    example=GAPS_EXAMPLE,
    fix=GAPS_FIX,
    column="gaps",
)
def gaps_readable(context: Context) -> Mask:
    """Find gaps that are no intervals of days."""
    return misplaced(context.table["gaps"])
