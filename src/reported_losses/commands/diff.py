"""Show what changed between two states of a package: rows, cells, schemas, and what was lost.

A state is a package folder, or the name of a commit in the repository of the package you are in
(its very own state, as in `git diff`; --merge-base takes the commit in common instead). Losses come
first: rows removed without a withdrawal, values changed without a revision, days that are no longer
covered. The report ends with the Data section of the changelog, ready to paste.

Exit code: 0 if nothing differs; 1 if something does, as `diff` has it; 2 if a table could not be
compared, or the command was used wrongly or failed.

Examples:
  reported-losses diff main
  reported-losses diff v1.2.0 v1.3.0 --format html --output changes.html
  reported-losses diff ../released . --all
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reported_losses.commands import _options

NAME = "diff"
HELP = "show what changed between two states; exit code 1 if something did"

_STATE = "a package folder, or the name of a commit"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("old", metavar="OLD", help=f"the earlier state: {_STATE}")
    parser.add_argument(
        "new",
        nargs="?",
        metavar="NEW",
        help="the later state, likewise (default: the package folder around the current folder, "
        "else the installed data)",
    )
    parser.add_argument(
        "--format",
        default="text",
        metavar="FORM",
        help="text, json, markdown or html (default: text)",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report to a file")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_argument(
        "--all",
        action="store_true",
        help="show every row in text, not three of each table and kind",
    )
    parser.add_argument(
        "--merge-base",
        action="store_true",
        help="take for OLD the commit that it and NEW have in common; a folder stands for HEAD",
    )


def run(args: argparse.Namespace) -> int:
    """Compare, write the report, and return the exit code."""
    from reported_losses.commands import _screen
    from reported_losses.errors import unknown_name
    from reported_losses.report.diff import DIFF_FORMS, render_diff
    from reported_losses.validation.history.changes import changes_between
    from reported_losses.validation.history.states import two_states

    if args.format not in DIFF_FORMS:
        raise unknown_name("report format", args.format, DIFF_FORMS)
    if args.output is not None:
        _options.refuse_output(args.output, "--output", force=args.force)
    new = _options.package_folder(None) if args.new is None else args.new
    with _screen.progress("comparing"):
        changes = changes_between(*two_states(args.old, new, merge_base=args.merge_base))
    to_screen = args.output is None
    report = render_diff(
        changes, args.format, whole=args.all, colour=to_screen and _screen.coloured()
    )
    if to_screen:
        _screen.write(report)
    else:
        _options.write_output(args.output, report, "--output", force=args.force)
    for table, why in changes.uncompared:
        _screen.note(f"reported-losses: {table} was not compared: {why}")
    return 2 if changes.uncompared else int(bool(changes))
