"""Whether records and their readings fit: days, gaps, categories, and a figure for each total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reported_losses.definition.dates import day_text
from reported_losses.parsing.columns import Column
from reported_losses.validation.keys import (
    Mask,
    Rows,
    lookup,
    lookup_rows,
    numbered,
    repeated_values,
    whole,
)
from reported_losses.validation.rules.figures import (
    FAR,
    FIGURE,
    SERIES,
    name_of,
    neighbours,
    series_gaps,
    series_of,
)
from reported_losses.validation.rules.missing_figures import may_be_there, missing_figures
from reported_losses.validation.rules.record_coverage import listed_categories, record_gaps
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.votes import (
    of_record,
    record_is_one_of,
    votes,
    voting_records,
)
from reported_losses.validation.words import Words

_ALONE = 1
"""If one reading is out of place, it is wrong; if several are, their record is."""

_KINDS = ("first_day", "last_day", "gaps", "categories", "reporter")
_WHAT = {
    "first_day": "is before the first day of its record",
    "last_day": "is after the last day of its record",
    "gaps": "has a total on a day that its record does not cover",
    "categories": "is of a category that its record does not list",
    "reporter": "is of another reporter than its record",
}
_CELL = {
    "first_day": "report_date",
    "last_day": "report_date",
    "gaps": "report_date",
    "categories": "category",
    "reporter": "reporter",
}


@dataclass(frozen=True, slots=True)
class _Contents:
    """How readings and records fit.

    Attributes:
        record: Record of each reading, or -1.
        outside: By column of `records`, the readings that it leaves out.
        count: By column of `records`, how many readings of each record it leaves out.
        sure: Per record, whether all its readings can be told by record, day and category.
    """

    record: Rows
    outside: dict[str, Mask]
    count: dict[str, Rows]
    sure: Mask


@derived
def _contents(context: Context) -> _Contents:
    readings, records = context.tables["readings"], context.tables["records"]
    record = lookup_rows(readings, records, ("record",))
    outside = {name: np.zeros(readings.rows, dtype=np.bool_) for name in _KINDS}
    sure = np.broadcast_to(np.bool_(readings["record"].known.all()), records.rows).copy()
    if records.rows:
        date, total = readings["report_date"], readings["total"]
        # A reading whose key has an issue already is not judged twice.
        known = (record >= 0) & whole([readings[name] for name in readings.key])
        for name, beyond in (("first_day", np.less), ("last_day", np.greater)):
            end = records[name]
            outside[name] = known & end.valid[record] & beyond(date.values, end.values[record])
        asked = np.flatnonzero(known & total.valid)
        day = date.values[asked]
        outside["gaps"][asked] = record_gaps(context).covered(record[asked], day, day) > 0
        listed = known & records["categories"].valid[record] & records["reporter"].valid[record]
        outside["categories"] = listed & ~_is_listed(context, record)
        outside["reporter"] = known & records["reporter"].valid[record]
        outside["reporter"] &= lookup_rows(readings, records, ("record", "reporter")) < 0
        unsure = (record >= 0) & ~(date.valid & readings["category"].valid)
        sure[record[unsure]] = False
    count = {name: _per_record(context, record, mask) for name, mask in outside.items()}
    return _Contents(record, outside, count, sure)


def _per_record(context: Context, record: Rows, mask: Mask) -> Rows:
    rows = context.tables["records"].rows
    return np.bincount(record[mask], minlength=rows).astype(np.int64)


def _is_listed(context: Context, record: Rows) -> Mask:
    """Return whether the record of each reading lists its category."""
    owner, category = listed_categories(context.tables["records"])
    held = [_numbers(owner), category]
    found: Mask = lookup([_numbers(record), context.tables["readings"]["category"]], held) >= 0
    return found


def _numbers(values: Rows) -> Column:
    sure = np.ones(len(values), dtype=np.bool_)
    return Column(values, sure, sure, kind="integer")


@rule(
    "readings",
    column="report_date",
    needs=("records",),
    title="A reading lies within the days, categories and reporter of its record.",
    rationale=(
        "`records` says from when to when a record goes, on which days between it has no total, "
        "which categories it covers and whose figures they are: a silence counts as agreement "
        "there and nowhere else. A reading elsewhere has a mistyped key. A reading without a "
        "total may lie in a gap: the record printed an increment alone. If two or more readings "
        "lie outside, the record is wrong, and records/covers-its-readings reports it once. What "
        "is unreadable cannot be judged."
    ),
    example="a reading of 2032-08-08 in a record that ends on 2026-08-08",
    fix="Correct the key of the reading, or what its row of records says.",
)
def within_record(context: Context) -> Mask:
    """Find single readings outside their record."""
    has = _contents(context)
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    for name in _KINDS:
        alone = has.outside[name]
        bad |= alone & of_record(has.record, has.count[name] == _ALONE)
    return bad


@within_record.words
def _outside(case: FailureCase) -> Words:
    has = _contents(case.context)
    kind = next(name for name in _KINDS if has.outside[name][case.row])
    record, own = int(has.record[case.row]), case.cell(_CELL[kind])
    due = case.context.tables["records"][kind].text(record)
    message = f"{case.cell('record')} {name_of(case)}: {_WHAT[kind]}"
    return Words(message, f"within {kind} {due}", case.rule.text.fix, own, _CELL[kind])


@derived
def _silent(context: Context) -> dict[str, Mask]:
    """Return, by column, the records kept whole that say more than their readings."""
    records, readings, has = (
        context.tables["records"],
        context.tables["readings"],
        _contents(context),
    )
    kept = record_is_one_of(context, "kept", ("whole",)) & has.sure & records["record"].valid
    kept &= ~repeated_values(records["record"])
    rows = np.flatnonzero((has.record >= 0) & readings["report_date"].valid)
    day, owner = readings["report_date"].values[rows], has.record[rows]
    first = np.full(records.rows, np.iinfo(np.int64).max)
    last = np.full(records.rows, np.iinfo(np.int64).min)
    np.minimum.at(first, owner, day)
    np.maximum.at(last, owner, day)
    begin, end = records["first_day"], records["last_day"]
    listed, category = listed_categories(records)
    there = numbered([_numbers(listed), category], [_numbers(has.record), readings["category"]])
    seen = np.isin(there[0], there[1][(has.record >= 0) & readings["category"].valid])
    unused = np.zeros(records.rows, dtype=np.bool_)
    unused[listed[~seen]] = True
    return {
        "first_day": kept & begin.valid & (first > begin.values),
        "last_day": kept & end.valid & (last < end.values),
        "categories": kept & unused,
    }


@rule(
    "records",
    column="first_day",
    needs=("readings",),
    whole=True,
    title="The days, gaps and categories of a record are those of its readings.",
    rationale=(
        "No two readings lie outside their record: one alone is reported by "
        "readings/within-record. A record kept whole begins and ends with a reading and has one "
        "of each category that it lists; else readings are lost, or the row is out of date. A "
        "record kept only where it dissents may be silent at its ends and in a category. A record "
        "with a reading whose record, day or category is unreadable may have more than is seen, "
        "so its ends are not judged."
    ),
    example="last_day 2026-08-08 in a record whose last readings are of 2026-08-07",
    fix="Correct the cell of the record, or add or correct the readings.",
)
def covers_its_readings(context: Context) -> Mask:
    """Find records whose readings are elsewhere."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    for count in _contents(context).count.values():
        bad |= count > _ALONE
    for silent in _silent(context).values():
        bad |= silent
    return bad


