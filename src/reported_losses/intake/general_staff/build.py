"""From readings to the tables of the General Staff.

`readings` and `records` in, `loss_counts` and the amounts of `corrections` out: nothing else
is needed, so anyone can recompute the published figures from the published evidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reported_losses.intake.general_staff import (
    corrections as breaks,
)
from reported_losses.intake.general_staff import (
    decide as evidence,
)
from reported_losses.intake.general_staff import (
    dissent as silence,
)
from reported_losses.intake.general_staff.corrections import Break
from reported_losses.intake.general_staff.decide import Figure
from reported_losses.intake.general_staff.dissent import Coverage
from reported_losses.intake.readings import (
    REPORTER,
    SUBJECT,
    WAR_BEGAN,
    Cell,
    Reading,
    days_between,
    days_in,
    intervals,
)
from reported_losses.intake.tables import Row

SERIES = {"reporter": REPORTER, "subject": SUBJECT}

# The report prints "about" (близько) before the personnel total and before nothing else.
HEDGED = {"personnel": "about"}

# The first reports say, in their pages' titles, for how many days they count: up to the day
# before. Later ones say "from 24.02.22 to" their own date.
PERIOD_ENDS = {
    dt.date(2022, 2, 27): dt.date(2022, 2, 26),
    dt.date(2022, 2, 28): dt.date(2022, 2, 27),
    dt.date(2022, 3, 2): dt.date(2022, 3, 1),
}


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided.

    Attributes:
        figures: One figure for each cell that a voting record holds.
        breaks: The contradictions between them and their increments.
    """

    figures: Mapping[Cell, Figure]
    breaks: Sequence[Break]


def decide(readings: Iterable[Reading], records: Iterable[Row]) -> Decisions:
    """Decide figures and breaks from kept readings, as they stand in the tables.

    Args:
        readings: Readings of the General Staff's figures.
        records: Rows of `records`.

    Returns:
        The decisions; equal for every order of the readings.
    """
    readings = list(readings)
    records = [row for row in records if row["reporter"] == REPORTER]
    voting = {row["record"] for row in records if row["votes"] == "true"}
    silent = [coverage(row) for row in records if row["kept"] == "dissent"]
    voices = silence.complete((r for r in readings if r.record in voting), silent)
    figures = evidence.decide(voices)
    return Decisions(figures, breaks.find(figures, readings))


def coverage(row: Row) -> Coverage:
    """Read the cells a record speaks for from its row in `records`."""
    return Coverage(
        record=row["record"],
        first_day=dt.date.fromisoformat(row["first_day"]),
        last_day=dt.date.fromisoformat(row["last_day"]),
        gaps=frozenset(days_in(row["gaps"])),
        categories=frozenset(row["categories"].split()),
    )


def covered(row: Row, readings: Iterable[Reading]) -> Row:
    """Return a row of `records` with the days and categories its readings cover."""
    cells = [r.cell for r in readings if r.total is not None]
    days = {cell.date for cell in cells}
    first, last = min(days), max(days)
    return row | {
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "gaps": intervals(set(days_between(first, last)) - days),
        "categories": " ".join(sorted({cell.category for cell in cells})),
    }


def reading_row(reading: Reading) -> Row:
    """Write a reading as a row of `readings`."""
    return {
        "record": reading.record,
        **SERIES,
        **_cell(reading.cell),
        "total": _number(reading.total),
        "increment": _number(reading.increment),
        "correction": _number(reading.correction),
        "qualifier": reading.qualifier or "",
        "note": reading.note or "",
    }


def reading_from(row: Row) -> Reading:
    """Read back what `reading_row` wrote."""
    return Reading(
        record=row["record"],
        cell=Cell(row["category"], dt.date.fromisoformat(row["report_date"])),
        total=_optional(row["total"]),
        increment=_optional(row["increment"]),
        correction=_optional(row["correction"]),
        qualifier=row["qualifier"] or None,
        note=row["note"] or None,
    )


def loss_count_rows(decisions: Decisions, readings: Iterable[Reading], today: str) -> list[Row]:
    """Write the figures as rows of `loss_counts`, first held `today`."""
    hedges = {r.cell: r.qualifier for r in readings if r.qualifier}
    return [
        {
            **SERIES,
            **_cell(cell),
            "total": str(figure.total),
            "increment": _number(figure.increment),
            "qualifier": hedges.get(cell) or HEDGED.get(cell.category, "exact"),
            "evidence": figure.evidence.value,
            "recorded_on": today,
        }
        for cell, figure in decisions.figures.items()
    ]


def correction_rows(decisions: Decisions, today: str) -> list[Row]:
    """Write the breaks as rows of `corrections`, first held `today`."""
    return [
        {
            **SERIES,
            **_cell(found.cell),
            "amount": str(found.amount),
            "kind": found.kind,
            "reason": found.reason,
            "source": found.source,
            "recorded_on": today,
        }
        for found in decisions.breaks
    ]


def report_rows(decisions: Decisions, pages: Mapping[dt.date, str], today: str) -> list[Row]:
    """Write one row of `reports` for each day that has a figure."""
    return [
        {
            "reporter": REPORTER,
            "report_date": day.isoformat(),
            "period_start": WAR_BEGAN.isoformat(),
            "period_end": PERIOD_ENDS.get(day, day).isoformat(),
            "url": pages.get(day, ""),
            "recorded_on": today,
        }
        for day in sorted({cell.date for cell in decisions.figures})
    ]


def series_row(row: Row, decisions: Decisions) -> Row:
    """Return a row of `series` with its first report and its gaps as the figures show them."""
    days = {cell.date for cell in decisions.figures if cell.category == row["category"]}
    if not days:
        return row
    last_report = max(cell.date for cell in decisions.figures)
    end = dt.date.fromisoformat(row["last_report"]) if row["last_report"] else last_report
    gaps = intervals(set(days_between(min(days), end)) - days)
    return row | {"first_report": min(days).isoformat(), "gaps": gaps}


def _cell(cell: Cell) -> Row:
    return {"category": cell.category, "report_date": cell.date.isoformat()}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _optional(text: str) -> int | None:
    return int(text) if text else None
