"""The problems that a text may have, by code."""

from __future__ import annotations

from reported_losses.intake.report_text.report import Problem

CODES = {
    "too-large": "The input is larger than a page can be; copy the report alone into a file",
    "binary": "The input is not text; save the report as plain text or HTML",
    "not-utf8": "The input is neither UTF-8 nor UTF-16 text; save it as UTF-8",
    "no-report": "No report was found; a list of labelled figures was expected",
    "other-reporter": "The figures are not the General Staff's; one of its reports was expected",
    "contradictory-figures": "A category stands in the text with different figures; none was taken",
    "contradictory-dates": "The text states different days; give the right one yourself",
    "impossible-date": "The text states a day that does not exist or lies before the war",
}
"""What each code means, and what to do."""


def problem(code: str, detail: str = "", line: int | None = None) -> Problem:
    """Build the problem of a code.

    >>> problem("no-report").message
    'No report was found; a list of labelled figures was expected.'
    """
    return Problem(code, f"{CODES[code]}: {detail}." if detail else f"{CODES[code]}.", line)
