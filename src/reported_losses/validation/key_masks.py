"""Rows whose keys repeat, dangle or stand out of order, as masks in key order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import ForeignKey
from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.membership import contained

Mask = NDArray[np.bool_]


def not_unique(column: Column) -> Mask:
    """Return where a value stands that an earlier row has."""
    rows = np.flatnonzero(column.valid)
    order = rows[np.argsort(column.values[rows], kind="stable")]
    again = column.values[order[1:]] == column.values[order[:-1]]
    bad = np.zeros(len(column.valid), dtype=np.bool_)
    bad[order[1:][again]] = True
    return bad


def first_of_value(column: Column) -> NDArray[np.int64]:
    """Return for each row the first row with the same value."""
    rows = np.flatnonzero(column.valid)
    distinct, inverse = np.unique(column.values[rows], return_inverse=True)
    begin = np.full(len(distinct), len(column.valid))
    np.minimum.at(begin, inverse, rows)
    first = np.arange(len(column.valid))
    first[rows] = begin[inverse]
    return first


def repeated(own: Columns, key: Sequence[str]) -> Mask:
    """Return the rows whose whole key an earlier row has."""
    rows, again = _neighbours(own, key)
    bad = np.zeros(own.rows, dtype=np.bool_)
    bad[rows[again]] = True
    return bad


def first_of_key(own: Columns, key: Sequence[str]) -> NDArray[np.int64]:
    """Return for each row the first row, in key order, with the same whole key."""
    rows, again = _neighbours(own, key)
    begin = np.maximum.accumulate(np.where(again, 0, np.arange(len(rows))))
    first = np.arange(own.rows)
    first[rows] = rows[begin]
    return first


def _neighbours(own: Columns, key: Sequence[str]) -> tuple[NDArray[np.intp], Mask]:
    """Return the rows with a whole key, and which of them have the key of the one before."""
    columns = [own[name] for name in key]
    rows = np.flatnonzero(np.logical_and.reduce([column.valid for column in columns]))
    # In key order equal keys are neighbours, once rows that cannot be judged are left out.
    again = np.ones(len(rows), dtype=np.bool_)
    again[:1] = False
    for column in columns:
        values = column.values if len(rows) == own.rows else column.values[rows]
        again[1:] &= values[1:] == values[:-1]
    return rows, again


def out_of_order(own: Columns, key: Sequence[str]) -> Mask:
    """Return the rows, in key order, that stand in the file after a row of a later key."""
    bad = np.zeros(own.rows, dtype=np.bool_)
    if (own.row[1:] > own.row[:-1]).all():
        return bad
    place = np.empty(own.rows, dtype=np.int64)
    place[own.row] = np.arange(own.rows)
    judged = np.logical_and.reduce([own[name].valid for name in key])[place]
    in_file = place[judged]
    bad[in_file[1:][in_file[1:] < in_file[:-1]]] = True
    return bad


def dangling(own: Columns, key: ForeignKey, target: Columns) -> Mask:
    """Return the rows that refer to a row that does not exist.

    A row with a missing part refers to nothing. Where a key of the target has a cell that
    could not be cast, a row is not blamed if the rest of that key fits it.
    """
    asked = [own[name] for name in key.fields]
    held = [target[name] for name in key.references]
    bad: Mask = np.logical_and.reduce([column.valid for column in asked])
    bad &= ~contained(asked, held)
    if bad.any():
        for known in _partly_known(held):
            parts = [number for number, whole in enumerate(known) if whole]
            bad &= ~_fits_rest([asked[n] for n in parts], held, known)
    return bad


def _partly_known(held: Sequence[Column]) -> list[tuple[bool, ...]]:
    """Return which parts are known, for every such shape of key with an unknown part."""
    shape = np.zeros(len(held[0].known), dtype=np.int64)
    for number, column in enumerate(held):
        shape |= column.known.astype(np.int64) << number
    shapes = [int(s) for s in np.unique(shape) if s != (1 << len(held)) - 1]
    return [tuple(bool(s >> number & 1) for number in range(len(held))) for s in shapes]


def _fits_rest(asked: Sequence[Column], held: Sequence[Column], known: tuple[bool, ...]) -> Mask:
    rows = np.logical_and.reduce(
        [column.known == whole for column, whole in zip(held, known, strict=True)]
    )
    if not asked:
        return np.ones(1, dtype=np.bool_)
    some = [
        column.take(np.flatnonzero(rows))
        for column, whole in zip(held, known, strict=True)
        if whole
    ]
    return contained(asked, some)
