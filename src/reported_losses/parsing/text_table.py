"""`TextTable`: a table as the text its file holds, and where each cell stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import Table
from reported_losses.issue import Issue, Key, Severity
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.invisible import shown

LISTED = 1_000
"""Issues listed for one code in one file; the rest are counted in one closing issue."""


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


def file_issue(  # noqa: PLR0913 - an issue has this many parts
    code: str,
    message: str,
    table: Table,
    *,
    line: int | None = None,
    position: int | None = None,
    column: str | None = None,
    found: str | None = None,
    expected: str | None = None,
    hint: str | None = None,
) -> Issue:
    """Build a `file/*` issue; what is not given comes from the catalogue."""
    known = FILE_CODES[code]
    return Issue(
        code,
        Severity.ERROR,
        message,
        table=table.name,
        path=table.path,
        line=line,
        column=column,
        position=position,
        found=None if found is None else shown(found),
        expected=expected or known.expected,
        hint=hint or known.fix,
    )


def capped(issues: Sequence[Issue], total: int) -> list[Issue]:
    """Close a list that was cut at `LISTED` with one issue that counts the rest.

    Args:
        issues: Issues of one code, at least one; those after the first `LISTED` are dropped.
        total: How many there are in truth.

    Returns:
        At most `LISTED` issues, and the closing one where something was left out.
    """
    kept = list(issues[:LISTED])
    if total <= len(kept):
        return kept
    last = kept[-1]
    rest = Issue(
        last.code,
        last.severity,
        f"{total - len(kept):,} more of this kind are not listed",
        table=last.table,
        path=last.path,
        hint="Mend those listed and check again.",
    )
    return [*kept, rest]
