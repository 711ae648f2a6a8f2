"""`daily()`: one reporter's figures day by day, the printed ones beside the computed ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from reported_losses.errors import BadArgumentError
from reported_losses.loading.arguments import choice, flag
from reported_losses.loading.computed import column, convert
from reported_losses.loading.day_table import ask, computed, descriptor, selected
from reported_losses.parsing.columns import Column

if TYPE_CHECKING:
    import datetime as dt

    from reported_losses.loading.day_table import Asked

VALUES = (
    *("total", "increment", "delta", "change", "correction"),
    *("evidence", "increment_evidence", "increment_mean_7"),
)


def daily(  # noqa: PLR0913 - one call, all of them by name
    category: str | Iterable[str] | None = None,
    *,
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    engine: str = "pandas",
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    with_narrower: bool = False,
    wide: bool = False,
    value: str | None = None,
) -> Any:
    """TODO."""
    shown = _value(wide, value)
    asked = ask(
        category,
        reporter=reporter,
        subject=subject,
        engine=engine,
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=with_narrower,
    )
    columns = selected(computed(asked), asked)
    if wide:
        return _wide(columns, shown, asked)
    named = () if isinstance(category, str) else ("category",)
    return convert(
        descriptor("daily"),
        {name: columns[name] for name in (*named, "report_date", *VALUES)},
        asked.engine,
    )


def _value(wide: object, value: object) -> str:
    """Return the column to show in wide form."""
    is_wide = flag("wide", wide)
    if value is None:
        return "total"
    shown = choice("value", value, VALUES)
    if not is_wide:
        raise BadArgumentError(f"value={value!r} has no effect without wide=True")
    return shown


def _wide(columns: dict[str, Column], value: str, asked: Asked) -> Any:  # noqa: ANN401
    """Return one column per category, holding one value, and one row per day."""
    days, at = np.unique(columns["report_date"].values, return_inverse=True)
    wide = {"report_date": column(days, None, "date")}
    for code, name in enumerate(asked.categories):
        rows = np.flatnonzero(columns["category"].values == code)
        wide[name] = _spread(columns[value].take(rows), at[rows], len(days))
    table = descriptor("daily")
    shown = table.field(value)
    fields = [dataclasses.replace(shown, name=name) for name in asked.categories]
    table = dataclasses.replace(table, fields=(table.field("report_date"), *fields))
    return convert(table, wide, asked.engine, index="report_date")


def _spread(values: Column, at: Any, size: int) -> Column:
    """Return a column with values at these rows and none elsewhere."""
    spread, valid = np.zeros(size, dtype=values.values.dtype), np.zeros(size, dtype=np.bool_)
    spread[at], valid[at] = values.values, values.valid
    return column(spread, valid, values.kind, values.texts)
