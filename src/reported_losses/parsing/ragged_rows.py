"""Rows that cannot be cut into cells; searched only after Arrow refused the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from reported_losses.definition.schema import Table
from reported_losses.issue import Issue
from reported_losses.parsing.issues import LISTED, capped, file_issue
from reported_losses.parsing.quoting import MAX_CELL_BYTES, Record

_GROUPS = 4
"""Groups of three digits to look for after the first; no loss count has more."""
_CONFLICT_MARKER = re.compile(r"<{7} |={7}$|>{7} |\|{7} ")
CONFLICT_HINT = (
    "Resolve the conflict: keep the rows that are right and delete the three marker lines."
)


def faulty_rows(
    data: bytes, table: Table, begin: int, columns: int, records: list[Record]
) -> list[Issue]:
    """Find rows with too few or too many cells, and cells over the length limit.

    Args:
        data: The file in canonical form.
        table: The table it should hold.
        begin: Index of the first row's first byte.
        columns: Number of cells that each row should have.
        records: The records that hold a quote.

    Returns:
        The issues, at most `LISTED` + 1 of each code.
    """
    ragged: list[Issue] = []
    long: list[Issue] = []
    ragged_count = long_count = 0
    for line, cells, start in _rows(data, begin, records):
        if cells != columns:
            ragged_count += 1
            if len(ragged) <= LISTED:
                ragged.append(_ragged(line, cells, columns, table, start))
        elif len(start) > MAX_CELL_BYTES:
            long_count += 1
            if len(long) <= LISTED:
                long.append(_long(line, start, table))
    issues = capped(ragged, ragged_count) if ragged else []
    return issues + (capped(long, long_count) if long else [])


def _rows(data: bytes, begin: int, records: list[Record]) -> Iterator[tuple[int, int, bytes]]:
    """Yield the line, the number of cells, and the text of each row; quoted rows are cut short."""
    at, line = begin, 2
    for record in (*records, None):
        unquoted = io.BytesIO(data[at : record.start if record else len(data)])
        for text in unquoted:
            if text != b"\n":  # blank lines have their own issue
                yield line, text.count(b",") + 1, text
            line += 1
        if record is not None:
            yield line, record.cells, data[record.start : min(record.end, record.start + 200)]
            line += record.breaks + 1
            at = record.end


def _ragged(line: int, cells: int, columns: int, table: Table, start: bytes) -> Issue:
    text = start[:200].decode("utf-8", "ignore").rstrip("\n")
    message = f"line {line} of {table.path} has {cells:,} cells, but the header names {columns}"
    hint = _torn_number(text, cells - columns)
    if is_conflict_marker(text):
        message = f"line {line} of {table.path} is a conflict marker left by git"
        hint = CONFLICT_HINT
    elif cells < columns:
        hint = f"Add {columns - cells} comma(s) where cells are empty, or restore what was cut off."
    return file_issue(
        "file/ragged-row",
        message,
        table,
        line=line,
        found=text,
        expected=f"{columns} cells",
        hint=hint,
    )


def is_conflict_marker(line: str) -> bool:
    """Return whether a line is one that git writes around the two sides of a conflict.

    >>> is_conflict_marker("<<<<<<< HEAD"), is_conflict_marker("=======")
    (True, True)
    """
    return _CONFLICT_MARKER.match(line) is not None


def _torn_number(text: str, too_many: int) -> str | None:
    """Return a hint if a number written with separators explains the surplus cells."""
    if not 1 <= too_many <= _GROUPS:
        return None
    torn = re.search(rf"(?<![^,])[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{{too_many}}}(?![^,])", text)
    if torn is None:
        return None
    return f"Write numbers without separators: {torn[0].replace(',', '')}, not {torn[0]}."


def _long(line: int, text: bytes, table: Table) -> Issue:
    cells = text.split(b",")
    index = max(range(len(cells)), key=lambda number: len(cells[number]))
    before = b",".join(cells[:index]).decode("utf-8", "ignore")
    return file_issue(
        "file/field-too-long",
        f"line {line} of {table.path} has a cell of {len(cells[index]):,} bytes",
        table,
        line=line,
        position=len(before) + 2 if index else 1,
        column=table.names[index],
        found=cells[index][:200].decode("utf-8", "ignore"),
    )
