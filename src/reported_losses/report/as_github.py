"""GitHub workflow commands: issues as annotations beside the lines of a pull request.

GitHub keeps ten annotations of each kind for a step and silently drops the rest. So the first
issue of each code comes before the second of any, and a notice gives the number left out.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from itertools import islice

from reported_losses.definition.site import code_address
from reported_losses.issue import Issue, Severity
from reported_losses.report.content import (
    Report,
    checked,
    counted,
    delimited,
    foremost,
    in_order,
    tally,
)
from reported_losses.report.safe import clipped, visible

MAX_PER_SEVERITY = 10

_TEXT = 2_000
_TITLE = 200


def form(report: Report) -> str:
    """Render a report as workflow commands, one on each line."""
    ranked = foremost(report.issues)
    shown = [
        issue
        for severity in Severity
        for issue in in_order(
            islice((one for one in ranked if one.severity is severity), MAX_PER_SEVERITY)
        )
    ]
    return "".join(f"{_command(report, issue)}\n" for issue in shown) + _notice(report, shown)


def _command(report: Report, issue: Issue) -> str:
    properties: dict[str, object] = {}
    if issue.path is not None:
        properties["file"] = visible(report.summary.full_path(issue.path))
        if issue.line is not None:
            properties["line"] = issue.line
            properties.update(_columns(report, issue))
    properties["title"] = clipped(issue.code, _TITLE)
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{issue.severity} {listed}::{_data(_message(report, issue))}"


def _columns(report: Report, issue: Issue) -> dict[str, object]:
    if issue.position is None:
        return {}
    cell = report.cell(issue)
    end = {"endColumn": cell.end} if cell and cell.end > cell.start else {}
    return {"col": issue.position, **end}


def _message(report: Report, issue: Issue) -> str:
    parts = [clipped(issue.message, _TEXT)]
    for label, text in (
        ("Found", delimited(issue.found)),
        ("Expected", issue.expected),
        ("What to do", issue.hint),
    ):
        if text is not None:
            parts.append(f"{label}: {clipped(text, _TEXT)}")
    if issue.code in report.rules:
        parts.append(f"More: {code_address(issue.code)}")
    return "\n".join(parts)


def _notice(report: Report, shown: list[Issue]) -> str:
    rest = len(report.issues) - len(shown)
    text = f"{clipped(checked(report.summary), _TEXT)}, {tally(report.issues)}"
    if rest:
        text += f"; {counted(rest, 'issue')} not annotated, GitHub shows ten of each kind"
    return f"::notice title=reported-losses check::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