@covers_its_readings.words
def _uncovered(case: FailureCase) -> Words:
    has, row, silent = _contents(case.context), case.row, _silent(case.context)
    name, fix = case.cell("record"), case.rule.text.fix
    for kind in _KINDS:
        if has.count[kind][row] > _ALONE:
            first = int(np.flatnonzero(has.outside[kind] & (has.record == row))[0])
            key = _key_of_reading(case.context, first)
            message = f"{name}: {has.count[kind][row]} readings lie outside {kind}, first {key}"
            return Words(message, f"{kind} with them", fix, case.cell(kind), kind)
    column = next(kind for kind, bad in silent.items() if bad[row])
    what = "one of its categories" if column == "categories" else f"its {column}"
    message = f"{name}: is kept whole, and has no reading of {what}"
    return Words(message, "what its readings have", fix, case.cell(column), column)


def _key_of_reading(context: Context, row: int) -> str:
    readings = context.tables["readings"]
    day = day_text(int(readings["report_date"].values[row]))
    return f"{readings['category'].text(row)} {day}"


@rule(
    "readings",
    column="total",
    needs=("loss_counts", "records", "series", "reports"),
    title="A total that a voting record has is a reading of a figure.",
    rationale=(
        "The figures follow from the readings, so where a record that votes has a total there is "
        "a figure, also on a day that the series declares as a gap. A stale reading, one "
        "without a total, and one of a record that does not vote need none. Of several readings "
        "of a missing figure the first is reported. Figures within the life of a daily series are "
        "missed by loss_counts/no-missing-day or loss_counts/complete-report alone. Where a row "
        "of loss_counts has an unreadable key, the figure may be that row."
    ),
    example="petro has tanks of 2022-02-25, loss_counts has none of that day",
    fix="Add the figure (`reported-losses reconcile`), or correct the key of the reading.",
)
def has_figure(context: Context) -> Mask:
    """Find totals of voting records for which there is no figure."""
    readings, cast = context.table, votes(context)
    keys = [readings[name] for name in FIGURE]
    asks = (cast.figure < 0) & readings["total"].valid & ~cast.stale & readings["stale"].known
    asks &= of_record(cast.record, voting_records(context.tables["records"])) & whole(keys)
    rows = np.flatnonzero(asks)
    if len(rows):
        asks[rows] = ~_missed_elsewhere(context, rows)
        rows = np.flatnonzero(asks)
        some = readings.take(rows)
        cells = numbered([some[name] for name in FIGURE], [some[name] for name in FIGURE])[0]
        asks[:] = False
        asks[rows[np.unique(cells, return_index=True)[1]]] = True
    return asks


