"""Rows of one table found in another: codes brought to one vocabulary, keys to one number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Column, Columns

_ROOM = 2**62


def lookup(
    left: Columns, right: Columns, names: Sequence[str], right_names: Sequence[str] | None = None
) -> NDArray[np.int64]:
    """Return, for each row of `left`, the row of `right` with the same key, or -1.

    Args:
        left: The table whose rows ask.
        right: The table looked into.
        names: Columns of `left` that hold the key.
        right_names: Columns of `right`, in the order of its primary key; `names` by default.

    Returns:
        Row numbers in key order. A row of `left` that lacks a part of the key finds nothing.
        Where a key stands twice in `right`, the first row is found.
    """
    pairs = [(left[a], right[b]) for a, b in zip(names, right_names or names, strict=True)]
    asked, held = combined(pairs)
    has_key = np.logical_and.reduce([a.valid for a, _ in pairs])
    usable = np.flatnonzero(np.logical_and.reduce([b.valid for _, b in pairs]))
    return find(asked, has_key, held[usable], usable)


def find(
    asked: NDArray[np.int64],
    has_key: NDArray[np.bool_],
    held: NDArray[np.int64],
    places: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the place of each asked key among ascending held keys, or -1."""
    found = np.full(len(asked), -1, dtype=np.int64)
    if not len(held):
        return found
    at = np.minimum(np.searchsorted(held, asked), len(held) - 1)
    hit = has_key & (held[at] == asked)
    found[hit] = places[at[hit]]
    return found


def combined(
    pairs: Sequence[tuple[Column, Column]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return one number per row and side, equal where the keys are, ordered as the keys are.

    Because codes order as texts do, keys of a table that stands in key order ascend, and
    nothing needs sorting.
    """
    ends = len(pairs[0][0].values)
    key = np.zeros(ends + len(pairs[0][1].values), dtype=np.int64)
    size = 1
    for a, b in pairs:
        part, width = _common(a, b)
        if size * width >= _ROOM:
            key, size = dense(key)
            part, width = dense(part)
        key = key * width + part
        size *= width
    return key[:ends], key[ends:]


def _common(a: Column, b: Column) -> tuple[NDArray[np.int64], int]:
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


def dense(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """Rank values; only keys too many or too wide for one number ever come here."""
    distinct, ranks = np.unique(values, return_inverse=True)
    return ranks.astype(np.int64), len(distinct)
