"""Computed columns as a typed table, for every engine alike.

What is computed is held as `Column`s of NumPy arrays. From them one Arrow table is made, and from
that table the frame of any engine, by the converters that `load` uses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.arrow_functions import cast, take, text_array
from reported_losses.definition.schema import Field, Table
from reported_losses.loading.engines import converter
from reported_losses.parsing.columns import Column

_STORED: dict[str, tuple[Any, pa.DataType]] = {
    "integer": (np.int64, pa.int64()),
    "number": (np.float64, pa.float64()),
    "date": (np.int32, pa.date32()),
    "string": (np.int32, pa.int32()),
}


def column(
    values: NDArray[Any],
    valid: NDArray[np.bool_] | None = None,
    kind: str = "integer",
    texts: tuple[str, ...] = (),
) -> Column:
    """Return a computed column.

    Args:
        values: The values, of the dtype that `Column` says for the kind.
        valid: bool; where there is a value. Everywhere by default.
        kind: Table Schema type.
        texts: For texts, what the values are codes of.

    >>> column(np.array([3, 0]), np.array([True, False])).text(0)
    '3'
    """
    valid = np.ones(len(values), dtype=np.bool_) if valid is None else valid
    return Column(values, valid, valid, texts, kind)


def arrow_table(table: Table, columns: Mapping[str, Column]) -> pa.Table:
    """Return columns as an Arrow table with the types that `load` gives.

    Args:
        table: Descriptor of what was computed; its fields say which texts are categorical.
        columns: The columns by name, in order; a field of the table each.
    """
    arrays = [_array(one, table.field(name)) for name, one in columns.items()]
    return pa.Table.from_arrays(arrays, names=list(columns))


def convert(
    table: Table, columns: Mapping[str, Column], engine: str, *, index: str | None = None
) -> Any:  # noqa: ANN401 - a frame of the engine
    """Return columns as a frame of an engine.

    Args:
        table: Descriptor of what was computed.
        columns: The columns by name, in order; a field of the table each. Other fields are no
            columns of the frame and not listed in its `attrs`.
        engine: One of `load.ENGINES`.
        index: Column that is the index in pandas, which alone has one.

    Raises:
        MissingExtraError: The engine's library is not installed.
    """
    fields = tuple(map(table.field, columns))
    key = tuple(name for name in table.primary_key if name in columns)
    table = dataclasses.replace(table, fields=fields, primary_key=key)
    frame = converter(engine, "numpy_nullable")(table, arrow_table(table, columns))
    return frame.set_index(index) if engine == "pandas" and index is not None else frame


def _array(one: Column, field: Field) -> pa.Array:
    if one.kind == "boolean":
        return _filled(pa.bool_(), one, np.packbits(one.values, bitorder="little"))
    dtype, kind = _STORED[one.kind]
    array = _filled(kind, one, np.ascontiguousarray(one.values, dtype=dtype))
    if one.kind != "string":
        return array
    texts = cast(text_array(one.texts), pa.string())
    return pa.DictionaryArray.from_arrays(array, texts) if field.categorical else take(texts, array)


def _filled(kind: pa.DataType, one: Column, values: NDArray[Any]) -> pa.Array:
    """Build an array on NumPy's memory; `pyarrow.array` would import pandas."""
    packed = None if one.valid.all() else np.packbits(one.valid, bitorder="little")
    valid = None if packed is None else pa.py_buffer(packed)
    return pa.Array.from_buffers(kind, len(one.valid), [valid, pa.py_buffer(values)])
