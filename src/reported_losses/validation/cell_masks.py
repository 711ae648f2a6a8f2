"""Cells that break a constraint on themselves, as masks of bad rows in key order.

Missing values break nothing but `missing`; nothing is said of a cell that is unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Column

Mask = NDArray[np.bool_]

_EPOCH = dt.date(1970, 1, 1)


def missing(column: Column) -> Mask:
    """Return where a cell is known to be empty."""
    return column.known & ~column.valid


def not_listed(column: Column, enum: Sequence[str]) -> Mask:
    """Return where a text is none of those listed."""
    listed = frozenset(enum)
    return _by_text(column, lambda text: text not in listed)


def not_matching(column: Column, pattern: str) -> Mask:
    """Return where a text does not match from start to end."""
    form = re.compile(rf"(?:{pattern})\Z")
    return _by_text(column, lambda text: form.match(text) is None)


def shorter(column: Column, length: int) -> Mask:
    """Return where a text has fewer characters."""
    return _by_text(column, lambda text: len(text) < length)


def longer(column: Column, length: int) -> Mask:
    """Return where a text has more characters."""
    return _by_text(column, lambda text: len(text) > length)


def _by_text(column: Column, bad: Callable[[str], bool]) -> Mask:
    """Judge each distinct text once."""
    verdict = np.array([bad(text) for text in column.texts], dtype=np.bool_)
    if not verdict.any():
        return np.zeros(len(column.valid), dtype=np.bool_)
    mask: Mask = column.valid & verdict[column.values]
    return mask


def below(column: Column, least: float | dt.date) -> Mask:
    """Return where a value is less than the least allowed."""
    bad: Mask = column.valid & (column.values < _number(least))
    return bad


def above(column: Column, most: float | dt.date) -> Mask:
    """Return where a value is greater than the greatest allowed."""
    bad: Mask = column.valid & (column.values > _number(most))
    return bad


def _number(bound: float | dt.date) -> float:
    return (bound - _EPOCH).days if isinstance(bound, dt.date) else bound
