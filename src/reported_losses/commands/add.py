"""Add a daily report of the General Staff: read its text, show it, ask the gate, write.

REPORT is a file with the report's text or page, or - for standard input. What was read is shown
beside the day before. The tables are written only if every line was read, no category is missing,
the sums are right and the gate finds no new error. Adding a report twice changes nothing.

Exit code: 0 if the report was added, could be added with --dry-run, or is held already; 1 if it is
not added; 2 if the command was used wrongly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported_losses.commands import _options, _proposal, _writing

if TYPE_CHECKING:
    from reported_losses.intake.add_report import Addition, Wanted
    from reported_losses.intake.report_text.report import ReportText
    from reported_losses.issue import Issue
    from reported_losses.writing.commit import Commit

NAME = "add"
HELP = "add a daily report: read its text, show it, ask the gate, write"

# Any of these leaves a figure of the report out.
_PARTIAL = {"contradictory-figures"}
# Categories that one reason may cover.
_FEW = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("report", metavar="REPORT", help="file with the report, or - for input")
    parser.add_argument("--date", metavar="DATE", help="day of the report, if its text has none")
    parser.add_argument("--url", metavar="URL", help="address of its page")
    parser.add_argument("--archived-url", metavar="URL", help="address of an archived copy")
    parser.add_argument(
        "--record",
        metavar="NAME",
        help="record that it belongs to (default: gs-text for the list from the ministry's site "
        "or without an address, gs-facebook for the General Staff's own post, else gs-quoted)",
    )
    parser.add_argument(
        "--reason",
        default="",
        metavar="TEXT",
        help="why a held figure changes, or what is known of a contradiction in the report",
    )
    parser.add_argument(
        "--allow-partial",
        action="store_true",
        help="add it although lines were not read, or categories are not in it",
    )
    parser.add_argument(
        "--allow-many",
        action="store_true",
        help=f"let the reason cover contradictions in more than {_FEW} categories",
    )
    _proposal.add_writing(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text (default) or json"
    )


def run(args: argparse.Namespace) -> int:
    """Add the report, print what was read and what changed, and return the exit code."""
    from reported_losses.intake.report_text.reader import read_report

    folder, wanted = _options.package_folder(args.package), _wanted(args)
    report = read_report(_bytes(args.report), day=wanted.day)
    if not report.figures:
        return _show(args, report, None, [], [_no_report(report)], written=False)
    with _writing.held(folder, NAME, write=not args.dry_run) as commit:
        return _add(args, folder, report, wanted, commit)


def _wanted(args: argparse.Namespace) -> Wanted:
    from reported_losses.intake.add_report import Wanted

    return Wanted(
        recorded_on=_options.day(args.recorded_on, "--recorded-on") or _options.today(),
        day=_options.day(args.date, "--date"),
        url=args.url,
        archived_url=args.archived_url,
        record=args.record,
        reason=args.reason.strip(),
    )


def _bytes(name: str) -> bytes:
    """Read the report; of more than the reader takes, only so much that it can say so."""
    import os

    from reported_losses.errors import BadArgumentError
    from reported_losses.files import NotRegularError, TooLargeError, read_regular
    from reported_losses.intake.report_text.decode import MAX_BYTES

    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES)
    try:
        return read_regular(Path(os.path.realpath(name)), MAX_BYTES)
    except TooLargeError as error:
        raise BadArgumentError(f"{name} is too large: it has {error.strerror}") from None
    except NotRegularError as error:
        raise BadArgumentError(f"{name} is not a file but {error.strerror}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadArgumentError(f"{name} cannot be read: {reason}") from None


def _no_report(report: ReportText) -> str:
    return report.problems[0].message if report.problems else "No figure was read."


def _add(
    args: argparse.Namespace,
    folder: Path,
    report: ReportText,
    wanted: Wanted,
    commit: Commit | None,
) -> int:
    from reported_losses.definition.descriptor import load_package
    from reported_losses.intake.add_report import add_report
    from reported_losses.intake.judging import new_issues

    package = load_package(folder)
    addition = add_report(
        folder, package, report, wanted, released=_proposal.released(folder, package)
    )
    changed = bool(addition.changes or addition.corrections)
    files = _proposal.files_of(addition)
    if not changed:
        return _show(args, report, addition, [], [], written=False)
    if addition.fits is not None:  # whatever else is wrong is so because of the day
        return _show(args, report, addition, [], [_wrong_day(addition)], written=False)
    issues = new_issues(folder, package, files, wanted.recorded_on)
    refused = [
        *_partial(args, report, addition),
        *_unreasoned(addition),
        *_many(args, addition),
        *_refused(issues),
    ]
    written = commit is not None and not refused
    if written and commit is not None:
        commit.replace(files)
    return _show(args, report, addition, issues, refused, written=written)


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
            "text; if the reporter printed it so, say what is known of it with --reason."
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
    if len(found) > _FEW and not args.allow_many:
        yield (
            f"{len(found)} categories contradict each other or what is held: {', '.join(found)}. "
            "That is mostly a wrong date, or the report of another day. Compare every one of them "
            "with the report; if it is so, add it with --allow-many and one --reason."
        )


def _refused(issues: Sequence[Issue]) -> Iterator[str]:
    if _proposal.errors(issues):
        yield "The gate finds errors."


def _show(  # noqa: PLR0913 - everything that there is to show
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
    for problem in report.problems if addition is not None else ():
        say(f"{problem.code}: {problem.message}")
    for category in addition.missing if addition is not None else ():
        say(f"not in the report: {category}")
    judged = addition is not None and addition.fits is None
    if addition is not None and judged and (addition.changes or addition.corrections):
        _proposal.say_changes(addition.changes)
    for note in addition.notes if addition is not None and judged else ():
        say(note)
    if addition is not None and judged and (addition.changes or addition.corrections):
        _proposal.say_issues(issues)
    for text in refused:
        say(text)
    say(_outcome(addition, refused, written=written))


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
