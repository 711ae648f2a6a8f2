"""What differs between two states of a package, row by row and cell by cell, by primary key.

Texts are compared, as the files have them. Files with the same bytes are not looked into, and of
two files in canonical form only the lines that differ are read.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from reported_losses.definition.schema import Package, Table
from reported_losses.definition.versions import Part
from reported_losses.issue import Issue, Key
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import TextTable
from reported_losses.validation.history.base import Base
from reported_losses.validation.history.schema_changes import SchemaChange, schema_changes


@dataclass(frozen=True, slots=True)
class Row:
    """A row that one state has and the other has not.

    Attributes:
        key: Its primary key.
        cells: All of its texts by column; an empty cell is "".
        line: Line in the later file, from 1; for a removed row, the line now in its place.
    """

    key: Key
    cells: Key
    line: int


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that differs in a row that both states have.

    Attributes:
        key: Primary key of the row.
        column: The column.
        old: Text before; empty if it was missing.
        new: Text now.
        history: What the earlier schema says of the column, one of `HISTORIES`.
        line: Line of the row in the later file, from 1.
    """

    key: Key
    column: str
    old: str
    new: str
    history: str
    line: int


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs in one table that both states have.

    Attributes:
        table: Name of the table.
        added: Rows that only the later state has.
        removed: Rows that only the earlier state has.
        changed: Cells that differ, in columns that both states have.
        columns_added: Columns that only the later state has.
        columns_removed: Columns that only the earlier state has.
        problem: Why the rows could not be compared; empty if they were.
    """

    table: str
    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    changed: tuple[ChangedCell, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    problem: str = ""

    @property
    def rows(self) -> int:
        """Number of rows that were added, removed or changed."""
        return len(self.added) + len(self.removed) + len({cell.key for cell in self.changed})

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns_added or self.columns_removed or self.problem)


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two states of a package.

    Attributes:
        old: Descriptor of the earlier state.
        new: Descriptor of the later state.
        tables: What differs in each table that both states have, by name.
        tables_added: Tables that only the later state has.
        tables_removed: Tables that only the earlier state has.
        schemas: What differs in the schemas.
    """

    old: Package
    new: Package
    tables: Mapping[str, TableDiff]
    tables_added: tuple[str, ...] = ()
    tables_removed: tuple[str, ...] = ()
    schemas: tuple[SchemaChange, ...] = ()

    @property
    def rows(self) -> int:
        """Number of rows that were added, removed or changed."""
        return sum(table.rows for table in self.tables.values())

    @property
    def part(self) -> Part | None:
        """The part of the version that the changes demand; None if nothing changed."""
        parts = [change.part for change in self.schemas]
        for table in self.tables.values():
            parts += [Part.MINOR] if table.added else []
            parts += [Part.PATCH] if table.changed or table.removed else []
        return max(parts, default=None)

    def __bool__(self) -> bool:
        return bool(self.schemas) or any(self.tables.values())


def diff_tables(old: Base, new: Base) -> Diff:
    """Compare two states of a package.

    Args:
        old: The earlier state.
        new: The later state.

    Returns:
        The differences. A table whose rows cannot be compared says why in `problem`.

    >>> from reported_losses.definition.location import package_dir
    >>> from reported_losses.validation.history.base import folder_base
    >>> bool(diff_tables(folder_base(package_dir()), folder_base(package_dir())))
    False
    """
    before, after = old.package, new.package
    tables = {name: _table(name, old, new) for name in after.tables if name in before.tables}
    return Diff(
        before,
        after,
        MappingProxyType(tables),
        tuple(name for name in after.tables if name not in before.tables),
        tuple(name for name in before.tables if name not in after.tables),
        schema_changes(before, after),
    )


def whole_table(state: Base, name: str, *, gone: bool) -> TableDiff:
    """Return a table that only one state has, as a difference.

    Args:
        state: The state that has it.
        name: Name of the table.
        gone: Whether the later state is the one without it.
    """
    table = state.package.tables[name]
    text = state.text(table)
    if text is None:
        return TableDiff(name, problem=f"{table.path} could not be read")
    if gone:
        return TableDiff(name, removed=_rows(text, table, range(text.rows), lambda _: 1))
    return TableDiff(name, added=_rows(text, table, range(text.rows), None))


def _table(name: str, old: Base, new: Base) -> TableDiff:
    before, after = old.package.tables[name], new.package.tables[name]
    columns = TableDiff(
        name,
        columns_added=tuple(one for one in after.names if one not in before.names),
        columns_removed=tuple(one for one in before.names if one not in after.names),
    )
    was, now = old.data(before), new.data(after)
    if isinstance(was, Issue):
        return replace(columns, problem=f"before, {was.message}")
    if isinstance(now, Issue):
        return replace(columns, problem=now.message)
    if was == now and before.names == after.names:
        return columns
    if not set(before.primary_key) <= set(after.names):
        gone = ", ".join(set(before.primary_key) - set(after.names))
        return replace(columns, problem=f"{gone} of the primary key is no column any more")
    sides = _differing(before, after, was, now) or _whole(before, after, was, now)
    if isinstance(sides, str):
        return replace(columns, problem=sides)
    return _compared(columns, *sides)


