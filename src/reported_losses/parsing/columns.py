"""A table as NumPy arrays in key order: what the rules see.

One representation serves pandas, polars and Arrow alike, and a series rule on it is a
subtraction of neighbours: rows of one series stand together, in date order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.dataset.dates import day_text

if TYPE_CHECKING:
    import pyarrow as pa

    from reported_losses.dataset.descriptor import Table


@dataclass(frozen=True, slots=True)
class Column:
    """One column in key order.

    Attributes:
        values: int64 for integers, int64 days since 1970-01-01 for dates, float64 for
            numbers, bool for booleans, int64 codes into `texts` for texts. What stands
            where `valid` is False means nothing.
        valid: bool; whether the cell has a value.
        known: bool; False where the cell could not be cast, so that nothing can be judged.
            A missing cell is known to be missing.
        texts: For texts, the distinct values in sorted order, so that codes order as texts do.
        kind: Table Schema type of the field.
    """

    values: NDArray[Any]
    valid: NDArray[np.bool_]
    known: NDArray[np.bool_]
    texts: tuple[str, ...] = ()
    kind: str = "string"

    def take(self, rows: NDArray[Any]) -> Column:
        """Return some of the rows, in the order given."""
        return Column(self.values[rows], self.valid[rows], self.known[rows], self.texts, self.kind)

    def text(self, row: int) -> str:
        """Return a cell as it is written in a file; empty where there is no value."""
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
        """Return the code of a text, or -1 where the column does not hold it."""
        place = int(np.searchsorted(np.asarray(self.texts, dtype=object), text))
        found = place < len(self.texts) and self.texts[place] == text
        return place if found else -1


@dataclass(frozen=True, slots=True)
class Columns(Mapping[str, Column]):
    """One table's columns, every row once, sorted by primary key.

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
        """Return some of the rows, in the order given."""
        columns = {name: column.take(rows) for name, column in self.columns.items()}
        return Columns(self.name, columns, self.row[rows], self.key)


def from_arrow(
    table: Table, data: pa.Table, invalid: Mapping[str, NDArray[np.bool_]] | None = None
) -> Columns:
    """Turn a typed Arrow table into columns in key order.

    Args:
        table: Descriptor of the table.
        data: Arrow table with the types `cast` gives.
        invalid: Per column, True where the cell could not be cast; absent means nowhere.

    Returns:
        The columns. Source rows that are already in key order are not sorted again.
    """
    invalid = invalid or {}
    columns = {
        field.name: _column(data.column(field.name), field.type, invalid.get(field.name))
        for field in table.fields
    }
    order = _key_order([columns[name] for name in table.primary_key], data.num_rows)
    if order is None:
        rows = np.arange(data.num_rows, dtype=np.int64)
        return Columns(table.name, columns, rows, table.primary_key)
    placed = {name: column.take(order) for name, column in columns.items()}
    return Columns(table.name, placed, order, table.primary_key)


def _column(data: pa.ChunkedArray, kind: str, invalid: NDArray[np.bool_] | None) -> Column:
    array = data.combine_chunks()
    valid = _mask(array)
    known = _everywhere(len(valid)) if invalid is None else ~invalid
    if kind == "string":
        values, texts = _codes(array)
        return Column(values, valid, known, texts, kind)
    return Column(_numbers(array, kind), valid, known, kind=kind)


def _mask(array: pa.Array) -> NDArray[np.bool_]:
    return bits(array.is_valid()) if array.null_count else _everywhere(len(array))


def _everywhere(rows: int) -> NDArray[np.bool_]:
    """Return a mask that is True in every row, is read-only, and takes no memory."""
    return np.broadcast_to(np.bool_(True), rows)  # noqa: FBT003 - the value itself


def bits(array: pa.BooleanArray) -> NDArray[np.bool_]:
    """Unpack a Boolean array without nulls; `to_numpy` would import pandas."""
    if not len(array):
        return np.zeros(0, dtype=np.bool_)
    packed = np.frombuffer(array.buffers()[1], dtype=np.uint8)
    end = array.offset + len(array)
    unpacked = np.unpackbits(packed, count=end, bitorder="little")
    return unpacked[array.offset :].view(np.bool_)


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
    encoded = array if hasattr(array, "dictionary") else array.dictionary_encode()
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
    """Return the stable order by the key columns, or None where it is the order already."""
    before = np.zeros(max(rows - 1, 0), dtype=np.bool_)
    level = np.ones(max(rows - 1, 0), dtype=np.bool_)
    for key in keys:
        step = key.values[1:] - key.values[:-1]
        before |= level & (step < 0)
        level &= step == 0
    if not before.any():
        return None
    return np.lexsort([key.values for key in reversed(keys)]).astype(np.int64)


def from_frame(table: Table, frame: Any) -> Columns:  # noqa: ANN401 - pandas is not imported here
    """Turn a pandas frame into columns in key order.

    Args:
        table: Descriptor of the table.
        frame: A pandas frame. A column that is absent, or that does not hold the field's type, is
            unknown throughout: nothing can be judged by it.

    Returns:
        The columns; `row` counts the frame's rows by position, whatever its index.
    """
    import pyarrow as pa

    from reported_losses.dataset.field_types import FIELD_TYPES

    arrays, invalid = [], {}
    for field in table.fields:
        kind = pa.type_for_alias(FIELD_TYPES[field.type].arrow)
        array = _series(frame, field.name, kind)
        if array is None:
            array = pa.nulls(len(frame), kind)
            invalid[field.name] = np.ones(len(frame), dtype=np.bool_)
        arrays.append(array)
    return from_arrow(table, pa.table(arrays, names=list(table.names)), invalid)


def _series(frame: Any, name: str, kind: pa.DataType) -> pa.Array | None:  # noqa: ANN401 - as above
    """Return a frame's column as Arrow holds it, or None where it is of another type."""
    import pyarrow as pa

    if list(frame.columns).count(name) != 1:
        return None
    try:
        array = pa.array(frame[name], from_pandas=True)
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        if isinstance(array, pa.DictionaryArray):
            return pa.DictionaryArray.from_arrays(
                array.indices.cast(pa.int32()), array.dictionary.cast(kind)
            )
        return array.cast(kind) if pa.types.is_null(array.type) else _cast(array, kind)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return None


def _cast(array: pa.Array, kind: pa.DataType) -> pa.Array | None:
    """Cast where the type already is of the kind; 1.0 is no whole number, nor "1"."""
    import pyarrow as pa

    alike = {
        "string": (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view),
        "int64": (pa.types.is_integer,),
        "double": (pa.types.is_floating, pa.types.is_integer),
        "date32[day]": (pa.types.is_date, pa.types.is_timestamp),
        "bool": (pa.types.is_boolean,),
    }
    if not any(of(array.type) for of in alike[str(kind)]):
        return None
    made = array.cast(kind)
    # A timestamp's hours would be dropped without a word.
    return made if made.cast(array.type).equals(array) else None
