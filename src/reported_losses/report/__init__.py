"""Issues as text, JSON, GitHub annotations, SARIF, JUnit XML, Markdown or suggestions.

A form only renders: it judges nothing, prints nothing and reads no file. Any text of an issue
may come from a contributed file, so each form escapes what its reader would act on: terminal
codes, workflow commands, markup, links and mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from reported_losses.errors import unknown_name
from reported_losses.issue import CodeText, Issue
from reported_losses.report import (
    as_github,
    as_json,
    as_junit,
    as_markdown,
    as_sarif,
    as_suggestions,
    as_text,
)
from reported_losses.report.content import BaseSummary, Lines, Report, Summary, in_order, no_lines

_FORMS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "text": as_text.form,
        "json": as_json.form,
        "github": as_github.form,
        "sarif": as_sarif.form,
        "junit": as_junit.form,
        "markdown": as_markdown.form,
        "suggestions": as_suggestions.form,
    }
)

FORMS = tuple(_FORMS)

__all__ = ["FORMS", "BaseSummary", "Lines", "Summary", "render"]


def render(  # noqa: PLR0913 - one argument for each thing a form may show
    issues: Sequence[Issue],
    form: str,
    *,
    summary: Summary,
    colour: bool = False,
    lines: Lines = no_lines,
    rules: Mapping[str, CodeText] = MappingProxyType({}),
) -> str:
    """Render issues in one form.

    Args:
        issues: The issues, in any order; they are shown in order of file and line, those of
            history before all others.
        form: One of `FORMS`.
        summary: What was checked.
        colour: Whether to use the styles of a terminal; only `text` has any.
        lines: Function from the path of an issue to the lines of that file, without their
            ends; None if it cannot be read. Rows and carets are shown from them.
        rules: Texts of the codes, for the forms that explain them.

    Returns:
        The report, which ends in a line feed.

    Raises:
        UnknownNameError: There is no such form.

    >>> print(render([], "text", summary=Summary("reported-losses", "1.0.0", {"series": 2})))
    reported-losses 1.0.0: 2 rows in 1 table checked, 0 rules run, no issues
    <BLANKLINE>
    """
    if form not in _FORMS:
        raise unknown_name("report format", form, FORMS)
    report = Report(tuple(in_order(issues)), summary, colour, lines, rules)
    return _FORMS[form](report)
