"""Oryx's lists of visually confirmed losses, both sides, as united from their versions.

The record has a row for a type only on days on which a version of the list changed it. What it
has is stored; what lies between is not filled, because nobody can tell a day without change
from a day on which nobody looked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reported_losses.intake import curated_files, upstream
from reported_losses.intake.readings import WAR_BEGAN
from reported_losses.intake.upstream import fault

REPORTER = "oryx"
RECORD = "oryx-data"
FILE = Path("oryx", "daily_count.csv")
STATUSES = ("destroyed", "abandoned", "captured", "damaged")
HEADER = ("country", "equipment_type", "recorded_on", *STATUSES, "type_total")
SUBJECTS = {"Russia": "russia", "Ukraine": "ukraine"}
# Shorter silences cannot be told from days without change; in these the lists surely changed.
SILENCE = 7


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """One figure of the list, with what became of the items.

    Attributes:
        subject: Whose losses.
        category: Slug of the kind of equipment.
        date: Day of the version.
        total: Items listed.
        statuses: Items by status, in the order of `STATUSES`.
        note: What is odd about the figure.
    """

    subject: str
    category: str
    date: dt.date
    total: int
    statuses: tuple[int, ...]
    note: str = ""


def read(folder: Path, curated: Path = curated_files.FOLDER) -> list[Listed]:
    """Read the record.

    Args:
        folder: Folder of the upstream files.
        curated: Folder of the curated files: names of equipment over time, odd figures.

    Returns:
        Figures in order. What the record has for days before the war, all zero, is left out.

    Raises:
        UpstreamError: The file is not in the form known; the message gives the place.
    """
    path = folder / FILE
    names = _Names(curated)
    notes = {
        (row["subject"], row["category"], row["date"]): row["note"]
        for row in curated_files.rows("oryx_notes", curated)
    }
    listed: dict[tuple[str, str, dt.date], Listed] = {}
    for place, row in upstream.csv_rows(path, HEADER):
        date = _date(path, place, row["recorded_on"])
        statuses = tuple(upstream.count(path, place, name, row[name]) for name in STATUSES)
        total = upstream.count(path, place, "type_total", row["type_total"])
        if date < WAR_BEGAN:
            if total or any(statuses):
                raise fault(path, place, f"counts losses on {date}, before {WAR_BEGAN}")
            continue
        if row["country"] not in SUBJECTS:
            problem = f"has the country {row['country']!r}; known are {', '.join(SUBJECTS)}"
            raise fault(path, place, problem)
        subject = SUBJECTS[row["country"]]
        category = names.category(path, place, subject, row["equipment_type"], date)
        key = (subject, category, date)
        note = notes.get((subject, category, str(date)), "")
        figure = Listed(subject, category, date, total, statuses, note)
        # The versions of the list overlap, so that some rows stand twice, word for word.
        if listed.setdefault(key, figure) != figure:
            raise fault(path, place, f"has a second, other figure of {category} on {date}")
    if not listed:
        raise fault(path, "", "holds no figures")
    return sorted(listed.values())


class _Names:
    """Which category a name of Oryx's meant on a day."""

    def __init__(self, curated: Path) -> None:
        self._rows = curated_files.by(
            ("subject", "as_written"), curated_files.rows("oryx_names", curated)
        )

    def category(self, path: Path, place: str, subject: str, name: str, date: dt.date) -> str:
        known = self._rows.get((subject, name)) or self._rows.get(("", name), [])
        for row in known:
            if _within(row, date):
                return row["category"]
        problem = (
            f"has the equipment {name!r} on {date}, which curated/oryx_names.csv does not know"
        )
        raise fault(path, place, problem)


def _within(row: Mapping[str, str], date: dt.date) -> bool:
    return (row["first_day"] or "0") <= str(date) <= (row["last_day"] or "9")


def _date(path: Path, place: str, text: str) -> dt.date:
    """Read a date; the record begins on the day before the war."""
    if text == str(WAR_BEGAN - dt.timedelta(days=1)):
        return WAR_BEGAN - dt.timedelta(days=1)
    return upstream.report_date(path, place, text)


def silences(days: set[dt.date]) -> Iterator[dt.date]:
    """Yield the days of every stretch of at least `SILENCE` days between given ones."""
    ordered = sorted(days)
    for before, after in pairwise(ordered):
        if (after - before).days > SILENCE:
            for number in range(1, (after - before).days):
                yield before + dt.timedelta(days=number)
