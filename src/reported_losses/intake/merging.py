"""Built rows over held ones, and what that changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reported_losses.dataset.descriptor import Table
from reported_losses.intake.tables import Row, sort_key


def merge(
    table: Table, held: Iterable[Row], built: Iterable[Mapping[str, str]], recorded_on: str
) -> list[Row]:
    """Put built rows over held ones by primary key, keeping when each was first recorded.

    Args:
        table: Descriptor of the table.
        held: Rows the table holds.
        built: New rows; a column they leave out is empty.
        recorded_on: Day given to rows that are new.

    Returns:
        All rows in the order of the primary key.
    """
    key = sort_key(table)
    rows = {key(row): row for row in held}
    for row in built:
        cells = {name: row.get(name, "") for name in table.names}
        place = key(cells)
        if "recorded_on" in table.names:
            cells["recorded_on"] = rows[place]["recorded_on"] if place in rows else recorded_on
        rows[place] = cells
    return [rows[place] for place in sorted(rows)]


def difference(table: Table, held: Iterable[Row], rows: Iterable[Row]) -> dict[str, int]:
    """Count rows that are `new`, `changed`, `unchanged` and `removed`."""
    key = sort_key(table)
    before, after = ({key(row): row for row in some} for some in (held, rows))
    both = before.keys() & after.keys()
    changed = sum(before[place] != after[place] for place in both)
    return {
        "new": len(after) - len(both),
        "changed": changed,
        "unchanged": len(both) - changed,
        "removed": len(before) - len(both),
    }
