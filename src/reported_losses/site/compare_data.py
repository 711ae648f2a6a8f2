"""Reporters side by side, and beside the ranges of others: what `compare` gives, packed."""

from __future__ import annotations

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reported_losses.definition.dates import day_number
from reported_losses.definition.descriptor import installed
from reported_losses.errors import BadArgumentError
from reported_losses.loading.category_totals import counted_within
from reported_losses.loading.chart_rows import SEVERAL
from reported_losses.loading.compare import PERSONNEL, compare, counted
from reported_losses.loading.load import arrow
from reported_losses.loading.reporter import broader
from reported_losses.site import packed
from reported_losses.site.series_data import Key, reporters

if TYPE_CHECKING:
    import pyarrow as pa


def compared() -> Iterator[tuple[str, str, pa.Table]]:
    """Give subject, category and what `compare` says of every day, where several reporters count.

    People are left out: nobody but the General Staff counts them day by day. Of categories that
    add up the same counts, the one is given that some reporter counts itself.
    """
    names = arrow(installed().table("categories"), ["category"]).column(0).to_pylist()
    for subject in sorted({subject for _, subject in reporters()}):
        given = set()
        for category in sorted(names, key=lambda one: (not _is_counted(one, subject), one)):
            data = None if category == PERSONNEL else _compared(category, subject)
            if data is None:
                continue
            parts = tuple(tuple(_parts(category, name, subject)) for name in _totals(data))
            if parts not in given:
                given.add(parts)
                yield subject, category, data


def _is_counted(category: str, subject: str) -> bool:
    return any(category in counts[subject] for counts in counted().values())


def _compared(category: str, subject: str) -> pa.Table | None:
    try:
        data = compare(category, subject=subject, by="day", engine="arrow")
    except BadArgumentError:  # nobody counts it, or no day is common
        return None
    return data if len(_totals(data)) > 1 else None


def _totals(data: pa.Table) -> list[str]:
    """Return the reporters, whose totals are columns."""
    return [name for name in data.column_names if name != "report_date" and "/" not in name]


def side_by_side() -> list[dict[str, Any]]:
    """Return every category that several reporters count, for each subject.

    Returns:
        JSON-ready objects: `subject`, `category`, `reporters`, `day` and `totals` (one packed
        column for each reporter), the days being those on which all of them have a total; and
        for each reporter `parts`, the categories that its total adds up, and `fixes`: day, first
        row with it, amount, kind and reason of each correction.
    """
    corrected = _corrections()
    return [
        {
            "subject": subject,
            "category": category,
            "reporters": _totals(data),
            "day": packed.days([day_number(day) for day in data.column(0).to_pylist()]),
            "totals": [packed.steps(data.column(name).to_pylist()) for name in _totals(data)],
            "parts": [_parts(category, name, subject) for name in _totals(data)],
            "fixes": [
                _fixes(
                    data.column(0).to_pylist(),
                    (
                        row
                        for one in _parts(category, name, subject)
                        for row in corrected[name, subject, one]
                    ),
                )
                for name in _totals(data)
            ],
        }
        for subject, category, data in compared()
    ]


def _parts(category: str, reporter: str, subject: str) -> list[str]:
    """Return the categories that a reporter's total adds up."""
    return counted_within(category, counted()[reporter][subject], broader())


def _corrections() -> Mapping[Key, list[dict[str, Any]]]:
    """Return the rows of `corrections` by the key of their count."""
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for row in arrow(installed().table("corrections")).to_pylist():
        found[row["reporter"], row["subject"], row["category"]].append(row)
    return found


def _fixes(days: Sequence[dt.date], corrections: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """Return corrections with the first of some days that has them; those of one day are one."""
    by_day: dict[dt.date, list[dict[str, Any]]] = defaultdict(list)
    for one in corrections:
        by_day[one["report_date"]].append(one)
    rows = {day: bisect.bisect_left(days, day) for day in sorted(by_day)}
    return [
        [day_number(day), row, sum(one["amount"] for one in by_day[day]), *_kind(by_day[day])]
        for day, row in rows.items()
        if 0 < row < len(days)
    ]


def _kind(corrections: Sequence[dict[str, Any]]) -> tuple[str, str]:
    """Return the kind and the reason of corrections that are drawn as one."""
    if len(corrections) == 1:
        return corrections[0]["kind"], corrections[0]["reason"]
    kinds = {one["kind"] for one in corrections}
    return kinds.pop() if len(kinds) == 1 else SEVERAL, " ".join(
        f"{one['category']} {one['amount']:+}: {one['reason']}" for one in corrections
    )


def ranges() -> list[list[Any]]:
    """Return the ranges that others gave for the people lost in the whole war.

    Returns:
        Rows: subject, statement, claim, the last day counted, the General Staff's total on that
        day, and the ratios of the range's ends to it.
    """
    data = compare(PERSONNEL, subject="russia", engine="arrow").to_pylist()
    names = ("statement", "claim")
    return [
        [
            "russia",
            *(row[name] for name in names),
            day_number(row["period_end"]),
            row["ua-general-staff"],
            row["low_ratio"],
            row["high_ratio"],
        ]
        for row in data
    ]
