"""Words for the rules of `corrections` and `readings`."""

from __future__ import annotations

from reported_losses.validation.rules.explain.telling import Explanation, Finding, explains
from reported_losses.validation.rules.figures import figure_of_correction, neighbours
from reported_losses.validation.rules.votes import ballots


@explains("corrections/explains-something")
def _idle(finding: Finding) -> Explanation:
    name = f"{finding.cell('report_date')} {finding.cell('category')}"
    amount, figures = finding.number("amount"), finding.context.tables["loss_counts"]
    if amount == 0:
        return Explanation(f"{name}: the correction has amount 0", "an amount", "Remove the row.")
    row = int(figure_of_correction(finding.context)[finding.row])
    if row < 0:
        return Explanation(
            f"{name}: there is no such figure in loss_counts",
            "the key of a figure",
            "Correct the key, or remove the row.",
        )
    total, increment = figures["total"], figures["increment"]
    near = neighbours(finding.context)
    if near.apart[row] == 1 and increment.valid[row]:
        printed = int(increment.values[row])
        before, now = int(total.values[row - 1]), int(total.values[row])
        due = now - before - printed
        message = f"{name}: {before} + {printed} and the total {now} are {due} apart, not {amount}"
        todo = f"Set the amount to {due}." if due else "Remove the row: the sum holds without it."
        return Explanation(message, str(due), todo)
    return Explanation(
        f"{name}: the total does not fall, and no reading states a correction of {amount}",
        "a fall, or a reading that states the correction",
        "Remove the row, or add the reading that states the correction.",
    )


@explains("readings/dissent-visible")
def _hidden(finding: Finding) -> Explanation:
    figures = finding.context.tables["loss_counts"]
    row = int(ballots(finding.context).figure[finding.row])
    name = f"{finding.cell('report_date')} {finding.cell('category')}"
    total, evidence = figures["total"].text(row), figures["evidence"].text(row)
    return Explanation(
        f"{name}: {finding.cell('record')} has {finding.cell('total')}, loss_counts {total}, "
        f"and calls it {evidence}",
        f"{total}, or other evidence than {evidence}",
        finding.rule.fix,
    )
