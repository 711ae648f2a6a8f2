"""The bytes of a report to its figures."""

from __future__ import annotations

import datetime as dt

from reported_losses.intake.report_text.days import stated_day
from reported_losses.intake.report_text.decode import decode
from reported_losses.intake.report_text.doubles import without_doubles
from reported_losses.intake.report_text.entries import read_entries
from reported_losses.intake.report_text.labels import Labels, default_labels
from reported_losses.intake.report_text.lines import leave_daily, leave_rest, list_of, read_lines
from reported_losses.intake.report_text.markup import Page, read_page
from reported_losses.intake.report_text.problems import problem
from reported_losses.intake.report_text.reading import EXACT, Found, Reading
from reported_losses.intake.report_text.report import Figure, Problem, ReportText, Shape, UnreadLine
from reported_losses.intake.report_text.sentences import (
    other_reporter,
    read_sentences,
    tells_of_losses,
)

__all__ = ["Figure", "Problem", "ReportText", "UnreadLine", "read_report"]

MAX_TEXT = 200_000
"""Most characters that a reader of the page sees; a report has about a thousand."""

MAX_TAGS = 100_000
"""Most tags of a page."""

_FEWEST = 3


def read_report(
    data: bytes, *, labels: Labels | None = None, day: dt.date | None = None
) -> ReportText:
    """Read the figures of a General Staff report from its text or its page.

    Reads the General Staff's list in its shapes since 2022 (English, Ukrainian or both; plain
    text or HTML), and the sentences in which news agencies give it. It never guesses: what looks
    like a figure and cannot be read without doubt is listed.

    Args:
        data: The text or page, UTF-8 or UTF-16.
        labels: What labels mean; by default the tables that the package holds.
        day: Day of the report, if the caller knows it. Used only for labels that meant something
            else on other days, and only where the text states no day.

    Returns:
        The report. No input raises an error; what is wrong with it is in `problems`.

    >>> report = read_report("2023-02-22<p>tanks &ndash; 3334 (+8),</p>".encode())
    >>> report.report_date, report.shape
    (datetime.date(2023, 2, 22), 'text')
    >>> report.figures
    (Figure(category='tanks', total=3334, increment=8, qualifier='exact', line=1),)
    """
    labels = labels or default_labels()
    page = _page(data)
    if isinstance(page, Problem):
        return ReportText(None, None, problems=(page,))
    stated, problems = stated_day(page, labels, _end_of_figures(page, labels))
    reading = Reading(page, labels, stated or day)
    _read(reading)
    return _report(reading, stated, problems)


def _page(data: bytes) -> Page | Problem:
    text = decode(data)
    if isinstance(text, Problem):
        return text
    tags = text.count("<")
    if tags > MAX_TAGS:
        return problem("too-large", f"{tags:,} tags; at most {MAX_TAGS:,} were expected")
    page = read_page(text)
    if len(page.text) > MAX_TEXT:
        detail = f"{len(page.text):,} characters; at most {MAX_TEXT:,} were expected"
        return problem("too-large", detail)
    return page


def _end_of_figures(page: Page, labels: Labels) -> int:
    """Return where the last figure ends; the day matters only for what some labels mean."""
    reading = Reading(page, labels, None)
    _read(reading)
    places = [found.span for found in reading.found] + reading.seen
    return max((end for _, end in places), default=0)


def _read(reading: Reading) -> None:
    read_entries(reading)
    read_lines(reading)
    listed = list_of(reading)
    read_sentences(reading)
    leave_daily(reading)
    leave_rest(reading, listed)


def _report(reading: Reading, stated: dt.date | None, problems: list[Problem]) -> ReportText:
    found = sorted(reading.found, key=lambda one: one.span)
    if other_reporter(reading):
        problems.append(problem("other-reporter"))
        found = []
    elif not _is_report(reading):
        problems.append(problem("no-report"))
        for one in found:
            reading.leave(one.span, "alone it is no report")
        found = []
    figures, contradictions = without_doubles(one.figure for one in found)
    unread = tuple(line for _, line in sorted(reading.unread.items()))
    shape = _shape(found) if figures else None
    return ReportText(stated, shape, tuple(figures), unread, (*problems, *contradictions))


def _is_report(reading: Reading) -> bool:
    """Return whether figures are a report: printed as only reports are, or told as losses."""
    figures = [found.figure for found in reading.found]
    if any(found.shape == "sentence" for found in reading.found):
        return tells_of_losses(reading)
    printed = any(figure.increment is not None or figure.qualifier != EXACT for figure in figures)
    several = len({figure.category for figure in figures}) >= _FEWEST
    return printed or (several and tells_of_losses(reading))


def _shape(found: list[Found]) -> Shape:
    return "sentence" if any(one.shape == "sentence" for one in found) else "text"
