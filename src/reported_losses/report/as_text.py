"""Text for people: issues by file, each with its row and a caret under the cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from reported_losses.definition.site import RULES, code_address
from reported_losses.issue import Issue, Severity
from reported_losses.report.content import Report, checked, delimited, tally
from reported_losses.report.safe import beginning, clipped, ending, width
from reported_losses.report.styles import Style, styled

MAX_PER_CODE = 50
"""Issues of one code shown for one file; the rest are counted."""

_COLUMNS = 96
_CELL_COLUMNS = 48
_MESSAGE = 2_000
_VALUE = 300

_Line = list[tuple[str, Style]]
_STYLES = {Severity.ERROR: Style.BOLD_RED, Severity.WARNING: Style.YELLOW}


def form(report: Report) -> str:
    """Render a report as text, with the styles of a terminal if it asks for colour."""
    return "".join(f"{_text(line, colour=report.colour)}\n" for line in _lines(report))


def _text(line: _Line, *, colour: bool) -> str:
    if colour:
        return "".join(styled(text, style) for text, style in line)
    return "".join(text for text, _ in line).rstrip()


def _lines(report: Report) -> Iterator[_Line]:
    for path, group in groupby(report.issues, key=lambda issue: issue.path):
        issues = list(group)
        name = "the package" if path is None else clipped(report.summary.full_path(path), _VALUE)
        yield [(name, Style.BOLD), (f": {tally(issues)}", Style.PLAIN)]
        yield from _file(report, issues)
        yield []
    yield from _by_code(report.issues)
    summary = report.summary
    title = clipped(summary.title, _VALUE)
    style = Style.BOLD_RED if report.issues else Style.BOLD_GREEN
    yield [
        (f"{title}: {clipped(checked(summary), _MESSAGE)}, ", Style.PLAIN),
        (tally(report.issues), style),
    ]
    if report.issues:
        yield [(_advice({issue.code for issue in report.issues}), Style.DIM)]


def _advice(codes: set[str]) -> str:
    """Say where a code is explained, with the code itself if there is only one."""
    code, address = "CODE", RULES
    if len(codes) == 1:
        (code,) = codes
        address = code_address(code)
    command = f"reported-losses explain {clipped(code, _VALUE)}"
    return f"`{command}` says why, and how to mend it: {clipped(address, _MESSAGE)}"


def _by_code(issues: Sequence[Issue]) -> Iterator[_Line]:
    """Count the issues of each code: a single one is easily overlooked among hundreds."""
    numbers = Counter((issue.severity, issue.code) for issue in issues)
    if len(numbers) == 1:
        return
    for (severity, code), number in sorted(numbers.items()):
        yield [
            (f"{number:7,} ", Style.PLAIN),
            (f"{severity:7}", _STYLES[severity]),
            (f" {clipped(code, _VALUE)}", Style.PLAIN),
        ]


def _file(report: Report, issues: list[Issue]) -> Iterator[_Line]:
    numbers: Counter[str] = Counter()
    for issue in issues:
        numbers[issue.code] += 1
        if numbers[issue.code] <= MAX_PER_CODE:
            yield from _issue(report, issue)
    for code, number in numbers.items():
        if number > MAX_PER_CODE:
            more = f"  {number - MAX_PER_CODE:,} more {clipped(code, _VALUE)} not shown"
            yield [(f"{more}; --format json has all", Style.DIM)]


def _issue(report: Report, issue: Issue) -> Iterator[_Line]:
    yield [
        (f"  {_location(report, issue)} ", Style.PLAIN),
        (clipped(issue.code, _VALUE), Style.BOLD),
        (" ", Style.PLAIN),
        (str(issue.severity), _STYLES[issue.severity]),
        (f" {clipped(issue.message, _MESSAGE)}", Style.PLAIN),
    ]
    yield from _row(report, issue)
    for label, text, limit in (
        ("found", delimited(issue.found), _VALUE),
        ("expected", issue.expected, _VALUE),
        ("hint", issue.hint, _MESSAGE),
    ):
        if text is not None:
            yield [(f"    {label + ':':9} ", Style.DIM), (clipped(text, limit), Style.PLAIN)]


def _location(report: Report, issue: Issue) -> str:
    if issue.path is None:
        return "-"
    parts = [clipped(report.summary.full_path(issue.path), _VALUE)]
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
    cell = report.cell(issue)
    if cell is None:
        yield [(margin, Style.DIM), (beginning(line, _COLUMNS), Style.PLAIN)]
        return
    text = beginning(line[cell.start : cell.end], _CELL_COLUMNS)
    room = _COLUMNS - width(text)
    after = beginning(line[cell.end :][: 4 * room], room // 2)
    before = ending(line[: cell.start][-4 * room :], room - width(after))
    yield [
        (margin, Style.DIM),
        (before, Style.PLAIN),
        (text, Style.BOLD),
        (after, Style.PLAIN),
    ]
    blank = " " * (len(margin) - 2) + "| " + " " * width(before)
    yield [(blank, Style.DIM), ("^" * max(width(text), 1), _STYLES[issue.severity])]
