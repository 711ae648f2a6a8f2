"""Putting computed rows in place of the rows that a table holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from reported_losses.definition.schema import Table
from reported_losses.errors import UpstreamError
from reported_losses.intake.tables import Row, row_key

# What people may edit in a correction, as long as the amount that it explains is the same.
_EDITED = ("kind", "reason", "source")
_LISTED = 5


def merge(
    table: Table,
    old: Sequence[Row],
    new: Iterable[Mapping[str, str]],
    recorded_on: str,
    *,
    replaces: Callable[[Row], bool] = lambda _: False,
) -> list[Row]:
    """Put computed rows in place of old ones, keeping what was first written or edited by hand.

    Args:
        table: Descriptor of the table.
        old: Rows that the table holds.
        new: Rows computed; a column they leave out is empty.
        recorded_on: Day given to rows whose key is new; other rows keep their day.
        replaces: Whether an old row goes even if no new row has its key.

    Returns:
        The rows of the table from now on, in no order.
    """
    columns = table.names
    keys = [row_key(table, row) for row in old]
    before = dict(zip(keys, old, strict=True))
    rows: dict[str, Row] = {}
    for computed in new:
        row = {column: computed.get(column, "") for column in columns}
        if "recorded_on" in row:
            row["recorded_on"] = recorded_on
        key = row_key(table, row)
        rows[key] = row | _kept(table, before[key], row) if key in before else row
    others = (row for key, row in zip(keys, old, strict=True) if key not in rows)
    return [row for row in others if not replaces(row)] + list(rows.values())


def by_reporter(reporter: str) -> Callable[[Row], bool]:
    """Return the function that says whether a row is of a reporter, for `merge`."""
    return lambda row: row["reporter"] == reporter


def _kept(table: Table, old: Row, new: Row) -> Row:
    """Return the cells of an old row that a new row of the same key does not change."""
    names = [name for name in ("recorded_on",) if name in old]
    if table.name == "corrections" and old["amount"] == new["amount"]:
        names += _EDITED
    return {name: old[name] for name in names}


def check_nothing_lost(
    table: Table, records: Iterable[str], old: Iterable[Row], new: Iterable[Row]
) -> None:
    """Refuse upstream records that no longer hold a reading they held.

    Records grow. One that lost readings was cut short or has changed its form, and somebody
    must look at it.

    Args:
        table: Descriptor of `readings`.
        records: The records that are kept whole.
        old: Readings that the table holds.
        new: Readings computed.

    Raises:
        UpstreamError: A record has lost readings; the message names the first few.
    """
    kept = {row_key(table, row) for row in new}
    for record in records:
        rows = [row for row in old if row["record"] == record and row_key(table, row) not in kept]
        if rows:
            raise shrunk(record, [f"{row['report_date']} {row['category']}" for row in rows])


def shrunk(record: str, lost: list[str]) -> UpstreamError:
    """Build the error for a record that has lost some of what it held.

    Args:
        record: Slug of the record.
        lost: What it no longer holds: days, or days and categories.
    """
    more = f" and {len(lost) - _LISTED:,} more" if len(lost) > _LISTED else ""
    return UpstreamError(
        f"the record {record} no longer holds {', '.join(lost[:_LISTED])}{more}: the file is cut "
        "short or its form has changed. Nothing was written."
    )
