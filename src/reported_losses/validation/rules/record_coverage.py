"""What a record covers: its reporter's figures in its categories on its days, less its gaps."""

from __future__ import annotations

import numpy as np

from reported_losses.parsing.columns import Column, Columns, ragged
from reported_losses.validation.keys import Mask, Rows, numbered
from reported_losses.validation.rules.figures import FAR, neighbours
from reported_losses.validation.rules.independence import Origins, origins
from reported_losses.validation.rules.intervals import Intervals, intervals
from reported_losses.validation.rules.rule import CannotBeJudgedError, Context, derived

# Honest tables have hundreds of pairs of series and record; a hostile one has any number.
_MOST = 5_000_000
_MOST_STRETCHES = 10_000


def check_countable(context: Context) -> None:
    """Refuse records whose categories and gaps are too many to be counted.

    Raises:
        CannotBeJudgedError: They are.
    """
    low, high, record = _ranges(context)
    gaps, held = record_gaps(context), context.tables["records"].rows
    each = np.bincount(gaps.owner, minlength=held)
    group, within = ragged(high - low)
    pairs = len(group)
    intervals = int(each[record[low[group] + within]].sum()) if pairs <= _MOST else _MOST + 1
    stretches = len(origins(context).record)
    if pairs > _MOST or intervals > _MOST or stretches > _MOST_STRETCHES:
        raise CannotBeJudgedError(
            f"records has too many categories, gaps or publications to count what it covers: at "
            f"most {_MOST:,} pairs of a series and a record, or of a series and a gap, and "
            f"{_MOST_STRETCHES:,} publications"
        )


def covered(context: Context, stretches: Origins, chosen: Rows) -> Rows:
    """Count, per figure, the stretches of records that cover it.

    Args:
        context: The tables.
        stretches: Stretches of days of records.
        chosen: The stretches to count, as positions in `stretches`.
    """
    group, record = _pairs(context)
    order = np.argsort(record, kind="stable")
    group, record = group[order], record[order]
    owner = stretches.record[chosen]
    begin, end = np.searchsorted(record, owner), np.searchsorted(record, owner, side="right")
    at, within = ragged(end - begin)
    group, record = group[begin[at] + within], owner[at]
    first, last = _days(context)
    low = np.maximum(first[record], stretches.first[chosen][at])
    high = np.minimum(last[record], stretches.last[chosen][at])
    gaps = record_gaps(context)
    begin, end = np.searchsorted(gaps.owner, record), np.searchsorted(gaps.owner, record + 1)
    inner, gap = ragged(end - begin)
    gap += begin[inner]
    lows = np.maximum(gaps.first[gap], low[inner])
    highs = np.maximum(np.minimum(gaps.last[gap], high[inner]), lows - 1)
    return _between(context, group, low, high) - _between(context, group[inner], lows, highs)


def covers(context: Context, record: Rows, figure: Rows) -> Mask:
    """Return whether each record covers the figure beside it."""
    first, last = _days(context)
    near = neighbours(context)
    day = near.day[figure]
    group, owner = _pairs(context)
    pairs = np.sort(owner * FAR + group)
    asked = record * FAR + near.group[figure]
    at = np.searchsorted(pairs, asked)
    inside = at < len(pairs)
    inside[inside] = pairs[at[inside]] == asked[inside]
    free = record_gaps(context).covered(record, day, day) == 0
    held: Mask = inside & free & (day >= first[record]) & (day <= last[record])
    return held


@derived
def record_gaps(context: Context) -> Intervals:
    """Return the days each record does not cover."""
    return intervals(context.tables["records"]["gaps"])


def _days(context: Context) -> tuple[Rows, Rows]:
    """Return the first and last day of each record; no day at all if one cannot be read."""
    first, last = (context.tables["records"][name] for name in ("first_day", "last_day"))
    known = first.valid & last.valid
    return np.where(known, first.values, 0), np.where(known, last.values, -1)


def _between(context: Context, group: Rows, first: Rows, last: Rows) -> Rows:
    """Count, per figure, the intervals of its series that contain its day."""
    near = neighbours(context)
    rows = np.flatnonzero(near.per_row(near.whole))
    held = near.group[rows] * FAR + near.day[rows]
    edges = np.zeros(len(rows) + 1, dtype=np.int64)
    some = last >= first
    np.add.at(edges, np.searchsorted(held, (group * FAR + first)[some]), 1)
    np.add.at(edges, np.searchsorted(held, (group * FAR + last)[some], side="right"), -1)
    counts = np.zeros(len(near.day), dtype=np.int64)
    counts[rows] = np.cumsum(edges[:-1])
    return counts


@derived
def _pairs(context: Context) -> tuple[Rows, Rows]:
    """Return each pair of a series (a group of figures) and a record that covers its category."""
    low, high, record = _ranges(context)
    group, within = ragged(high - low)
    return group, record[low[group] + within]


@derived
def _ranges(context: Context) -> tuple[Rows, Rows, Rows]:
    """Return per series the range of records that cover its category, and those records."""
    records, near = context.tables["records"], neighbours(context)
    firsts = context.tables["loss_counts"].take(near.starts)
    record, category = listed_categories(records)
    reporter = records.take(record)["reporter"]
    groups, offered, _ = numbered([firsts["reporter"], firsts["category"]], [reporter, category])
    order = np.argsort(offered, kind="stable")
    offered, record = offered[order], record[order]
    low, high = np.searchsorted(offered, groups), np.searchsorted(offered, groups, side="right")
    high = np.where(firsts["reporter"].valid & firsts["category"].valid, high, low)
    return low, high, record


def listed_categories(records: Columns) -> tuple[Rows, Column]:
    """Return the categories that records cover, each with the row of its record."""
    column = records["categories"]
    named = [sorted(set(text.split())) for text in column.texts]
    vocabulary = sorted({name for names in named for name in names})
    rank = {name: code for code, name in enumerate(vocabulary)}
    sizes = np.array([len(names) for names in named] or [0], dtype=np.int64)
    flat = np.array([rank[name] for names in named for name in names], dtype=np.int64)
    count = np.where(column.valid & records["reporter"].valid, sizes[column.values], 0)
    owner, within = ragged(count)
    codes = flat[(np.cumsum(sizes) - sizes)[column.values][owner] + within]
    sure = np.ones(len(codes), dtype=np.bool_)
    return owner, Column(codes, sure, sure, tuple(vocabulary))
