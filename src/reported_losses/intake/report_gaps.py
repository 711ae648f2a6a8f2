"""What a report lacks: categories that its reporter counts, and days that were jumped over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from reported_losses.intake.general_staff.readings import REPORTER
from reported_losses.intake.report_text.report import Figure
from reported_losses.intake.tables import Row
from reported_losses.parsing.intervals import days_in, format_intervals

_NAMED = 5


def lacking(
    figures: Iterable[Figure], series: Iterable[Row], record: Row, day: dt.date
) -> tuple[str, ...]:
    """Return the categories that the reporter counts on a day and that a report lacks.

    Args:
        figures: The figures of the report.
        series: Rows of `series`, before the report is added.
        record: Row of the record that the report belongs to.
        day: Day of the report.

    Returns:
        The categories in order. Left out are those of which a gap is declared on the day, and
        series that have ended and of which the record never had a figure: some early figures
        stood elsewhere than in the text.
    """
    used = set(record["categories"].split())
    there, text = {figure.category for figure in figures}, day.isoformat()
    return tuple(
        sorted(
            row["category"]
            for row in series
            if row["reporter"] == REPORTER
            and row["category"] not in there
            and (not row["last_report"] or row["category"] in used)
            and row["first_report"] <= text <= (row["last_report"] or text)
            and day not in days_in(row["gaps"])
        )
    )


def declared(old: Iterable[Row], new: Iterable[Row]) -> Iterator[str]:
    """Say which days become gaps of the reporter's series, and of how many of them.

    Args:
        old: Rows of `series` as they are.
        new: Rows of `series` from now on.

    Yields:
        A line for each set of days.
    """
    before = {row["category"]: row["gaps"] for row in old if row["reporter"] == REPORTER}
    grown: dict[str, list[str]] = {}
    for row in new:
        if row["reporter"] == REPORTER and row["gaps"] != before.get(row["category"], ""):
            days = set(days_in(row["gaps"])) - set(days_in(before.get(row["category"], "")))
            if days:
                grown.setdefault(format_intervals(days), []).append(row["category"])
    for days_text, categories in sorted(grown.items()):
        several = len(categories) > _NAMED
        where = f"{len(categories)} categories" if several else ", ".join(sorted(categories))
        yield f"gap declared: {days_text}: the tables have no figure of {where}"
