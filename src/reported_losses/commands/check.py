"""Check a package: its files, types, constraints, keys and rules.

Exit code: 0 if there are no errors, 1 if there are, 2 if the command was used wrongly or failed.
Warnings count as well with `--fail-on warning`.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.commands import _options

if TYPE_CHECKING:
    from reported_losses.definition.schema import Package
    from reported_losses.issue import Issue
    from reported_losses.validation.check import Examination

NAME = "check"
HELP = "check every table; exit code 1 if there are errors"

# What these say keeps the tables from being judged, or from being those that belong together.
_NEVER_HIDDEN = {
    "check/not-judged",
    "file/unfinished-commit",
    "file/forged-journal",
    "history/base-unreadable",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=_options.PATH_HELP)
    parser.add_argument(
        "--format",
        default="text",
        metavar="FORM",
        help="text, json, github, sarif, junit, markdown or suggestions (default: text)",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report to a file")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="lowest severity that makes the exit code 1 (default: error)",
    )
    for name, text in (("--select", "report only these codes"), ("--ignore", "omit these codes")):
        parser.add_argument(
            name,
            nargs="+",
            action="extend",
            default=[],
            metavar="CODE",
            help=f"{text}; * matches any text, as in 'file/*'",
        )
    parser.add_argument(
        "--base",
        metavar="REF_OR_FOLDER",
        help="compare with an earlier state, the commit in common with a git ref or another "
        "package folder; report only what is new against it, and what may not change so",
    )
    _options.add_today(parser)


def run(args: argparse.Namespace) -> int:
    """Check, write the report, and return the exit code."""
    from reported_losses.commands import _screen
    from reported_losses.errors import unknown_name
    from reported_losses.issue import Severity
    from reported_losses.report import FORMS
    from reported_losses.validation.check import examine

    if args.format not in FORMS:
        raise unknown_name("report format", args.format, FORMS)
    if args.output is not None:
        _options.refuse_output(args.output, "--output", force=args.force)
    folder, today = _options.package_folder(args.path), _options.given_today(args)
    examined = examine(folder, today=today, base=args.base)
    if examined.package is not None:
        _refuse_unknown_codes([*args.select, *args.ignore], examined.package)
    issues = _chosen(examined, args.select or ["*"], args.ignore)
    report = _report(examined, issues, args.format, to_screen=args.output is None)
    if args.output is None:
        _screen.write(report)
    else:
        _options.write_output(args.output, report, "--output", force=args.force)
    counts = tuple(Severity) if args.fail_on == "warning" else (Severity.ERROR,)
    return 1 if any(issue.severity in counts for issue in issues) else 0


def _refuse_unknown_codes(patterns: Iterable[str], package: Package) -> None:
    """Raise for a pattern that matches no code: a misspelt --ignore would seem to work."""
    import fnmatch

    from reported_losses.errors import unknown_name
    from reported_losses.validation.catalogue import code_texts

    codes = code_texts(package)
    for pattern in patterns:
        if not fnmatch.filter(codes, pattern):
            raise unknown_name("code", pattern, codes)


def _chosen(examined: Examination, select: Sequence[str], ignore: Sequence[str]) -> list[Issue]:
    import fnmatch

    def matches(issue: Issue, patterns: Sequence[str]) -> bool:
        return any(fnmatch.fnmatchcase(issue.code, pattern) for pattern in patterns)

    def prevents_judgement(issue: Issue) -> bool:
        # What was not judged has not passed: neither --select nor --ignore may hide why.
        unread = issue.table is not None and issue.table not in examined.rows
        return examined.package is None or unread or issue.code in _NEVER_HIDDEN

    return [
        issue
        for issue in examined.issues
        if prevents_judgement(issue) or (matches(issue, select) and not matches(issue, ignore))
    ]


def _report(examined: Examination, issues: Sequence[Issue], form: str, *, to_screen: bool) -> str:
    from reported_losses.commands import _screen
    from reported_losses.commands._lines import file_lines
    from reported_losses.report import BaseSummary, Summary, render
    from reported_losses.validation.catalogue import code_texts

    package, compared = examined.package, examined.compared
    return render(
        issues,
        form,
        summary=Summary(
            package.name if package else examined.folder.resolve().name,
            package.version if package else None,
            examined.rows,
            _relative(examined.folder),
            tuple(name for name in package.tables if name not in examined.rows) if package else (),
            sum(run.unjudged is None for run in examined.rules),
            tuple((run.code, run.unjudged) for run in examined.rules if run.unjudged is not None),
            None if compared is None else BaseSummary(*dataclasses.astuple(compared)),
        ),
        colour=to_screen and _screen.coloured(),
        lines=file_lines(examined.folder),
        rules=code_texts(package) if package else {},
    )


def _relative(folder: Path) -> str:
    """Return the package folder relative to the current folder."""
    import os

    try:
        relative = os.path.relpath(folder.resolve(), Path.cwd().resolve())
    except ValueError:  # another drive
        return folder.as_posix()
    return Path(relative).as_posix()
