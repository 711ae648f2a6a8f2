"""Markdown for a job summary or a comment on a pull request.

A job summary holds 1 MiB and a comment 65,536 characters; the report keeps to the smaller.
Cells hold text from contributed files and are made harmless by `markdown_cell`.
"""

from __future__ import annotations

from reported_losses.definition.site import code_address
from reported_losses.issue import Issue
from reported_losses.report.content import Report, checked, counted, delimited, foremost, tally
from reported_losses.report.markdown_cell import cell

MAX_CHARACTERS = 65_536

_RESERVED = 1_000
_TEXT = 600
_VALUE = 120
_HEAD = (
    "| Where | Severity | Code | Problem | Found | Expected | What to do |\n" + "|---" * 7 + "|\n"
)


def form(report: Report) -> str:
    """Render a report as a heading and a table, errors first, up to `MAX_CHARACTERS`."""
    summary = report.summary
    package = cell(summary.title, _VALUE)
    head = f"## {package}: {tally(report.issues)}\n\n{cell(checked(summary), _TEXT)}.\n"
    if not report.issues:
        return head
    ranked = foremost(report.issues)
    rows, room = [], MAX_CHARACTERS - _RESERVED - len(head) - len(_HEAD)
    for issue in ranked:
        row = _row(report, issue)
        room -= len(row)
        if room < 0:
            break
        rows.append(row)
    rest = len(ranked) - len(rows)
    more = f"\n{counted(rest, 'more issue')} not shown.\n" if rest else ""
    return f"{head}\n{_HEAD}{''.join(rows)}{more}"


def _row(report: Report, issue: Issue) -> str:
    cells = (
        f"<code>{cell(_location(report, issue), _VALUE)}</code>",
        str(issue.severity),
        _code(report, issue.code),
        cell(issue.message, _TEXT),
        _value(delimited(issue.found)),
        _value(issue.expected),
        cell(issue.hint or "", _TEXT),
    )
    return f"| {' | '.join(cells)} |\n"


def _code(report: Report, code: str) -> str:
    shown = f"<code>{cell(code, _VALUE)}</code>"
    return f"[{shown}]({code_address(code)})" if code in report.rules else shown


def _location(report: Report, issue: Issue) -> str:
    if issue.path is None:
        return report.summary.name
    parts = (report.summary.full_path(issue.path), issue.line, issue.position)
    return ":".join(str(part) for part in parts if part is not None)


def _value(text: str | None) -> str:
    return "" if text is None else f"<code>{cell(text, _VALUE)}</code>"
