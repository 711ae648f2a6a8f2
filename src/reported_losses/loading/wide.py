"""Computed columns in wide form: one column per category, one row per day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.schema import Table
from reported_losses.loading.computed import column
from reported_losses.loading.day_table import descriptor
from reported_losses.parsing.columns import Column


def widened(
    columns: Mapping[str, Column], value: str, named: Sequence[str]
) -> tuple[Table, dict[str, Column]]:
    """Return one value of the columns of `daily` in wide form.

    Args:
        columns: The columns of `daily`.
        value: The column to show.
        named: The categories, in the order of the columns to make.

    Returns:
        A descriptor; and `report_date` and one column per category, missing on days on which
        the category has no row.
    """
    days, at = np.unique(columns["report_date"].values, return_inverse=True)
    wide = {"report_date": column(days, None, "date")}
    category = columns["category"]
    for name in named:
        rows = np.flatnonzero(category.values == category.code(name))
        wide[name] = spread(columns[value].take(rows), at[rows], len(days))
    table = descriptor("daily")
    shown = table.field(value)
    fields = (
        dataclasses.replace(shown, name=name, description=f"{value} of {name}: {shown.description}")
        for name in named
    )
    return dataclasses.replace(table, fields=(table.field("report_date"), *fields)), wide


def spread(values: Column, at: NDArray[Any], size: int) -> Column:
    """Return a column of a size with values at these rows and none elsewhere."""
    filled, valid = np.zeros(size, dtype=values.values.dtype), np.zeros(size, dtype=np.bool_)
    filled[at], valid[at] = values.values, values.valid
    return column(filled, valid, values.kind, values.texts)
