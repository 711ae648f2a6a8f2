"""Rows that cannot be cut into cells, looked for only once the fast reader has refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from reported_losses.dataset.descriptor import Table
from reported_losses.issue import Issue
from reported_losses.parsing.issues import LISTED, capped, file_issue
from reported_losses.parsing.quoting import MAX_CELL_BYTES, Record

_GROUPS = 4
"""Groups of three digits looked for after the first; no loss is counted in more."""


def faulty_rows(
    data: bytes, table: Table, begin: int, columns: int, records: list[Record]
) -> list[Issue]:
    """Find rows with too few or too many cells, and cells over the length limit.

    Args:
        data: The file in canonical form.
        table: The table it should hold.
        begin: Where the first row begins.
        columns: Cells each row should have.
        records: The records that hold a quote.

    Returns:
        The issues; no more than a bounded number.
    """
    ragged: list[Issue] = []
    long: list[Issue] = []
    counts = {"ragged": 0, "long": 0}
    for line, cells, start in _rows(data, begin, records):
        if cells != columns:
            counts["ragged"] += 1
            if len(ragged) <= LISTED:
                ragged.append(_ragged(line, cells, columns, table, start))
        elif len(start) > MAX_CELL_BYTES:
            counts["long"] += 1
            if len(long) <= LISTED:
                long.append(_long(line, start, table))
    issues = capped(ragged, counts["ragged"]) if ragged else []
    return issues + (capped(long, counts["long"]) if long else [])


def _rows(data: bytes, begin: int, records: list[Record]) -> Iterator[tuple[int, int, bytes]]:
    """Yield the line, the number of cells, and the text of bare rows."""
    place, line = begin, 2
    for record in (*records, None):
        stretch = io.BytesIO(data[place : record.start if record else len(data)])
        for text in stretch:
            if text != b"\n":  # blank lines are reported as such
                yield line, text.count(b",") + 1, text
            line += 1
        if record is not None:
            yield line, record.cells, data[record.start : min(record.end, record.start + 200)]
            line += record.breaks + 1
            place = record.end


def _ragged(line: int, cells: int, columns: int, table: Table, start: bytes) -> Issue:
    few = cells < columns
    text = start[:200].decode("utf-8", "ignore").rstrip("\n")
    hint = _torn_number(text, cells - columns)
    if few:
        hint = f"Add {columns - cells} comma(s) where cells are empty, or restore what was cut off."
    return file_issue(
        "file/ragged-row",
        f"line {line} of {table.path} has {cells:,} cells, {columns} columns are named",
        table,
        line=line,
        found=text,
        expected=f"{columns} cells",
        hint=hint,
    )


def _torn_number(text: str, too_many: int) -> str | None:
    """Return a hint where a number written with separators explains the cells too many."""
    if not 1 <= too_many <= _GROUPS:
        return None
    torn = re.search(rf"(?<![^,])[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{{too_many}}}(?![^,])", text)
    if torn is None:
        return None
    return f"Write numbers without separators: {torn[0].replace(',', '')}, not {torn[0]}."


def _long(line: int, text: bytes, table: Table) -> Issue:
    cells = text.split(b",")
    place = max(range(len(cells)), key=lambda number: len(cells[number]))
    before = b",".join(cells[:place]).decode("utf-8", "ignore")
    return file_issue(
        "file/field-too-long",
        f"line {line} of {table.path} has a cell of {len(cells[place]):,} bytes",
        table,
        line=line,
        position=len(before) + 2 if place else 1,
        column=table.names[place],
        found=cells[place][:200].decode("utf-8", "ignore"),
    )
