"""Text for people: by file, each issue with its row and a caret under the cell."""

from __future__ import annotations

import importlib.util
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from reported_losses.issue import Issue, Severity
from reported_losses.report.safe import beginning, clipped, ending, width
from reported_losses.report.subject import Report, checked, said, tally

MAX_PER_CODE = 50
"""Issues of one code shown for one file; the rest are counted."""

_COLUMNS = 96
_CELL_COLUMNS = 48
_MESSAGE = 2_000
_VALUE = 300

# A line is its parts, each with a Rich style.
_Part = tuple[str, str]
_Line = list[_Part]
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


def form(report: Report) -> str:
    """Render a report as text, coloured where asked for and possible."""
    lines = list(_lines(report))
    if report.colour and importlib.util.find_spec("rich") is not None:
        return _coloured(lines)
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def _lines(report: Report) -> Iterator[_Line]:
    for path, group in groupby(report.issues, key=lambda issue: issue.path):
        issues = list(group)
        name = "the package" if path is None else clipped(report.summary.place(path), _VALUE)
        yield [(name, "bold"), (f": {tally(issues)}", "")]
        yield from _file(report, issues)
        yield []
    yield from _by_code(report.issues)
    summary = report.summary
    title = clipped(f"{summary.name} {summary.version}", _VALUE)
    style = _STYLES[Severity.ERROR] if report.issues else "bold green"
    yield [(f"{title}: {clipped(checked(summary), _MESSAGE)}, ", ""), (tally(report.issues), style)]


def _by_code(issues: Sequence[Issue]) -> Iterator[_Line]:
    """Count the issues of each code: one of a kind is easily lost among hundreds."""
    numbers = Counter((issue.severity, issue.code) for issue in issues)
    if len(numbers) == 1:
        return
    for (severity, code), number in sorted(numbers.items()):
        name = f"{severity:7}", _STYLES[severity]
        yield [(f"{number:7,} ", ""), name, (f" {clipped(code, _VALUE)}", "")]


def _file(report: Report, issues: list[Issue]) -> Iterator[_Line]:
    shown: Counter[str] = Counter()
    for issue in issues:
        shown[issue.code] += 1
        if shown[issue.code] <= MAX_PER_CODE:
            yield from _issue(report, issue)
    for code, number in shown.items():
        if number > MAX_PER_CODE:
            more = f"  {number - MAX_PER_CODE:,} more {clipped(code, _VALUE)} not shown"
            yield [(f"{more}; --format json has all", "dim")]


def _issue(report: Report, issue: Issue) -> Iterator[_Line]:
    yield [
        (f"  {_place(report, issue)} ", ""),
        (clipped(issue.code, _VALUE), "bold"),
        (" ", ""),
        (str(issue.severity), _STYLES[issue.severity]),
        (f" {clipped(issue.message, _MESSAGE)}", ""),
    ]
    yield from _row(report, issue)
    for label, text, limit in (
        ("found", said(issue.found), _VALUE),
        ("expected", issue.expected, _VALUE),
        ("hint", issue.hint, _MESSAGE),
    ):
        if text is not None:
            yield [(f"    {label + ':':9} ", "dim"), (clipped(text, limit), "")]


def _place(report: Report, issue: Issue) -> str:
    if issue.path is None:
        return "-"
    parts = [clipped(report.summary.place(issue.path), _VALUE)]
    if issue.line is not None:
        parts.append(str(issue.line))
        if issue.position is not None:
            parts.append(str(issue.position))
    return ":".join(parts)


def _row(report: Report, issue: Issue) -> Iterator[_Line]:
    line = report.row(issue)
    if line is None:
        return
    margin = f"    {issue.line} | "
    place = report.cell(issue)
    if place is None:
        yield [(margin, "dim"), (beginning(line, _COLUMNS), "")]
        return
    cell = beginning(line[place.start : place.end], _CELL_COLUMNS)
    room = _COLUMNS - width(cell)
    after = beginning(line[place.end :][: 4 * room], room // 2)
    before = ending(line[: place.start][-4 * room :], room - width(after))
    yield [(margin, "dim"), (before, ""), (cell, "bold"), (after, "")]
    blank = " " * (len(margin) - 2) + "| " + " " * width(before)
    yield [(blank, "dim"), ("^" * max(width(cell), 1), _STYLES[issue.severity])]


def _coloured(lines: list[_Line]) -> str:
    from rich.console import Console
    from rich.text import Text

    out = io.StringIO()
    # The environment is the caller's to read: `colour` is its answer.
    console = Console(file=out, force_terminal=True, color_system="standard", _environ={})
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True, highlight=False)
    return out.getvalue()
