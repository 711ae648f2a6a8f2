"""Choose the rows of an Arrow table that a command is asked for, and print the first of them."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import BadArgumentError

if TYPE_CHECKING:
    import pyarrow as pa

_CELL_CHARACTERS = 60


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


def print_first(args: argparse.Namespace, data: pa.Table, default: int, noun: str) -> None:
    """Print the first rows as a table or as JSON; say on standard error if there are more, or none.

    Args:
        args: Arguments with `head` and `json`.
        data: The rows.
        default: Rows to print when --head is not given.
        noun: What they are, in the plural, such as "differences".
    """
    from reported_losses.commands import _options, _screen
    from reported_losses.loading.export import json_bytes

    printed = data.slice(0, _options.limit(args, default, data.num_rows))
    if args.json:
        _screen.write(json_bytes(printed).decode())
        return
    _print(printed)
    _screen.note_rest(printed.num_rows, data.num_rows, noun)


def _print(data: pa.Table) -> None:
    """Print an Arrow table, its cells clipped."""
    import pyarrow as pa

    from reported_losses.commands import _screen
    from reported_losses.report.safe import clipped

    rows = zip(*(column.to_pylist() for column in data.columns), strict=True)
    texts = [
        ["" if cell is None else clipped(str(cell), _CELL_CHARACTERS) for cell in row]
        for row in rows
    ]
    right = [pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in data.schema.types]
    _screen.write_table(data.column_names, texts, right)
