"""`TextTable`: a table as the text its file holds, and where each cell stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import Table
from reported_losses.issue import Key


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text.

    Attributes:
        table: Descriptor of the table.
        path: File as issues show it, relative to the package folder.
        data: One text column per field, in schema order; an empty cell is "". Columns that
            repeat few values are dictionaries.
        lines: int64; the physical line on which each row begins. The header is line 1.
    """

    table: Table
    path: str
    data: pa.Table
    lines: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.lines)

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell."""
        return str(self.data.column(column)[row].as_py())

    def key(self, row: int) -> Key:
        """Return the primary key of a row, as texts."""
        return Key({name: self.cell(row, name) for name in self.table.primary_key})

    def place(self, row: int, column: str) -> tuple[int, int]:
        """Return the line and the character, both from 1, at which a cell begins."""
        names = self.table.names
        before = [self.cell(row, name) for name in names[: names.index(column)]]
        text = "".join(f"{quoted(cell)}," for cell in before)
        breaks = text.count("\n")
        return int(self.lines[row]) + breaks, len(text) - text.rfind("\n")


def quoted(cell: str) -> str:
    """Write a cell as canonical CSV does: quoted where it must be, and only there.

    >>> print(quoted("tanks, artillery"))
    "tanks, artillery"
    """
    if not any(mark in cell for mark in ',"\n\r'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
