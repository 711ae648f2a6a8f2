"""The Russian Ministry of Defence's briefings of 2022, as upstream parsed them.

Its categories are its own: tanks and other armoured vehicles are one category, field artillery
and mortars another. A briefing names only some of them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reported_losses.intake.other_reporters.figure import Figure
from reported_losses.intake.other_reporters.upstream import Upstream
from reported_losses.intake.text import web_address
from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.intake.upstream_values import count

RECORD = "ru-mod-briefings"
SUBJECT = "ukraine"
FILE = Path("russian-mod", "claims.csv")
HEADER = ("report_date", "category", "total", "url")
CATEGORIES = {
    "aircraft": "aircraft",
    "helicopters": "helicopters",
    "uav": "uavs",
    "surface-to-air-missile-systems": "surface-to-air-missile-systems",
    "tanks-and-armoured-vehicles": "tanks-and-armoured-vehicles",
    "mlrs": "mlrs",
    "field-artillery-and-mortars": "field-artillery-and-mortars",
    "special-military-vehicles": "special-military-vehicles",
}


def read(upstream: Upstream) -> list[Figure]:
    """Read the record.

    Returns:
        Figures in the order of the file.

    Raises:
        UpstreamError: The file does not have the known form; the message says where.
    """
    path = upstream.folder / FILE
    figures: dict[tuple[str, dt.date], Figure] = {}
    pages: dict[dt.date, str] = {}
    for location, row in csv_rows(path, HEADER):
        if row["category"] not in CATEGORIES:
            problem = f"has the category {row['category']!r}; known are {', '.join(CATEGORIES)}"
            raise location.error(problem)
        category = CATEGORIES[row["category"]]
        date = upstream.day(location, row["report_date"])
        if (category, date) in figures:
            raise location.error(f"has a second figure of {category} on {date}")
        url = web_address(location, row["url"]) or ""
        if pages.setdefault(date, url) != url:
            raise location.error(f"names a second page for the briefing of {date}")
        total = count(location, "total", row["total"])
        figures[category, date] = Figure(SUBJECT, category, date, total, RECORD, url)
    if not figures:
        raise Location(path).error("holds no figures")
    return list(figures.values())
