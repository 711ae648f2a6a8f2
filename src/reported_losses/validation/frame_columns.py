"""Anybody's frame to typed columns, as strict about values as `cast` is about texts.

A column is accepted if no information is lost: `int64` for a count that may be missing, a float
column of whole numbers, a column of Python dates. A cell without a value of the field's type is
unknown, and fails `<table>.<column>.type`.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.dataset.schema import Field, Table
from reported_losses.errors import BadArgumentError
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.validation.keys import Mask

_LARGEST = 10**18
"""Numbers of the dataset are below this."""


@dataclass(frozen=True, slots=True)
class WrongType:
    """Cells of one column without a value of the field's type.

    Attributes:
        field: The column.
        rows: The rows, by position in the frame; None if the dtype itself is wrong.
        dtype: The dtype found.
    """

    field: Field
    rows: NDArray[np.int64] | None
    dtype: str


def to_pandas(frame: object) -> pd.DataFrame:
    """Return a pandas frame of what a caller gives.

    Args:
        frame: A pandas or polars DataFrame, a pyarrow Table, a DuckDB relation, or any other
            object with `__arrow_c_stream__`.

    Raises:
        BadArgumentError: It is something else, or a frame whose data are not computed yet.
    """
    if isinstance(frame, pd.DataFrame):
        return frame
    table = _arrow(frame)
    if table is not None:
        columns = [_plain(column) for column in table.columns]
        made: pd.DataFrame = pa.table(columns, names=table.column_names).to_pandas(
            types_mapper=pd.ArrowDtype
        )
        return made
    of = f"{type(frame).__module__}.{type(frame).__name__}"
    hint = "; collect it first" if of.endswith(".LazyFrame") else ""
    raise BadArgumentError(
        f"{of} is not a frame: give a pandas or polars DataFrame, an Arrow table or a DuckDB "
        f"relation{hint}"
    )


def _arrow(frame: Any) -> pa.Table | None:  # noqa: ANN401 - any object
    """Return an Arrow table of a frame that can give one; None if it cannot."""
    # polars and DuckDB have methods of their own, which their older versions have as well.
    for name in ("to_arrow", "to_arrow_table"):
        if hasattr(frame, name) and hasattr(frame, "__arrow_c_stream__"):
            made = getattr(frame, name)()
            return made if isinstance(made, pa.Table) else None
    if not hasattr(frame, "__arrow_c_stream__"):
        return None
    try:
        return pa.table(frame)
    except pa.ArrowException:  # a single column, such as a Series
        return None


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = (pa.types.is_dictionary, pa.types.is_large_string, pa.types.is_string_view)
    return column.cast(pa.string()) if any(of(column.type) for of in texts) else column


def frame_columns(table: Table, frame: pd.DataFrame) -> tuple[Columns, list[WrongType]]:
    """Turn a pandas frame into columns in key order.

    Args:
        table: Descriptor of the table.
        frame: The frame. A column that is absent, or there twice, is unknown throughout.

    Returns:
        The columns, whose `row` counts the frame's rows by position, whatever its index; and
        what has a wrong type.
    """
    arrays, unknown, wrong = [], {}, []
    for field in table.fields:
        if list(frame.columns).count(field.name) != 1:
            arrays.append(pa.nulls(len(frame), _arrow_type(field)))
            unknown[field.name] = np.ones(len(frame), dtype=np.bool_)
            continue
        series = frame[field.name]
        array, bad = _at_once(series, field) or _cell_by_cell(series, field)
        arrays.append(array)
        if bad.any():
            unknown[field.name] = bad
            throughout = series.dtype != object and bad.sum() == series.notna().sum()
            rows = None if throughout else np.flatnonzero(bad).astype(np.int64)
            wrong.append(WrongType(field, rows, str(series.dtype)))
    data = pa.table(arrays, names=list(table.names))
    return from_arrow(table, data, unknown), wrong


def _arrow_type(field: Field) -> pa.DataType:
    return pa.type_for_alias(FIELD_TYPES[field.type].arrow)


def _at_once(series: pd.Series, field: Field) -> tuple[pa.Array, Mask] | None:
    """Convert a column whose values are all of the field's type; None if they may not be."""
    try:
        array = pa.array(series, from_pandas=True)
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        if pa.types.is_dictionary(array.type):
            array = array.cast(array.type.value_type)
        if not any(of(array.type) for of in _ALIKE[field.type]):
            return None
        made = array.cast(_arrow_type(field))
        # Nothing may be lost, such as the hours of a timestamp.
        same = bool(made.cast(array.type).equals(array)) and _is_ordinary(made, field)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return None
    return (made, np.zeros(len(made), dtype=np.bool_)) if same else None


_ALIKE: Mapping[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "string": (pa.types.is_string, pa.types.is_large_string, pa.types.is_null),
    "integer": (pa.types.is_integer, pa.types.is_floating, pa.types.is_null),
    "number": (pa.types.is_floating, pa.types.is_integer, pa.types.is_null),
    "date": (
        pa.types.is_date,
        lambda kind: pa.types.is_timestamp(kind) and kind.tz is None,
        pa.types.is_null,
    ),
    "boolean": (pa.types.is_boolean, pa.types.is_null),
}


def _is_ordinary(array: pa.Array, field: Field) -> bool:
    """Return whether no value needs a look of its own: an empty text, a huge or infinite number."""
    if field.type == "string":
        return "" not in array.unique().to_pylist()
    if field.type in {"integer", "number"}:
        values = array.fill_null(0).to_numpy(zero_copy_only=False)
        return bool((np.abs(values) < _LARGEST).all())
    return True


def _cell_by_cell(series: pd.Series, field: Field) -> tuple[pa.Array, Mask]:
    """Convert what can be converted; return the values and a mask of the cells that cannot."""
    read = _READERS[field.type]
    values: list[Any] = []
    bad = np.zeros(len(series), dtype=np.bool_)
    for row, cell in enumerate(series.tolist()):
        missing = cell is None or cell is pd.NA or cell is pd.NaT or cell != cell  # noqa: PLR0124
        value = None if missing else read(cell)
        bad[row] = value is None and not missing and cell != ""
        values.append(value)
    return pa.array(values, _arrow_type(field)), bad


def _text(cell: object) -> str | None:
    # An empty text is a missing cell, as it is in a file.
    return cell or None if isinstance(cell, str) else None


def _integer(cell: object) -> int | None:
    if _is_number(cell) and isinstance(cell, numbers.Integral):
        return int(cell) if abs(int(cell)) < _LARGEST else None
    value = _number(cell)
    return int(value) if value is not None and value.is_integer() and abs(value) < 2**53 else None


def _number(cell: object) -> float | None:
    value = float(cell) if _is_number(cell) else math.inf  # type: ignore[arg-type]
    return value if abs(value) < _LARGEST else None


def _is_number(cell: object) -> bool:
    return isinstance(cell, numbers.Real) and not isinstance(cell, bool | np.bool_)


def _date(cell: object) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        whole = cell.tzinfo is None and cell.time() == dt.time()
        return cell.date() if whole else None
    return cell if isinstance(cell, dt.date) else None


def _boolean(cell: object) -> bool | None:
    return bool(cell) if isinstance(cell, bool | np.bool_) else None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "string": _text,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "boolean": _boolean,
}
