"""The Russian Ministry of Defence's totals of Ukrainian losses, as its briefings gave them.

Its categories are its own: tanks and other armoured vehicles are one, guns and mortars another.
A briefing names only some of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from reported_losses.intake import text as prose
from reported_losses.intake import upstream
from reported_losses.intake.upstream import fault

REPORTER = "ru-mod"
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


@dataclass(frozen=True, slots=True, order=True)
class Claimed:
    """One figure of one briefing.

    Attributes:
        category: Slug of the kind of equipment.
        date: Day of the briefing.
        total: Items claimed since the war began.
        url: Page of the briefing.
    """

    category: str
    date: dt.date
    total: int
    url: str


def read(folder: Path) -> list[Claimed]:
    """Read the record.

    Args:
        folder: Folder of the upstream files.

    Raises:
        UpstreamError: The file is not in the form known; the message gives the place.
    """
    path = folder / FILE
    claimed: dict[tuple[str, dt.date], Claimed] = {}
    pages: dict[dt.date, str] = {}
    for place, row in upstream.csv_rows(path, HEADER):
        if row["category"] not in CATEGORIES:
            problem = f"has the category {row['category']!r}; known are {', '.join(CATEGORIES)}"
            raise fault(path, place, problem)
        category = CATEGORIES[row["category"]]
        date = upstream.report_date(path, place, row["report_date"])
        if (category, date) in claimed:
            raise fault(path, place, f"has a second figure of {category} on {date}")
        url = prose.address(path, place, row["url"]) or ""
        if pages.setdefault(date, url) != url:
            raise fault(path, place, f"names a second page for the briefing of {date}")
        total = upstream.count(path, place, "total", row["total"])
        claimed[category, date] = Claimed(category, date, total, url)
    if not claimed:
        raise fault(path, "", "holds no figures")
    return sorted(claimed.values())
