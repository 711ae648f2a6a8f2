"""Reporters side by side, and beside the ranges of others: what `compare` gives, packed."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reported_losses.definition.dates import day_number
from reported_losses.definition.descriptor import installed
from reported_losses.errors import BadArgumentError
from reported_losses.loading.category_totals import counted_within
from reported_losses.loading.chart_rows import CUTTING, SEVERAL
from reported_losses.loading.compare import PERSONNEL, compare, counted
from reported_losses.loading.load import arrow
from reported_losses.loading.reporter import broader
from reported_losses.site import packed
from reported_losses.site.series_data import Key, reporters

if TYPE_CHECKING:
    import pyarrow as pa


def compared() -> Iterator[tuple[str, str, pa.Table]]:
    """Give subject, category and what `compare` says of every day, where several reporters count.

    People are left out: nobody but the General Staff counts them day by day.
    """
    names = arrow(installed().table("categories"), ["category"]).column(0).to_pylist()
    subjects = sorted({subject for _, subject in reporters()})
    for subject, category in itertools.product(subjects, sorted(names)):
        data = None if category == PERSONNEL else _compared(category, subject)
        if data is not None:
            yield subject, category, data


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
        for each reporter `jumps`: row, amount, kind and reason of each correction that moves the
        count itself, so that no line may cross it.
    """
    moved = _moved()
    return [
        {
            "subject": subject,
            "category": category,
            "reporters": _totals(data),
            "day": packed.days([day_number(day) for day in data.column(0).to_pylist()]),
            "totals": [packed.steps(data.column(name).to_pylist()) for name in _totals(data)],
            "jumps": [
                _jumps(
                    data.column(0).to_pylist(),
                    [
                        row
                        for one in _parts(category, name, subject)
                        for row in moved[name, subject, one]
                    ],
                )
                for name in _totals(data)
            ],
        }
        for subject, category, data in compared()
    ]


def _parts(category: str, reporter: str, subject: str) -> list[str]:
    """Return the categories that a reporter's total adds up."""
    return counted_within(category, counted()[reporter][subject], broader())


def _moved() -> Mapping[Key, list[dict[str, Any]]]:
    """Return the corrections that move a count, by its key."""
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for row in arrow(installed().table("corrections")).to_pylist():
        if row["kind"] in CUTTING:
            found[row["reporter"], row["subject"], row["category"]].append(row)
    return found


def _jumps(days: Sequence[dt.date], corrections: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """Return corrections by the first of some days that has them; those of one day are added up."""
    by_row: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in corrections:
        by_row[bisect.bisect_left(days, one["report_date"])].append(one)
    return [
        [row, sum(one["amount"] for one in ones), *_kind(ones)]
        for row, ones in sorted(by_row.items())
        if 0 < row < len(days)
    ]


def _kind(corrections: Sequence[dict[str, Any]]) -> tuple[str, str]:
    """Return the kind and the reason of corrections that are drawn as one."""
    if len(corrections) == 1:
        return corrections[0]["kind"], corrections[0]["reason"]
    kinds = {one["kind"] for one in corrections}
    return kinds.pop() if len(kinds) == 1 else SEVERAL, "; ".join(
        f"{one['category']}: {one['reason']}" for one in corrections
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
