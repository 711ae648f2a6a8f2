"""Words for the rules of `revisions`."""

from __future__ import annotations

from reported_losses.validation.rules.explain.telling import Explanation, Finding, explains
from reported_losses.validation.rules.ledger import now


@explains("revisions/matches-data")
def _stale(finding: Finding) -> Explanation:
    place = " ".join(finding.cell(name) for name in ("table", "key", "column"))
    new = finding.cell("new") or "empty"
    held = now(finding.context, finding.row)
    if held is None:
        return Explanation(
            f"revision {finding.cell('revision')}: there is no {place}",
            "a cell that exists",
            finding.rule.fix,
        )
    return Explanation(
        f"revision {finding.cell('revision')}: {place} became {new}, but {held[0]} is {held[1]}",
        held[1],
        finding.rule.fix,
    )
