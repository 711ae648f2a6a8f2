"""Reporters side by side, and beside the ranges of others: what `compare` gives, packed."""

from __future__ import annotations

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

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


class Compared(NamedTuple):
    """A category that several reporters count.

    Attributes:
        subject: Whose losses.
        category: The category.
        data: What `compare` says of every day.
        parts: For each reporter the categories that its total adds up.
    """

    subject: str
    category: str
    data: pa.Table
    parts: Mapping[str, Sequence[str]]


def compared() -> Iterator[Compared]:
    """Give what `compare` says of every day, where several reporters count.

    People are left out: nobody but the General Staff counts them day by day. Of categories that
    add up the same counts, the one is given that some reporter counts itself.
    """
    names = arrow(installed().table("categories"), ["category"]).column(0).to_pylist()
    counts, wider = counted(), broader()
    for subject in sorted({subject for _, subject in reporters()}):
        given = []
        own = {one for counts_of in counts.values() for one in counts_of[subject]}
        for category in sorted(names, key=lambda one: (one not in own, one)):
            data = None if category == PERSONNEL else _compared(category, subject)
            if data is None:
                continue
            parts = {
                name: counted_within(category, counts[name][subject], wider)
                for name in _totals(data)
            }
            if parts not in given:
                given.append(parts)
                yield Compared(subject, category, data, parts)


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
    return [_packed(one, corrected) for one in compared()]


def _packed(one: Compared, corrected: Mapping[Key, list[dict[str, Any]]]) -> dict[str, Any]:
    days = one.data.column(0).to_pylist()
    fixes = {
        name: [row for part in parts for row in corrected[name, one.subject, part]]
        for name, parts in one.parts.items()
    }
    return {
        "subject": one.subject,
        "category": one.category,
        "reporters": list(one.parts),
        "day": packed.days([day_number(day) for day in days]),
        "totals": [packed.steps(one.data.column(name).to_pylist()) for name in one.parts],
        "parts": list(one.parts.values()),
        "fixes": [_fixes(days, rows) for rows in fixes.values()],
    }


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
