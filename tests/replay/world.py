"""The history as it would have arrived, day by day: one transcription, checked at the door.

The package is cut at a day, and the day's figures come from one record that nobody can compare
with another. So only the rules of the series are left to find what was typed wrongly. A day is
judged on a slice of the columns, the days before it that a rule looks back on; a test holds slices
to the whole check of a package folder.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.issue import Severity
from reported_losses.parsing.cast import cast
from reported_losses.parsing.columns import Column, Columns, from_arrow
from reported_losses.parsing.read_table import read
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.rules.plausibility import WINDOW

REPORTER = "ua-general-staff"
# What the farthest-looking rule needs, and the figure before the first of those.
SLICE = WINDOW + 2
EPOCH = dt.date(1970, 1, 1)
RECORD = "entry"

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure typed wrongly.

    Attributes:
        day: Day of the report, as a day number.
        category: Category of the figure.
        wrong: The figure typed.
        right: The figure of the report.
    """

    day: int
    category: str
    wrong: int
    right: int


@dataclass(frozen=True, slots=True)
class World:
    """Tables as columns, and whether printed increments are known."""

    tables: Mapping[str, Columns]

    @property
    def counts(self) -> Columns:
        """The figures."""
        return self.tables["loss_counts"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A code at a figure of the day judged."""

    code: str
    severity: Severity
    category: str


def entries() -> list[Entry]:
    """Read the wrong entries really made in one transcription."""
    with Path(__file__).with_name("entry_errors.csv").open(encoding="utf-8", newline="") as file:
        return [
            Entry(number(row["report_date"]), row["category"], int(row["wrong"]), int(row["right"]))
            for row in csv.DictReader(file)
        ]


def number(day: str) -> int:
    """Return the day number of an ISO date."""
    return (dt.date.fromisoformat(day) - EPOCH).days


@functools.cache
def shipped() -> Mapping[str, Columns]:
    """Return the tables the replay needs, cut to the General Staff's figures."""
    folder, found = package_dir(), {}
    for name in ("loss_counts", "corrections", "series", "reports", "records"):
        table = load_package(folder).table(name)
        text, _ = read(folder, table)
        assert text is not None
        typed, _ = cast(text)
        columns = from_arrow(table, typed.data, typed.invalid)
        reporter = columns["reporter"]
        keep = np.flatnonzero(reporter.values == reporter.code(REPORTER))
        found[name] = columns.take(keep)
    return found


def world(*, increments: bool) -> World:
    """Return the whole history, with or without the printed increments.

    Without increments only a fall shows that the reporter corrected itself, so that only falls
    have a correction, as large as the fall.
    """
    tables = dict(shipped())
    counts = single(tables["loss_counts"])
    if not increments:
        counts = put(counts, "increment", valid=np.zeros(counts.rows, dtype=np.bool_))
        tables["corrections"] = falls(counts, tables["corrections"])
    quoted = text(counts, "increment_evidence", "quoted")
    counts = put(quoted, "increment_evidence", valid=counts["increment"].valid)
    # Whoever enters a report records it on its day.
    tables["loss_counts"] = counts
    for name in ("loss_counts", "corrections", "reports"):
        tables[name] = put(tables[name], "recorded_on", tables[name]["report_date"].values)
    tables["records"] = one_record(tables["records"])
    return World(tables)


def put(
    table: Columns, name: str, values: Rows | None = None, valid: NDArray[np.bool_] | None = None
) -> Columns:
    """Return a table with another column."""
    column = table[name]
    changed = replace(
        column,
        values=column.values if values is None else values,
        valid=column.valid if valid is None else valid,
    )
    return replace(table, columns={**table.columns, name: changed})


def text(table: Columns, name: str, held: str) -> Columns:
    """Return a table in which one text stands throughout a column."""
    rows = table.rows
    sure = np.ones(rows, dtype=np.bool_)
    column = Column(np.zeros(rows, dtype=np.int64), sure, sure, (held,))
    return replace(table, columns={**table.columns, name: column})


def single(counts: Columns) -> Columns:
    """Return the figures as one record alone supports them."""
    return text(counts, "evidence", "single")


def one_record(records: Columns) -> Columns:
    """Return the one record there is."""
    record = records.take(np.zeros(1, dtype=np.int64))
    for name, held in (("record", RECORD), ("kind", "transcription"), ("kept", "whole")):
        record = text(record, name, held)
    return put(record, "votes", np.ones(1, dtype=np.bool_))


def falls(counts: Columns, corrections: Columns) -> Columns:
    """Return the corrections that falls of totals alone show."""
    same = np.ones(counts.rows - 1, dtype=np.bool_)
    for name in ("subject", "category"):
        same &= counts[name].values[1:] == counts[name].values[:-1]
    step = np.diff(counts["total"].values)
    fall = np.flatnonzero(same & (step < 0)) + 1
    ordinary = corrections.take(np.zeros(len(fall), dtype=np.int64))
    at = counts.take(fall)
    columns = {**ordinary.columns, **{name: at[name] for name in counts.key}}
    sure = np.ones(len(fall), dtype=np.bool_)
    columns["amount"] = Column(step[fall - 1], sure, sure, kind="integer")
    return replace(ordinary, columns=columns)


def with_right_figures(of: World, wrong: Iterable[Entry]) -> World:
    """Give the package what the list calls right, where it holds another figure.

    Its correction, if it has one, is what the printed increment then needs, or goes.
    """
    counts = of.counts
    total = counts["total"].values.copy()
    changed = []
    for entry in wrong:
        row = place(counts, entry)
        if total[row] != entry.right:
            total[row] = entry.right
            changed.append(row)
    if not changed:
        return of
    tables = {**of.tables, "loss_counts": put(counts, "total", total)}
    corrections = tables["corrections"]
    for row in changed:
        corrections = _recorrected(tables["loss_counts"], corrections, row)
    return World({**tables, "corrections": corrections})


def _recorrected(counts: Columns, corrections: Columns, row: int) -> Columns:
    total, increment = counts["total"].values, counts["increment"]
    needed = int(total[row] - total[row - 1])
    needed = needed - int(increment.values[row]) if increment.valid[row] else min(needed, 0)
    day, category = counts["report_date"].values[row], counts["category"].text(row)
    held = corrections["category"]
    same = (held.values == held.code(category)) & (corrections["report_date"].values == day)
    if same.any() and needed:
        amount = np.where(same, needed, corrections["amount"].values)
        return put(corrections, "amount", amount)
    # None is added: whoever types a figure does not know yet that the report contradicts itself.
    return corrections.take(np.flatnonzero(~same))


def place(counts: Columns, entry: Entry) -> int:
    """Return the row of the figure that was typed wrongly."""
    category = counts["category"]
    found = np.flatnonzero(
        (category.values == category.code(entry.category))
        & (counts["report_date"].values == entry.day)
    )
    assert len(found) == 1, entry
    return int(found[0])


def typed(of: World, wrong: Iterable[Entry]) -> World:
    """Return the package with figures typed wrongly."""
    counts = of.counts
    total = counts["total"].values.copy()
    for entry in wrong:
        total[place(counts, entry)] = entry.wrong
    return World({**of.tables, "loss_counts": put(counts, "total", total)})


def cut(of: World, day: int, days: int) -> dict[str, Columns]:
    """Return the tables as they were on a day, with so many days before it."""
    tables = dict(of.tables)
    for name in ("loss_counts", "corrections", "reports"):
        date = tables[name]["report_date"].values
        tables[name] = tables[name].take(np.flatnonzero((date <= day) & (date > day - days)))
    tables["readings"] = readings(tables["loss_counts"], tables["corrections"])
    return tables


def readings(counts: Columns, corrections: Columns) -> Columns:
    """Return what the one record says: what was typed, and the corrections it states."""
    made = text(counts, "record", RECORD)
    stated = np.zeros(counts.rows, dtype=np.int64)
    valid = np.zeros(counts.rows, dtype=np.bool_)
    keys = {_key(counts, row): row for row in range(counts.rows)} if corrections.rows else {}
    for row in range(corrections.rows):
        figure = keys.get(_key(corrections, row))
        if figure is not None:
            stated[figure], valid[figure] = corrections["amount"].values[row], True
    known = np.ones(counts.rows, dtype=np.bool_)
    columns = {
        **made.columns,
        "correction": Column(stated, valid, known, kind="integer"),
        "stale": Column(np.zeros_like(valid), np.zeros_like(valid), known, kind="boolean"),
    }
    return Columns("readings", columns, counts.row, ("record", *counts.key))


def _key(table: Columns, row: int) -> tuple[str, ...]:
    return tuple(table[name].text(row) for name in ("subject", "category", "report_date"))


FIGURES = ("loss_counts", "corrections")
"""The tables whose rules are applied; the others are cut to what these need."""


def judged(tables: Mapping[str, Columns], day: int) -> list[Finding]:
    """Apply the rules and return what is found at the figures of the day, and every error."""
    found = []
    cache: dict[str, object] = {}
    for rule in CATALOGUE.values():
        if rule.table not in FIGURES or rule.table not in tables:
            continue
        mask = rule.judge(tables, EPOCH + dt.timedelta(days=day), cache)
        table = tables[rule.table]
        for row in np.flatnonzero(mask) if mask is not None else ():
            of_day = table["report_date"].values[row] == day
            if of_day or rule.text.severity is Severity.ERROR:
                found.append(
                    Finding(rule.code, rule.text.severity, table["category"].text(int(row)))
                )
    return found
