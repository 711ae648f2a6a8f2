"""From readings to rows of the General Staff's tables.

`readings` and `records` in; `loss_counts` and the amounts of `corrections` out. Nothing else is
needed, so anyone can recompute the published figures from the published evidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reported_losses.definition.dates import WAR_BEGAN, parse_date
from reported_losses.definition.schema import Package
from reported_losses.errors import DataError
from reported_losses.intake.general_staff.corrections import Correction, find_corrections
from reported_losses.intake.general_staff.decide import Choice, choose, rank
from reported_losses.intake.general_staff.dissent import Coverage, complete
from reported_losses.intake.general_staff.readings import REPORTER, SUBJECT, Cell, Reading
from reported_losses.intake.tables import Row, to_columns
from reported_losses.parsing.intervals import days_between, days_in, format_intervals
from reported_losses.validation.rules.evidence import evidence_of
from reported_losses.validation.rules.increments import increment_evidence_of
from reported_losses.validation.rules.independence import RecordOrigins

SERIES = {"reporter": REPORTER, "subject": SUBJECT}

# The titles of the first reports give the number of days they count: up to the day before.
# Later reports say "from 24.02.22 to" their own date.
PERIOD_ENDS = {
    dt.date(2022, 2, 27): dt.date(2022, 2, 26),
    dt.date(2022, 2, 28): dt.date(2022, 2, 27),
    dt.date(2022, 3, 2): dt.date(2022, 3, 1),
}


@dataclass(frozen=True, slots=True)
class Figure(Choice):
    """What was decided for one cell: the choice and what supports it.

    Attributes:
        evidence: What supports the total, a value of `loss_counts.evidence`.
        increment_evidence: Where the increment was read; empty without one.
    """

    evidence: str
    increment_evidence: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The figures and corrections that follow from the readings.

    Attributes:
        figures: One figure for each cell that a voting record holds.
        corrections: The contradictions between totals and printed increments.
    """

    figures: Mapping[Cell, Figure]
    corrections: Sequence[Correction]


def decide(package: Package, readings: Iterable[Reading], records: Iterable[Row]) -> Reconciliation:
    """Decide figures and corrections from the readings that `readings` keeps.

    Args:
        package: Descriptor of the package.
        readings: Readings of the General Staff's figures, in any order.
        records: Rows of `records`.
    """
    readings = list(readings)
    records = [row for row in records if row["reporter"] == REPORTER]
    voting = {row["record"] for row in records if row["votes"] == "true"}
    partly = [coverage(row) for row in records if row["kept"] == "dissent"]
    choices = choose(
        complete((r for r in readings if r.record in voting), partly),
        [r for r in readings if r.record not in voting],
        RecordOrigins(records).of,
    )
    figures = _with_evidence(package, choices, readings, records)
    return Reconciliation(figures, find_corrections(choices, readings))


def _with_evidence(
    package: Package,
    choices: Mapping[Cell, Choice],
    readings: Iterable[Reading],
    records: Iterable[Row],
) -> dict[Cell, Figure]:
    """Give every choice the evidence that the gate would demand of it."""
    rows = {
        "loss_counts": [
            {
                **SERIES,
                **_cell(choice.cell),
                "total": str(choice.total),
                "increment": _number(choice.increment),
            }
            for choice in choices.values()
        ],
        "readings": map(reading_row, readings),
        "records": records,
    }
    tables = {name: to_columns(package.table(name), of) for name, of in rows.items()}
    # Choices are in order of category and date, as figures of one series are in key order.
    kinds = zip(evidence_of(tables), increment_evidence_of(tables), strict=True)
    return {
        cell: Figure(
            cell=cell,
            total=choice.total,
            increment=choice.increment,
            votes=choice.votes,
            strength=choice.strength,
            printed=choice.printed,
            fits=choice.fits,
            evidence=evidence,
            increment_evidence=increment_evidence,
        )
        for (cell, choice), (evidence, increment_evidence) in zip(
            choices.items(), kinds, strict=True
        )
    }


def coverage(row: Row) -> Coverage:
    """Read the cells that a record covers from its row of `records`.

    Raises:
        DataError: The days of the row are not dates or not intervals.
    """
    try:
        return Coverage(
            record=row["record"],
            first_day=parse_date(row["first_day"]),
            last_day=parse_date(row["last_day"]),
            gaps=frozenset(days_in(row["gaps"])),
            categories=frozenset(row["categories"].split()),
        )
    except ValueError as error:
        msg = f"data/records.csv: {row['record']}: {error}; `reported-losses check` says where"
        raise DataError(msg) from None


