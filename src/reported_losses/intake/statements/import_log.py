"""What an import did that a person may want to look at."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class ImportLog:
    """Lists of one-line entries.

    Attributes:
        merged: Rows of two inputs that are one figure, and rows that are one statement.
        split: Rows that became several.
        left_out: Rows that are in no table, and why.
        lapsed: Curated decisions whose upstream text has changed.
    """

    merged: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    lapsed: list[str] = field(default_factory=list)
