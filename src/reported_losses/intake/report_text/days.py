"""The day of a report, as far as its text states one.

Counted are the end of the period that the totals cover, `as of` and `reported on`, and an ISO date
that is a whole line. A day without its year is none: the year would be a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.intake.report_text.labels import Labels
from reported_losses.intake.report_text.markup import Page
from reported_losses.intake.report_text.problems import problem
from reported_losses.intake.report_text.report import Problem

_NUMERIC = r"(?P<d>[0-9]{1,2})[./](?P<m>[0-9]{1,2})[./](?P<y>(?:20)?[0-9]{2})(?![0-9])"
_ISO = r"(?P<y>20[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![0-9])"


@dataclass(frozen=True, slots=True)
class _Stated:
    place: int
    hedged: bool
    line: int
    written: str
    day: dt.date | None


def stated_day(page: Page, labels: Labels, end: int) -> tuple[dt.date | None, list[Problem]]:
    """Return the day that a text states; None with a problem if it states several.

    Args:
        page: The text.
        labels: The words for months.
        end: Where the last figure ends. `As of` behind it is told of something else.
    """
    stated = [one for one in _stated(page, labels) if one.place < end or not one.hedged]
    wrong = [one for one in stated if not one.day][:1]
    problems = [problem("impossible-date", f"{one.written!r}", one.line) for one in wrong]
    days = {one.day: one for one in reversed(stated) if one.day}
    if len(days) > 1:
        named = ", ".join(str(day) for day in sorted(days))
        line = max(one.line for one in days.values())
        problems.append(problem("contradictory-dates", named, line))
    return (min(days) if len(days) == 1 else None), problems


def _stated(page: Page, labels: Labels) -> Iterator[_Stated]:
    for match in _patterns(labels).finditer(page.low):
        groups = {name: text for name, text in match.groupdict().items() if text and name != "asof"}
        year, month, day = (_part(groups, part) for part in "ymd")
        if not month.isdigit():
            month = labels.value("month", month)
        found, place = _day(year, month, day), match.start()
        hedged = match["asof"] is not None
        yield _Stated(place, hedged, page.line(place), match[0].strip()[-40:], found)


def _part(groups: dict[str, str], part: str) -> str:
    return next(text for name, text in groups.items() if name[0] == part)


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        found = dt.date(int(year) % 100 + 2000, int(month), int(day))
    except ValueError:
        return None
    return found if found >= WAR_BEGAN else None


def _patterns(labels: Labels) -> re.Pattern[str]:
    """Return the pattern of all statements of a day; groups `y`, `m`, `d` and a number each."""
    month = rf"(?P<m>{labels.words('month')})\.?"
    forms = (
        _NUMERIC,
        _ISO,
        rf"{month} (?P<d>[0-9]{{1,2}}),? (?P<y>20[0-9]{{2}})",
        rf"(?P<d>[0-9]{{1,2}}) {month},? (?P<y>20[0-9]{{2}})",
    )
    february = rf"(?:{labels.words('month')})\.?"
    began = (
        r"(?:24[./]0?2(?:[./](?:20)?22)?"
        rf"|(?:{february} 24|24 {february})(?:,? 2022)?)(?: ?{labels.words('year')})?"
    )
    ended = rf"\b{began},?[ \t]{{0,3}}(?:{labels.words('until')}|-)[ \t]{{1,3}}"
    kinds = [ended + form for form in forms] + [rf"^[ \t]*{_ISO}[ \t]*$"]
    named = _numbered(forms, "a")
    parts = [rf"(?P<asof>\b{labels.words('as-of')})[ \t]{{1,3}}(?:{named})", _numbered(kinds, "b")]
    return re.compile("|".join(parts), re.MULTILINE)


def _numbered(forms: Iterable[str], kind: str) -> str:
    """Return the pattern of any of the forms; each has groups of its own."""
    return "|".join(
        re.sub(r"\?P<([ymd])>", rf"?P<\g<1>{kind}{number}>", form)
        for number, form in enumerate(forms)
    )
