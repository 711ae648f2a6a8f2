"""What most rows of a group say, and the rows that say otherwise; and columns made from texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from reported_losses.parsing.columns import Column
from reported_losses.validation.keys import Mask, Rows, dense, numbered, whole

_NONE: Rows = np.zeros(0, dtype=np.int64)
_FEW = 100_000


def made_from(column: Column, make: Callable[[str], str | None]) -> Column:
    """Return a column of texts made from those of another; each distinct text is made once.

    Args:
        column: A column of texts.
        make: Gives the new text; None for none.
    """
    made = [make(text) for text in column.texts]
    texts = tuple(sorted({text for text in made if text is not None}))
    rank = {text: code for code, text in enumerate(texts)}
    codes = np.array([-1 if text is None else rank[text] for text in made] or [-1], dtype=np.int64)
    codes = codes[np.where(column.valid, column.values, 0)]
    valid = column.valid & (codes >= 0)
    return Column(np.where(valid, codes, 0), valid, column.known, texts)


def unlike_most(group: Sequence[Column], value: Column) -> Mask:
    """Return the rows whose value is not the one that more than half of their group have.

    Args:
        group: Columns; rows equal in all of them are a group. A row without one is in none.
        value: Rows without a value are not judged.
    """
    judged = whole([*group, value])
    rows = np.flatnonzero(judged)
    bad = np.zeros(len(judged), dtype=np.bool_)
    if len(rows):
        of = _numbers([column.take(rows) for column in group])
        pair = _numbers([column.take(rows) for column in (*group, value)])
        size, same = np.bincount(of)[of], np.bincount(pair)[pair]
        has_usual = np.zeros(int(of.max()) + 1, dtype=np.bool_)
        has_usual[of[2 * same > size]] = True
        bad[rows] = has_usual[of] & (2 * same <= size)
    return bad


def usual_of(group: Sequence[Column], value: Column, row: int) -> str:
    """Return what most rows of the group of a row say."""
    of = _numbers(group)
    mine = np.flatnonzero((of == of[row]) & whole([*group, value]))
    codes, times = np.unique(value.values[mine], return_counts=True)
    usual = codes[np.argmax(times)]
    return value.text(int(mine[np.flatnonzero(value.values[mine] == usual)[0]]))


def _numbers(columns: Sequence[Column]) -> Rows:
    """Number the rows from 0, equal where all columns are; not by many more than there are rows."""
    keys, _, size = numbered(columns, [column.take(_NONE) for column in columns])
    return keys if size <= max(_FEW, 4 * len(keys)) else dense(keys)[0]
