"""`diff()`: what changed between two states of the dataset, as frames."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from reported_losses.definition.schema import Table
from reported_losses.errors import DataError, unknown_name
from reported_losses.loading.arguments import text, texts
from reported_losses.parsing.text_table import quoted
from reported_losses.validation.history.changes import Change, Changes, Kind, changes_between
from reported_losses.validation.history.states import two_states

if TYPE_CHECKING:
    import pandas as pd

_GONE = (Kind.REMOVED, Kind.WITHDRAWN)


class Differences:
    """What changed between two states; printed, it gives the counts, losses first.

    Attributes:
        tables: Names of the tables in which rows or cells differ.
        uncompared: Why a table could not be compared, by table; empty if all were.
        losses: Number of losses: rows removed without a withdrawal, values changed without a
            revision, coverage lost, schemas that ask for less, tables not compared.
    """

    def __init__(self, changes: Changes, names: Sequence[str]) -> None:
        """Keep what concerns some tables."""
        self._changes = replace(
            changes,
            diff=replace(
                changes.diff,
                tables=MappingProxyType(
                    {name: one for name, one in changes.diff.tables.items() if name in names}
                ),
                schemas=tuple(one for one in changes.diff.schemas if one.table in names),
            ),
            changes=tuple(one for one in changes.changes if one.table in names),
            coverage=tuple(one for one in changes.coverage if one[0] in names),
            uncompared=tuple(one for one in changes.uncompared if one[0] in names),
            reformed=tuple(one for one in changes.reformed if one in names),
        )
        changed = {change.table for change in self._changes.changes}
        self._names = tuple(names)
        self.tables: tuple[str, ...] = tuple(name for name in names if name in changed)
        self.uncompared: Mapping[str, str] = MappingProxyType(dict(self._changes.uncompared))

    @property
    def losses(self) -> int:
        """Number of losses."""
        return self._changes.losses

    def added(self, name: str) -> pd.DataFrame:
        """Return the rows of a table that only the later state has.

        Args:
            name: Name of the table.

        Returns:
            A frame with the columns and types of the later state's table, as `load` gives them.

        Raises:
            UnknownNameError: There is no such table, or it was not asked for.
            DataError: The table could not be compared, or a row holds a cell that has no value
                of its type.
        """
        rows = self._rows(name, Kind.ADDED)
        return _frame(self._changes.diff.new.tables.get(name) or self._table(name), rows)

    def removed(self, name: str) -> pd.DataFrame:
        """Return the rows of a table that only the earlier state has, withdrawn ones as well.

        Args:
            name: Name of the table.

        Returns:
            A frame with the columns and types of the earlier state's table.

        Raises:
            UnknownNameError: As for `added`.
            DataError: As for `added`.
        """
        return _frame(self._table(name), self._rows(name, *_GONE))

    def withdrawn(self, name: str) -> pd.DataFrame:
        """Return those of the removed rows that `revisions` withdraws; otherwise as `removed`."""
        return _frame(self._table(name), self._rows(name, Kind.WITHDRAWN))

    def changed(self, name: str) -> pd.DataFrame:
        """Return the cells of a table that differ.

        Args:
            name: Name of the table.

        Returns:
            A frame with one row per cell, in the order of the later file:

            - the columns of the primary key, with their types.
            - `column` (text): the column that differs.
            - `old`, `new` (text): the cell before and now, as the files have it; missing where
              it is empty.
            - `kind` (text): "changed" (without a revision, though it needs one), "revised",
              "grown", "derived" or "free"; docs/versions.md says what they mean.
            - `reason` (text): what `revisions` says; missing where it says nothing.

            A column of the key that has one of these names is called `key_` and its name.

        Raises:
            UnknownNameError: As for `added`.
            DataError: As for `added`.
        """
        table = self._table(name)
        cells = self._rows(name, *(kind for kind in Kind if kind not in {*_GONE, Kind.ADDED}))
        cells = sorted(cells, key=lambda one: (one.line, table.names.index(one.column)))
        fields = tuple(table.field(column) for column in table.primary_key)
        frame = _frame(replace(table, fields=fields, foreign_keys=()), cells)
        return _with_texts(frame, cells)

    def _table(self, name: str) -> Table:
        self._known(name)
        diff = self._changes.diff
        return diff.old.tables.get(name) or diff.new.tables[name]

    def _known(self, name: str) -> None:
        if text("name", name) not in self._names:
            raise unknown_name("table", name, self._names)
        if name in self.uncompared:
            raise DataError(f"{name} could not be compared: {self.uncompared[name]}")

    def _rows(self, name: str, *kinds: Kind) -> list[Change]:
        self._known(name)
        return [one for one in self._changes.changes if one.table == name and one.kind in kinds]

    def __bool__(self) -> bool:
        return bool(self._changes)

    def __repr__(self) -> str:
        from reported_losses.report.diff import overview

        return overview(self._changes)


def diff(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    tables: str | Iterable[str] | None = None,
) -> Differences:
    """Compare two states of the dataset, row by row and cell by cell.

    Args:
        old: The earlier state: a package folder, such as an unpacked release; or the name of a
            commit in the git repository of the package around the current folder.
        new: The later state, likewise.
        tables: Names of the tables to compare; all of them by default.

    Returns:
        The differences. It is false if there are none, and `print` gives their counts.
        `.tables` names the tables that differ; `.added(name)`, `.removed(name)` and
        `.changed(name)` are pandas frames.

    Raises:
        BadArgumentError: `old` or `new` is neither a package folder nor a commit that is there,
            or both are the same folder.
        UnknownNameError: There is no such table in either state.
        DescriptorError: The descriptor of a state cannot be understood.
        DataError: A command was cut off while it replaced tables.

    >>> import reported_losses as rl
    >>> folder = rl.path("series").parent.parent
    >>> rl.diff(folder, folder)
    Traceback (most recent call last):
        ...
    reported_losses.errors.BadArgumentError: old and new are the same folder, ...
    """
    wanted = None if tables is None else texts("tables", tables)
    states = two_states(old, new)
    names = list(dict.fromkeys(name for state in states for name in state.package.tables))
    for name in wanted or ():
        if name not in names:
            raise unknown_name("table", name, names)
    return Differences(changes_between(*states), names if wanted is None else wanted)


def _frame(table: Table, rows: Sequence[Change]) -> pd.DataFrame:
    """Give rows their types by the way that every file takes."""
    import numpy as np

    from reported_losses.loading.engines import to_pandas
    from reported_losses.parsing.as_built import refuse
    from reported_losses.parsing.cast import cast
    from reported_losses.parsing.read_table import parse_bytes

    lines = [table.names, *(_cells(table, row) for row in rows)]
    data = "".join(",".join(map(quoted, cells)) + "\n" for cells in lines)
    parsed, issues = parse_bytes(data.encode(), table)
    if parsed is None:
        refuse(table, issues)
        raise AssertionError(issues)
    numbers = np.array([row.line for row in rows], dtype=np.int64)
    typed, issues = cast(replace(parsed, lines=numbers))
    refuse(table, issues)
    return to_pandas(table, typed.data)


def _cells(table: Table, row: Change) -> list[str]:
    held = row.cells or row.key
    return [held.get(name, "") for name in table.names]


def _with_texts(frame: pd.DataFrame, cells: Sequence[Change]) -> pd.DataFrame:
    import pandas as pd

    columns = {
        "column": [one.column for one in cells],
        "old": [one.old or None for one in cells],
        "new": [one.new or None for one in cells],
        "kind": [str(one.kind) for one in cells],
        "reason": [one.reason or None for one in cells],
    }
    frame = frame.rename(columns={name: f"key_{name}" for name in columns})
    kind = pd.Series([""]).dtype
    for name, column in columns.items():
        frame[name] = pd.Series(column, dtype=kind, index=frame.index)
    return frame
