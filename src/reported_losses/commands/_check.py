"""What `reported-losses check` does once its arguments are read."""

from __future__ import annotations

import argparse
import datetime as dt
import fnmatch
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import MappingProxyType

from reported_losses.commands import _screen
from reported_losses.commands._lines import file_lines
from reported_losses.dataset.descriptor import Package
from reported_losses.dataset.location import containing_package, package_dir
from reported_losses.errors import BadArgumentError, UnknownNameError, nearest_first, unknown_name
from reported_losses.files import write_atomically
from reported_losses.issue import Issue, Severity
from reported_losses.report import FORMS, Summary, render
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.check import Examination, examine

_NEAR = 5
# A report is dated by the day in Kyiv or Moscow, whichever is later.
_CLOCK = dt.timezone(dt.timedelta(hours=3))


def run(args: argparse.Namespace) -> int:
    """Check, report, and return the exit code."""
    if args.format not in FORMS:
        raise unknown_name("report form", args.format, FORMS)
    folder = args.path or containing_package(Path.cwd()) or package_dir()
    seen = examine(folder, today=_today(args.today))
    if seen.package is not None:
        _known([*args.select, *args.ignore], seen.package)
    issues = _chosen(seen, args.select or ["*"], args.ignore)
    text = _rendered(seen, issues, args.format, to_screen=args.output is None)
    if args.output is None:
        _screen.write(text)
    else:
        _write(args.output, text)
    counted = issues if args.fail_on == "warning" else _errors(issues)
    return 1 if counted else 0


def _today(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now(_CLOCK).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadArgumentError(f"--today {text!r} is not a date YYYY-MM-DD") from None


def _known(wanted: Iterable[str], package: Package) -> None:
    """Refuse a code that nothing can match: a misspelt --ignore would seem to work."""
    codes = code_texts(package)
    for pattern in wanted:
        if not fnmatch.filter(codes, pattern):
            near = ", ".join(nearest_first(pattern, codes)[:_NEAR])
            raise UnknownNameError(f"no code {pattern!r}; near ones: {near}")


def _chosen(seen: Examination, select: Sequence[str], ignore: Sequence[str]) -> list[Issue]:
    def matches(issue: Issue, patterns: Sequence[str]) -> bool:
        return any(fnmatch.fnmatchcase(issue.code, pattern) for pattern in patterns)

    def stops(issue: Issue) -> bool:
        # What could not be judged has not passed: --select must not hide why.
        return seen.package is None or (issue.table is not None and issue.table not in seen.rows)

    return [
        issue
        for issue in seen.issues
        if (stops(issue) or matches(issue, select)) and not matches(issue, ignore)
    ]


def _errors(issues: Sequence[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def _rendered(seen: Examination, issues: Sequence[Issue], form: str, *, to_screen: bool) -> str:
    package = seen.package
    return render(
        issues,
        form,
        summary=Summary(
            package.name if package else seen.folder.resolve().name,
            package.version if package else "0.0.0",
            seen.rows,
            _relative(seen.folder),
            tuple(name for name in package.tables if name not in seen.rows) if package else (),
        ),
        colour=to_screen and _screen.coloured(),
        lines=file_lines(seen.folder),
        rules=code_texts(package) if package else MappingProxyType({}),
    )


def _relative(folder: Path) -> str:
    """Return the package folder as seen from where the command was started."""
    try:
        relative = os.path.relpath(folder.resolve(), Path.cwd().resolve())
    except ValueError:  # another drive
        return folder.as_posix()
    return Path(relative).as_posix()


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text)
    except OSError as error:
        raise BadArgumentError(f"--output {path} cannot be written: {error.strerror}") from None
