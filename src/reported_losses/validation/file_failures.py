"""From failing rows of a file to issues: with line, column, what was found, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reported_losses.issue import Issue, Key
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.cast import TypedTable
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.issues import LISTED, build_issue, capped
from reported_losses.validation.failures import Failure
from reported_losses.validation.keys import Rows, out_of_order


@dataclass(frozen=True, slots=True)
class FileSource:
    """A table's file as the source of rows, which are given in key order."""

    typed: TypedTable
    columns: Columns

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell, as the file has it."""
        return self.typed.text.cell(self._file_row(row), column)

    def key(self, row: int) -> Key:
        """Return the primary key of a row, as texts."""
        return self.typed.text.key(self._file_row(row))

    def where(self, row: int) -> str:
        """Say on which line a row begins."""
        return f"line {self.position(row, None)[0]}"

    def position(self, row: int, column: str | None) -> tuple[int, int | None]:
        """Return the line of a cell and the character it begins at; of a row, the line alone."""
        if column is None:
            return int(self.typed.lines[self._file_row(row)]), None
        return self.typed.text.position(self._file_row(row), column)

    def _file_row(self, row: int) -> int:
        return int(self.columns.row[row])


def issues_of(failure: Failure, source: FileSource, budget: Budget | None = None) -> list[Issue]:
    """Build the issues of one failed check, in file order, up to the limit.

    Args:
        failure: The check that failed.
        source: The table's file.
        budget: Counts the issues listed, over all tables of a package.
    """
    budget = budget or Budget()
    most = budget.room()
    rows = failure.rows[: most + 1]
    issues = []
    for row, words in zip(rows.tolist(), failure.describe(rows, source), strict=True):
        line, position = source.position(row, words.column)
        issues.append(
            build_issue(
                failure.text,
                words.message,
                table=failure.table,
                path=source.typed.path,
                line=line,
                column=words.column,
                position=position,
                key=source.key(row),
                found=words.found,
                expected=words.expected,
                hint=words.hint,
                value=words.value,
            )
        )
    budget.list(len(issues))
    return capped(issues, len(failure.rows), most)


def misplaced(settled: Columns, source: FileSource) -> list[Issue]:
    """Find rows that are not in the order of the primary key, one issue per block of rows.

    Args:
        settled: The table without cells that fail; a row without a whole key has no position.
        source: Its file.
    """
    blocks = out_of_order(settled, settled.key)
    if not blocks:
        return []
    kept = np.setdiff1d(np.arange(settled.rows), np.concatenate(blocks))
    issues = [_block(block, kept, source) for block in blocks[: LISTED + 1]]
    return capped(issues, len(blocks))


def _block(block: Rows, kept: Rows, source: FileSource) -> Issue:
    first, last = int(block[0]), int(block[-1])
    key, line = source.key(first), source.position(first, None)[0]
    before = int(np.searchsorted(kept, first)) - 1
    goal = f"after {source.where(int(kept[before]))}" if before >= 0 else "after the header"
    if len(block) == 1:
        message = f"{key} on line {line} belongs {goal}"
    else:
        message = f"{len(block)} rows, line {line} to {source.where(last)}, are out of order: "
        message += f"the first, {key}, belongs {goal}"
    return build_issue(
        FILE_CODES["file/sort-order"],
        message,
        table=source.typed.table.name,
        path=source.typed.path,
        line=line,
        key=key,
        found=str(key),
        expected=f"rows sorted by {', '.join(source.typed.table.primary_key)}",
        hint=f"Move {'it' if len(block) == 1 else 'each'} there, or run `reported-losses sort`.",
    )
