"""Every difference between two states with what it means: lost, told, added, or of no weight."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from reported_losses.definition.history import DERIVED, FREE
from reported_losses.definition.versions import Part, bumped, parsed
from reported_losses.issue import NO_KEY, Issue, Key
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.cast import TypedTable, cast
from reported_losses.validation.history.base import Base
from reported_losses.validation.history.comparison import REVISIONS, Comparison, needs_telling
from reported_losses.validation.history.coverage import (
    COVERING,
    coverage_shrunk,
    days_gone,
    of_another_shape,
)
from reported_losses.validation.history.decisions import released
from reported_losses.validation.history.diff import (
    ChangedCell,
    Diff,
    Row,
    diff_tables,
    whole_table,
)
from reported_losses.validation.history.schema_changes import SchemaChange
from reported_losses.validation.history.series_moves import SeriesMove, series_moves
from reported_losses.validation.history.values import row_removed, set_by_release, value_changed

"""Tables that say what is covered."""


class Kind(enum.StrEnum):
    """What a change means, the worst first."""

    REMOVED = "removed"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REVISED = "revised"
    ADDED = "added"
    GROWN = "grown"
    DERIVED = "derived"
    FREE = "free"


LOST = (Kind.REMOVED, Kind.CHANGED)
"""A row removed without a withdrawal, and a value changed without a revision."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that only one state has, or one cell that differs.

    Attributes:
        kind: What it means.
        table: Its table.
        key: Primary key of the row.
        line: Line in the later file, from 1; of a removed row, the line now in its place.
        column: The column; empty for a whole row.
        old: Text of the cell before.
        new: Text of the cell now.
        cells: All texts of a whole row by column.
        reason: What `revisions` says of it; empty if it says nothing.
    """

    kind: Kind
    table: str
    key: Key
    line: int
    column: str = ""
    old: str = ""
    new: str = ""
    cells: Key = NO_KEY
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is a whole row, not a cell."""
        return self.kind in {Kind.REMOVED, Kind.WITHDRAWN, Kind.ADDED}


