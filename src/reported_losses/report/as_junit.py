"""JUnit XML, for test reporters: a suite for each table, a case for each code.

Only errors make a case fail. Test reporters disagree about several failures in one case, so
a case has one failure, whose text lists every error; warnings are in the case's output.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from reported_losses.issue import Issue, Severity
from reported_losses.report.content import Report, compared, tally
from reported_losses.report.safe import clipped

_TEXT = 1_000
_EVERYTHING = "all checks"


def form(report: Report) -> str:
    """Render a report as one JUnit document."""
    tables = [*report.summary.rows, *(issue.table for issue in report.issues)]
    root = ET.Element("testsuites", name=clipped(report.summary.name, _TEXT))
    if report.summary.base is not None:
        root.append(_base(clipped(compared(report.summary.base), _TEXT)))
    for table in dict.fromkeys(tables):
        root.append(_suite(report, table))
    _count(root, root.iter("testcase"))
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _base(text: str) -> ET.Element:
    """Return a suite without cases, which says what the package was compared with."""
    suite = ET.Element("testsuite", name="base")
    properties = ET.SubElement(suite, "properties")
    ET.SubElement(properties, "property", name="base", value=text)
    _count(suite, [])
    return suite


def _suite(report: Report, table: str | None) -> ET.Element:
    name = clipped(report.summary.name if table is None else table, _TEXT)
    suite = ET.Element("testsuite", name=name)
    own = [issue for issue in report.issues if issue.table == table]
    known = [code for code in report.rules if table and code.startswith((f"{table}/", f"{table}."))]
    for code in sorted({*known, *(issue.code for issue in own)}) or [_EVERYTHING]:
        suite.append(_case(report, name, code, [issue for issue in own if issue.code == code]))
    _count(suite, suite)
    return suite


def _case(report: Report, suite: str, code: str, issues: list[Issue]) -> ET.Element:
    case = ET.Element("testcase", classname=suite, name=clipped(code, _TEXT))
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    warnings = [issue for issue in issues if issue.severity is not Severity.ERROR]
    if errors:
        failure = ET.SubElement(case, "failure", message=_headline(errors), type="error")
        failure.text = _listed(report, errors)
    if warnings:
        ET.SubElement(case, "system-out").text = _listed(report, warnings)
    why = dict(report.summary.unjudged).get(code)
    if why is not None:
        ET.SubElement(case, "skipped", message=clipped(why, _TEXT))
    return case


def _headline(issues: list[Issue]) -> str:
    first = clipped(issues[0].message, _TEXT)
    return first if len(issues) == 1 else f"{tally(issues)}, first: {first}"


def _listed(report: Report, issues: list[Issue]) -> str:
    return "\n".join(_line(report, issue) for issue in issues)


def _line(report: Report, issue: Issue) -> str:
    path = None if issue.path is None else report.summary.full_path(issue.path)
    parts = (path, issue.line, issue.position)
    where = ":".join(clipped(str(part), _TEXT) for part in parts if part is not None)
    hint = "" if issue.hint is None else f" {clipped(issue.hint, _TEXT)}"
    return f"{where or '-'} {issue.severity} {clipped(issue.message, _TEXT)}{hint}"


def _count(element: ET.Element, cases: Iterable[ET.Element]) -> None:
    cases = list(cases)
    failed = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    element.attrib.update(
        tests=str(len(cases)), failures=str(failed), errors="0", skipped=str(skipped)
    )
