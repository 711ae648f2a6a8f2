"""Keys of rows: numbered so that they can be compared, looked up, and judged.

A key is one or more columns. Codes of texts order as the texts do, so that numbered keys order
as the keys do, and the keys of a table in key order ascend.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.schema import ForeignKey
from reported_losses.parsing.columns import Column, Columns
from reported_losses.parsing.moves import staying

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

_ROOM = 1 << 62
_DIRECT = 1 << 22
"""Up to this many possible keys are looked up in an array by number, which is faster."""


def numbered(asked: Sequence[Column], held: Sequence[Column]) -> tuple[Rows, Rows, int]:
    """Number the keys of two tables alike.

    Args:
        asked: Key columns of one table.
        held: Key columns of the other, in the same order.

    Returns:
        One number per row for either side, equal where the keys are equal and ordered as the
        keys are; and a number that all of them are below. A missing part counts as any value:
        leave such rows out by their masks.
    """
    rows = len(asked[0].values)
    key = np.zeros(rows + len(held[0].values), dtype=np.int64)
    size = 1
    for a, b in zip(asked, held, strict=True):
        part, width = _part(a, b)
        if size * width >= _ROOM:
            key, size = dense(key)
            part, width = dense(part)
        key = key * width + part
        size *= width
    return key[:rows], key[rows:], size


def _part(a: Column, b: Column) -> tuple[Rows, int]:
    if a.texts or b.texts:
        union = sorted({*a.texts, *b.texts})
        rank = {text: code for code, text in enumerate(union)}
        sides = [
            np.array([rank[text] for text in side.texts] or [0], dtype=np.int64)[side.values]
            for side in (a, b)
        ]
        return np.concatenate(sides), len(union)
    values = np.concatenate([np.where(side.valid, side.values, 0) for side in (a, b)])
    if not len(values):
        return values.astype(np.int64), 1
    least, most = int(values.min()), int(values.max())
    if most - least >= _ROOM:
        return dense(values)
    return (values - least).astype(np.int64), most - least + 1


def dense(values: Rows) -> tuple[Rows, int]:
    """Rank values from 0; only keys too many or too wide for one number need it."""
    distinct, ranks = np.unique(values, return_inverse=True)
    return ranks.astype(np.int64), len(distinct)


def distinct(values: Rows) -> Rows:
    """Return the different values, ascending; `np.unique` would import numpy.ma to say so."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def whole(key: Sequence[Column]) -> Mask:
    """Return the rows in which every part of the key has a value."""
    mask: Mask = np.logical_and.reduce([column.valid for column in key])
    return mask


def lookup(asked: Sequence[Column], held: Sequence[Column]) -> Rows:
    """Return, for each row that asks, the first row that holds the same key, or -1.

    Args:
        asked: Key columns of the rows that ask.
        held: Key columns of the rows looked into, in the same order.

    Returns:
        int64 row numbers. A key with a missing part neither finds nor is found.
    """
    numbers, keys, size = numbered(asked, held)
    rows = np.flatnonzero(whole(held))
    return find(numbers, whole(asked), keys[rows], rows, size)


def find(asked: Rows, has_key: Mask, held: Rows, rows: Rows, size: int) -> Rows:
    """Look numbered keys up: as `lookup`, for keys that are numbers already.

    Args:
        asked: Number of each key that is looked for.
        has_key: Where False, nothing is looked for.
        held: Numbers of the keys there are.
        rows: The row of each of them, ascending.
        size: A number that all keys are below.
    """
    if not len(held):
        return np.full(len(asked), -1, dtype=np.int64)
    if size <= _DIRECT:
        first = np.full(size, -1, dtype=np.int32)
        first[held[::-1]] = rows[::-1]
        found = first[asked].astype(np.int64)
        found[~has_key] = -1
        return found
    if (held[1:] < held[:-1]).any():
        order = np.argsort(held, kind="stable")
        held, rows = held[order], rows[order]
    at = np.minimum(np.searchsorted(held, asked), len(held) - 1)
    return np.where(has_key & (held[at] == asked), rows[at], -1)


def lookup_rows(
    left: Columns, right: Columns, names: Sequence[str], right_names: Sequence[str] | None = None
) -> Rows:
    """Return, for each row of `left`, the row of `right` with the same key, or -1.

    Args:
        left: The table whose rows ask.
        right: The table looked into.
        names: Columns of `left` that hold the key.
        right_names: Columns of `right` in the same order; `names` by default.
    """
    pairs = [left[name] for name in names], [right[name] for name in right_names or names]
    return lookup(*pairs)


def repeated_values(column: Column) -> Mask:
    """Return the rows whose value an earlier row has."""
    again: Mask = first_of_value(column) != np.arange(len(column.valid))
    return again


