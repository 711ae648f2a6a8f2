"""A table as this dataset held it on an earlier day."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pyarrow as pa

from reported_losses.dataset.dates import as_date
from reported_losses.errors import BadArgumentError, DataError
from reported_losses.parsing.text_table import TextTable


def as_of(text: TextTable, revisions: TextTable, day: str | dt.date) -> TextTable:
    """Undo what was recorded or revised after a day.

    Works on the text of cells, so that `cast` reads a revised value like any other.

    Args:
        text: The table as it is now.
        revisions: The table `revisions` as it is now.
        day: The day at whose end the table is wanted: a date, or text YYYY-MM-DD.

    Returns:
        The rows recorded on or before the day, with the values they had then; each key once.

    Raises:
        BadArgumentError: The day does not exist, or is before the first record, or the table
            has no column `recorded_on`.
        DataError: A revision names a row or column that the table does not have.
    """
    from pyarrow import compute  # slow to import, see arrow_functions

    wanted = as_date(day, "as_of").isoformat()
    name = text.table.name
    if "recorded_on" not in text.table.names:
        raise BadArgumentError(
            f"{name} has no column recorded_on, so its state on an earlier day is unknown; "
            "load its present state, or use an earlier release"
        )
    recorded = text.data.column("recorded_on").cast(pa.string())
    first = compute.min(recorded).as_py()
    if first is None:
        raise BadArgumentError(f"{name} has no rows yet, so nothing is known of {wanted}")
    if wanted < first:
        raise BadArgumentError(f"{wanted} is before the first record of {name}, on {first}")
    kept = compute.less_equal(recorded, wanted)
    return dataclasses.replace(
        text,
        data=_unwind(text, _later(revisions, name, wanted)).filter(kept),
        lines=text.lines[np.array(kept.to_pylist(), dtype=np.bool_)],
    )


def _later(revisions: TextTable, name: str, day: str) -> list[dict[str, str]]:
    """Return the table's revisions made after the day, latest first."""
    rows = [
        row
        for row in revisions.data.to_pylist()
        if row["table"] == name and row["revised_on"] > day
    ]
    return sorted(rows, key=lambda row: (row["revised_on"], int(row["revision"])), reverse=True)


def _unwind(text: TextTable, revisions: list[dict[str, str]]) -> pa.Table:
    """Put the old values back, the latest revision first."""
    if not revisions:
        return text.data
    rows = _rows(text, {revision["key"] for revision in revisions})
    changed: dict[str, dict[int, str]] = {}
    for revision in revisions:
        if revision["key"] not in rows or revision["column"] not in text.table.names:
            raise DataError(
                f"revision {revision['revision']} changes {revision['column']} of "
                f"{revision['key']}, which {text.table.name} does not have"
            )
        changed.setdefault(revision["column"], {})[rows[revision["key"]]] = revision["old"]
    data = text.data
    for column, cells in changed.items():
        index = data.column_names.index(column)
        values = data.column(column).cast(pa.string()).to_pylist()
        for row, old in cells.items():
            values[row] = old
        kind = data.schema.field(column).type
        data = data.set_column(index, column, pa.chunked_array([pa.array(values).cast(kind)]))
    return data


def _rows(text: TextTable, keys: set[str]) -> dict[str, int]:
    """Return the row of each key that the table has."""
    from pyarrow import compute

    columns = [text.data.column(name).cast(pa.string()) for name in text.table.primary_key]
    joined = compute.binary_join_element_wise(*columns, "/")
    rows = compute.indices_nonzero(compute.is_in(joined, value_set=pa.array(sorted(keys))))
    return dict(zip(joined.take(rows).to_pylist(), rows.to_pylist(), strict=True))
