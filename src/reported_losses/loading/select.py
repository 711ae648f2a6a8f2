"""The rows of a table that a caller asks for: by values of columns, and by days."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.arrow_functions import take_rows
from reported_losses.definition.dates import day_number
from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import BadArgumentError, EmptySelectionWarning, unknown_name
from reported_losses.loading.arguments import period
from reported_losses.loading.where import conditions
from reported_losses.parsing.columns import Column, column_of

DAYS = ("report_date", "stated_on", "revised_on")
"""Columns that hold the day of a row; a table has one of them, or its rows have no day."""

CATEGORY = "category"

Mask = NDArray[np.bool_]
Names = Callable[[str, str], Sequence[str]]
"""Gives the names that a table has in a column."""
Known = Callable[[], Sequence[str] | None]
"""Gives the names that a column may hold; None if it holds any text."""


def matching(  # noqa: PLR0913 - what a caller of `load` may ask for
    table: Table,
    data: pa.Table,
    *,
    where: Mapping[str, Any] | None = None,
    start: object = None,
    end: object = None,
    names: Names | None = None,
) -> pa.Table:
    """Return the rows that meet every condition, in their order.

    Args:
        table: Descriptor of the table.
        data: The table's typed data; it may lack columns that no condition names.
        where: For each column a value, or several in a list or the like; a row matches if its
            cell is one of them. None, NaN, NaT and NA stand for a missing cell.
        start: First day, as `as_date` takes it; None for no bound.
        end: Last day, likewise, included.
        names: Gives the names that a table has in a column; by default `held_names`.

    Returns:
        The rows. Dictionaries of categorical columns stay whole.

    Raises:
        UnknownNameError: There is no such column, or no such name in a column of names.
        BadArgumentError: `where` is not such a mapping, a value is not of its column's type,
            `start` or `end` is not a day, or the table's rows have no day.

    >>> from reported_losses.loading.load import arrow
    >>> table = installed().table("series")
    >>> where = {"reporter": "ua-general-staff", "category": ["tanks", "uavs"]}
    >>> matching(table, arrow(table), where=where).num_rows
    2
    """
    asked = list(conditions(table, where))
    first, last = period(start, end)
    masks = [_is_one_of(table, field, data, values, names or held_names) for field, values in asked]
    if first is not None or last is not None:
        masks.append(_is_between(table, data, first, last))
    if not masks:
        return data
    return take_rows(data, np.flatnonzero(np.logical_and.reduce(masks)))


def warn_empty(name: str, asked: Mapping[str, object]) -> None:
    """Warn the caller of a public function that no row matches what was asked for.

    Args:
        name: What was asked for rows, such as a table.
        asked: The arguments; those that are None are left out.
    """
    words = ", ".join(f"{key}={value!r}" for key, value in asked.items() if value is not None)
    words = " ".join(words.split())  # a column is written in several lines
    most = 300
    listed = words if len(words) <= most else f"{words[:most]}…"
    warnings.warn(f"no rows of {name} match {listed}", EmptySelectionWarning, stacklevel=3)


def _is_one_of(
    table: Table, field: Field, data: pa.Table, values: Sequence[Any], names: Names
) -> Mask:
    column = column_of(data.column(field.name), field.type)
    present = [value for value in values if value is not None]

    def known() -> Sequence[str] | None:
        return _names(table, field, names)

    mask = column.valid & np.isin(column.values, _numbers(table, field, column, present, known))
    return mask | ~column.valid if len(present) < len(values) else mask


def _numbers(
    table: Table, field: Field, column: Column, values: list[Any], known: Known
) -> NDArray[Any]:
    """Return values as the column holds them; those that it cannot hold are left out."""
    if field.type == "string":
        codes = {text: code for code, text in enumerate(column.texts)}
        values = _spelt(values, codes, known)
        absent = [value for value in values if value not in codes]
        _refuse_unknown(table, field, absent, known)
        values = [codes[value] for value in values if value in codes]
    elif field.type == "date":
        values = [day_number(value) for value in values]
    elif field.type == "integer":
        values = [value for value in values if abs(value) < 1 << 63]
    return np.array(values, dtype=column.values.dtype)


def _spelt(values: list[str], held: Mapping[str, int], known: Known) -> list[str]:
    """Return texts as the column spells them: in names, letter case makes no difference."""
    if all(value in held for value in values) or (names := known()) is None:
        return values
    by_case = {name.casefold(): name for name in names}
    exact = set(names)
    return [one if one in exact else by_case.get(one.casefold(), one) for one in values]


def _refuse_unknown(table: Table, field: Field, values: list[str], known: Known) -> None:
    """Refuse a text that the column does not hold, if it should be a name and is none."""
    names = known() if values else None
    if names is None:
        return
    for value in values:
        if value not in names:
            kind = f"{field.name} in {table.name}"
            if field.name == CATEGORY:
                from reported_losses.loading.category_argument import unknown_category

                raise unknown_category(value, names, kind)
            raise unknown_name(kind, value, names)


def _names(table: Table, field: Field, names: Names) -> Sequence[str] | None:
    """Return the names that the column may hold; None if it holds any text.

    They are those that the schema lists, or else the keys in the table that the column refers
    to, which may be its own.
    """
    if field.enum is not None:
        return field.enum
    for key in table.foreign_keys:
        if field.name in key.fields:
            return names(key.table, key.references[key.fields.index(field.name)])
    return names(table.name, field.name) if table.primary_key == (field.name,) else None


def held_names(table: str, column: str) -> list[str]:
    """Return the distinct texts of a column of the installed dataset."""
    from reported_losses.loading.load import arrow  # which imports this module

    return column_of(arrow(installed().table(table), [column]).column(0), "string").held()


def _is_between(table: Table, data: pa.Table, first: dt.date | None, last: dt.date | None) -> Mask:
    column = column_of(data.column(_day_column(table)), "date")
    mask = column.valid.copy()
    if first is not None:
        mask &= column.values >= day_number(first)
    if last is not None:
        mask &= column.values <= day_number(last)
    return mask


def _day_column(table: Table) -> str:
    """Return the column that holds the day of a row."""
    for name in DAYS:
        if name in table.names:
            return name
    others = [one.name for one in installed().tables.values() if set(DAYS) & set(one.names)]
    raise BadArgumentError(
        f"the rows of {table.name} have no day, so no period can be chosen; "
        f"those of {', '.join(others)} have one"
    )
