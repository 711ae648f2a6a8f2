"""Why `add` does not add a report: what it lacks, what contradicts, what needs a word."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reported_losses.commands import _proposal

if TYPE_CHECKING:
    from reported_losses.intake.add_report import Addition
    from reported_losses.intake.report_text.report import ReportText
    from reported_losses.issue import Issue

# Any of these leaves a figure of the report out.
_PARTIAL = {"contradictory-figures"}
FEW = 3
"""Categories that one reason may cover."""


def refusals(
    args: argparse.Namespace, report: ReportText, addition: Addition, issues: Sequence[Issue]
) -> Iterator[str]:
    """Say why a report is not added; nothing if it may be.

    Args:
        args: Options of `add`.
        report: The report as it was read.
        addition: What adding it would change.
        issues: What the gate finds.
    """
    if addition.fits is not None:
        yield _wrong_day(addition)
        return
    yield from _partial(args, report, addition)
    yield from _unreasoned(addition)
    yield from _many(args, addition)
    if _proposal.errors(issues):
        yield "The gate finds errors."


def _partial(args: argparse.Namespace, report: ReportText, addition: Addition) -> Iterator[str]:
    """Say what keeps a report from being whole."""
    if args.allow_partial:
        return
    lines = len(report.unread)
    lines += sum(problem.code in _PARTIAL for problem in report.problems)
    if lines:
        places = "1 place was" if lines == 1 else f"{lines} places were"
        yield f"{places} not read: mend the text, or add the rest with --allow-partial."
    if addition.missing:
        yield (
            f"The report lacks {', '.join(addition.missing)}. If lines were lost, mend the text; "
            "if the reporter left them out, add the rest with --allow-partial."
        )


def _wrong_day(addition: Addition) -> str:
    return (
        f"The figures fit {addition.fits}, not {addition.day}: the totals are those held for that "
        "day, or the increments lead to them from the day before it. Look at the date. If another "
        "report is held under that day, mend that one first."
    )


def _unreasoned(addition: Addition) -> Iterator[str]:
    """Say what needs a reason and has none."""
    if addition.reasoned:
        return
    if addition.corrections:
        cells = ", ".join(f"{row['category']} {row['report_date']}" for row in addition.corrections)
        yield (
            f"The totals and increments of {cells} do not add up. If a digit is wrong, mend the "
            "text; if the reporter printed it so, say what is known of it with --reason, which "
            "writes the rows of corrections."
        )
    if addition.revisions:
        cells = ", ".join(
            f"{row['table']} {row['key']} {row['column']}: {row['old']} → {row['new']}"
            for row in addition.revisions[:5]
        )
        yield f"Held values would change; say why with --reason: {cells}."


def _many(args: argparse.Namespace, addition: Addition) -> Iterator[str]:
    """Say that one reason does not cover contradictions in many categories."""
    found = addition.contradicted
    if len(found) > FEW and not args.allow_many:
        yield (
            f"{len(found)} categories contradict each other or what is held: {', '.join(found)}. "
            "That is mostly a wrong date, or the report of another day. Compare every one of them "
            "with the report; if it is so, add it with --allow-many and one --reason."
        )