@dataclass(frozen=True, slots=True)
class Bump:
    """What the changes do to the version.

    Attributes:
        part: The part that they demand; None if nothing changed.
        released: Whether the earlier version was released: only then a new one is demanded.
        least: The lowest version that would do; empty if none is demanded.
        enough: Whether the later state has such a version.
    """

    part: Part | None
    released: bool
    least: str
    enough: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states of a package.

    Attributes:
        old: The earlier state.
        new: The later state.
        diff: The differences as such; a table that only one state has counts as well.
        changes: Rows and cells, the worst kind first, then in order of table and line.
        uncompared: Tables that could not be compared, and why.
        coverage: What is covered no more, as table and words.
        reformed: Tables whose files differ although no cell does.
        series: What moved in the counts of each reporter.
        bump: What the changes do to the version.
    """

    old: Base
    new: Base
    diff: Diff
    changes: tuple[Change, ...]
    uncompared: tuple[tuple[str, str], ...]
    coverage: tuple[tuple[str, str], ...]
    reformed: tuple[str, ...]
    series: tuple[SeriesMove, ...]
    bump: Bump

    @property
    def schema_losses(self) -> tuple[SchemaChange, ...]:
        """What the schemas no longer ask for, and tables and columns that are gone."""
        return tuple(change for change in self.diff.schemas if change.weaker)

    @property
    def losses(self) -> int:
        """Number of losses of every kind."""
        lost = sum(change.kind in LOST for change in self.changes)
        return lost + len(self.uncompared) + len(self.coverage) + len(self.schema_losses)

    def __bool__(self) -> bool:
        return bool(self.changes or self.losses or self.diff.schemas or self.reformed)


def changes_between(old: Base, new: Base) -> Changes:
    """Compare two states of a package, and say what each difference means.

    Args:
        old: The earlier state.
        new: The later state.

    >>> from reported_losses.definition.location import package_dir
    >>> from reported_losses.validation.history.base import folder_base
    >>> state = folder_base(package_dir())
    >>> changes_between(state, state).changes
    ()
    """
    diff = _with_whole_tables(diff_tables(old, new), old, new)
    comparison = Comparison(old, new, diff, _typed(new, diff))
    return Changes(
        old,
        new,
        diff,
        tuple(sorted(_changes(comparison), key=lambda one: list(Kind).index(one.kind))),
        tuple((name, one.problem) for name, one in diff.tables.items() if one.problem),
        tuple(_coverage(comparison)),
        tuple(name for name, one in diff.tables.items() if not one and _reformed(name, old, new)),
        series_moves(old, new),
        _bump(diff, old),
    )


def _with_whole_tables(diff: Diff, old: Base, new: Base) -> Diff:
    """Add the rows of the tables that only one of the states has."""
    tables = dict(diff.tables)
    tables |= {name: whole_table(new, name, gone=False) for name in diff.tables_added}
    tables |= {name: whole_table(old, name, gone=True) for name in diff.tables_removed}
    return replace(diff, tables=MappingProxyType(tables))


def _typed(new: Base, diff: Diff) -> dict[str, TypedTable]:
    """Read the tables into which the rules about history look."""
    if not any(one.removed or one.changed for one in diff.tables.values()):
        return {}
    budget, typed = Budget(), {}
    names = {name for name, one in diff.tables.items() if one} | {*COVERING, REVISIONS}
    for name, table in new.package.tables.items():
        text = new.text(table, budget) if name in names else None
        if text is not None:
            typed[name] = cast(text, budget)[0]
    return typed


def _reformed(name: str, old: Base, new: Base) -> bool:
    return old.data(old.package.tables[name]) != new.data(new.package.tables[name])


def _changes(comparison: Comparison) -> Iterator[Change]:
    false = _false_revisions(comparison)
    for table, diff in comparison.diff.tables.items():
        for row in diff.removed:
            yield _removed(comparison, table, row, false)
        for cell in diff.changed:
            yield _changed(comparison, table, cell, false)
        for row in diff.added:
            yield Change(Kind.ADDED, table, row.key, row.line, cells=row.cells)


def _false_revisions(comparison: Comparison) -> set[Key]:
    """Return the new revisions that tell of other values than the earlier state has."""
    issues: list[Issue] = [*row_removed(comparison), *value_changed(comparison, set())]
    return {one.key for one in issues if (one.table, one.column) == (REVISIONS, "old")}


def _removed(comparison: Comparison, table: str, row: Row, false: set[Key]) -> Change:
    told = comparison.told.get((table, str(row.key), ""), [])
    readable = table != REVISIONS and comparison.withdrawal(table, row) is not None
    if readable and told[0].key not in false:
        reason = told[-1].cells.get("reason", "")
        return Change(Kind.WITHDRAWN, table, row.key, row.line, cells=row.cells, reason=reason)
    return Change(Kind.REMOVED, table, row.key, row.line, cells=row.cells)


def _changed(comparison: Comparison, table: str, cell: ChangedCell, false: set[Key]) -> Change:
    chain = comparison.chain(table, cell.key, cell.column)
    true = chain and chain[0].key not in false and chain[-1].cells["new"] == cell.new
    if table == REVISIONS:
        kind = Kind.FREE if set_by_release(comparison, table, cell) else Kind.CHANGED
    elif true:
        kind = Kind.REVISED
    elif needs_telling(cell):
        kind = Kind.CHANGED
    else:
        kind = {DERIVED: Kind.DERIVED, FREE: Kind.FREE}.get(cell.history, Kind.GROWN)
    reason = chain[-1].cells.get("reason", "") if kind is Kind.REVISED else ""
    return Change(kind, table, cell.key, cell.line, cell.column, cell.old, cell.new, reason=reason)


def _coverage(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Say what is covered no more."""
    lack = of_another_shape(comparison)
    if lack is not None:
        yield lack.table, f"what is covered was not compared: {lack.problem}"
        return
    for issue in (*coverage_shrunk(comparison).values(), *days_gone(comparison)):
        yield issue.table or "", issue.message


def _bump(diff: Diff, old: Base) -> Bump:
    before, after = diff.old.version, diff.new.version
    if diff.part is None or not released(old):
        return Bump(diff.part, released(old), "", enough=parsed(after) >= parsed(before))
    least = bumped(before, diff.part)
    return Bump(diff.part, released=True, least=least, enough=parsed(after) >= parsed(least))
