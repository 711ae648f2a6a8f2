"""What a record covers: its days, less its gaps, in its categories, of its reporter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.rules.figures import neighbours
from reported_losses.validation.rules.joins import combined
from reported_losses.validation.rules.registry import Context, Mask, derived
from reported_losses.validation.rules.spans import Spans, spans

Rows = NDArray[np.int64]
_FAR = 2**40
# Honest tables have hundreds of pairs; a table made to be slow may have any number.
_MOST = 5_000_000


def countable(context: Context) -> bool:
    """Return whether records, their categories and gaps are few enough to be counted."""
    low, high, _ = _ranges(context)
    gaps, held = record_gaps(context), context.tables["records"].rows
    each = np.bincount(gaps.owner, minlength=held)
    pairs, record = int((high - low).sum()), _categories(context.tables["records"])[0]
    series = max(len(low), 1)
    return pairs <= _MOST and int(each[record].sum()) * series <= _MOST


def covered(context: Context, chosen: Mask) -> Rows:
    """Count, per figure, the chosen records that cover it."""
    group, record = _pairs(context)
    wanted = chosen[record]
    group, record = group[wanted], record[wanted]
    first, last = _days(context)
    gaps = record_gaps(context)
    begin, end = np.searchsorted(gaps.owner, record), np.searchsorted(gaps.owner, record + 1)
    inner = np.repeat(np.arange(len(record)), end - begin)
    pick = np.arange(len(inner)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
    pick += begin[inner]
    lows = np.maximum(gaps.first[pick], first[record[inner]])
    highs = np.maximum(np.minimum(gaps.last[pick], last[record[inner]]), lows - 1)
    return _between(context, group, first[record], last[record]) - _between(
        context, group[inner], lows, highs
    )


def covers(context: Context, record: Rows, figure: Rows) -> Mask:
    """Return whether each record covers the figure beside it."""
    first, last = _days(context)
    near = neighbours(context)
    day = near.day[figure]
    group, owner = _pairs(context)
    pairs = np.sort(owner * _FAR + group)
    asked = record * _FAR + near.group[figure]
    at = np.searchsorted(pairs, asked)
    inside = at < len(pairs)
    inside[inside] = pairs[at[inside]] == asked[inside]
    free = record_gaps(context).covered(record, day, day) == 0
    held: Mask = inside & free & (day >= first[record]) & (day <= last[record])
    return held


@derived
def record_gaps(context: Context) -> Spans:
    """Return the days each record does not cover."""
    return spans(context.tables["records"]["gaps"])


def _days(context: Context) -> tuple[Rows, Rows]:
    """Return the first and last day of each record; none where one cannot be read."""
    first, last = (context.tables["records"][name] for name in ("first_day", "last_day"))
    known = first.valid & last.valid
    return np.where(known, first.values, 0), np.where(known, last.values, -1)


def _between(context: Context, group: Rows, first: Rows, last: Rows) -> Rows:
    """Count, per figure, the intervals of days in its series that hold it."""
    near = neighbours(context)
    rows = np.flatnonzero(near.per_row(near.whole))
    held = near.group[rows] * _FAR + near.day[rows]
    edges = np.zeros(len(rows) + 1, dtype=np.int64)
    some = last >= first
    np.add.at(edges, np.searchsorted(held, (group * _FAR + first)[some]), 1)
    np.add.at(edges, np.searchsorted(held, (group * _FAR + last)[some], side="right"), -1)
    counts = np.zeros(len(near.day), dtype=np.int64)
    counts[rows] = np.cumsum(edges[:-1])
    return counts


@derived
def _pairs(context: Context) -> tuple[Rows, Rows]:
    """Return series (as groups of figures) and record wherever the record covers the category."""
    low, high, record = _ranges(context)
    group = np.repeat(np.arange(len(low)), high - low)
    within = np.arange(len(group)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    return group, record[low[group] + within]


@derived
def _ranges(context: Context) -> tuple[Rows, Rows, Rows]:
    """Return per series the range of records that cover its category, and those records."""
    records, near = context.tables["records"], neighbours(context)
    firsts = context.tables["loss_counts"].take(near.starts)
    record, category = _categories(records)
    reporter = records.take(record)["reporter"]
    groups, offered = combined([(firsts["reporter"], reporter), (firsts["category"], category)])
    order = np.argsort(offered, kind="stable")
    offered, record = offered[order], record[order]
    low, high = np.searchsorted(offered, groups), np.searchsorted(offered, groups, side="right")
    high = np.where(firsts["reporter"].valid & firsts["category"].valid, high, low)
    return low, high, record


def _categories(records: Columns) -> tuple[Rows, Column]:
    """Return every category each record covers, with the record's row."""
    column = records["categories"]
    named = [sorted(set(text.split())) for text in column.texts]
    vocabulary = sorted({name for names in named for name in names})
    rank = {name: code for code, name in enumerate(vocabulary)}
    sizes = np.array([len(names) for names in named] or [0], dtype=np.int64)
    flat = np.array([rank[name] for names in named for name in names], dtype=np.int64)
    count = np.where(column.valid & records["reporter"].valid, sizes[column.values], 0)
    owner = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    codes = flat[np.repeat((np.cumsum(sizes) - sizes)[column.values], count) + within]
    sure = np.ones(len(codes), dtype=np.bool_)
    return owner, Column(codes, sure, sure, tuple(vocabulary))
