"""Whether series and records cover as much as before, and whether a living list has collapsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

import numpy as np

from reported_losses.definition.dates import parse_date
from reported_losses.issue import Issue
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.intervals import days_between, format_intervals, parse_intervals
from reported_losses.validation.history.comparison import Comparison
from reported_losses.validation.history.diff import ChangedCell, Row
from reported_losses.validation.needed_shape import Lack, lacking

_SERIES = ("reporter", "subject", "category")
_OF_SERIES = ("first_report", "last_report", "gaps")
_OF_RECORDS = ("first_day", "last_day", "gaps", "categories")
COVERING = ("loss_counts", "readings", "records", "series")
"""Tables that say what is covered."""

_MOST_DAYS = 40_000
_SHOWN = 60


def of_another_shape(comparison: Comparison) -> Lack | None:
    """Return why what is covered cannot be compared; None if it can.

    A table that is gone covers nothing; one with another key or without a column that is looked
    into cannot be compared, and history/schema-weakened says so.
    """
    for state in (comparison.base, comparison.here):
        for lack in lacking(state.package, COVERING):
            if lack.table in COVERING and lack.table in state.package.tables:
                return lack
    return None


def coverage_shrunk(comparison: Comparison) -> dict[ChangedCell, Issue]:
    """Find cells of series and records that make them cover less than the base.

    Returns:
        The issue of each cell.
    """
    return {**dict(_series(comparison)), **dict(_records(comparison))}


def gaps_declared(comparison: Comparison, elsewhere: Container[ChangedCell]) -> Iterator[Issue]:
    """Find new gaps of series on days on which their reporter gives figures of others.

    Args:
        comparison: The two states.
        elsewhere: Cells that another rule of this folder has reported.
    """
    cells = [one for one in comparison.untold_cells("series", "gaps") if one not in elsewhere]
    if not cells:
        return
    told: dict[tuple[str, ...], set[str]] = {}
    names = (*_SERIES[:2], "report_date")
    for *who, day in zip(*(comparison.texts("loss_counts", one) for one in names), strict=True):
        told.setdefault(tuple(who), set()).add(day)
    for cell in cells:
        days = told.get(tuple(cell.key.values())[:2], set())
        lacking = _within(cell.new, days) - _within(cell.old, days)
        if lacking:
            message = f"series {cell.key}: a gap is declared in the reports of {_days(lacking)}"
            yield comparison.issue(
                "gap-declared",
                message,
                "series",
                cell.line,
                "gaps",
                key=cell.key,
                found=cell.new,
            )


def days_gone(comparison: Comparison) -> Iterator[Issue]:
    """Find days all of whose figures, or readings of one record, are gone without withdrawals."""
    for table, names in (("loss_counts", ("reporter", "subject")), ("readings", ("record",))):
        gone: dict[tuple[str, ...], dict[str, Row]] = {}
        for row in comparison.untold(table):
            who = tuple(row.cells.get(name, "") for name in names)
            gone.setdefault(who, {}).setdefault(row.cells.get("report_date", ""), row)
        if gone:
            columns = [comparison.texts(table, name) for name in (*names, "report_date")]
            there = set(zip(*columns, strict=True))
            for who, rows in gone.items():
                lost = {day: row for day, row in rows.items() if (*who, day) not in there}
                if lost:
                    yield _lost(comparison, table, " ".join(who), lost)


def _lost(comparison: Comparison, table: str, who: str, lost: Mapping[str, Row]) -> Issue:
    days = sorted(lost)
    noun = "figures" if table == "loss_counts" else "readings"
    message = f"{who}: no {noun} any more of {_days(days)}"
    first = lost[days[0]]
    return comparison.issue(
        "coverage-shrunk", message, table, first.line, found="no row", key=first.key
    )


def _days(texts: Iterable[str]) -> str:
    days = sorted(texts)
    try:
        text = format_intervals(map(parse_date, days)) if len(days) > 1 else days[0]
    except ValueError:  # a base may hold what is no day
        text = " ".join(days)
    return text if len(text) <= _SHOWN else f"{len(days):,} days, {days[0]} to {days[-1]}"


def _series(comparison: Comparison) -> Iterator[tuple[ChangedCell, Issue]]:
    cells = list(comparison.untold_cells("series", *_OF_SERIES))
    if not cells:
        return
    figures: dict[tuple[str, ...], set[str]] = {}
    for *series, day in comparison.before("loss_counts", *_SERIES, "report_date"):
        figures.setdefault(tuple(series), set()).add(day)
    for cell in cells:
        covered = figures.get(tuple(cell.key.values()), set())
        lost = _outside(cell, covered)
        if lost:
            yield cell, _shrunk(comparison, "series", cell, f"has figures of {_days(lost)}")


def _records(comparison: Comparison) -> Iterator[tuple[ChangedCell, Issue]]:
    for cell in comparison.untold_cells("records", *_OF_RECORDS):
        if cell.column == "categories":
            gone = sorted(set(cell.old.split()) - set(cell.new.split()))
            if gone:
                yield cell, _shrunk(comparison, "records", cell, f"covers {', '.join(gone)}")
            continue
        lost = _outside(cell, _covered(comparison, cell))
        if lost:
            yield cell, _shrunk(comparison, "records", cell, f"covers {_days(lost)}")


def _covered(comparison: Comparison, cell: ChangedCell) -> set[str]:
    """Return the days that the base says a record covers, its gaps included if they changed."""
    was = {one.column: one.old for one in comparison.of("records").changed if one.key == cell.key}
    names = comparison.texts("records", "record")
    row = names.index(cell.key["record"])
    first, last = (
        was.get(name) or comparison.texts("records", name)[row]
        for name in ("first_day", "last_day")
    )
    try:
        days = days_between(parse_date(first), parse_date(last))
    except ValueError:
        return set()
    return {day.isoformat() for day in days[:_MOST_DAYS]}


def _outside(cell: ChangedCell, covered: set[str]) -> set[str]:
    """Return the covered days that a changed cell leaves out."""
    if cell.column.startswith("first"):
        return {day for day in covered if day < cell.new}
    if cell.column.startswith("last"):
        return {day for day in covered if "" < cell.new < day}
    return _within(cell.new, covered) - _within(cell.old, covered)


def _within(gaps: str, days: set[str]) -> set[str]:
    try:
        intervals = [(str(first), str(last)) for first, last in parse_intervals(gaps)]
    except ValueError:
        return set()  # series/gaps-readable
    return {day for day in days if any(first <= day <= last for first, last in intervals)}


def _shrunk(comparison: Comparison, table: str, cell: ChangedCell, covered: str) -> Issue:
    new = cell.new if len(cell.new) <= _SHOWN else f"{cell.new[:_SHOWN]}…"
    message = f"{table} {cell.key}: {cell.column} is {new}, but the base {covered}"
    return comparison.issue(
        "coverage-shrunk",
        message,
        table,
        cell.line,
        cell.column,
        key=cell.key,
        found=cell.new,
        expected=cell.old or "an empty cell",
    )


def restated_drop(comparison: Comparison, counts: Columns | None) -> Iterator[Issue]:
    """Find new days on which a living list is lower in most of its categories.

    Args:
        comparison: The two states.
        counts: Columns of `loss_counts` of the state that is judged.
    """
    added = comparison.of("loss_counts").added
    if not added or counts is None:
        return
    restated = {
        tuple(texts)
        for *texts, policy in zip(
            *(comparison.texts("series", name) for name in (*_SERIES, "policy")), strict=True
        )
        if policy == "restated"
    }
    rows = [row for row in added if tuple(row.cells[name] for name in _SERIES) in restated]
    typed = comparison.tables["loss_counts"]
    at = {int(line): place for place, line in enumerate(typed.lines[counts.row].tolist())}
    lower: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.line in at and _fell(counts, at[row.line]):
            day = row.cells["reporter"], row.cells["subject"], row.cells["report_date"]
            lower.setdefault(day, []).append(row)
    # On some days a living list is only told where it changed, so its whole list counts.
    listed = Counter((reporter, subject) for reporter, subject, _ in restated)
    for day, fallen in lower.items():
        most = 2 * len(fallen) > listed[day[:2]]
        if len(fallen) > 1 and most and not _noted(comparison, *day):
            yield _dropped(comparison, day, fallen, listed[day[:2]])


def _fell(counts: Columns, place: int) -> bool:
    """Return whether a total is lower than the one before in its series."""
    total = counts["total"]
    same = place > 0 and all(
        counts[name].values[place] == counts[name].values[place - 1] for name in _SERIES
    )
    if not same or not (total.valid[place] and total.valid[place - 1]):
        return False
    return bool(total.values[place] < total.values[place - 1])


def _noted(comparison: Comparison, *day: str) -> bool:
    """Return whether a reading of a reporter's day has a note."""
    names = ("reporter", "subject", "report_date", "note")
    columns = [comparison.texts("readings", name) for name in names]
    if not all(columns):
        return False
    notes = np.array(columns[3], dtype=object)
    return any(
        tuple(column[row] for column in columns[:3]) == day
        for row in np.flatnonzero(notes != "").tolist()
    )


def _dropped(
    comparison: Comparison, day: tuple[str, str, str], lower: list[Row], listed: int
) -> Issue:
    first = lower[0]
    message = (
        f"{day[0]} {day[1]} {day[2]}: {len(lower)} of {listed} categories are lower than on the "
        f"day before, the first is {first.key['category']}"
    )
    return comparison.issue(
        "restated-drop",
        message,
        "loss_counts",
        first.line,
        "total",
        key=first.key,
        found=first.cells["total"],
    )
