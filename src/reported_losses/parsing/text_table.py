"""`TextTable`: a table as the text of its file, with the line of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.patterns import steps
from reported_losses.definition.schema import Table
from reported_losses.issue import Key
from reported_losses.parsing.budget import NO_SIZE, Size
from reported_losses.parsing.distinct_texts import lengths


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text.

    Attributes:
        table: Descriptor of the table.
        path: File as issues show it, relative to the package folder.
        data: One text column per field, in schema order; an empty cell is "". Columns that
            repeat few values are dictionaries.
        lines: int64; the physical line on which each row begins. The header is line 1.
        faulty: For each column with such cells, True where a cell already has an issue for its
            white space, control characters or invisible characters. Later checks skip it.
        size: How much was read for it.
    """

    table: Table
    path: str
    data: pa.Table
    lines: NDArray[np.int64]
    faulty: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    size: Size = NO_SIZE

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.lines)

    def held(self) -> Size:
        """Return how many texts there are to tell apart and to match with patterns."""
        texts = work = 0
        for one in self.table.fields:
            if one.type == "string":
                array = self.data.column(one.name).combine_chunks()
                sizes = lengths(getattr(array, "dictionary", array))
                texts += int(np.count_nonzero(sizes))
                work += 0 if one.pattern is None else steps(one.pattern) * int(sizes.sum())
        return Size(texts=texts, steps=work)

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell."""
        return str(self.data.column(column)[row].as_py())

    def texts(self, column: str) -> list[str]:
        """Return the texts of a column; each distinct text of a dictionary is made once."""
        array = self.data.column(column).combine_chunks()
        texts: list[str]
        if not hasattr(array, "dictionary"):
            texts = array.to_pylist()
            return texts
        texts = array.dictionary.to_pylist()
        return [texts[index] for index in array.indices.to_pylist()]

    def key(self, row: int) -> Key:
        """Return the primary key of a row, as texts."""
        return Key({name: self.cell(row, name) for name in self.table.primary_key})

    def position(self, row: int, column: str) -> tuple[int, int]:
        """Return the line and the character at which a cell begins, both from 1."""
        names = self.table.names
        before = [self.cell(row, name) for name in names[: names.index(column)]]
        text = "".join(f"{quoted(cell)}," for cell in before)
        breaks = text.count("\n")
        return int(self.lines[row]) + breaks, len(text) - text.rfind("\n")


def quoted(cell: str) -> str:
    """Write a cell as canonical CSV does: quoted only where it must be.

    >>> print(quoted("tanks, artillery"))
    "tanks, artillery"
    """
    if not any(mark in cell for mark in ',"\n\r'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
