"""What is told of a failing row, and where a row comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from reported_losses.issue import Key


@dataclass(frozen=True, slots=True)
class Words:
    """What is told of one failing row.

    Attributes:
        message: What is wrong, in terms of the report.
        expected: What was expected instead of what was found.
        hint: What to do next.
        found: What was found; None means the text of the cell.
        column: The column of the failing cell; None means the whole row.
        value: What the cell should hold, if only one value is likely.
    """

    message: str
    expected: str
    hint: str
    found: str | None = None
    column: str | None = None
    value: str | None = None


class Source(Protocol):
    """Where rows come from: a file with lines, or a frame with an index. Rows are in key order."""

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell; empty where it is missing."""

    def key(self, row: int) -> Key:
        """Return the primary key of a row, as texts."""

    def where(self, row: int) -> str:
        """Say where a row is, such as `line 12`."""
