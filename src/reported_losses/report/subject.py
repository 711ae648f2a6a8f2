"""What a form is given, and what several forms ask of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reported_losses.issue import CodeText, Issue, Severity

Lines = Callable[[str], Sequence[str] | None]

_CELL = re.compile(r'"(?:[^"]|"")*"?[^,\r\n]*|[^,\r\n]*')


@dataclass(frozen=True, slots=True)
class Summary:
    """What was checked.

    Attributes:
        name: Name of the package.
        version: Version of its data.
        rows: Rows read, by table.
        folder: Package folder relative to the repository's root, with forward slashes;
            empty where they are the same. It is put before paths that readers open.
        unread: Tables that could not be read, so that nothing was judged of them.
    """

    name: str
    version: str
    rows: Mapping[str, int]
    folder: str = ""
    unread: tuple[str, ...] = ()

    def place(self, path: str) -> str:
        """Return a path of an issue as it stands in the repository."""
        folder = self.folder.strip("/")
        return path if folder in {"", "."} else f"{folder}/{path}"


def no_lines(path: str) -> None:
    """Know no file."""
    del path


class Cell(NamedTuple):
    """Where a cell stands in its line: characters from 0, end exclusive."""

    line: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """Issues in order, with all that a form may show of them.

    Attributes:
        issues: What was found, in order.
        summary: What was checked.
        colour: Whether the reader is a terminal.
        lines: The lines of a file.
        rules: Texts of the rules by code.
    """

    issues: tuple[Issue, ...]
    summary: Summary
    colour: bool
    lines: Lines
    rules: Mapping[str, CodeText]

    def row(self, issue: Issue) -> str | None:
        """Return the line an issue is on, if it is on one and the file can be read."""
        if issue.path is None or issue.line is None:
            return None
        lines = self.lines(issue.path)
        if lines is None or not 1 <= issue.line <= len(lines):
            return None
        return lines[issue.line - 1]

    def cell(self, issue: Issue) -> Cell | None:
        """Return the place of an issue's cell, if it has one that can be found."""
        line = self.row(issue)
        if line is None or issue.position is None or not 1 <= issue.position <= len(line) + 1:
            return None
        start = issue.position - 1
        found = _CELL.match(line, start)
        return Cell(line, start, found.end() if found else start)


def counted(number: int, one: str) -> str:
    """Return a number with its noun: `1 error`, `1,200 errors`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def tally(issues: Iterable[Issue]) -> str:
    """Return how many errors and warnings there are, in words."""
    severities = Counter(issue.severity for issue in issues)
    parts = [counted(severities[kind], str(kind)) for kind in Severity if severities[kind]]
    return " and ".join(parts) or "no issues"


def checked(summary: Summary) -> str:
    """Return what was checked, in words."""
    rows = counted(sum(summary.rows.values()), "row")
    text = f"{rows} in {counted(len(summary.rows), 'table')} checked"
    # What could not be judged has not passed.
    return f"{text}, {', '.join(summary.unread)} not read" if summary.unread else text


def said(text: str | None) -> str | None:
    """Return a text that was found, so that nothing of it goes unseen at its ends."""
    if text is None or text == text.strip() != "":
        return text
    return f"'{text}'" if text else "(empty)"


def foremost(issues: Iterable[Issue]) -> list[Issue]:
    """Order issues for a form with little room: errors, then the first of each code.

    A thousand issues of one kind must not hide the only one of another.
    """
    seen: Counter[str] = Counter()
    ranked = []
    for issue in issues:
        ranked.append((issue.severity is not Severity.ERROR, seen[issue.code], issue))
        seen[issue.code] += 1
    return [issue for *_, issue in sorted(ranked, key=lambda item: item[:2])]
