"""A withdrawn row as one text: what `revisions.old` holds of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from reported_losses.files import without_duplicate_keys


def row_text(names: Iterable[str], row: Mapping[str, str]) -> str:
    """Write a row as JSON: column to text, without the empty cells.

    Args:
        names: Columns of the table, in order.
        row: Texts of the cells by column.

    >>> row_text(["category", "total", "increment"], {"category": "tanks", "total": "210"})
    '{"category": "tanks", "total": "210"}'
    """
    return json.dumps({name: row[name] for name in names if row.get(name)}, ensure_ascii=False)


def row_cells(text: str) -> dict[str, str] | None:
    """Read the cells of a row that `row_text` wrote.

    Args:
        text: Any text.

    Returns:
        Texts by column; None if the text is not an object of texts that are not empty.

    >>> row_cells('{"category": "tanks"}'), row_cells("tanks"), row_cells('{"total": 5}')
    ({'category': 'tanks'}, None, None)
    """
    try:
        cells = json.loads(text, object_pairs_hook=without_duplicate_keys)
    except (ValueError, RecursionError):
        return None
    if not isinstance(cells, dict) or not cells:
        return None
    whole = all(isinstance(cell, str) and cell for cell in cells.values())
    return cells if whole else None
