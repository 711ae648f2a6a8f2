"""The calendar of report days: one table per month, each day with a report a link to its page."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reported_losses.loading.chart_words import with_article
from reported_losses.release.addresses import BASE
from reported_losses.site.html import About, number, page, style, text
from reported_losses.site.page_words import MONTHS, long_day, period

Row = dict[str, Any]
_NONE = "<td></td>"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class _Days:
    """What is shown of the days.

    Attributes:
        held: What `day.facts` says of each day with a report.
        missing: The days in between, as texts.
        usual: The reporter with most days, which goes without saying.
        told: For days of statements, of which subject one is.
    """

    held: Mapping[dt.date, Row]
    missing: Sequence[str]
    usual: str
    told: Mapping[dt.date, str]


def calendar_page(days: Mapping[dt.date, Row], told: Mapping[dt.date, str]) -> bytes:
    """Return the page with every report day, the newest month first.

    Args:
        days: What `day.facts` says of each day with a report.
        told: For each day with a statement, of whose losses one is. A day without a report has no
            page, so such a day leads to its statements in the explorer.
    """
    shown = _Days(days, _missing(days), _usual(days.values()), told)
    months = sorted({(day.year, day.month) for day in _months(min(days), max(days))}, reverse=True)
    years = sorted({year for year, _ in months}, reverse=True)
    ways = " ".join(f'<a href="#y{year}">{year}</a>' for year in years)
    span = period(str(min(days)), str(max(days)))
    parts = [
        "<h1>Report days</h1>",
        f"<p>{number(len(days))} days with a report, {span}. {_without(shown.missing)}</p>",
        f'<p>Newest: <a href="{max(days)}.html">{long_day(str(max(days)))}</a>.</p>',
        _legend(shown),
        f'<nav aria-label="Years">{ways}</nav>',
    ]
    for year in years:
        tables = "\n".join(_month(shown, *month) for month in months if month[0] == year)
        parts.append(f'<h2 id="y{year}">{year}</h2>\n<div class="months">{tables}</div>')
    about = About(
        "Report days: losses as reported",
        f"Every day with a report of losses in the Russia-Ukraine war, {span}.",
        f"{BASE}/days/index.html",
    )
    return page(about, "\n".join(parts), depth=1, style=style())


def _months(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day + dt.timedelta(days=32)).replace(day=1)


def _missing(days: Mapping[dt.date, Row]) -> list[str]:
    first, last = min(days), max(days)
    every = (first + dt.timedelta(days=step) for step in range((last - first).days))
    return [str(day) for day in every if day not in days]


def _without(missing: Sequence[str]) -> str:
    """Say which days have no report."""
    if not missing:
        return "No day in between is without one."
    return f"No report is known of these days, which are struck through: {', '.join(missing)}."


def _legend(days: _Days) -> str:
    held, usual = days.held.values(), days.usual
    names = {count["reporter"]: count["name"] for day in held for count in day["counts"]}
    signs = [
        f"{_letters(one)}: {with_article(name)} reported as well"
        for one, name in sorted(names.items())
        if one != usual
    ]
    if any(_lacks(day, usual) for day in held):
        signs.append(f"no {_letters(usual)}: {with_article(names[usual])} did not report")
    if any(day in days.told for day in map(dt.date.fromisoformat, days.missing)):
        signs.append("said: no report, but a statement, which the explorer shows")
    signs.append("▲: a figure was corrected, or does not fit the day before")
    return (
        f'<p class="soft">Below a day, {text("; ".join(signs))}. '
        f"A day without a sign has the report of {text(with_article(names[usual]))} alone.</p>"
    )


def _lacks(day: Row, reporter: str) -> bool:
    return all(count["reporter"] != reporter for count in day["counts"])


def _usual(days: Iterable[Row]) -> str:
    """Return the reporter with most days, which goes without saying."""
    reporters = ({count["reporter"] for count in day["counts"]} for day in days)
    held: Counter[str] = Counter(one for each in reporters for one in each)
    return min(sorted(held), key=lambda one: -held[one])


def _letters(reporter: str) -> str:
    """Return what stands for a reporter in the calendar.

    >>> _letters("ua-general-staff"), _letters("ru-mod"), _letters("oryx")
    ('UA', 'RU', 'OR')
    """
    return reporter[:2].upper()


def _month(days: _Days, year: int, month: int) -> str:
    header = "".join(f'<th scope="col" abbr="{name}">{name[:2]}</th>' for name in _WEEKDAYS)
    weeks = "".join(
        f"<tr>{''.join(_cell(days, day) if day.month == month else _NONE for day in week)}</tr>"
        for week in calendar.Calendar().monthdatescalendar(year, month)
    )
    return (
        f'<table class="month" id="m{year}-{month:02}">'
        f"<caption>{MONTHS[month - 1]} {year}</caption>"
        f"<thead><tr>{header}</tr></thead><tbody>{weeks}</tbody></table>"
    )


def _cell(days: _Days, day: dt.date) -> str:
    said = days.held.get(day)
    if said is None:
        return _without_report(days, day) if str(day) in days.missing else _NONE
    reporters = dict.fromkeys(one["reporter"] for one in said["counts"])
    signs = [_letters(one) for one in reporters if one != days.usual]
    signs += [f"no {_letters(days.usual)}"] if _lacks(said, days.usual) else []
    signs += ["▲"] if any(one["corrections"] for one in said["counts"]) else []
    shown = f"<i>{' '.join(signs)}</i>" if signs else ""
    return f'<td><a href="{day}.html">{day.day}{shown}</a></td>'


def _without_report(days: _Days, day: dt.date) -> str:
    if day not in days.told:
        return f"<td><s>{day.day}</s></td>"
    there = f"../index.html#view=statements&subject={days.told[day]}&from={day}&to={day}"
    return f'<td><a href="{text(there)}"><s>{day.day}</s><i>said</i></a></td>'
