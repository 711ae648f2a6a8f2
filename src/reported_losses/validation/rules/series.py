"""Invariants of `series`: one reporter counting one category for one side."""

from __future__ import annotations

from reported_losses.validation.rules.registry import Context, Mask, rule
from reported_losses.validation.rules.spans import misplaced

GAPS_EXAMPLE = "2023-02-30/2023-03-01, or 2023-03-05/2023-03-01, or two intervals that overlap"
GAPS_FIX = "Write each interval once, first day before last, in order of days."


@rule(
    title="Declared gaps are intervals of days that exist, in order and apart.",
    rationale=(
        "A gap that cannot be understood makes a series impossible to judge, so that a hole in it "
        "would pass unseen. Every interval has two real days, the first not after the last, and "
        "begins after the one before has ended. A missing text means that there is no gap; a text "
        "of another form is reported by its pattern."
    ),
    example=GAPS_EXAMPLE,
    fix=GAPS_FIX,
    column="gaps",
)
def gaps_readable(context: Context) -> Mask:
    """Find gaps that are no intervals of days."""
    return misplaced(context.table["gaps"])