_Sides = tuple[TextTable, TextTable, Callable[[int], int]]
"""Two tables with the same columns or not, and from an old line to the line now in its place."""


def _whole(before: Table, after: Table, old: bytes, new: bytes) -> _Sides | str:
    """Read both files."""
    one, other = parse_bytes(old, before)[0], parse_bytes(new, after)[0]
    if one is None:
        return f"before, {before.path} could not be read"
    if other is None:
        return f"{after.path} could not be read"
    held = dict(zip(_keys(other, before), other.lines.tolist(), strict=True))
    lines = [None, *(held.get(key) for key in _keys(one, before))]
    at = {line: row for row, line in enumerate(one.lines.tolist(), 1)}
    places = _places(lines, max(held.values(), default=1))
    return one, other, lambda line: places[at[line]]


def _differing(before: Table, after: Table, old: bytes, new: bytes) -> _Sides | None:
    """Read only the lines that differ; None if a line of either file may not be one row."""
    header = ",".join(before.names).encode()
    if before.names != after.names:
        return None
    files = [data.split(b"\n") for data in (old, new)]
    if any(not _plain(data, lines, header) for data, lines in zip((old, new), files, strict=True)):
        return None
    sets = [set(lines) for lines in files]
    numbers = [
        [at for at, line in enumerate(lines) if line not in other]
        for lines, other in zip(files, reversed(sets), strict=True)
    ]
    tables = []
    for table, lines, some in zip((before, after), files, numbers, strict=True):
        data = b"\n".join([header, *(lines[at] for at in some), b""])
        text, _ = parse_bytes(data, table)
        if text is None or text.rows != len(some):
            return None
        tables.append(replace(text, lines=np.array(some, dtype=np.int64) + 1))

    @functools.cache
    def places() -> list[int]:
        now = {line: at for at, line in enumerate(files[1], 1)}
        return _places([now.get(line) for line in files[0][:-1]], len(files[1]) - 1)

    return tables[0], tables[1], lambda line: places()[line - 1]


def _places(lines: list[int | None], last: int) -> list[int]:
    """Return, for each old line, the line now of the first one from it on that is still there.

    Args:
        lines: The line now of each old line; None if it is gone.
        last: The last line now.
    """
    places, following = [], max(last, 1)
    for line in reversed(lines):
        following = following if line is None else line
        places.append(following)
    return places[::-1]


def _plain(data: bytes, lines: list[bytes], header: bytes) -> bool:
    """Return whether every line of a file is a row."""
    if lines[0] != header or lines[-1] or b"\r" in data or b"\n\n" in data:
        return False
    return b'"' not in data or not any(line.count(b'"') % 2 for line in lines if b'"' in line)


def _keys(text: TextTable, table: Table) -> list[tuple[str, ...]]:
    return list(zip(*(text.texts(name) for name in table.primary_key), strict=True))


def _compared(
    columns: TableDiff, old: TextTable, new: TextTable, place: Callable[[int], int]
) -> TableDiff:
    table = old.table
    before = {key: row for row, key in enumerate(_keys(old, table))}
    after = {key: row for row, key in enumerate(_keys(new, table))}
    both = [(row, after[key]) for key, row in before.items() if key in after]
    return replace(
        columns,
        added=_rows(new, table, (row for key, row in after.items() if key not in before), None),
        removed=_rows(old, table, (row for key, row in before.items() if key not in after), place),
        changed=_cells(old, new, both),
    )


def _rows(
    text: TextTable, keyed: Table, rows: Iterable[int], place: Callable[[int], int] | None
) -> tuple[Row, ...]:
    wanted = list(rows)
    if not wanted:
        return ()
    names = text.table.names
    texts = [text.texts(name) for name in names]
    found = []
    for row in wanted:
        cells = Key({name: column[row] for name, column in zip(names, texts, strict=True)})
        key = Key({name: cells[name] for name in keyed.primary_key})
        line = int(text.lines[row])
        found.append(Row(key, cells, line if place is None else place(line)))
    return tuple(found)


def _cells(old: TextTable, new: TextTable, both: list[tuple[int, int]]) -> tuple[ChangedCell, ...]:
    found = []
    keys = _keys(old, old.table)
    names = [name for name in old.table.names if name in new.table.names]
    for name in names:
        field = old.table.field(name)
        before, after = old.texts(name), new.texts(name)
        for row, now in both:
            if before[row] != after[now]:
                key = Key(dict(zip(old.table.primary_key, keys[row], strict=True)))
                line = int(new.lines[now])
                found.append(ChangedCell(key, name, before[row], after[now], field.history, line))
    order = {name: at for at, name in enumerate(names)}
    return tuple(sorted(found, key=lambda cell: (cell.line, order[cell.column])))
