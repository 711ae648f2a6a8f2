"""What callers pass as `where`, as values of the columns' types, or refused in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from numbers import Real
from types import MappingProxyType
from typing import Any

import numpy as np

from reported_losses.definition.arguments import shown
from reported_losses.definition.dates import as_date
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import BadArgumentError
from reported_losses.loading.arguments import text, whole


def conditions(table: Table, where: object) -> Iterator[tuple[Field, list[Any]]]:
    """Give each column that a caller names, with the values that it may have.

    Args:
        table: Descriptor of the table.
        where: What the caller passed: for each column a value, or several.

    Returns:
        Python values of the column's type; None for a missing cell.

    Raises:
        UnknownNameError: There is no such column.
        BadArgumentError: It is no mapping, a list is empty, or a value is not of its column's
            type.

    >>> from reported_losses.definition.descriptor import installed
    >>> where = {"report_date": ["2023-02-22", float("nan")]}
    >>> [values for _, values in conditions(installed().table("reports"), where)]
    [[datetime.date(2023, 2, 22), None]]
    """
    if where is None:
        return
    if not isinstance(where, Mapping):
        raise BadArgumentError(
            "where is a mapping from columns to values, such as {'category': 'tanks'}, "
            f"not {shown(where)}"
        )
    for name, value in where.items():
        field = table.field(text("each column in where", name))
        values = _several(value)
        if not values:
            raise BadArgumentError(f"where: {name} is an empty list; leave it out to choose all")
        yield field, [None if _is_missing(one) else _typed(field, one) for one in values]


def _several(value: object) -> list[Any]:
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        return [value]
    try:
        # Arrow's items are scalars of its own.
        return list(value.to_pylist() if hasattr(value, "to_pylist") else value)
    except TypeError:  # an array of NumPy without dimensions
        return [value]


def _is_missing(value: object) -> bool:
    """Return whether a value is None, or what a library writes for a missing one."""
    if isinstance(value, Real | Decimal):
        return value != value  # noqa: PLR0124 - NaN alone differs from itself
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    return value is None or type(value).__name__ in {"NAType", "NaTType"}  # of pandas


def _typed(field: Field, value: object) -> Any:  # noqa: ANN401 - a value of the field's type
    if field.type == "date":
        return as_date(value, f"where: {field.name}")
    expected, convert = _TYPES[field.type]
    converted = convert(value)
    if converted is None:
        raise BadArgumentError(f"where: {field.name} is {expected}, not {shown(value)}")
    return converted


def _as_text(value: object) -> str | None:
    return str(value) if isinstance(value, str) else None


def _as_number(value: object) -> float | None:
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real | Decimal):
        return None
    try:
        return float(value)
    except OverflowError:  # a whole number that is greater than every float
        return math.inf


def _as_truth(value: object) -> bool | None:
    return bool(value) if isinstance(value, (bool, np.bool_)) else None


_TYPES: Mapping[str, tuple[str, Callable[[object], Any]]] = MappingProxyType(
    {
        "string": ("a text", _as_text),
        "integer": ("a whole number", whole),
        "number": ("a number", _as_number),
        "boolean": ("True or False", _as_truth),
    }
)
