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
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.commands import _options, _proposal, _writing
from reported_losses.commands._add_refusals import FEW, refusals
from reported_losses.commands._add_shown import show

if TYPE_CHECKING:
    from reported_losses.intake.add_report import Wanted
    from reported_losses.intake.report_text.report import ReportText
    from reported_losses.writing.commit import Commit

NAME = "add"
HELP = "add a daily report: read its text, show it, ask the gate, write"

_UNDATED = (
    "The day of the report is unknown: no date in the text says it, or none that can be right. "
    "Mend the text, or say the day with --date YYYY-MM-DD."
)


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
        help=f"let the reason cover contradictions in more than {FEW} categories",
    )
    _proposal.add_writing(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text (default) or json"
    )


def run(args: argparse.Namespace) -> int:
    """Add the report, print what was read and what changed, and return the exit code."""
    from reported_losses.intake.report_text.reader import read_report

    folder, wanted = _writing.editable_folder(args.package), _wanted(args)
    report = read_report(_bytes(args.report), day=wanted.day)
    if not report.figures:
        return show(args, report, None, [], [_no_report(report)], written=False)
    if report.report_date is None and wanted.day is None:
        return show(args, report, None, [], [_UNDATED], written=False)
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
        return show(args, report, addition, [], [], written=False)
    # With a wrong day everything is wrong, and the gate's findings would only hide it.
    judged = addition.fits is None
    issues = new_issues(folder, package, files, wanted.recorded_on) if judged else []
    refused = list(refusals(args, report, addition, issues))
    written = commit is not None and not refused
    if written and commit is not None:
        commit.replace(files)
    return show(args, report, addition, issues, refused, written=written)
