"""What one check may read: limits on all tables of a package together.

A limit on each file alone would not bound a package of a hundred files. Each limit is a cost that
a hostile file can drive up by itself: many short lines, many cells, quotes that are judged one by
one, texts that are all different, patterns that look at every character many times.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from reported_losses.definition.schema import Table
from reported_losses.issue import Issue
from reported_losses.parsing.issues import LISTED, LISTED_IN_ALL, file_issue

MAX_BYTES = 256 * 1024 * 1024
MAX_LINES = 3_500_000
MAX_CELLS = 36_000_000
MAX_QUOTES = 500_000
MAX_TEXTS = 2_000_000
MAX_STEPS = 500_000_000


class Size(NamedTuple):
    """How much there is in a file, or in all files.

    Attributes:
        bytes: Bytes of the file.
        lines: Its lines.
        cells: Its commas and lines: cells, as far as commas tell.
        quotes: Its quote characters.
        texts: Different texts, counted where they repeat, and else every text.
        steps: Bytes of columns with a pattern, each times the steps of the pattern.
    """

    bytes: int = 0
    lines: int = 0
    cells: int = 0
    quotes: int = 0
    texts: int = 0
    steps: int = 0


NO_SIZE = Size()
LIMITS = Size(MAX_BYTES, MAX_LINES, MAX_CELLS, MAX_QUOTES, MAX_TEXTS, MAX_STEPS)

_NOUNS: Mapping[str, str] = MappingProxyType(
    {"texts": "different texts", "steps": "characters to match with patterns"}
)


class Budget:
    """What is left of the limits while the tables of a package are read.

    Args:
        limits: The most of each.
    """

    def __init__(self, limits: Size = LIMITS) -> None:
        self._limits = limits
        self._spent = Size()
        self._listed = 0

    def spend(self, size: Size, table: Table) -> Issue | None:
        """Count a file, or a part of what there is in it.

        Args:
            size: What to count.
            table: The table whose file it is.

        Returns:
            The issue that names the limit which the file exceeds, by itself or with the files
            before it; None if all is within the limits. What exceeds one is not counted.
        """
        total = Size(*map(sum, zip(self._spent, size, strict=True)))
        for name, spent, limit, own in zip(Size._fields, total, self._limits, size, strict=True):
            if spent > limit and own:
                return _too_large(table, _NOUNS.get(name, name), own, spent, limit)
        self._spent = total
        return None

    def room(self) -> int:
        """Return how many issues of the next code and file may be listed, at least one."""
        return max(1, min(LISTED, LISTED_IN_ALL - self._listed))

    def list(self, number: int) -> None:
        """Count issues that are listed."""
        self._listed += number


def _too_large(table: Table, noun: str, own: int, spent: int, limit: int) -> Issue:
    before = "" if own == spent else f" with those of the tables before it ({own:,} of its own)"
    return file_issue(
        "file/too-large",
        f"{table.path} has {spent:,} {noun}{before}, more than {limit:,}; it was not read",
        table,
        found=f"{spent:,} {noun}",
        expected=f"at most {limit:,} {noun} in all tables together",
    )
