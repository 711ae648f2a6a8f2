"""Choose the rows of an Arrow table that a command is asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import BadArgumentError

if TYPE_CHECKING:
    import pyarrow as pa


def chosen(
    table: Table,
    data: pa.Table,
    conditions: Sequence[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> pa.Table:
    """Keep the rows that meet the conditions and are of the days, as `load` does.

    Args:
        table: Descriptor of the table.
        data: Its typed data.
        conditions: Texts `column=value`; an empty value means missing. Of several values for
            one column a row has one.
        first: First day, or None.
        last: Last day, included, or None.

    Raises:
        UnknownNameError: There is no such column, or no such name in a column of names.
        BadArgumentError: A condition has no `=`, its value is not of the column's type, or
            the table's rows have no day.
    """
    from reported_losses.loading.select import matching

    return matching(table, data, where=_where(table, conditions), start=first, end=last)


def _where(table: Table, conditions: Sequence[str]) -> dict[str, list[Any]]:
    where: dict[str, list[Any]] = {}
    for condition in conditions:
        name, equals, text = condition.partition("=")
        if not equals:
            raise BadArgumentError(f"--where {condition!r} does not have the form column=value")
        value = _value(table.field(name), text) if text else None
        where.setdefault(name, []).append(value)
    return where


def _value(field: Field, text: str) -> Any:  # noqa: ANN401 - a value of the field's type
    kind = FIELD_TYPES[field.type]
    try:
        # Python's own parsers accept more spellings than a cell may have, such as 1_000.
        value = kind.parse(text) if re.fullmatch(kind.spelling, text) else None
    except ValueError:
        value = None
    if value is None:
        raise BadArgumentError(f"--where {field.name}: {text!r} is not {kind.expected}")
    return value
