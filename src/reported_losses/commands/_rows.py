"""Choose the rows of an Arrow table that a command is asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.dataset.schema import Field, Table
from reported_losses.errors import BadArgumentError, unknown_name

if TYPE_CHECKING:
    import pyarrow as pa


def where(table: Table, data: pa.Table, conditions: Sequence[str]) -> pa.Table:
    """Keep the rows that meet every condition `column=value`; an empty value means missing.

    Raises:
        UnknownNameError: There is no such column, or a categorical column has no such value.
        BadArgumentError: A condition has no `=`, or its value is not of the column's type.
    """
    from pyarrow import compute

    for condition in conditions:
        name, equals, text = condition.partition("=")
        if not equals:
            raise BadArgumentError(f"--where {condition!r} does not have the form column=value")
        field = table.field(name)
        column = _plain(data.column(name))
        data = data.filter(
            compute.equal(column, _value(field, column, text)) if text else column.is_null()
        )
    return data


def between(table: Table, data: pa.Table, first: dt.date | None, last: dt.date | None) -> pa.Table:
    """Keep the rows of the days from `first` to `last`, both included.

    The day of a row is the date in its primary key, or else its first required date.

    Raises:
        BadArgumentError: The table's rows have no day.
    """
    import pyarrow as pa
    from pyarrow import compute

    for option, day, compare in (
        ("--from", first, compute.greater_equal),
        ("--to", last, compute.less_equal),
    ):
        if day is not None:
            column = data.column(_day_column(table, option))
            data = data.filter(compare(column, pa.scalar(day, pa.date32())))
    return data


def _day_column(table: Table, option: str) -> str:
    dates = [field.name for field in table.fields if field.type == "date" and field.required]
    keys = [name for name in dates if name in table.primary_key]
    if not dates:
        raise BadArgumentError(f"{option} does not apply to {table.name}: its rows have no day")
    return (keys or dates)[0]


def _value(field: Field, column: pa.ChunkedArray, text: str) -> pa.Scalar:
    import pyarrow as pa

    if field.categorical:
        known = field.enum or [value for value in column.unique().to_pylist() if value is not None]
        if text not in known:
            raise unknown_name(f"{field.name} in the table", text, known)
    kind = FIELD_TYPES[field.type]
    try:
        # Python's own parsers accept more spellings than a cell may have, such as 1_000.
        value = kind.parse(text) if re.fullmatch(kind.spelling, text) else None
    except ValueError:
        value = None
    if value is None:
        raise BadArgumentError(f"--where {field.name}: {text!r} is not {kind.expected}")
    return pa.scalar(value, pa.type_for_alias(kind.arrow))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
