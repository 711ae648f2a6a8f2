"""A table as this dataset held it on an earlier day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from reported_losses.definition.dates import as_date
from reported_losses.definition.withdrawn import row_cells
from reported_losses.errors import BadArgumentError, DataError
from reported_losses.parsing.canonical import sort_key
from reported_losses.parsing.text_table import TextTable

_Revision: TypeAlias = dict[str, str]


def as_of(text: TextTable, revisions: TextTable, day: str | dt.date) -> TextTable:
    """Undo what was recorded or revised after a day.

    Works on the text of cells, so that `cast` reads a revised value like any other. Rows that
    were withdrawn after the day are put back. What changes without a revision is as it is now:
    derived and free columns, and values that a growing column has got since.

    Args:
        text: The table as it is now.
        revisions: The table `revisions` as it is now.
        day: The day at whose end the table is wanted: a date, or text YYYY-MM-DD.

    Returns:
        The rows recorded on or before the day, with the values they had then; each key once.

    Raises:
        BadArgumentError: The day does not exist, or is before the first record, or the table
            has no column `recorded_on`.
        DataError: A revision names a row or column that the table does not have, or withdraws a
            row that it does not hold.
    """
    from pyarrow import compute  # slow to import, see arrow_functions

    wanted = as_date(day, "as_of").isoformat()
    name = text.table.name
    if "recorded_on" not in text.table.names:
        raise BadArgumentError(
            f"{name} has no column recorded_on, so its state on an earlier day is unknown; "
            "load its present state, or use an earlier release"
        )
    then = _unwound(text, _revised(revisions, name), wanted)
    recorded = then.data.column("recorded_on").cast(pa.string())
    first = min(
        (day for day in [compute.min(recorded).as_py(), *_recorded_gone(revisions, name)] if day),
        default=None,
    )
    if first is None:
        raise BadArgumentError(f"{name} has no rows yet, so nothing is known of {wanted}")
    if wanted < first:
        raise BadArgumentError(f"{wanted} is before the first record of {name}, on {first}")
    kept = compute.less_equal(recorded, wanted)
    return dataclasses.replace(
        then,
        data=then.data.filter(kept),
        lines=then.lines[np.array(kept.to_pylist(), dtype=np.bool_)],
    )


def _revised(revisions: TextTable, name: str) -> list[_Revision]:
    """Return the table's revisions, the latest first."""
    rows = [row for row in revisions.data.to_pylist() if row["table"] == name]
    return sorted(rows, key=lambda row: int(row["revision"]), reverse=True)


def _recorded_gone(revisions: TextTable, name: str) -> list[str]:
    """Return when the withdrawn rows of the table were recorded."""
    gone = [row_cells(row["old"]) for row in _revised(revisions, name) if not row["column"]]
    return [cells["recorded_on"] for cells in gone if cells and "recorded_on" in cells]


def _unwound(text: TextTable, revisions: list[_Revision], day: str) -> TextTable:
    """Undo the revisions made after a day, the latest first."""
    later = [revision for revision in revisions if revision["revised_on"] > day]
    if not later:
        return text
    rows = _rows(text, {revision["key"] for revision in later})
    restored: dict[str, _Revision] = {}
    changed: dict[str, dict[int, str]] = {}
    for revision in later:
        key, column = revision["key"], revision["column"]
        if not column:
            restored[key] = _withdrawn(text, revision)
        elif column not in text.table.names or not (key in restored or key in rows):
            raise DataError(
                f"revision {revision['revision']} changes {column} of {key}, which "
                f"{text.table.name} does not have"
            )
        elif key in restored:
            restored[key][column] = revision["old"]
        else:
            changed.setdefault(column, {})[rows[key]] = revision["old"]
    return _with_rows(_with_cells(text, changed), list(restored.values()))


def _withdrawn(text: TextTable, revision: _Revision) -> _Revision:
    """Return the row that a revision withdrew."""
    cells = row_cells(revision["old"])
    if cells is None or not set(cells) <= set(text.table.names):
        raise DataError(
            f"revision {revision['revision']} withdraws {revision['key']} of {text.table.name}, "
            "and does not hold the row"
        )
    return {name: cells.get(name, "") for name in text.table.names}


def _with_cells(text: TextTable, changed: Mapping[str, Mapping[int, str]]) -> TextTable:
    """Return the table with other texts in some cells."""
    data = text.data
    for column, cells in changed.items():
        index = data.column_names.index(column)
        values = data.column(column).cast(pa.string()).to_pylist()
        for row, old in cells.items():
            values[row] = old
        kind = data.schema.field(column).type
        data = data.set_column(index, column, pa.chunked_array([pa.array(values).cast(kind)]))
    return dataclasses.replace(text, data=data)


def _with_rows(text: TextTable, rows: list[_Revision]) -> TextTable:
    """Return the table with more rows, each in its place by primary key; they have no line."""
    if not rows:
        return text
    names = text.table.names
    columns = [text.data.column(name).cast(pa.string()).to_pylist() for name in names]
    numbered = list(zip(zip(*columns, strict=True), text.lines.tolist(), strict=True))
    numbered += [(tuple(row[name] for name in names), 0) for row in rows]
    place = sort_key(text.table)
    numbered.sort(key=lambda one: place(one[0]))
    data = pa.table(
        {
            name: pa.array([cells[at] for cells, _ in numbered], pa.string()).cast(
                text.data.schema.field(name).type
            )
            for at, name in enumerate(names)
        }
    )
    lines = np.array([line for _, line in numbered], dtype=np.int64)
    return dataclasses.replace(text, data=data, lines=lines, faulty={})


def _rows(text: TextTable, keys: set[str]) -> dict[str, int]:
    """Return the row of each key that the table has."""
    cells = zip(*(text.texts(name) for name in text.table.primary_key), strict=True)
    return {key: row for row, key in enumerate(map("/".join, cells)) if key in keys}
