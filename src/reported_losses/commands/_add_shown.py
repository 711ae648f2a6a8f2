"""What `add` prints: the report, how it fits, what changes, and the outcome."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reported_losses.commands import _proposal

if TYPE_CHECKING:
    from reported_losses.intake.add_report import Addition
    from reported_losses.intake.report_text.report import ReportText
    from reported_losses.issue import Issue


def show(  # noqa: PLR0913 - everything that there is to show
    args: argparse.Namespace,
    report: ReportText,
    addition: Addition | None,
    issues: Sequence[Issue],
    refused: Sequence[str],
    *,
    written: bool,
) -> int:
    """Print the report, the verdict and the outcome, and return the exit code."""
    from reported_losses.commands import _screen

    if args.format == "json":
        _screen.write_json(_json(args, report, addition, issues, refused, written=written))
    else:
        _say(report, addition, issues, refused, written=written)
    return 1 if refused else 0


def _json(  # noqa: PLR0913 - everything that there is to show
    args: argparse.Namespace,
    report: ReportText,
    addition: Addition | None,
    issues: Sequence[Issue],
    refused: Sequence[str],
    *,
    written: bool,
) -> dict[str, Any]:
    import dataclasses

    from reported_losses.report.as_json import issue_cells

    day = addition.day.isoformat() if addition else None
    stated = report.report_date.isoformat() if report.report_date else None
    return {
        "report_date": day or stated or args.date,
        "record": addition.record if addition else None,
        "fits": addition.fits.isoformat() if addition and addition.fits else None,
        "figures": [dataclasses.asdict(figure) for figure in report.figures],
        "missing": list(addition.missing) if addition else [],
        "unread": [dataclasses.asdict(line) for line in report.unread],
        "problems": [dataclasses.asdict(problem) for problem in report.problems],
        "issues": [issue_cells(issue) for issue in issues],
        "notes": list(addition.notes) if addition else [],
        "refused": list(refused),
        "written": written,
        "proposed": _proposal.proposed(addition) if addition else {},
    }


def _say(
    report: ReportText,
    addition: Addition | None,
    issues: Sequence[Issue],
    refused: Sequence[str],
    *,
    written: bool,
) -> None:
    from reported_losses.commands._screen import say

    if addition is not None:
        _table(report, addition)
    for line in report.unread:
        say(
            f"not read, line {line.line}: {line.text}"
            + (f" ({line.reason})" if line.reason else "")
        )
    for problem in report.problems if report.figures else ():
        say(f"{problem.code}: {problem.message}")
    for category in addition.missing if addition is not None else ():
        say(f"not in the report: {category}")
    if addition is not None and addition.fits is None:
        _say_proposed(addition, issues)
    for text in refused:
        say(text)
    say(_outcome(addition, refused, written=written))


def _say_proposed(addition: Addition, issues: Sequence[Issue]) -> None:
    from reported_losses.commands._screen import say

    changes = bool(addition.changes or addition.corrections)
    if changes:
        _proposal.say_changes(addition.changes)
    for note in addition.notes:
        say(note)
    if changes:
        _proposal.say_issues(issues)


def _outcome(addition: Addition | None, refused: Sequence[str], *, written: bool) -> str:
    if written:
        return "Written."
    if addition is not None and not refused and not addition.changes:
        return "The tables hold this report already; nothing was written."
    return "Nothing was written."


def _table(report: ReportText, addition: Addition) -> None:
    from reported_losses.commands._screen import say, write_table
    from reported_losses.intake.verdicts import verdicts

    say(f"Report of {addition.day}, record {addition.record}")
    rows = [
        (
            one.figure.category,
            "" if one.before is None else f"{one.before:,}",
            f"{one.figure.total:,}",
            "" if one.figure.increment is None else f"+{one.figure.increment:,}",
            one.words,
        )
        for one in verdicts(report.figures, addition)
    ]
    header = ("category", "day before", "read", "increment", "verdict")
    write_table(header, rows, (False, True, True, True, False))
