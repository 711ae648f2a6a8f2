"""A table as NumPy arrays in key order: what constraints and rules judge.

One representation serves pandas, polars and Arrow alike. The rows of one series are neighbours, in
date order, so a rule about a series subtracts neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.arrow_functions import dictionary_encode
from reported_losses.definition.dates import day_text

if TYPE_CHECKING:
    import pyarrow as pa

    from reported_losses.definition.schema import Table


@dataclass(frozen=True, slots=True)
class Column:
    """One column in key order.

    Attributes:
        values: int64 for integers, int64 days since 1970-01-01 for dates, float64 for
            numbers, bool for booleans, int64 codes into `texts` for texts. Without meaning
            where `valid` is False.
        valid: bool; whether the cell has a value that can be judged.
        known: bool; False where the cell cannot be judged, because it has no value of its type
            or has an issue already. A missing cell is known to be missing.
        texts: For texts, the distinct values, sorted, so that codes are in the order of texts.
        kind: Table Schema type of the field.
    """

    values: NDArray[Any]
    valid: NDArray[np.bool_]
    known: NDArray[np.bool_]
    texts: tuple[str, ...] = ()
    kind: str = "string"

    def take(self, rows: NDArray[Any]) -> Column:
        """Return some of the rows, in the given order."""
        return Column(self.values[rows], self.valid[rows], self.known[rows], self.texts, self.kind)

    def text(self, row: int) -> str:
        """Return a cell as files spell it; empty if it has no value."""
        if not self.valid[row]:
            return ""
        value = self.values[row]
        if self.kind == "string":
            return self.texts[int(value)]
        if self.kind == "date":
            return day_text(int(value))
        if self.kind == "number":
            return np.format_float_positional(value, trim="-")
        return str(value).lower()

    def code(self, text: str) -> int:
        """Return the code of a text, or -1 if the column does not hold it."""
        code = int(np.searchsorted(np.asarray(self.texts, dtype=object), text))
        found = code < len(self.texts) and self.texts[code] == text
        return code if found else -1

    def held(self) -> list[str]:
        """Return the distinct texts of the cells that can be judged, sorted."""
        there = np.bincount(self.values[self.valid], minlength=len(self.texts))
        return [self.texts[code] for code in np.flatnonzero(there).tolist()]

    def where(self, test: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Return the rows with a text that passes a test; each distinct text is tested once."""
        passes = np.array([test(text) for text in self.texts] or [False], dtype=np.bool_)
        mask: NDArray[np.bool_] = self.valid & passes[np.where(self.valid, self.values, 0)]
        return mask


@dataclass(frozen=True, slots=True)
class Columns(Mapping[str, Column]):
    """The columns of one table, with every row once, sorted by primary key.

    Attributes:
        name: Name of the table.
        columns: Columns by name.
        row: int64; row i in key order is row `row[i]` of the source, from 0.
        key: Names of the primary key's columns, in order.
    """

    name: str
    columns: Mapping[str, Column]
    row: NDArray[np.int64]
    key: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.row)

    def take(self, rows: NDArray[Any]) -> Columns:
        """Return some of the rows, in the given order."""
        columns = {name: column.take(rows) for name, column in self.columns.items()}
        return Columns(self.name, columns, self.row[rows], self.key)


def from_arrow(
    table: Table, data: pa.Table, invalid: Mapping[str, NDArray[np.bool_]] | None = None
) -> Columns:
    """Turn a typed Arrow table into columns in key order.

    Args:
        table: Descriptor of the table.
        data: Arrow table with the types `cast` gives.
        invalid: For each column with such cells, True where a cell cannot be judged.

    Returns:
        The columns; nothing is copied for sorting if the rows already are in key order.
    """
    invalid = invalid or {}
    columns = {
        field.name: column_of(data.column(field.name), field.type, invalid.get(field.name))
        for field in table.fields
    }
    order = _key_order([columns[name] for name in table.primary_key], data.num_rows)
    if order is None:
        rows = np.arange(data.num_rows, dtype=np.int64)
        return Columns(table.name, columns, rows, table.primary_key)
    ordered = {name: column.take(order) for name, column in columns.items()}
    return Columns(table.name, ordered, order, table.primary_key)


