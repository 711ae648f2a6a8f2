"""What a form renders, and the texts that several forms share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reported_losses.issue import CodeText, Issue, Severity

Lines = Callable[[str], Sequence[str] | None]

_HISTORY = "history/"
# One change alters a few things in the schemas, not more than these.
_NEAR = 10
_CELL = re.compile(r'"(?:[^"]|"")*"?[^,\r\n]*|[^,\r\n]*')


@dataclass(frozen=True, slots=True)
class BaseSummary:
    """What a package was compared with.

    Attributes:
        name: Name of the base: a folder, or a commit as it was named.
        version: Version of its data; None if it could not be read.
        commit: Full name of the commit; None if the base is a folder.
        rows: Rows added, removed or changed since.
        left_out: Issues that the base has too, which are not listed.
        uncompared: Tables that could not be compared; their rows are not counted.
        schemas: Differences between the schemas.
    """

    name: str
    version: str | None
    commit: str | None
    rows: int
    left_out: int
    uncompared: tuple[str, ...] = ()
    schemas: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What was checked.

    Attributes:
        name: Name of the package.
        version: Version of its data; None if the descriptor cannot be read, and then nothing
            was judged.
        rows: Rows read, by table.
        folder: Package folder relative to the repository's root, with forward slashes;
            empty if it is the root.
        unread: Tables that could not be read and so were not judged.
        rules: Number of rules that were run on these rows.
        unjudged: Code of each rule that was not run, and why.
        base: What it was compared with; None if there was no base.
    """

    name: str
    version: str | None
    rows: Mapping[str, int]
    folder: str = ""
    unread: tuple[str, ...] = ()
    rules: int = 0
    unjudged: tuple[tuple[str, str], ...] = ()
    base: BaseSummary | None = None

    @property
    def title(self) -> str:
        """Return the name of the package, with its version if it is known."""
        return self.name if self.version is None else f"{self.name} {self.version}"

    @property
    def some_version(self) -> str:
        """Return the version for forms that must have one: 0.0.0 if it is not known."""
        return self.version or "0.0.0"

    def full_path(self, path: str) -> str:
        """Return the path of an issue, relative to the repository's root."""
        folder = self.folder.strip("/")
        return path if folder in {"", "."} else f"{folder}/{path}"


def no_lines(path: str) -> None:
    """Return None for every path: the lines of the files are not available."""
    del path


class Cell(NamedTuple):
    """A cell in its line: indices of its first character and of the one after its last."""

    line: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """Issues, with everything a form may show of them.

    Attributes:
        issues: The issues, in order.
        summary: What was checked.
        colour: Whether to use the styles of a terminal.
        lines: Function from a file's path to its lines.
        rules: Texts of the codes.
    """

    issues: tuple[Issue, ...]
    summary: Summary
    colour: bool
    lines: Lines
    rules: Mapping[str, CodeText]

    def row(self, issue: Issue) -> str | None:
        """Return the line an issue is on; None if it has no line or the file is not available."""
        if issue.path is None or issue.line is None:
            return None
        lines = self.lines(issue.path)
        if lines is None or not 1 <= issue.line <= len(lines):
            return None
        return lines[issue.line - 1]

    def cell(self, issue: Issue) -> Cell | None:
        """Return the cell an issue is about; None if it has no position or no such line."""
        line = self.row(issue)
        if line is None or issue.position is None or not 1 <= issue.position <= len(line) + 1:
            return None
        start = issue.position - 1
        found = _CELL.match(line, start)
        return Cell(line, start, found.end() if found else start)


def counted(number: int, one: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "error"), counted(1200, "error")
    ('1 error', '1,200 errors')
    """
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def tally(issues: Iterable[Issue]) -> str:
    """Return the numbers of errors and of warnings as text."""
    severities = Counter(issue.severity for issue in issues)
    parts = [counted(severities[kind], str(kind)) for kind in Severity if severities[kind]]
    return " and ".join(parts) or "no issues"


def checked(summary: Summary) -> str:
    """Return what was judged as text: rows, tables, rules, and what was not judged and why."""
    if summary.version is None:
        return "nothing could be checked"
    rows = counted(sum(summary.rows.values()), "row")
    parts = [f"{rows} in {counted(len(summary.rows), 'table')} checked"]
    if summary.unread:
        # A table that was not judged has not passed.
        parts.append(f"{', '.join(summary.unread)} not read")
    parts.append(f"{counted(summary.rules, 'rule')} run")
    reasons = Counter(why for _, why in summary.unjudged)
    parts += [f"{number} not run ({why})" for why, number in sorted(reasons.items())]
    return ", ".join(parts if summary.base is None else [*parts, compared(summary.base)])


def compared(base: BaseSummary) -> str:
    """Return what a package was compared with as text, and how many rows changed."""
    if base.version is None:
        return f"not compared with {base.name}"
    commit = "" if base.commit is None else f", commit {base.commit[:12]}"
    said = f"{counted(base.rows, 'row')} changed since {base.name} (version {base.version}{commit})"
    if base.left_out:
        said += f", {counted(base.left_out, 'issue')} of the base not listed"
    if base.uncompared:
        said += f", {', '.join(base.uncompared)} not compared"
    if base.schemas > _NEAR:
        said += (
            f"; the schemas differ in {base.schemas:,} places: the base is far away, and "
            "`reported-losses diff` tells what changed since"
        )
    return said


def delimited(text: str | None) -> str | None:
    """Return a text found in a cell, with quotes if it is empty or has blanks at its ends.

    >>> delimited("about "), delimited(""), delimited("about")
    ("'about '", '(empty)', 'about')
    """
    if text is None or text == text.strip() != "":
        return text
    return f"'{text}'" if text else "(empty)"


def in_order(issues: Iterable[Issue]) -> list[Issue]:
    """Order issues as they are shown: those of history first, then by file and line.

    What may not change is the cause, and all else that a changed line makes fail is what follows.
    """
    return sorted(issues, key=lambda issue: (not issue.code.startswith(_HISTORY), issue))


def foremost(issues: Iterable[Issue]) -> list[Issue]:
    """Order issues for a form with little room: errors first, then the first of each code.

    So a thousand issues of one code do not hide the only one of another. Of those, issues of
    history are the first.
    """
    seen: Counter[str] = Counter()
    ranked = []
    for issue in in_order(issues):
        ranked.append((issue.severity is not Severity.ERROR, seen[issue.code], issue))
        seen[issue.code] += 1
    return [issue for *_, issue in sorted(ranked, key=lambda item: item[:2])]
