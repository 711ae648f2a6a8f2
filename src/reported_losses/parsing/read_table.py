"""From a file to its text columns, with the line of every row and the issues of the file.

The reader is strict and total: any file gives a table, issues, or both. It never raises because
of what a file holds, and it never waits. Faults that leave no doubt about the cells (a byte-order
mark, line ends, blank lines, needless quotes) are reported, and the file is read all the same.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.schema import Table
from reported_losses.issue import Issue
from reported_losses.parsing.as_built import not_as_built
from reported_losses.parsing.budget import Budget, Size
from reported_losses.parsing.cell_text import cell_issues
from reported_losses.parsing.csv_columns import (
    blank_lines,
    first_cells_filled,
    line_numbers,
    parse,
    without_lines,
)
from reported_losses.parsing.encoding import normalise
from reported_losses.parsing.file_bytes import read_bytes
from reported_losses.parsing.header import header
from reported_losses.parsing.issues import LISTED, capped, file_issue
from reported_losses.parsing.quoting import scan
from reported_losses.parsing.ragged_rows import faulty_rows
from reported_losses.parsing.text_table import TextTable

_NONE = np.zeros(0, dtype=np.int64)


def read(
    folder: Path, table: Table, budget: Budget | None = None
) -> tuple[TextTable | None, list[Issue]]:
    """Read a table's file.

    Args:
        folder: Package folder.
        table: Descriptor of the table.
        budget: What may be read, over all tables of the package; by default this table has all
            of it.

    Returns:
        The table as text, or None if its cells cannot be told apart; and the issues in order.
    """
    data = read_bytes(folder, table)
    if isinstance(data, Issue):
        return None, [data]
    text, issues = parse_bytes(data, table, budget)
    rows = None if text is None else text.data.num_rows
    return text, sorted([*issues, *not_as_built(table, data, rows)])


def parse_bytes(
    data: bytes, table: Table, budget: Budget | None = None
) -> tuple[TextTable | None, list[Issue]]:
    """Read a table from the bytes of its file; otherwise as `read`."""
    budget = budget or Budget()
    size = _size(data)
    too_large = budget.spend(size, table)
    if too_large is not None:
        return None, [too_large]
    form = normalise(data, table)
    if form.data is None:
        return None, form.issues
    names, issues = header(form.data, table)
    issues = form.issues + issues
    if names is None:
        return None, sorted(issues)
    text, more = _rows(form.data, table, names)
    if text is not None:
        held = text.held()
        too_large = budget.spend(held, table)
        if too_large is not None:
            return None, sorted([*issues, *more, too_large])
        text = replace(text, size=Size(*map(sum, zip(size, held, strict=True))))
    return text, sorted(issues + more)


def _size(data: bytes) -> Size:
    # A carriage return ends a line in some files, and is refused in all others.
    lines = data.count(b"\n") + data.count(b"\r")
    return Size(len(data), lines, lines + data.count(b","), data.count(b'"'))


def _rows(
    data: bytes, table: Table, names: tuple[str, ...]
) -> tuple[TextTable | None, list[Issue]]:
    begin = data.index(b"\n") + 1
    quotes = scan(data, table, begin)
    if quotes.fatal:
        return None, quotes.fatal + quotes.needless
    issues = quotes.needless
    parsed = parse(data, table, names, quotes.records)
    # Arrow turns a blank line into a row of empty cells; only then look for blank lines.
    filled = parsed is not None and first_cells_filled(parsed)
    blank = _NONE if filled else blank_lines(data, quotes.records)
    if len(blank):
        issues = issues + _blank_line_issues(table, blank)
        parsed = parse(without_lines(data, blank), table, names, quotes.records)
    if parsed is None:
        return None, issues + faulty_rows(data, table, begin, len(names), quotes.records)
    lines = line_numbers(data, parsed.num_rows + len(blank), quotes.records)
    lines = np.setdiff1d(lines, blank, assume_unique=True) if len(blank) else lines
    text = TextTable(table, table.path, parsed, lines)
    faulty, more = cell_issues(text, data)
    return replace(text, faulty=faulty), issues + more


def _blank_line_issues(table: Table, lines: NDArray[np.int64]) -> list[Issue]:
    issues = [
        file_issue("file/blank-line", f"line {line} of {table.path} is blank", table, line=line)
        for line in lines[: LISTED + 1].tolist()
    ]
    return capped(issues, len(lines))