def column_of(data: pa.ChunkedArray, kind: str, invalid: NDArray[np.bool_] | None = None) -> Column:
    """Turn one typed Arrow column into a column with its rows in the same order.

    Args:
        data: Arrow column with the type `cast` gives.
        kind: Table Schema type of the field.
        invalid: True where a cell cannot be judged; None if all can.
    """
    array = data.combine_chunks()
    valid = _mask(array)
    known = _everywhere(len(valid)) if invalid is None else ~invalid
    valid = valid if invalid is None else valid & known
    if kind == "string":
        values, texts = _codes(array)
        return Column(values, valid, known, texts, kind)
    return Column(_numbers(array, kind), valid, known, kind=kind)


def _mask(array: pa.Array) -> NDArray[np.bool_]:
    # `is_valid` would import `pyarrow.compute`, which takes longer than all masks together.
    return _unpacked(array, 0) if array.null_count else _everywhere(len(array))


def _everywhere(rows: int) -> NDArray[np.bool_]:
    """Return a read-only mask that is True in every row and takes no memory."""
    return np.broadcast_to(np.bool_(True), rows)  # noqa: FBT003 - a value, not a flag


def bits(array: pa.BooleanArray) -> NDArray[np.bool_]:
    """Unpack a Boolean array without nulls; `to_numpy` would import pandas."""
    return _unpacked(array, 1) if len(array) else np.zeros(0, dtype=np.bool_)


def _unpacked(array: pa.Array, buffer: int) -> NDArray[np.bool_]:
    """Unpack the bits of one buffer of an array."""
    packed = np.frombuffer(array.buffers()[buffer], dtype=np.uint8)
    end = array.offset + len(array)
    unpacked = np.unpackbits(packed, count=end, bitorder="little")
    return unpacked[array.offset :].view(np.bool_)


def ragged(counts: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Number the elements of consecutive groups of different sizes.

    Args:
        counts: int; number of elements in each group, at least 0.

    Returns:
        For each element, the index of its group and its index within the group, both from 0.

    >>> owner, within = ragged(np.array([2, 0, 3]))
    >>> owner.tolist(), within.tolist()
    ([0, 0, 2, 2, 2], [0, 1, 0, 1, 2])
    """
    owner = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, within


def _numbers(array: pa.Array, kind: str) -> NDArray[Any]:
    if kind == "boolean":
        return bits(array)
    width = {"integer": np.int64, "number": np.float64, "date": np.int32}[kind]
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(len(array), dtype=np.float64 if kind == "number" else np.int64)
    values = np.frombuffer(buffer, dtype=width)[array.offset : array.offset + len(array)]
    return values.astype(np.int64) if kind == "date" else values


def _codes(array: pa.Array) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return codes into the sorted distinct texts."""
    encoded = array if hasattr(array, "dictionary") else dictionary_encode(array)
    texts = [text or "" for text in encoded.dictionary.to_pylist()]
    ordered = sorted(set(texts))
    rank = {text: code for code, text in enumerate(ordered)}
    recode = np.array([rank[text] for text in texts] or [0], dtype=np.int64)
    indices = encoded.indices
    # Arrow and NumPy use the same names for integer types; `to_pandas_dtype` may import pandas.
    raw = np.frombuffer(indices.buffers()[1], dtype=str(indices.type))
    raw = raw[indices.offset : indices.offset + len(indices)]
    if indices.null_count:
        raw = np.where(_mask(indices), raw, 0)
    return recode[raw], tuple(ordered)


def _key_order(keys: list[Column], rows: int) -> NDArray[np.int64] | None:
    """Return the stable order by the key columns, or None if the rows already have it."""
    before = np.zeros(max(rows - 1, 0), dtype=np.bool_)
    level = np.ones(max(rows - 1, 0), dtype=np.bool_)
    for key in keys:
        step = key.values[1:] - key.values[:-1]
        before |= level & (step < 0)
        level &= step == 0
    if not before.any():
        return None
    return np.lexsort([key.values for key in reversed(keys)]).astype(np.int64)
