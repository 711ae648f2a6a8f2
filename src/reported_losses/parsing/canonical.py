"""The canonical form of a table's file: UTF-8, LF, header first, rows in order of the primary key.

`canonical_csv` writes it from rows; `canonical_form` puts the bytes of a file into it. A cell is
quoted only if it has a comma, a quote or a line break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Table
from reported_losses.issue import Issue
from reported_losses.parsing.cast import cast
from reported_losses.parsing.moves import staying
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import quoted

_NEEDS_QUOTES = re.compile(r'["\n\r]')
_INTEGER = re.compile(FIELD_TYPES["integer"].spelling)
# Faults that leave the text of every cell certain.
_MENDED = frozenset(
    (
        "file/byte-order-mark",
        "file/line-ends",
        "file/blank-line",
        "file/quoting",
        "file/final-newline",
    )
)
_WRONG_HEADER = frozenset(("file/extra-column", "file/column-order"))


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A row that moved: its lines before and after, from 1, and its primary key."""

    line: int
    new_line: int
    key: str


@dataclass(frozen=True, slots=True)
class Canonical:
    """A file put into canonical form, and what that changed.

    Attributes:
        data: The file in canonical form.
        moves: The fewest rows whose moves put the rows in order, in order of their old lines.
        mended: Issues about the form that no longer apply, in order of lines. There is one for
            all line ends; of needless quotes and of blank lines at most 1,000 are listed, and
            one more gives the number left out.
    """

    data: bytes
    moves: tuple[Move, ...]
    mended: tuple[Issue, ...]


def canonical_csv(table: Table, rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as the canonical file of their table.

    Args:
        table: Descriptor of the table.
        rows: Texts of the cells in schema order, in any order of rows; "" is a missing cell.

    Returns:
        The file. Rows with equal keys keep their order.

    Raises:
        ValueError: A row does not have one cell per field.
    """
    return csv_file(table.names, sorted(rows, key=sort_key(table)))


def sort_key(table: Table) -> Callable[[Sequence[str]], tuple[tuple[float, str], ...]]:
    """Return the function that orders rows by primary key.

    Integers are ordered as numbers, everything else as text. A text that is not an integer comes
    before the numbers, so that every file has an order.

    Args:
        table: Descriptor of the table.

    Returns:
        A function from the texts of a row, in schema order, to its sort key.
    """
    columns = [
        (table.names.index(name), table.field(name).type == "integer") for name in table.primary_key
    ]

    def key(row: Sequence[str]) -> tuple[tuple[float, str], ...]:
        return tuple(_cell_key(row[index], integer=integer) for index, integer in columns)

    return key


def _cell_key(text: str, *, integer: bool) -> tuple[float, str]:
    if integer and _INTEGER.fullmatch(text):
        return int(text), ""
    return float("-inf"), text


def csv_file(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write texts as CSV in the order given: UTF-8, LF, quotes only where they are needed.

    Args:
        names: The header.
        rows: Texts of the cells; "" is a missing cell.

    Raises:
        ValueError: A row does not have one cell per name.
    """
    width = len(names)
    lines = [",".join(names)]
    for row in rows:
        if len(row) != width:
            raise ValueError(f"there are {width} columns, not {len(row)}")
        line = ",".join(row)
        plain = line.count(",") == width - 1 and not _NEEDS_QUOTES.search(line)
        lines.append(line if plain else ",".join(map(quoted, row)))
    return "\n".join([*lines, ""]).encode()


def canonical_form(data: bytes, table: Table) -> Canonical | list[Issue]:
    """Put a file into canonical form; no cell's text changes.

    Args:
        data: The file.
        table: The table it should hold.

    Returns:
        The canonical file and what changed; or, if the file is not valid CSV, has a wrong
        header, or a key without a value of its type, the issues that say so.
    """
    text, issues = parse_bytes(data, table)
    refused = [issue for issue in issues if issue.code in _WRONG_HEADER]
    if text is None:
        refused = [issue for issue in issues if issue.code not in _MENDED] or issues
    if text is None or refused:
        return refused
    typed, more = cast(text)
    if any(name in typed.invalid for name in table.primary_key):
        # A wrong date has no place in the order of dates, and would be moved away from its own.
        about_keys = (one for one in (*issues, *more) if one.column in table.primary_key)
        return sorted(one for one in about_keys if one.code not in _MENDED)
    # Of a dictionary column, to_pylist takes ten times as long.
    columns = (column.cast(pa.string()).to_pylist() for column in text.data.columns)
    rows = list(zip(*columns, strict=True))
    key = sort_key(table)
    keys = list(map(key, rows))
    order = sorted(range(len(rows)), key=keys.__getitem__)
    ordered = [rows[index] for index in order]
    moves = _moves(table, rows, order, text.lines.tolist())
    mended = tuple(issue for issue in issues if issue.code in _MENDED)
    return Canonical(csv_file(table.names, ordered), moves, mended)


def _moves(
    table: Table, rows: Sequence[Sequence[str]], order: Sequence[int], lines: Sequence[int]
) -> tuple[Move, ...]:
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[list(order)] = np.arange(len(order))
    stays = staying(ranks)
    keys = [table.names.index(name) for name in table.primary_key]
    moves = []
    new_line = 2
    for index in order:
        if not stays[index]:
            key = "/".join(rows[index][column] for column in keys)
            moves.append(Move(lines[index], new_line, key))
        new_line += 1 + sum(cell.count("\n") for cell in rows[index])
    return tuple(sorted(moves))
