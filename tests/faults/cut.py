"""A small package cut out of the shipped one, on which `check` finds nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from faults.sheets import Row, Sheet, Texts
from reported_losses.validation.check import check

DAY = dt.timedelta(days=1)
TRIES = 15
"""Windows tried until `check` finds nothing; each begins and ends a day later."""
KEPT = 3
"""Of the statements without a quoted count, one of so many is kept, beside those of the window."""
LATER = 8
"""Of the revisions, those after so many are of the next version."""
REVISED = (
    ("loss_counts", "total", "1", 4),
    ("loss_counts", "qualifier", "nearly", 2),
    ("readings", "total", "1", 4),
    ("status_counts", "total", "99999", 1),
    ("claims", "low", "1", 2),
    ("sources", "title", "An earlier title", 2),
    ("records", "note", "An earlier note", 1),
)


@dataclasses.dataclass(frozen=True)
class Window:
    """Report dates that a cut keeps, and what its days show."""

    name: str
    first: str
    last: str
    shows: str


WINDOWS = (
    Window(
        "2022",
        "2022-04-01",
        "2022-05-31",
        "the first printed increments, categories that end and begin, Oryx, the Russian ministry's "
        "briefings",
    ),
    Window(
        "2024",
        "2024-04-20",
        "2024-06-28",
        "printed increments on every day, corrections of many categories at once, Oryx",
    ),
    Window(
        "2025",
        "2025-12-02",
        "2026-02-12",
        "totals mostly without increments; some increments from quotations and addresses",
    ),
)


def clean_cut(full: Texts, window: Window) -> Texts:
    """Return the first cut at the window, or up to `TRIES` days later, that is clean.

    Raises:
        AssertionError: None is.
    """
    found: list[str] = []
    for more in range(TRIES):
        first, last = (_moved(day, more) for day in (window.first, window.last))
        for revised in (True, False):
            small = cut(full, window.name, first, last)
            if revised:
                small = with_revisions(small)
            with tempfile.TemporaryDirectory() as folder:
                small.write(Path(folder))
                issues = check(folder, today=small.today)
            if not issues:
                return small
            found = [f"{issue.code} {issue.path}:{issue.line} {issue.message}" for issue in issues]
    msg = f"no cut at {window.name} is clean: {found[:5]}"
    raise AssertionError(msg)


def _moved(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + days * DAY).isoformat()


def cut(full: Texts, name: str, first: str, last: str) -> Texts:
    """Return the reports of some days, with what they refer to and some of the statements."""
    kept = {
        table: _only(full[table], "report_date", lambda day: first <= day <= last)
        for table in ("loss_counts", "status_counts", "corrections", "reports", "readings")
    }
    kept["series"] = _series(full["series"], kept["loss_counts"], first, last)
    kept["records"] = _records(full["records"], kept["readings"], first, last)
    kept |= _statements(full, kept["loss_counts"], first, last)
    kept["revisions"] = dataclasses.replace(full["revisions"], rows=())
    kept["categories"] = _closed(
        full["categories"],
        _texts(kept["series"], "category") | _texts(kept["claims"], "category"),
        ("merged_into", "broader"),
    )
    bodies: set[str] = set()
    for table, column in (
        ("series", "reporter"),
        ("statements", "organisation"),
        ("claims", "reporter"),
        ("claims", "derived_from"),
        ("records", "reporter"),
    ):
        bodies |= _texts(kept[table], column)
    kept["organisations"] = _closed(full["organisations"], bodies, ("parent",))
    kept["sources"] = _sources(full["sources"], kept)
    return Texts(name, {table: kept[table] for table in full.sheets}, full.described)


def _only(sheet: Sheet, column: str, keep: Callable[[str], bool]) -> Sheet:
    at = sheet.at[column]
    return dataclasses.replace(sheet, rows=tuple(row for row in sheet.rows if keep(row[at])))


def _texts(sheet: Sheet, column: str) -> set[str]:
    return {row[sheet.at[column]] for row in sheet.rows} - {""}


def _closed(sheet: Sheet, names: Iterable[str], columns: Iterable[str]) -> Sheet:
    """Return the rows named, and those that they refer to."""
    (key,) = sheet.table.primary_key
    wanted, new = set(names), set(names)
    while new:
        new = {
            sheet.cell(row, column)
            for row in sheet.rows
            if sheet.cell(row, key) in wanted
            for column in columns
        } - wanted
        wanted |= new
        new -= {""}
    return _only(sheet, key, wanted.__contains__)


def _days(sheet: Sheet, by: tuple[str, ...]) -> Mapping[Row, list[str]]:
    found: dict[Row, set[str]] = {}
    for row in sheet.rows:
        key = tuple(sheet.cell(row, name) for name in by)
        found.setdefault(key, set()).add(sheet.cell(row, "report_date"))
    return {key: sorted(days) for key, days in found.items()}


def _clipped(gaps: str, first: str, last: str) -> str:
    """Return the parts of intervals between two days."""
    parts = []
    for gap in gaps.split():
        begin, _, end = gap.partition("/")
        begin, end = max(begin, first), min(end, last)
        if begin <= end:
            parts.append(f"{begin}/{end}")
    return " ".join(parts)


def _series(series: Sheet, counts: Sheet, first: str, last: str) -> Sheet:
    days = _days(counts, series.table.primary_key)
    rows = []
    for row in series.rows:
        held = days.get(series.key_of(row))
        if held is None:
            continue
        end = series.cell(row, "last_report")
        if series.cell(row, "cadence") == "daily" and held[-1] < last and not end:
            continue  # it has no figure any more where the window ends
        begin = held[0]
        cells = {
            "first_report": begin,
            "last_report": end if end and end <= last else "",
            "gaps": _clipped(series.cell(row, "gaps"), begin, held[-1]),
        }
        rows.append(series.with_cells(row, cells))
    return dataclasses.replace(series, rows=tuple(rows))


def _records(records: Sheet, readings: Sheet, first: str, last: str) -> Sheet:
    days = _days(readings, ("record",))
    at = readings.at["record"], readings.at["category"]
    rows = []
    for row in records.rows:
        name = records.cell(row, "record")
        begin, end = (records.cell(row, column) for column in ("first_day", "last_day"))
        if end < first or begin > last or (name,) not in days:
            continue
        cells = {"first_day": max(begin, first), "last_day": min(end, last)}
        if records.cell(row, "kept") == "whole":
            held = days[name,]
            cells = {"first_day": held[0], "last_day": held[-1]}
            named = {one[at[1]] for one in readings.rows if one[at[0]] == name}
            cells["categories"] = " ".join(
                one for one in records.cell(row, "categories").split() if one in named
            )
        cells["gaps"] = _clipped(records.cell(row, "gaps"), cells["first_day"], cells["last_day"])
        rows.append(records.with_cells(row, cells))
    return dataclasses.replace(records, rows=tuple(rows))


def _statements(full: Texts, counts: Sheet, first: str, last: str) -> dict[str, Sheet]:
    """Return some statements; none that quotes a count which is not kept."""
    claims, statements = full["claims"], full["statements"]
    figures = {counts.key_of(row) for row in counts.rows}
    quoting: set[str] = set()
    missing: set[str] = set()
    for row in claims.rows:
        if claims.cell(row, "reporter"):
            names = ("reporter", "subject", "category", "period_end")
            there = tuple(claims.cell(row, one) for one in names) in figures
            started = claims.cell(row, "period_start")
            days = claims.cell(row, "period_end")
            near = started <= "2022-02-24" or _moved(days, -1) >= first
            (quoting if there and near else missing).add(claims.cell(row, "statement"))
    wanted = {
        name
        for number, row in enumerate(statements.rows)
        if (name := statements.cell(row, "statement")) not in missing
        and (
            name in quoting
            or number % KEPT == 0
            or first <= statements.cell(row, "stated_on") <= last
        )
    }
    return {
        table: _only(full[table], "statement", wanted.__contains__)
        for table in ("statements", "claims", "statement_sources")
    }


def _sources(sources: Sheet, kept: Mapping[str, Sheet]) -> Sheet:
    wanted: set[str] = set()
    for name, sheet in kept.items():
        if name != "sources":
            for key in sheet.table.foreign_keys:
                if key.table == "sources":
                    wanted |= _texts(sheet, key.fields[0])
    for text in _texts(kept["records"], "derived_from"):
        wanted |= {part.partition("@")[0] for part in text.split()}
    return _only(sources, "source", wanted.__contains__)


def _next(version: str) -> str:
    *first, last = version.split(".")
    return ".".join([*first, str(int(last) + 1)])


def with_revisions(small: Texts) -> Texts:
    """Return the package with revisions of some of its values, so that theirs can be judged too."""
    sheet = small["revisions"]
    rows: list[Row] = []
    source = small["sources"].rows[0][0]
    for table, column, old, times in REVISED:
        of = small[table]
        able = [row for row in of.rows if of.cell(row, column) not in {"", old}]
        for place in range(min(times, len(able))):
            row = able[(2 * place + 1) * len(able) // (2 * times)]
            cells = {
                "revision": str(len(rows) + 1),
                "revised_on": small.today,
                "version": small.version if len(rows) < LATER else _next(small.version),
                "table": table,
                "key": "/".join(of.key_of(row)),
                "column": column,
                "old": old,
                "new": of.cell(row, column),
                "reason": f"The page was read again ({len(rows) + 1}).",
                "source": small["sources"].rows[len(rows) % len(small["sources"].rows)][0],
            }
            rows.append(tuple(cells.get(name, "") for name in sheet.table.names))
    assert source
    return Texts(
        small.name,
        {**small.sheets, "revisions": dataclasses.replace(sheet, rows=tuple(rows))},
        small.described,
    )