def first_of_value(column: Column) -> Rows:
    """Return, for each row, the first row with the same value."""
    rows = np.flatnonzero(column.valid)
    distinct, inverse = np.unique(column.values[rows], return_inverse=True)
    begin = np.full(len(distinct), len(column.valid))
    np.minimum.at(begin, inverse, rows)
    first = np.arange(len(column.valid))
    first[rows] = begin[inverse]
    return first


def repeated_keys(own: Columns, key: Sequence[str]) -> Mask:
    """Return the rows whose whole key an earlier row has."""
    rows, again = _equal_neighbours(own, key)
    bad = np.zeros(own.rows, dtype=np.bool_)
    bad[rows[again]] = True
    return bad


def first_of_key(own: Columns, key: Sequence[str]) -> Rows:
    """Return, for each row, the first row in key order with the same whole key."""
    rows, again = _equal_neighbours(own, key)
    begin = np.maximum.accumulate(np.where(again, 0, np.arange(len(rows))))
    first = np.arange(own.rows)
    first[rows] = rows[begin]
    return first


def _equal_neighbours(own: Columns, key: Sequence[str]) -> tuple[NDArray[np.intp], Mask]:
    """Return the rows with a whole key, and which of them equal the one before."""
    columns = [own[name] for name in key]
    rows = np.flatnonzero(whole(columns))
    # In key order equal keys are neighbours, once rows without a whole key are left out.
    again = np.ones(len(rows), dtype=np.bool_)
    again[:1] = False
    for column in columns:
        values = column.values if len(rows) == own.rows else column.values[rows]
        again[1:] &= values[1:] == values[:-1]
    return rows, again


def dangling(own: Columns, key: ForeignKey, target: Columns) -> Mask:
    """Return the rows that refer to a row that does not exist.

    A reference with a missing part refers to nothing. Where a key of the target has an unknown
    cell, a reference that fits the rest of that key is not blamed.
    """
    asked = [own[name] for name in key.fields]
    held = [target[name] for name in key.references]
    bad: Mask = whole(asked) & (lookup(asked, held) < 0)
    if bad.any():
        bad &= ~fits_partly_known(asked, held)
    return bad


def fits_partly_known(asked: Sequence[Column], held: Sequence[Column]) -> Mask:
    """Return which keys may be those of rows whose key has unknown parts."""
    fits = np.zeros(len(asked[0].values), dtype=np.bool_)
    for known in _partly_known(held):
        fits |= _fits_known_parts(asked, held, known)
    return fits


def missing_parts(own: Columns, key: ForeignKey, target: Columns, rows: Rows) -> Rows:
    """Return, per row, the first part of its reference that the target lacks, else the last.

    Args:
        own: The table that refers.
        key: Its reference.
        target: The table referred to.
        rows: Rows of `own`.

    Returns:
        int64 indexes into `key.fields`; the number of fields if the target has every part, and
        only lacks them together.
    """
    part = np.full(len(rows), len(key.fields))
    for number in reversed(range(len(key.fields))):
        asked = own[key.fields[number]].take(rows)
        part[lookup([asked], [target[key.references[number]]]) < 0] = number
    return part.astype(np.int64)


def _partly_known(held: Sequence[Column]) -> list[tuple[bool, ...]]:
    """Return which parts are known, once for each such pattern with an unknown part."""
    pattern = np.zeros(len(held[0].known), dtype=np.int64)
    for number, column in enumerate(held):
        pattern |= column.known.astype(np.int64) << number
    partly = [int(bits) for bits in distinct(pattern) if bits != (1 << len(held)) - 1]
    return [tuple(bool(bits >> number & 1) for number in range(len(held))) for bits in partly]


def _fits_known_parts(
    asked: Sequence[Column], held: Sequence[Column], known: tuple[bool, ...]
) -> Mask:
    if not any(known):
        return np.ones(1, dtype=np.bool_)
    rows = np.logical_and.reduce(
        [column.known == is_known for column, is_known in zip(held, known, strict=True)]
    )
    parts = [number for number, is_known in enumerate(known) if is_known]
    some = [held[number].take(np.flatnonzero(rows)) for number in parts]
    fits: Mask = lookup([asked[number] for number in parts], some) >= 0
    return fits


def out_of_order(own: Columns, key: Sequence[str]) -> list[Rows]:
    """Find the fewest rows that must move so that the source is in key order.

    Args:
        own: The table.
        key: Its key; rows without a whole key are not judged.

    Returns:
        Blocks of neighbouring source rows that belong elsewhere, each as rows in key order.
    """
    if (own.row[1:] > own.row[:-1]).all():
        return []
    rank = np.empty(own.rows, dtype=np.int64)
    rank[own.row] = np.arange(own.rows)
    ranks = rank[whole([own[name] for name in key])[rank]]
    moved = np.flatnonzero(~staying(ranks))
    blocks = np.split(moved, np.flatnonzero(np.diff(moved) > 1) + 1) if len(moved) else []
    return [ranks[block] for block in blocks]
