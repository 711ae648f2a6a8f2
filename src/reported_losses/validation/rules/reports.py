"""Invariants of `reports`: one publication by a reporter."""

from __future__ import annotations

from reported_losses.validation.rules.registry import Context, Mask, rule


@rule(
    title="The period a report covers does not end before it begins.",
    rationale=(
        "The first and last day covered are period_start and period_end, both required. Where one "
        "is missing or unreadable, it cannot be judged."
    ),
    example="period 2023-02-24 to 2022-02-22",
    fix="Correct the day that was mistyped.",
    column="period_end",
)
def period_ordered(context: Context) -> Mask:
    """Find periods that end before they begin."""
    start, end = context.table["period_start"], context.table["period_end"]
    bad: Mask = start.valid & end.valid & (start.values > end.values)
    return bad
