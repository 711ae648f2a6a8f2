"""Whether the keys of one table's rows are keys of another: on codes, never on texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Column

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]

_TABLE = 1 << 24
"""Up to so many possible keys are looked up in a plain array instead of by search."""
_ROOM = 1 << 62


def contained(asked: Sequence[Column], held: Sequence[Column]) -> Mask:
    """Return which rows' keys are among the keys held.

    Args:
        asked: Key columns of the rows that ask.
        held: Key columns of the rows looked into, in the same order; rows with a missing
            or unknown part hold no key.

    Returns:
        True where every part has a value and the whole is among the keys held.
    """
    usable = np.logical_and.reduce([column.valid for column in held])
    found: Mask = np.logical_and.reduce([column.valid for column in asked])
    left = np.zeros(len(found), dtype=np.int64)
    right = np.zeros(int(usable.sum()), dtype=np.int64)
    size = 1
    for a, b in zip(asked, held, strict=True):
        part, target, width = _common(a, b, usable)
        found &= part >= 0
        if size * width >= _ROOM:
            left, right, size = _dense(left, right)
            part, target, width = _dense(part, target)
        left = left * width + part
        right = right * width + target
        size *= width
    found &= _among(left, right, size, found)
    return found


def _common(a: Column, b: Column, usable: Mask) -> tuple[Codes, Codes, int]:
    """Number the values of both sides alike: those held from 0, what is not held -1."""
    if a.texts or b.texts:
        place = {text: code for code, text in enumerate(b.texts)}
        moved = np.array([place.get(text, -1) for text in a.texts] or [-1], dtype=np.int64)
        values = a.values if a.texts else np.zeros(len(a.values), dtype=np.int64)
        return moved[values], b.values[usable], max(len(b.texts), 1)
    held = b.values[usable]
    if not len(held):
        return np.full(len(a.values), -1, dtype=np.int64), held.astype(np.int64), 1
    least, most = held.min(), held.max()
    if most - least >= _TABLE:
        distinct, target = np.unique(held, return_inverse=True)
        at = np.minimum(np.searchsorted(distinct, a.values), len(distinct) - 1)
        part = np.where(distinct[at] == a.values, at, -1)
        return part.astype(np.int64), target.astype(np.int64), len(distinct)
    inside = (a.values >= least) & (a.values <= most)
    part = np.where(inside, a.values - least, -1)
    return part.astype(np.int64), (held - least).astype(np.int64), int(most - least) + 1


def _dense(left: Codes, right: Codes) -> tuple[Codes, Codes, int]:
    """Rank numbers grown too wide for one machine word."""
    distinct, ranks = np.unique(np.concatenate((left, right)), return_inverse=True)
    return ranks[: len(left)], ranks[len(left) :], len(distinct)


def _among(left: Codes, right: Codes, size: int, judged: Mask) -> Mask:
    if not len(right):
        return np.zeros(len(left), dtype=np.bool_)
    if size <= _TABLE:
        there = np.zeros(size, dtype=np.bool_)
        there[right] = True
        return there[np.where(judged, left, 0)]
    distinct = np.unique(right)
    at = np.minimum(np.searchsorted(distinct, left), len(distinct) - 1)
    found: Mask = distinct[at] == left
    return found