def _missed_elsewhere(context: Context, rows: Rows) -> Mask:
    """Return the readings whose figure another rule misses, or may be there."""
    if not context.tables["series"].rows:
        return np.ones(len(rows), dtype=np.bool_)
    some, near = context.table.take(rows), neighbours(context)
    series, day = lookup_rows(some, context.tables["series"], SERIES), some["report_date"].values
    found: Mask = (series < 0) | may_be_there(context, np.maximum(series, 0), day)
    missing = missing_figures(context)
    found |= np.isin(series * FAR + day, missing.series * FAR + missing.day)
    figures = series_of(context)
    group = np.full(context.tables["series"].rows + 1, -1, dtype=np.int64)
    group[figures[figures >= 0]] = np.flatnonzero(figures >= 0)
    of = group[series]
    stops = np.append(near.starts[1:], len(near.day)) - 1
    if len(near.starts):
        cadence = context.tables["series"]["cadence"]
        hole = (of >= 0) & cadence.valid[series] & (cadence.values[series] == cadence.code("daily"))
        hole &= (day > near.day[near.starts[of]]) & (day < near.day[stops[of]])
        found |= hole & (series_gaps(context).covered(series, day, day) == 0)
    return found


@has_figure.words
def _no_figure(case: FailureCase) -> Words:
    key = "/".join(case.cell(name) for name in FIGURE)
    message = f"{name_of(case)}: {case.cell('record')} has {case.cell('total')}, and no figure"
    return Words(message, f"a row of loss_counts for {key}", case.rule.text.fix)
