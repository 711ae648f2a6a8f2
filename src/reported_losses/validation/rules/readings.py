"""Invariants of `readings`: what one record says a figure was."""

from __future__ import annotations

from reported_losses.validation.rules.registry import Context, Mask, rule
from reported_losses.validation.rules.votes import ballots, votes


@rule(
    title="A figure that some reading contradicts is not marked `primary` or `agreed`.",
    rationale=(
        "Records that disagree stand side by side, and the figure says so. Only records that vote "
        "count: `records.votes` is where a record known to follow another is left out. A reading "
        "without a total contradicts nothing. A total that no record has is itself at fault, and "
        "loss_counts/evidence-supported says so once. A reading or figure that is unreadable "
        "cannot be judged."
    ),
    example="petro reads vehicles 2023-08-29 as 7409, loss_counts has 7909 as `primary`",
    fix=(
        "Correct the reading if it was copied wrongly; else set the figure's evidence to "
        "`majority` or `disputed`."
    ),
    column="total",
    needs=("loss_counts", "records"),
)
def dissent_visible(context: Context) -> Mask:
    """Find readings that contradict a figure marked as uncontradicted."""
    cast, evidence = ballots(context), context.tables["loss_counts"]["evidence"]
    bad = cast.against.copy()
    bad[bad] = votes(context).spoken[cast.figure[bad]] > 0
    held = evidence.values[cast.figure[bad]]
    silent = (held == evidence.code("primary")) | (held == evidence.code("agreed"))
    bad[bad] = silent & evidence.valid[cast.figure[bad]]
    return bad
