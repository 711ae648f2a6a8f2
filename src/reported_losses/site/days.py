"""The pages of report days: an HTML and a JSON file for each, and the calendar."""

from __future__ import annotations

import datetime as dt
import json

from reported_losses.release.source import Files
from reported_losses.site.calendar_page import calendar_page
from reported_losses.site.day import facts
from reported_losses.site.day_data import DayData, day_data
from reported_losses.site.day_page import day_page


def day_files() -> Files:
    """Return the pages of all report days of the installed dataset.

    Returns:
        The bytes of each file by its name in the site: `days/<day>.html`, `days/<day>.json` and
        `days/index.html`. The same data gives the same bytes.
    """
    return files_of(day_data())


def files_of(data: DayData) -> Files:
    """Return the pages of all days of some data.

    Args:
        data: What the pages are made from.
    """
    by_day = {day: facts(data, day) for day in data.days}
    files = {"days/index.html": calendar_page(by_day, _told(data))}
    for day, said in by_day.items():
        files[f"days/{day}.html"] = day_page(said)
        written = json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        files[f"days/{day}.json"] = f"{written}\n".encode()
    return files


def _told(data: DayData) -> dict[dt.date, str]:
    """Return for each day of a statement of whose losses one is, as the explorer shows them."""
    return {
        day: "russia" if row["about"] == "both" else row["about"]
        for (day,), rows in data.groups["statements"].items()
        for row in rows[:1]
    }
