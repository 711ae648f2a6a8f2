"""Oryx's lists of visually confirmed losses of both sides, united from their versions.

The record has a row for a type only on days on which a version of the list changed it. Only
these rows are stored. Nothing is filled in between, because a day without a change cannot be
told from a day on which nobody looked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.intake import curated_files
from reported_losses.intake.other_reporters.figure import Figure
from reported_losses.intake.other_reporters.upstream import Upstream
from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.intake.upstream_values import count
from reported_losses.parsing.intervals import DAY, days_between

REPORTER = "oryx"
RECORD = "oryx-data"
FILE = Path("oryx", "daily_count.csv")
STATUSES = ("destroyed", "abandoned", "captured", "damaged")
HEADER = ("country", "equipment_type", "recorded_on", *STATUSES, "type_total")
SUBJECTS = {"Russia": "russia", "Ukraine": "ukraine"}
# A shorter silence may be a time without changes; in a longer one the lists surely changed.
SILENCE = 7


def read(upstream: Upstream) -> list[Figure]:
    """Read the record.

    Args:
        upstream: The files; the curated ones name equipment over time, and unusual figures.

    Returns:
        Figures in order. The zeros that the record has for days before the war are left out.

    Raises:
        UpstreamError: The file does not have the known form; the message says where.
    """
    path = upstream.folder / FILE
    names = _Names(upstream.curated)
    notes = {
        (row["subject"], row["category"], row["date"]): row["note"]
        for row in curated_files.rows("oryx_notes", upstream.curated)
    }
    figures: dict[tuple[str, str, dt.date], Figure] = {}
    for location, row in csv_rows(path, HEADER):
        date = _date(upstream, location, row["recorded_on"])
        statuses = tuple((name, count(location, name, row[name])) for name in STATUSES)
        total = count(location, "type_total", row["type_total"])
        if date < WAR_BEGAN:
            if total or any(items for _, items in statuses):
                raise location.error(f"counts losses on {date}, before {WAR_BEGAN}")
            continue
        if row["country"] not in SUBJECTS:
            problem = f"has the country {row['country']!r}; known are {', '.join(SUBJECTS)}"
            raise location.error(problem)
        subject = SUBJECTS[row["country"]]
        category = names.category(location, subject, row["equipment_type"], date)
        note = notes.get((subject, category, str(date)), "")
        figure = Figure(subject, category, date, total, RECORD, statuses=statuses, note=note)
        # The versions of the list overlap, so some rows are in the file twice, word for word.
        if figures.setdefault((subject, category, date), figure) != figure:
            raise location.error(f"has a second, different figure of {category} on {date}")
    if not figures:
        raise Location(path).error("holds no figures")
    return sorted(figures.values())


class _Names:
    """Which category a name that Oryx uses meant on a day."""

    def __init__(self, curated: Path) -> None:
        rows = curated_files.rows("oryx_names", curated)
        self._rows = curated_files.grouped(rows, "subject", "as_written")

    def category(self, location: Location, subject: str, name: str, date: dt.date) -> str:
        for row in self._rows.get((subject, name)) or self._rows.get(("", name), []):
            if _within(row, date):
                return row["category"]
        problem = (
            f"has the equipment {name!r} on {date}, which curated/oryx_names.csv does not know"
        )
        raise location.error(problem)


def _within(row: Mapping[str, str], date: dt.date) -> bool:
    return (row["first_day"] or "0") <= str(date) <= (row["last_day"] or "9")


def _date(upstream: Upstream, location: Location, text: str) -> dt.date:
    """Read a date; the record begins on the day before the war."""
    return WAR_BEGAN - DAY if text == str(WAR_BEGAN - DAY) else upstream.day(location, text)


def gaps(own: set[dt.date], subject: set[dt.date]) -> Iterable[dt.date]:
    """Return the days to declare as gaps of a series: more than `SILENCE` days without a row.

    Args:
        own: Days of the series.
        subject: Days on which any series of the same subject has a row.
    """
    return [
        day
        for before, after in pairwise(sorted(subject))
        if (after - before).days > SILENCE
        for day in days_between(before + DAY, after - DAY)
        if min(own) < day <= max(own)
    ]
