"""The Russian Ministry of Defence's totals as news pages quote them, one page for a day.

A page names all categories, or the few that it needs. Where it does not give its day, upstream
inferred one. A row of which only the month is known is left out: a total without a day has no
place in a series.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from reported_losses.intake.other_reporters.figure import Figure
from reported_losses.intake.other_reporters.upstream import Upstream
from reported_losses.intake.text import clean, web_address
from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.intake.upstream_values import optional_count

RECORD = "ru-mod-quoted"
SUBJECT = "ukraine"
FILE = Path("russian-mod", "totals_from_pages.csv")
CATEGORIES = (
    "aircraft",
    "helicopters",
    "uavs",
    "surface-to-air-missile-systems",
    "tanks-and-armoured-vehicles",
    "mlrs",
    "field-artillery-and-mortars",
    "special-military-vehicles",
)
HEADER = ("date", "date_precision", *CATEGORIES, "url", "note")
PRECISIONS = ("day", "inferred")
MONTH_ONLY = "month-inferred"

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def read(upstream: Upstream) -> list[Figure]:
    """Read the record.

    Args:
        upstream: The files; `left_out` takes a line for each row without a day.

    Returns:
        Figures in the order of the file.

    Raises:
        UpstreamError: The file does not have the known form; the message says where.
    """
    path = upstream.folder / FILE
    days: set[dt.date] = set()
    figures: list[Figure] = []
    for location, row in csv_rows(path, HEADER, clean=clean):
        if row["date_precision"] == MONTH_ONLY:
            upstream.left_out.append(_without_day(location, row))
            continue
        found = _figures(upstream, location, row)
        date = found[0].date
        if date in days:
            raise location.error(f"has a second page for {date}")
        days.add(date)
        figures += found
    if not figures:
        raise Location(path).error("holds no figures")
    return figures


def _figures(upstream: Upstream, location: Location, row: dict[str, str]) -> list[Figure]:
    date = upstream.day(location, row["date"])
    precision = row["date_precision"]
    if precision not in PRECISIONS:
        known = ", ".join((*PRECISIONS, MONTH_ONLY))
        raise location.error(f"has the date_precision {precision!r}; known are {known}")
    page = web_address(location, row["url"])
    if page is None:
        raise location.error(f"names no page for {date}; the address of one was expected")
    figures = [
        Figure(SUBJECT, category, date, total, RECORD, page=page, precision=precision)
        for category in CATEGORIES
        if (total := optional_count(location, category, row[category])) is not None
    ]
    if not figures:
        raise location.error(f"has no total for {date}; at least one was expected")
    return figures


def _without_day(location: Location, row: dict[str, str]) -> str:
    if not _MONTH.fullmatch(row["date"]):
        problem = f"has {row['date']!r} with the date_precision {MONTH_ONLY}; YYYY-MM was expected"
        raise location.error(problem)
    return f"{location.path.name}, {location.position}: {row['date']}, only the month is known"