def with_coverage(row: Row, readings: Iterable[Reading]) -> Row:
    """Return a row of `records` with the days and categories that its readings cover."""
    readings = list(readings)
    # A record without totals covers the cells of which it has increments.
    cells = [r.cell for r in readings if r.total is not None] or [r.cell for r in readings]
    days = {cell.date for cell in cells}
    first, last = min(days), max(days)
    return row | {
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "gaps": format_intervals(set(days_between(first, last)) - days),
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
        "stale": "true" if reading.stale else "",
        "source": reading.source or "",
        "note": reading.note or "",
    }


def reading_from(row: Row) -> Reading:
    """Read back what `reading_row` wrote."""
    return Reading(
        record=row["record"],
        cell=Cell(row["category"], parse_date(row["report_date"])),
        total=_optional(row["total"]),
        increment=_optional(row["increment"]),
        correction=_optional(row["correction"]),
        qualifier=row["qualifier"] or None,
        stale=row["stale"] == "true",
        source=row["source"] or None,
        note=row["note"] or None,
    )


def loss_count_rows(
    figures: Iterable[Figure], readings: Iterable[Reading], series: Iterable[Row]
) -> list[Row]:
    """Write figures as rows of `loss_counts`, `recorded_on` left out.

    Args:
        figures: The figures.
        readings: All readings; one that states a qualifier decides the figure's, that of the
            record that comes first in `RECORD_ORDER`.
        series: Rows of `series`, whose usual qualifier all other figures have.
    """
    hedging = sorted((r for r in readings if r.qualifier), key=lambda r: rank(r.record))
    hedges = {reading.cell: reading.qualifier for reading in reversed(hedging)}
    usual = {row["category"]: row["qualifier"] for row in series if row["reporter"] == REPORTER}
    return [
        {
            **SERIES,
            **_cell(figure.cell),
            "total": str(figure.total),
            "increment": _number(figure.increment),
            "qualifier": hedges.get(figure.cell) or usual[figure.cell.category],
            "evidence": figure.evidence,
            "increment_evidence": figure.increment_evidence,
        }
        for figure in figures
    ]


def correction_rows(corrections: Iterable[Correction]) -> list[Row]:
    """Write corrections as rows of `corrections`, `recorded_on` left out."""
    return [
        {
            **SERIES,
            **_cell(correction.cell),
            "amount": str(correction.amount),
            "kind": correction.kind,
            "reason": correction.reason,
            "source": correction.source,
        }
        for correction in corrections
    ]


def report_rows(
    cells: Iterable[Cell], pages: Mapping[dt.date, str], directions: Mapping[dt.date, str]
) -> list[Row]:
    """Write one row of `reports` for each day that has a figure, `recorded_on` left out.

    Args:
        cells: The cells that have a figure.
        pages: Web addresses of the reports, by date.
        directions: Where the reports say the losses of the day were greatest, by date.
    """
    return [
        {
            "reporter": REPORTER,
            "report_date": day.isoformat(),
            "report_date_precision": "day",
            "period_start": WAR_BEGAN.isoformat(),
            "period_end": PERIOD_ENDS.get(day, day).isoformat(),
            "url": pages.get(day, ""),
            "greatest_losses": directions.get(day, ""),
        }
        for day in sorted({cell.date for cell in cells})
    ]


def series_row(row: Row, cells: Iterable[Cell]) -> Row:
    """Return a row of `series` with the first report and the gaps that the figures show.

    Args:
        row: The row.
        cells: The cells that have a figure, of all categories.
    """
    cells = list(cells)
    days = {cell.date for cell in cells if cell.category == row["category"]}
    if not days:
        return row
    end = row["last_report"]
    last = parse_date(end) if end else max(cell.date for cell in cells)
    gaps = format_intervals(set(days_between(min(days), last)) - days)
    return row | {"first_report": min(days).isoformat(), "gaps": gaps}


def _cell(cell: Cell) -> Row:
    return {"category": cell.category, "report_date": cell.date.isoformat()}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _optional(text: str) -> int | None:
    return int(text) if text else None
