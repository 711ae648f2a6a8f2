"""CSV bytes to text columns with the physical line of every row; no types.

The reader is strict and total: whatever a file can hold gives a table, issues, or both,
never an exception and never a wait. Faults that leave no doubt about the cells (a
byte-order mark, line ends, blank lines, needless quotes) are reported and read through.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import Table
from reported_losses.issue import Issue
from reported_losses.parsing.cell_text import cell_issues
from reported_losses.parsing.csv_columns import (
    begun,
    blank_lines,
    line_numbers,
    parse,
    without_lines,
)
from reported_losses.parsing.encoding import form
from reported_losses.parsing.file_bytes import read_bytes
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.header import header
from reported_losses.parsing.invisible import shown
from reported_losses.parsing.issues import LISTED, capped, file_issue
from reported_losses.parsing.quoting import scan
from reported_losses.parsing.ragged_rows import faulty_rows
from reported_losses.parsing.text_table import TextTable, quoted

__all__ = [
    "FILE_CODES",
    "LISTED",
    "TextTable",
    "capped",
    "parse_bytes",
    "quoted",
    "read",
    "shown",
]


_NONE = np.zeros(0, dtype=np.int64)
MAX_LINES = 10_000_000
"""Many short lines take more memory than their bytes tell."""


def read(folder: Path, table: Table) -> tuple[TextTable | None, list[Issue]]:
    """Read a table's file.

    Args:
        folder: Package folder.
        table: Descriptor of the table.

    Returns:
        The table as text, None where nothing could be read; and the issues in order.
    """
    data = read_bytes(folder, table)
    if isinstance(data, Issue):
        return None, [data]
    return parse_bytes(data, table)


def parse_bytes(data: bytes, table: Table) -> tuple[TextTable | None, list[Issue]]:
    """Read a table from bytes; otherwise as `read`."""
    formed = form(data, table)
    if formed.data is None:
        return None, formed.issues
    names, issues = header(formed.data, table)
    issues = formed.issues + issues
    if names is None:
        return None, sorted(issues)
    text, more = _body(formed.data, table, names)
    return text, sorted(issues + more)


def _body(
    data: bytes, table: Table, names: tuple[str, ...]
) -> tuple[TextTable | None, list[Issue]]:
    begin = data.index(b"\n") + 1
    if (lines_there := data.count(b"\n")) > MAX_LINES:
        message = f"{table.path} has {lines_there:,} lines, more than {MAX_LINES:,}"
        found = f"{lines_there:,} lines"
        expected = f"at most {MAX_LINES:,} lines"
        return None, [file_issue("file/too-large", message, table, found=found, expected=expected)]
    quotes = scan(data, table, begin)
    if quotes.fatal:
        return None, quotes.fatal + quotes.untidy
    issues = quotes.untidy
    parsed = parse(data, table, names, quotes.records)
    # Arrow makes a row of empty cells of a blank line; only then are lines looked at.
    blank = _NONE if parsed is not None and begun(parsed) else blank_lines(data, quotes.records)
    if len(blank):
        issues = issues + _blank(table, blank)
        parsed = parse(without_lines(data, blank), table, names, quotes.records)
    if parsed is None:
        return None, issues + faulty_rows(data, table, begin, len(names), quotes.records)
    lines = line_numbers(data, parsed.num_rows + len(blank), quotes.records)
    text = TextTable(table, table.path, parsed, np.setdiff1d(lines, blank) if len(blank) else lines)
    return text, issues + cell_issues(text, data)


def _blank(table: Table, lines: NDArray[np.int64]) -> list[Issue]:
    issues = [
        file_issue("file/blank-line", f"line {line} of {table.path} is blank", table, line=line)
        for line in lines[: LISTED + 1].tolist()
    ]
    return capped(issues, len(lines)) if issues else []
