"""The rows a command is asked for, chosen from an Arrow table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reported_losses.dataset.descriptor import Field, Table
from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.errors import BadArgumentError, unknown_name

if TYPE_CHECKING:
    import pyarrow as pa


def where(table: Table, data: pa.Table, conditions: Sequence[str]) -> pa.Table:
    """Keep the rows that meet every condition `column=value`; no value means missing.

    Raises:
        UnknownNameError: There is no such column, or a categorical column has no such value.
        BadArgumentError: A condition has no `=`, or its value is not of the column's type.
    """
    from pyarrow import compute

    for condition in conditions:
        name, equals, text = condition.partition("=")
        if not equals:
            raise BadArgumentError(f"--where {condition!r} is not of the form column=value")
        field = table.field(name)
        column = _plain(data.column(name))
        data = data.filter(
            compute.equal(column, _value(field, column, text)) if text else column.is_null()
        )
    return data


def between(table: Table, data: pa.Table, first: str | None, last: str | None) -> pa.Table:
    """Keep the rows of the days from `first` to `last`, both included.

    The day of a row is its date in the primary key, or else its first date that may not
    be missing.

    Raises:
        BadArgumentError: A day is none, or the table's rows have no day.
    """
    from pyarrow import compute

    for option, text, compare in (
        ("--from", first, compute.greater_equal),
        ("--to", last, compute.less_equal),
    ):
        if text is not None:
            field = _day(table, option)
            data = data.filter(compare(data.column(field.name), _parsed(field, text, option)))
    return data


def _day(table: Table, option: str) -> Field:
    dates = [field for field in table.fields if field.type == "date" and field.required]
    keys = [field for field in dates if field.name in table.primary_key]
    if not dates:
        raise BadArgumentError(f"{option}: the rows of {table.name} are not of a day")
    return (keys or dates)[0]


def _value(field: Field, column: pa.ChunkedArray, text: str) -> Any:  # noqa: ANN401 - of its type
    if field.categorical:
        known = field.enum or [value for value in column.unique().to_pylist() if value is not None]
        if text not in known:
            raise unknown_name(f"{field.name} in the table", text, known)
    return _parsed(field, text, f"--where {field.name}")


def _parsed(field: Field, text: str, place: str) -> Any:  # noqa: ANN401 - of the field's type
    import pyarrow as pa

    kind = FIELD_TYPES[field.type]
    try:
        value = kind.parse(text)
    except (ValueError, KeyError):
        raise BadArgumentError(f"{place}: {text!r} is not {kind.expected}") from None
    # Python takes other spellings of a date, which the data does not.
    if isinstance(value, dt.date) and value.isoformat() != text:
        raise BadArgumentError(f"{place}: {text!r} is not {kind.expected}")
    return pa.scalar(value, pa.type_for_alias(kind.arrow))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
