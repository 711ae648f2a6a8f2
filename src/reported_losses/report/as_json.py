"""JSON for programs; `schemas/report/report.json` is its schema."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from reported_losses.issue import Issue
from reported_losses.report.content import Report


def form(report: Report) -> str:
    """Render a report as one JSON object with one issue per line."""
    summary = report.summary
    head = {
        "version": summary.some_version,
        "package": summary.name,
        "rows": dict(summary.rows),
        "rules": summary.rules,
        "unjudged": [{"code": code, "reason": why} for code, why in summary.unjudged],
    }
    if summary.base is not None:
        head["base"] = dataclasses.asdict(summary.base)
    start = dumps(head).removesuffix("}")
    issues = ",\n".join(dumps(issue_cells(issue)) for issue in report.issues)
    return f'{start}, "issues": [\n{issues}\n]}}\n' if issues else f'{start}, "issues": []}}\n'


def issue_cells(issue: Issue) -> dict[str, Any]:
    """Return an issue as the JSON object that the schema describes."""
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "message": issue.message,
        "table": issue.table,
        "path": issue.path,
        "line": issue.line,
        "column": issue.column,
        "position": issue.position,
        "key": dict(issue.key),
        "found": issue.found,
        "expected": issue.expected,
        "hint": issue.hint,
    }


def dumps(value: object, indent: int | None = None) -> str:
    r"""Return JSON in ASCII that every reader accepts, for any texts.

    Strict readers refuse half of a surrogate pair, even as an escape, so it becomes the text of
    its escape.

    >>> dumps("a\ud800")
    '"a\\\\ud800"'
    """
    text = json.dumps(_whole(value), indent=indent, allow_nan=False)
    return text.replace("\x7f", "\\u007f")


def _whole(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list | tuple) else value
