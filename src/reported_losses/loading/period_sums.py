"""Sums by period: which days are due, and how many of them are in each sum."""

from __future__ import annotations

import dataclasses

import numpy as np

from reported_losses.definition.schema import Table
from reported_losses.loading import day_table
from reported_losses.loading.asked import Asked, day_bounds, life_of
from reported_losses.loading.computed import column
from reported_losses.loading.held_changes import Steps, is_irregular, steps
from reported_losses.loading.meanings import TITLES, computed_field
from reported_losses.loading.reporter import Days
from reported_losses.parsing.columns import Column, Columns

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
STEPS = ("week", *_MONTHS)
# 1970-01-05 was a Monday.
_MONDAY = 4
_WEEK = 7
# Days of the longest period: from the first day of any, so many days lead into the next one.
_LONGEST = {"week": 7, "month": 31, "quarter": 92, "year": 366}


def sums(asked: Asked, counts: Columns, step: str) -> dict[str, Column]:
    """Return the columns of `periods`, in order of category and period.

    Args:
        asked: What is asked for.
        counts: What `day_table.reported` gives for it.
        step: One of `STEPS`.
    """
    columns = day_table.computed(asked, counts)
    figures: dict[str, Column] = {}
    last_report = int(counts["report_date"].values.max(initial=0))
    made = []
    for code, name in enumerate(asked.categories):
        due = _days_due(asked, name, last_report)
        own = _sums_of(code, columns, due, step)
        if is_irregular(asked, name):
            figures = figures or day_table.corrected(asked, counts)
            own = _held(own, steps(asked, name, figures), due, step)
        made.append(own)
    found = {name: np.concatenate([one[name] for one in made]) for name in made[0]}
    length = found["end"] - found["start"] + 1
    has_change, has_increment = found["change_days"] > 0, found["increment_days"] > 0
    return {
        "category": column(found["category"], None, "string", asked.categories),
        "period_start": column(found["start"], None, "date"),
        "period_end": column(found["end"], None, "date"),
        "change": column(found["change"], has_change),
        "change_days": column(found["change_days"]),
        "increment": column(found["increment"], has_increment),
        "increment_days": column(found["increment_days"]),
        "days": column(found["days"]),
        "partial": column(found["change_days"] < length, None, "boolean"),
        "increment_partial": column(found["increment_days"] < length, None, "boolean"),
    }


def _days_due(asked: Asked, category: str, last_report: int) -> Days:
    """Return the days asked for on which the category is counted, up to the last report."""
    first, last = life_of(asked, category, last_report)
    start, end = day_bounds(asked)
    return np.arange(max(first, start), min(last, end) + 1)


def _sums_of(code: int, columns: dict[str, Column], due: Days, step: str) -> dict[str, Days]:
    """Return the sums of one category over each period that has a day due."""
    starts, days = np.unique(_start(due, step), return_counts=True)
    day = columns["report_date"].values
    own = np.flatnonzero((columns["category"].values == code) & np.isin(day, due))
    period = np.searchsorted(starts, _start(day[own], step))
    made = {
        "category": np.full(len(starts), code),
        "start": starts,
        "end": _start(starts + _LONGEST[step], step) - 1,
        "days": days,
    }
    for name in ("change", "increment"):
        values = columns[name].take(own)
        made[name], made[f"{name}_days"] = np.zeros((2, len(starts)), dtype=np.int64)
        np.add.at(made[name], period[values.valid], values.values[values.valid])
        np.add.at(made[f"{name}_days"], period[values.valid], 1)
    return made


def _held(made: dict[str, Days], found: Steps, due: Days, step: str) -> dict[str, Days]:
    """Return sums with the changes of a total that holds; each step lies within a period."""
    inside = np.isin(found.first, due) & np.isin(found.last, due)
    inside &= _start(found.first, step) == _start(found.last, step)
    period = np.searchsorted(made["start"], _start(found.last[inside], step))
    change, days = np.zeros((2, len(made["start"])), dtype=np.int64)
    np.add.at(change, period, found.change[inside])
    np.add.at(days, period, (found.last - found.first + 1)[inside])
    return made | {"change": change, "change_days": days}


def _start(days: Days, step: str) -> Days:
    """Return the first day of the period of each day."""
    if step == "week":
        return days - (days - _MONDAY) % _WEEK
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first = months - months % _MONTHS[step]
    return first.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def descriptor() -> Table:
    """Return the descriptor of the columns of `periods`."""
    category, increment = map(day_table.descriptor("daily").field, ("category", "increment"))
    meaning = "Sum of the printed increments; missing if no day has one."
    increment = dataclasses.replace(increment, description=meaning)
    kinds = {"period_start": "date", "period_end": "date"}
    kinds |= dict.fromkeys(("change", "change_days", "increment", "increment_days"), "integer")
    kinds |= {"days": "integer", "partial": "boolean", "increment_partial": "boolean"}
    fields = [
        increment if name == "increment" else computed_field(name, kind, required=name != "change")
        for name, kind in kinds.items()
    ]
    key = ("category", "period_start")
    return Table("periods", *TITLES["periods"], "", (category, *fields), key)
