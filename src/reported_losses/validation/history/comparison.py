"""What the rules about history look at: two states, what differs, and what `revisions` tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from reported_losses.definition.history import needs_revision
from reported_losses.definition.withdrawn import row_cells
from reported_losses.issue import NO_KEY, Issue, Key
from reported_losses.parsing.cast import TypedTable
from reported_losses.parsing.issues import LISTED, build_issue, capped
from reported_losses.validation.history.base import Base
from reported_losses.validation.history.codes import HISTORY_CODES
from reported_losses.validation.history.diff import ChangedCell, Diff, Row, TableDiff

NO_DIFF = TableDiff("")
REVISIONS = "revisions"


@dataclass
class Comparison:
    """A package and its base.

    Attributes:
        base: The earlier state.
        here: The state that is judged.
        diff: What differs between them.
        tables: The tables of the state that is judged.
    """

    base: Base
    here: Base
    diff: Diff
    tables: Mapping[str, TypedTable]
    _texts: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def of(self, table: str) -> TableDiff:
        """Return what differs in a table; nothing if it was not compared."""
        return self.diff.tables.get(table, NO_DIFF)

    @cached_property
    def told(self) -> Mapping[tuple[str, str, str], list[Row]]:
        """New revisions by table, key and column, in order of number; withdrawals: column ""."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self.of(REVISIONS).added:
            cells = row.cells
            if set(cells) >= {"table", "key", "column", "old", "new"}:
                value = cells["table"], cells["key"], cells["column"]
                found.setdefault(value, []).append(row)
        return found

    def chain(self, table: str, key: Key, column: str) -> list[Row]:
        """Return the new revisions of a value."""
        return self.told.get((table, str(key), column), [])

    def withdrawal(self, table: str, row: Row) -> dict[str, str] | None:
        """Return the cells of a removed row as its withdrawal has them; None if there is none."""
        found = self.told.get((table, str(row.key), ""), [])
        return row_cells(found[0].cells["old"]) if found else None

    def untold(self, table: str) -> Iterator[Row]:
        """Yield the removed rows of a table that no revision withdraws."""
        for row in self.of(table).removed:
            if table == REVISIONS or not self.told.get((table, str(row.key), "")):
                yield row

    def untold_cells(self, table: str, *columns: str) -> Iterator[ChangedCell]:
        """Yield the changed cells of some columns that no revision tells of."""
        for cell in self.of(table).changed:
            if cell.column in columns and not self.chain(table, cell.key, cell.column):
                yield cell

    def texts(self, table: str, column: str) -> list[str]:
        """Return the texts of a column of the state that is judged; none if it has none."""
        typed = self.tables.get(table)
        if typed is None or column not in typed.table.names:
            return []
        if (table, column) not in self._texts:
            self._texts[table, column] = typed.text.texts(column)
        return self._texts[table, column]

    def kept(self, table: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return which rows of a table the base has as well."""
        typed = self.tables[table]
        added = [row.line for row in self.of(table).added]
        return ~np.isin(typed.lines, np.array(added, dtype=np.int64))

    def before(self, table: str, *columns: str) -> Iterator[tuple[str, ...]]:
        """Yield texts of the rows that the base had, those of columns that never change."""
        rows = np.flatnonzero(self.kept(table)).tolist() if table in self.tables else []
        texts = [self.texts(table, column) for column in columns]
        if all(texts):
            for row in rows:
                yield tuple(column[row] for column in texts)
        for gone in self.of(table).removed:
            yield tuple(gone.cells.get(column, "") for column in columns)

    def issue(  # noqa: PLR0913 - an issue has this many parts
        self,
        slug: str,
        message: str,
        table: str | None,
        line: int | None = None,
        column: str | None = None,
        *,
        key: Key = NO_KEY,
        found: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
        path: str | None = None,
    ) -> Issue:
        """Build an issue at a line of the state that is judged."""
        typed = self.tables.get(table or "")
        position = None
        if typed is not None and line is not None and column in typed.table.names:
            row = int(np.searchsorted(typed.lines, line))
            if row < typed.rows and typed.lines[row] == line:
                line, position = typed.text.position(row, str(column))
        if path is None and table in self.here.package.tables:
            path = self.here.package.tables[str(table)].path
        return build_issue(
            HISTORY_CODES[f"history/{slug}"],
            message,
            table=table,
            path=path,
            line=line,
            column=column,
            position=position,
            key=key,
            found=found,
            expected=expected,
            hint=hint,
        )


def needs_telling(cell: ChangedCell) -> bool:
    """Return whether a changed cell needs a row in `revisions`."""
    return needs_revision(cell.history, cell.old, cell.new)


def shortened(issues: Iterable[Issue]) -> list[Issue]:
    """Sort issues and cut those of each code and file at the usual number."""
    groups: dict[tuple[str, str | None], list[Issue]] = {}
    for issue in sorted(issues):
        groups.setdefault((issue.code, issue.path), []).append(issue)
    return [one for group in groups.values() for one in capped(group, len(group), LISTED)]
