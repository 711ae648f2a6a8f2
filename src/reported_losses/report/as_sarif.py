"""SARIF 2.1.0, for code scanning and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any
from urllib.parse import quote

from reported_losses.definition.site import code_address
from reported_losses.issue import Issue, Severity
from reported_losses.report.as_json import dumps
from reported_losses.report.content import Report, checked, counted, foremost, in_order
from reported_losses.report.safe import clipped

MAX_RESULTS = 25_000
"""Most results that code scanning accepts in one run; it refuses a file with more."""

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_HOME = "https://github.com/reported-losses/reported-losses"
_TEXT = 1_000
_ROOT = "%SRCROOT%"
_DESCRIPTOR = "datapackage.json"


def form(report: Report) -> str:
    """Render a report as a SARIF log with one run."""
    shown = in_order(foremost(report.issues)[:MAX_RESULTS])
    codes = sorted({*report.rules, *(issue.code for issue in shown)})
    severities = {issue.code: issue.severity for issue in reversed(shown)}
    run = {
        "tool": {
            "driver": {
                "name": "reported-losses",
                "version": report.summary.some_version,
                "informationUri": _HOME,
                "rules": [_rule(report, code, severities.get(code)) for code in codes],
            }
        },
        "automationDetails": {"id": "reported-losses/check/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, len(report.issues) - len(shown))],
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The root of the repository."}},
        },
        "results": _results(report, shown, {code: number for number, code in enumerate(codes)}),
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    # True also if there are errors: the check itself ran to its end.
    invocation: dict[str, Any] = {"executionSuccessful": True}
    texts = [checked(report.summary)]
    texts += [f"{code} was not judged: {why}" for code, why in report.summary.unjudged]
    if left_out:
        more = f"{counted(left_out, 'issue')} left out: a run may have {MAX_RESULTS:,} results"
        texts.append(more)
    invocation["toolExecutionNotifications"] = [
        {"level": "note", "message": {"text": clipped(text, _TEXT)}} for text in texts
    ]
    return invocation


def _rule(report: Report, code: str, severity: Severity | None) -> dict[str, Any]:
    rule = report.rules.get(code)
    name = clipped(code, _TEXT)
    if rule is None:
        described: dict[str, Any] = {
            "shortDescription": {"text": name},
            "fullDescription": {
                "text": f"A requirement of the package's files and schemas: {name}"
            },
            "help": {"text": f"reported-losses explain {name}"},
        }
        level = severity or Severity.ERROR
    else:
        described = {
            "helpUri": code_address(code),
            "shortDescription": {"text": clipped(rule.title, _TEXT)},
            "fullDescription": {"text": clipped(rule.rationale, _TEXT)},
            "help": {
                "text": f"{rule.rationale}\n\nExample: {rule.example}\n\nWhat to do: {rule.fix}",
                "markdown": (
                    f"{rule.rationale}\n\n**Example:** {rule.example}\n\n**What to do:** {rule.fix}"
                ),
            },
        }
        level = rule.severity
    return {"id": code, **described, "defaultConfiguration": {"level": str(level)}}


def _results(report: Report, issues: list[Issue], index: dict[str, int]) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for issue in issues:
        fingerprint = _fingerprint(issue)
        seen[fingerprint] += 1
        results.append(
            {
                "ruleId": issue.code,
                "ruleIndex": index[issue.code],
                "level": str(issue.severity),
                "message": {"text": _message(issue)},
                "locations": [{"physicalLocation": _location(report, issue)}],
                # The only fingerprint that code scanning reads.
                "partialFingerprints": {
                    "primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"
                },
            }
        )
    return results


def _fingerprint(issue: Issue) -> str:
    """Identify an issue by what it is about, not by its line: rows move every day."""
    about = [issue.code, issue.table or issue.path, issue.column, list(issue.key.items())]
    if not issue.key:
        about.append(issue.found)
    return hashlib.sha256(dumps(about).encode()).hexdigest()[:16]


def _message(issue: Issue) -> str:
    text = clipped(issue.message, _TEXT) or clipped(issue.code, _TEXT)
    return text if issue.hint is None else f"{text}\n{clipped(issue.hint, _TEXT)}"


def _location(report: Report, issue: Issue) -> dict[str, Any]:
    path = report.summary.full_path(issue.path or _DESCRIPTOR)
    uri = quote(path, errors="backslashreplace")
    location: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}}
    if issue.path is not None and issue.line is not None:
        location["region"] = _region(report, issue)
    return location


def _region(report: Report, issue: Issue) -> dict[str, int]:
    region = {"startLine": issue.line or 1}
    if issue.position is not None:
        cell = report.cell(issue)
        region["startColumn"] = issue.position
        region["endColumn"] = cell.end + 1 if cell else issue.position + len(issue.found or "")
    return region
