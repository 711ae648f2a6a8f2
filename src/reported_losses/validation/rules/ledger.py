"""Revisions against the tables they changed."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
from numpy.typing import NDArray

from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.rules.joins import combined, find
from reported_losses.validation.rules.registry import Context, Mask

Rows = NDArray[np.int64]
VALUE = ("table", "key", "column")
_EPOCH = dt.date(1970, 1, 1).toordinal()


def disagreeing(context: Context) -> Rows:
    """Return the revisions whose `new` is neither in the table nor the `old` of the next."""
    revisions = context.table
    rows, last = _chains(revisions)
    chained = ~last
    old, new = combined([(_text(revisions["old"]), _text(revisions["new"]))])
    readable = revisions["old"].known & revisions["new"].known
    here, after = rows[:-1][chained[:-1]], rows[1:][chained[:-1]]
    broken = here[(new[here] != old[after]) & readable[here] & readable[after]]
    return np.concatenate((broken, _not_in_table(context, rows[last])))


def _text(column: Column) -> Column:
    """Return a text column in which a missing cell is the empty text."""
    texts = tuple(sorted({*column.texts, ""}))
    rank = {text: code for code, text in enumerate(texts)}
    recode = np.array([rank[text] for text in column.texts] or [0], dtype=np.int64)
    codes = np.where(column.valid, recode[column.values], rank[""])
    sure = np.ones(len(codes), dtype=np.bool_)
    return Column(codes, sure, sure, texts)


def _chains(revisions: Columns) -> tuple[Rows, Mask]:
    """Return revisions grouped by value and in their order, and whether each is its last."""
    keyed = np.logical_and.reduce([revisions[name].valid for name in VALUE])
    rows = np.flatnonzero(keyed & revisions["revision"].valid)
    keys = [revisions[name].values[rows] for name in VALUE]
    # Rows stand by number; a stable sort by value keeps that order within each value.
    order = np.lexsort(keys[::-1])
    rows = rows[order]
    last = np.ones(len(rows), dtype=np.bool_)
    if len(rows):
        last[:-1] = np.logical_or.reduce([key[order][1:] != key[order][:-1] for key in keys])
    return rows, last


def _not_in_table(context: Context, rows: Rows) -> Rows:
    """Return those of the revisions whose `new` is not what their table holds."""
    revisions, bad = context.table, [np.zeros(0, dtype=np.int64)]
    names, columns = revisions["table"], revisions["column"]
    for name, table in context.tables.items():
        mine = rows[names.values[rows] == names.code(name)]
        if not len(mine):
            continue
        place = _place(revisions, table, mine)
        exists = np.zeros(len(mine), dtype=np.bool_)
        for column, cell in table.items():
            of = columns.values[mine] == columns.code(column)
            bad.append(mine[of][_differs(revisions, cell, mine[of], place[of])])
            exists |= of
        bad.append(mine[~exists])
    return np.concatenate(bad)


def _place(revisions: Columns, table: Columns, rows: Rows) -> Rows:
    """Return the row of the table that each revision names, or -1."""
    key = revisions["key"]
    names = table.key
    parts = [text.split("/") for text in key.texts]
    fits = np.array([len(part) == len(names) for part in parts] or [False], dtype=np.bool_)
    whole = fits[key.values[rows]]
    pairs = []
    for number, name in enumerate(names):
        texts = [part[number] if len(part) == len(names) else "" for part in parts]
        asked = _parsed(texts, table[name], key.values[rows])
        whole &= asked.valid
        pairs.append((asked, table[name]))
    asked_keys, held = combined(pairs)
    usable = np.flatnonzero(np.logical_and.reduce([table[name].valid for name in names]))
    return find(asked_keys, whole, held[usable], usable)


def _differs(revisions: Columns, cell: Column, rows: Rows, place: Rows) -> Mask:
    new = revisions["new"]
    if not len(cell.valid):
        return new.known[rows]
    asked = _parsed(list(new.texts), cell, new.values[rows])
    mine, held = combined([(asked, cell)])
    empty = ~new.valid[rows]
    there = place >= 0
    same = np.where(
        empty, ~cell.valid[place], asked.valid & cell.valid[place] & (mine == held[place])
    )
    unknown = there & ~cell.known[place] | ~new.known[rows]
    wrong: Mask = ~(there & same) & ~unknown
    return wrong


def _parsed(texts: list[str], like: Column, codes: Rows) -> Column:
    """Turn texts into values of another column's kind, then spread them by code."""
    sure = np.ones(len(codes), dtype=np.bool_)
    if like.kind == "string":
        vocabulary = tuple(sorted(set(texts))) or ("",)
        rank = {text: code for code, text in enumerate(vocabulary)}
        values = np.array([rank[text] for text in texts] or [0], dtype=np.int64)
        return Column(values[codes], sure, sure, vocabulary)
    read = [_value(text, like.kind) for text in texts] or [None]
    values = np.array([value or 0 for value in read], dtype=like.values.dtype)
    valid = np.array([value is not None for value in read], dtype=np.bool_)
    return Column(values[codes], valid[codes], sure, kind=like.kind)


def _value(text: str, kind: str) -> float | None:
    """Read a cell's text; None where it is not the one spelling of a value."""
    if not re.fullmatch(FIELD_TYPES[kind].spelling, text):
        return None
    try:
        value = FIELD_TYPES[kind].parse(text)
    except ValueError:
        return None
    return value.toordinal() - _EPOCH if isinstance(value, dt.date) else value


def now(context: Context, row: int) -> tuple[str, str] | None:
    """Return where a revision's `new` must stand and what stands there, or None if nowhere."""
    revisions = context.table
    rows, last = _chains(revisions)
    at = int(np.flatnonzero(rows == row)[0])
    if not last[at]:
        following = int(rows[at + 1])
        number = revisions["revision"].text(following)
        return f"old of revision {number}", revisions["old"].text(following) or "empty"
    table = context.tables[revisions["table"].text(row)]
    cell = table.get(revisions["column"].text(row))
    place = int(_place(revisions, table, np.array([row]))[0])
    if cell is None or place < 0:
        return None
    return "the table", cell.text(place) or "empty"
