"""A table as this dataset held it on an earlier day."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pyarrow as pa
from pyarrow import compute

from reported_losses.errors import BadArgumentError, DataError
from reported_losses.parsing import TextTable


def as_of(text: TextTable, revisions: TextTable, day: str | dt.date) -> TextTable:
    """Undo what was recorded or revised after a day.

    Works on the text of cells, so that a revised value is read by the same `cast` as any other.

    Args:
        text: The table as it is now.
        revisions: The table `revisions` as it is now.
        day: The day at whose end the table is wanted: a date, or its text YYYY-MM-DD.

    Returns:
        The rows recorded on or before the day, each with the values it had then; every key once.

    Raises:
        BadArgumentError: The day is no day, or before the first record, or the table keeps no
            dates of recording.
        DataError: A revision points to a row or column that is not there.
    """
    wanted = _day(day)
    name = text.table.name
    if "recorded_on" not in text.table.names:
        raise BadArgumentError(
            f"{name} has no column recorded_on, so its state on an earlier day is unknown; "
            "load its present state, or use an earlier release"
        )
    recorded = text.data.column("recorded_on").cast(pa.string())
    first = compute.min(recorded).as_py()
    if first is None or wanted < first:
        raise BadArgumentError(
            f"{wanted} is before the first record of {name}"
            + (f", which is of {first}" if first else "; the table has no rows yet")
        )
    unwound = dataclasses.replace(text, data=_unwind(text, _later(revisions, name, wanted)))
    kept = compute.less_equal(recorded, wanted)
    return dataclasses.replace(
        unwound,
        data=unwound.data.filter(kept),
        lines=text.lines[np.array(kept.to_pylist(), dtype=np.bool_)],
    )


def _day(day: str | dt.date) -> str:
    text = day.isoformat()[:10] if isinstance(day, dt.date) else str(day)
    try:
        exact = dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        exact = False
    if not exact:
        raise BadArgumentError(f"as_of {text!r} is not a day that exists, written YYYY-MM-DD")
    return text


def _later(revisions: TextTable, name: str, day: str) -> list[dict[str, str]]:
    """Return the table's revisions made after the day, the latest first."""
    rows = [
        row
        for row in revisions.data.to_pylist()
        if row["table"] == name and row["revised_on"] > day
    ]
    return sorted(rows, key=lambda row: (row["revised_on"], int(row["revision"])), reverse=True)


def _unwind(text: TextTable, revisions: list[dict[str, str]]) -> pa.Table:
    if not revisions:
        return text.data
    rows = _rows(text, {revision["key"] for revision in revisions})
    changed: dict[str, dict[int, str]] = {}
    for revision in revisions:
        if revision["key"] not in rows or revision["column"] not in text.table.names:
            raise DataError(
                f"revision {revision['revision']} changes {revision['column']} of "
                f"{revision['key']}, which {text.table.name} does not hold"
            )
        changed.setdefault(revision["column"], {})[rows[revision["key"]]] = revision["old"]
    data = text.data
    for column, cells in changed.items():
        place = data.column_names.index(column)
        values = data.column(column).cast(pa.string()).to_pylist()
        for row, old in cells.items():
            values[row] = old
        kind = data.schema.field(column).type
        data = data.set_column(place, column, pa.chunked_array([pa.array(values).cast(kind)]))
    return data


def _rows(text: TextTable, keys: set[str]) -> dict[str, int]:
    columns = [text.data.column(name).cast(pa.string()) for name in text.table.primary_key]
    joined = compute.binary_join_element_wise(*columns, "/")
    wanted = compute.is_in(joined, value_set=pa.array(sorted(keys)))
    places = compute.indices_nonzero(wanted)
    return dict(zip(joined.take(places).to_pylist(), places.to_pylist(), strict=True))
