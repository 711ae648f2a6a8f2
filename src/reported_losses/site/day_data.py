"""The rows that day pages are made from, by the day, report or figure that they are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.descriptor import installed
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.dissent import Coverage
from reported_losses.loading.daily import daily
from reported_losses.loading.load import arrow
from reported_losses.site.decided import Decided, shipped
from reported_losses.site.evidence_words import Words, words_of_all

Row = dict[str, Any]
Key = tuple[Any, ...]

COUNT = ("reporter", "subject", "report_date")
"""What names a count: the figures of one side in one report."""
FIGURE = (*COUNT, "category")
_GROUPED: Mapping[str, tuple[str, ...]] = {
    "reports": ("report_date",),
    "loss_counts": COUNT,
    "status_counts": FIGURE,
    "corrections": COUNT,
    "readings": COUNT,
    "series": ("reporter", "subject"),
    "statements": ("stated_on",),
    "claims": ("statement",),
    "statement_sources": ("statement",),
    "organisations": ("organisation",),
    "categories": ("category",),
    "records": ("record",),
    "sources": ("source",),
}
NAMES = tuple(_GROUPED)
"""The tables that pages are made from."""


@dataclass(frozen=True, slots=True)
class DayData:
    """What day pages are made from.

    Attributes:
        groups: For each of `NAMES` its rows by the values of some columns.
        changes: The change of each figure on its day, without corrections.
        words: Why each figure has its evidence.
        silent: The records that are kept only where they differ, with the cells they cover.
        days: The days with a report, in order.
        counts: The days of each reporter and subject, in order; who reported on most days first.
    """

    groups: Mapping[str, Mapping[Key, list[Row]]]
    changes: Mapping[Key, int]
    words: Mapping[Key, Words]
    silent: Mapping[str, Coverage]
    days: Sequence[dt.date]
    counts: Mapping[tuple[str, str], Sequence[dt.date]]

    def rows(self, table: str, *key: object) -> list[Row]:
        """Return the rows of a table that are about something, in the order of the table."""
        return self.groups[table].get(key, [])

    def one(self, table: str, key: str) -> Row:
        """Return the row of a table that a name stands for."""
        (row,) = self.groups[table][key,]
        return row


def day_data() -> DayData:
    """Read everything that day pages are made from, from the installed dataset."""
    tables = {name: arrow(installed().table(name)).to_pylist() for name in NAMES}
    return data_of(tables, shipped())


def data_of(tables: Mapping[str, list[Row]], decided: Decided) -> DayData:
    """Prepare rows for the pages; the changes are those of the installed dataset.

    Args:
        tables: For each of `NAMES` its rows, typed, in the order of the table.
        decided: What the readings among them support.
    """
    groups = {name: grouped(rows, _GROUPED[name]) for name, rows in tables.items()}
    counts = _count_days(groups["loss_counts"])
    return DayData(
        groups,
        _changes(counts),
        words_of_all(tables["loss_counts"], decided),
        {row["record"]: build.coverage(row) for row in decided.records if row["kept"] == "dissent"},
        sorted({day for days in counts.values() for day in days}),
        counts,
    )


def _changes(counts: Iterable[tuple[str, str]]) -> dict[Key, int]:
    """Return the change of each figure that has one, by its key."""
    return {
        (reporter, subject, row["report_date"], row["category"]): row["change"]
        for reporter, subject in counts
        for row in daily(reporter=reporter, subject=subject, engine="arrow").to_pylist()
        if row["change"] is not None
    }


def _count_days(counts: Iterable[Key]) -> dict[tuple[str, str], list[dt.date]]:
    found: dict[tuple[str, str], list[dt.date]] = {}
    for reporter, subject, day in sorted(counts):
        found.setdefault((reporter, subject), []).append(day)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def grouped(rows: Iterable[Row], columns: Iterable[str]) -> dict[Key, list[Row]]:
    """Return rows by their values in some columns, in their order.

    >>> grouped([{"a": 1, "b": 2}, {"a": 1, "b": 3}], ["a"])
    {(1,): [{'a': 1, 'b': 2}, {'a': 1, 'b': 3}]}
    """
    names, groups = tuple(columns), dict[Key, list[Row]]()
    for row in rows:
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    return groups
