"""Anybody's frame to typed columns, as strict about values as `cast` is about texts.

A column is accepted if no information is lost: `int64` for a count that may be missing, a float
column of whole numbers, a column of Python dates. A cell without a value of the field's type is
unknown, and fails `<table>.<column>.type`.
"""

from __future__ import annotations

import datetime as dt
import decimal
import math
import numbers
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
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
        BadArgumentError: It is something else, a frame whose data are not computed yet, a stream
            that can be read only once, or a frame with several levels of column names.
    """
    if isinstance(frame, pd.DataFrame):
        if frame.columns.nlevels > 1:
            raise BadArgumentError(
                f"the columns have names of {frame.columns.nlevels} levels, as in "
                f"{frame.columns[0]!r}; give each column one name"
            )
        return frame
    table = _arrow(frame)
    if table is not None:
        columns = [_plain(column) for column in table.columns]
        made: pd.DataFrame = pa.table(columns, names=table.column_names).to_pandas(
            types_mapper=pd.ArrowDtype
        )
        return made
    of = f"{type(frame).__module__}.{type(frame).__name__}"
    hint = _FIRST.get(of.rpartition(".")[2], "")
    raise BadArgumentError(
        f"{of} is not a frame with data: {hint}give a pandas or polars DataFrame, an Arrow table "
        "or a DuckDB relation"
    )


# What makes a frame of things that nearly are one. A stream would be used up by validating it.
_FIRST = {
    "LazyFrame": "call .collect() first, or ",
    "RecordBatchReader": "call .read_all() first, or ",
    "Series": "call .to_frame() first, or ",
}


def _arrow(frame: Any) -> pa.Table | None:  # noqa: ANN401 - any object
    """Return an Arrow table of a frame that can give one; None if it cannot."""
    # polars and DuckDB have methods of their own, which their older versions have as well.
    for name in ("to_arrow", "to_arrow_table"):
        if hasattr(frame, name) and hasattr(frame, "__arrow_c_stream__"):
            made = getattr(frame, name)()
            return made if isinstance(made, pa.Table) else None
    if isinstance(frame, pa.RecordBatchReader) or not hasattr(frame, "__arrow_c_stream__"):
        return None
    try:
        return pa.table(frame)
    except pa.ArrowException:  # a single column, such as a Series
        return None


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    texts = (pa.types.is_large_string, pa.types.is_string_view)
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
            rows = np.flatnonzero(bad).astype(np.int64) if _may_hold(series, field) else None
            wrong.append(WrongType(field, rows, _dtype(series)))
    data = pa.table(arrays, names=list(table.names))
    return from_arrow(table, data, unknown), wrong


def _arrow_type(field: Field) -> pa.DataType:
    return pa.type_for_alias(FIELD_TYPES[field.type].arrow)


def _dtype(series: pd.Series) -> str:
    """Return the name of a dtype, and of what its categories are."""
    kind = series.dtype
    more = f" of {kind.categories.dtype}" if isinstance(kind, pd.CategoricalDtype) else ""
    return f"{kind}{more}"


def _may_hold(series: pd.Series, field: Field) -> bool:
    """Return whether a column of this dtype can have values of the field's type."""
    if series.dtype == object:
        return True
    try:
        return _alike(_to_arrow(series.iloc[:0]), field)
    except (pa.ArrowException, TypeError, ValueError):
        return False


def _to_arrow(series: pd.Series) -> pa.Array:
    array = pa.array(series, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(array.type.value_type) if pa.types.is_dictionary(array.type) else array


def _alike(array: pa.Array, field: Field) -> bool:
    return any(of(array.type) for of in _ALIKE[field.type])


def _at_once(series: pd.Series, field: Field) -> tuple[pa.Array, Mask] | None:
    """Convert a column whose values are all of the field's type; None if they may not be."""
    try:
        array = _to_arrow(series)
        if not _alike(array, field):
            return None
        made = array.cast(_arrow_type(field))
        # Nothing may be lost, such as the hours of a timestamp.
        same = bool(made.cast(array.type).equals(array)) and _is_ordinary(made, field)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return None
    return (made, np.zeros(len(made), dtype=np.bool_)) if same else None


_ALIKE: Mapping[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "string": (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_null,
    ),
    # DuckDB adds up whole numbers as decimals.
    "integer": (
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_decimal,
        pa.types.is_null,
    ),
    "number": (
        pa.types.is_floating,
        pa.types.is_integer,
        pa.types.is_decimal,
        pa.types.is_null,
    ),
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
        missing = _is_missing(cell)
        value = None if missing else read(cell)
        empty = isinstance(cell, str) and not cell
        bad[row] = value is None and not missing and not empty
        values.append(value)
    return pa.array(values, _arrow_type(field)), bad


def _is_missing(cell: object) -> bool:
    if isinstance(cell, decimal.Decimal):
        return cell.is_nan()
    return (
        cell is None
        or cell is pd.NA
        or cell is pd.NaT
        or (isinstance(cell, np.datetime64) and bool(np.isnat(cell)))
        or (isinstance(cell, float | np.floating) and math.isnan(cell))
    )


def _text(cell: object) -> str | None:
    # An empty text is a missing cell, as it is in a file.
    return cell or None if isinstance(cell, str) else None


def _integer(cell: object) -> int | None:
    if isinstance(cell, decimal.Decimal):
        whole = cell.is_finite() and cell == cell.to_integral_value()
        return _integer(int(cell)) if whole else None
    if _is_number(cell) and isinstance(cell, numbers.Integral):
        return int(cell) if abs(int(cell)) < _LARGEST else None
    value = _number(cell)
    return int(value) if value is not None and value.is_integer() and abs(value) < 2**53 else None


def _number(cell: object) -> float | None:
    value = float(cell) if _is_number(cell) else math.inf  # type: ignore[arg-type]
    return value if abs(value) < _LARGEST else None


def _is_number(cell: object) -> bool:
    kinds = (numbers.Real, decimal.Decimal)
    return isinstance(cell, kinds) and not isinstance(cell, bool | np.bool_)


def _date(cell: object) -> dt.date | None:
    if isinstance(cell, np.datetime64):
        return _date(pd.Timestamp(cell))
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
