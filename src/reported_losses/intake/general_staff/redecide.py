"""Deciding figures anew around a day on which readings were added or changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from reported_losses.definition.dates import parse_date
from reported_losses.definition.schema import Package
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.build import Reconciliation
from reported_losses.intake.general_staff.dissent import spoken
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.general_staff.window import Window, window
from reported_losses.intake.merge import by_reporter, merge
from reported_losses.intake.tables import Row, row_key

TABLES = ("records", "readings", "loss_counts", "corrections", "series")
"""The tables that follow from readings."""

_is_ours = by_reporter(REPORTER)


def redecide(  # noqa: PLR0913, PLR0917 - the tables, and what is new in them
    package: Package,
    old: Mapping[str, Sequence[Row]],
    record: Row,
    made: Sequence[Reading],
    day: dt.date,
    recorded_on: dt.date,
) -> dict[str, list[Row]]:
    """Return the tables that follow from readings, with some readings added or changed.

    The result is that of deciding everything from all readings: only days that the readings
    can change are decided.

    Args:
        package: Descriptor of the package.
        old: Rows by table, those of `TABLES` at least.
        record: Row of the record of the readings.
        made: Its new and changed readings, all of one day.
        day: That day.
        recorded_on: Day given to new rows.
    """
    span, reconciliation, readings = _decided(package, day, record, list(made), old)
    return _tables(package, old, readings, record, reconciliation, span, recorded_on)


def _decided(
    package: Package,
    day: dt.date,
    record: Row,
    made: list[Reading],
    old: Mapping[str, Sequence[Row]],
) -> tuple[Window, Reconciliation, list[Row]]:
    """Decide the figures around the day; return also all rows of `readings` from now on."""
    ours = [row for row in old["readings"] if _is_ours(row)]
    span = window(ours, made, day)
    first, last = span.from_day.isoformat(), span.to_day.isoformat()
    near = {
        (row["record"], row["category"], row["report_date"]): build.reading_from(row)
        for row in ours
        if first <= row["report_date"] <= last
    }
    if record["votes"] == "true":
        made = [*made, *_spoken(near.values(), made, old["records"], day)]
    for reading in made:
        near[reading.record, reading.cell.category, reading.cell.date.isoformat()] = reading
    table = package.table("readings")
    changed = {row_key(table, row): row for row in map(build.reading_row, made)}
    text = day.isoformat()
    rows = [
        row
        for row in old["readings"]
        if row["report_date"] != text or row_key(table, row) not in changed
    ]
    return (
        span,
        build.decide(package, near.values(), _records(old["records"], record, made, rows)),
        [*rows, *changed.values()],
    )


def _spoken(
    near: Iterable[Reading], made: Iterable[Reading], records: Iterable[Row], day: dt.date
) -> list[Reading]:
    ours = [row for row in records if _is_ours(row) and row["votes"] == "true"]
    voting = {row["record"] for row in ours}
    partly = [build.coverage(row) for row in ours if row["kept"] == "dissent"]
    there = [one for one in near if one.cell.date == day and one.record in voting]
    return spoken(there, made, partly)


def _records(
    records: Sequence[Row], record: Row, made: Iterable[Reading], rows: Iterable[Row]
) -> list[Row]:
    """Return the rows of `records`, that of the record with the days it covers now."""
    if record["kept"] != "whole":
        return list(records)  # most of what it covers is not kept
    name = record["record"]
    own = [build.reading_from(row) for row in rows if row["record"] == name]
    own += [reading for reading in made if reading.record == name]
    grown = build.with_coverage(record, own) if own else record
    return [grown if row["record"] == name else row for row in records]


def _tables(  # noqa: PLR0913, PLR0917 - what was decided, and the tables it changes
    package: Package,
    old: Mapping[str, Sequence[Row]],
    readings: list[Row],
    record: Row,
    reconciliation: Reconciliation,
    span: Window,
    recorded_on: dt.date,
) -> dict[str, list[Row]]:
    """Return the tables that hold figures, with what was decided for the days of the window."""
    first, last = span.first.isoformat(), span.last.isoformat()

    def inside(row: Row) -> bool:
        return _is_ours(row) and first <= row["report_date"] <= last

    today, series = recorded_on.isoformat(), list(old["series"])
    figures = [
        one for one in reconciliation.figures.values() if span.first <= one.cell.date <= span.last
    ]
    near = [build.reading_from(row) for row in readings if row["qualifier"] and inside(row)]
    counts = merge(
        package.table("loss_counts"),
        old["loss_counts"],
        build.loss_count_rows(figures, near, series),
        today,
        replaces=inside,
    )
    found = [one for one in reconciliation.corrections if span.first <= one.cell.date <= span.last]
    corrections = merge(
        package.table("corrections"),
        old["corrections"],
        build.correction_rows(found),
        today,
        replaces=inside,
    )
    cells = [
        Cell(row["category"], parse_date(row["report_date"])) for row in counts if _is_ours(row)
    ]
    return {
        "readings": readings,
        "records": _records(old["records"], record, (), readings),
        "loss_counts": counts,
        "corrections": corrections,
        "series": [build.series_row(row, cells) if _is_ours(row) else row for row in series],
    }
