"""The calendar of report days: one table per month, each day with a report a link to its page."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from reported_losses.site.day_page import MONTHS, long_day
from reported_losses.site.html import listed, number, page, style, text

Row = dict[str, Any]
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def calendar_page(days: Mapping[dt.date, Row]) -> bytes:
    """Return the page with every report day.

    Args:
        days: What `day.facts` says of each day with a report, in order of day.
    """
    first, last = min(days), max(days)
    months = [(day.year, day.month) for day in _months(first, last)]
    years = sorted({year for year, _ in months}, reverse=True)
    parts = [
        "<h1>Report days</h1>",
        f"<p>Every day with a report, {long_day(str(first))} to {long_day(str(last))}: "
        f"{number(len(days))} days. {_without(days)}</p>",
        _legend(days.values()),
        f'<nav aria-label="Years">{" ".join(f"<a href=#y{year}>{year}</a>" for year in years)}</nav>',
    ]
    for year, of in groupby(reversed(months), key=lambda month: month[0]):
        tables = "\n".join(_month(days, *month, first, last) for month in of)
        parts.append(f'<h2 id="y{year}">{year}</h2>\n<div class="months">{tables}</div>')
    return page("Report days: losses as reported", "\n".join(parts), depth=1, style=style())


def _months(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day + dt.timedelta(days=32)).replace(day=1)


def _without(days: Mapping[dt.date, Row]) -> str:
    """Say which days between the first and the last have no report."""
    first, last = min(days), max(days)
    every = (first + dt.timedelta(days=step) for step in range((last - first).days))
    missing = [str(day) for day in every if day not in days]
    if not missing:
        return "There is no day without one in between."
    return f"No report is known of these days, which are struck through: {', '.join(missing)}."


def _legend(days: Iterable[Row]) -> str:
    names = {count["reporter"]: count["name"] for day in days for count in day["counts"]}
    items = [f"{_letters(one)}: {text(name)} reported" for one, name in sorted(names.items())]
    return listed([*items, "▲: a figure was corrected, or does not fit the day before"], "soft")


def _letters(reporter: str) -> str:
    """Return what stands for a reporter in the calendar.

    >>> _letters("ua-general-staff"), _letters("ru-mod"), _letters("oryx")
    ('UA', 'RU', 'OR')
    """
    return reporter[:2].upper()


def _month(
    days: Mapping[dt.date, Row], year: int, month: int, first: dt.date, last: dt.date
) -> str:
    header = "".join(
        f'<th scope="col" abbr="{name}">{name[:2]}</th>' for name in _WEEKDAYS
    )
    weeks = "".join(
        f"<tr>{''.join(_cell(days, day, month, first, last) for day in week)}</tr>"
        for week in calendar.Calendar().monthdatescalendar(year, month)
    )
    return (
        f'<table class="month" id="m{year}-{month:02}"><caption>{MONTHS[month - 1]} {year}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{weeks}</tbody></table>"
    )


def _cell(
    days: Mapping[dt.date, Row], day: dt.date, month: int, first: dt.date, last: dt.date
) -> str:
    if day.month != month:
        return "<td></td>"
    if day not in days:
        words = f"<span>{day.day}</span>" if first < day < last else ""
        return f"<td>{words}</td>"
    counts = days[day]["counts"]
    marks = " ".join(dict.fromkeys(_letters(one["reporter"]) for one in counts))
    marks += " ▲" if any(one["corrections"] for one in counts) else ""
    return f'<td><a href="{day}.html">{day.day}<i>{marks}</i></a></td>'
