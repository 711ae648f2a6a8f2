"""frictionless and the check asked about the same package, and a small package to ask about.

A finding is a code of ours and a line; frictionless' errors are put into our codes.
"""

import csv
import functools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import frictionless
from frictionless.vendors import stringcase

from reported_losses.definition.schema import ForeignKey, Package, Table
from reported_losses.validation.check import check

# frictionless spells the same few keywords anew whenever it copies a schema.
stringcase.snakecase = functools.cache(stringcase.snakecase)

ROWS = 3
THEIRS = "with-dialect.json"

Rows = list[list[str]]
# A table and the column whose cells change; None if rows come or go.
Change = tuple[str, str | None]
Tables = dict[str, Rows]


class Finding(NamedTuple):
    """What one side found: our code, and the line."""

    code: str
    line: int

    @property
    def table(self) -> str:
        return self.code.split(".")[0]

    @property
    def kind(self) -> str:
        parts = self.code.split(".")
        return parts[1] if parts[1] in {"primaryKey", "foreignKey"} else parts[2]


class Edit(NamedTuple):
    """One cell changed; or, without a column, a row copied to the end of its table."""

    table: str
    row: int
    column: str | None
    text: str = ""


def ours(folder: Path, names: Iterable[str] | None = None) -> set[Finding]:
    return {
        Finding(issue.code, issue.line)
        for issue in check(folder, tables=names)
        if "/" not in issue.code and issue.line is not None
    }


def theirs(descriptor: Path, names: Iterable[str] | None = None) -> set[Finding]:
    package = _their_package(descriptor, descriptor.stat().st_mtime_ns)
    reports = [
        package.get_resource(name).validate(limit_errors=100_000)
        for name in (package.resource_names if names is None else names)
    ]
    tasks = [task for report in reports for task in report.tasks]
    return {_mapped(task.name, error) for task in tasks for error in task.errors}


@functools.lru_cache(maxsize=1)
def _their_package(descriptor: Path, changed: int) -> frictionless.Package:
    """Read a descriptor once: it takes frictionless half of its time, and only tables change."""
    del changed
    return frictionless.Package(str(descriptor))


def _mapped(table: str, error: Any) -> Finding:  # noqa: ANN401 - frictionless ships no types
    kind = error.type
    if kind == "primary-key":
        return Finding(f"{table}.primaryKey", error.row_number)
    if kind == "foreign-key":
        return Finding(f"{table}.foreignKey.{'-'.join(error.field_names)}", error.row_number)
    if kind == "constraint-error":
        constraint = re.match(r'constraint "(\w+)"', error.note)
        assert constraint, error.note
        return Finding(f"{table}.{error.field_name}.{constraint[1]}", error.row_number)
    ending = {"type-error": "type", "unique-error": "unique"}[kind]
    return Finding(f"{table}.{error.field_name}.{ending}", error.row_number)


def add_dialect(folder: Path) -> None:
    """Write their descriptor: left alone, frictionless guesses the dialect from each file."""
    raw = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    dialect = {"csv": {"delimiter": ",", "quoteChar": '"', "skipInitialSpace": False}}
    for resource in raw["resources"]:
        resource["dialect"] = dialect
    (folder / THEIRS).write_text(json.dumps(raw), encoding="utf-8")


def touched(package: Package, changes: Iterable[Change]) -> list[str]:
    """Return the tables whose findings a change can change: they have it, or lean on it."""
    changes = set(changes)
    names = {table for table, _ in changes}

    def changed(key: ForeignKey) -> bool:
        return any(
            key.table == table and (column is None or column in key.references)
            for table, column in changes
        )

    return [
        name
        for name, table in package.tables.items()
        if name in names or any(map(changed, table.foreign_keys))
    ]


def judged(package: Package, finding: Finding) -> tuple[str, ...]:
    """Return the columns a finding judges."""
    if finding.kind == "primaryKey":
        return package.tables[finding.table].primary_key
    return tuple(finding.code.split(".")[2 if finding.kind == "foreignKey" else 1].split("-"))


def read_rows(folder: Path, table: Table) -> Rows:
    with (folder / table.path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def write_rows(folder: Path, table: Table, rows: Rows) -> None:
    with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(table.names), *rows])


def cut(package: Package, tables: Tables) -> Tables:
    """Return neighbours and far-off rows of every table, and every row they lean on."""
    kept = {
        name: {tuple(row) for row in (*rows[:ROWS], *rows[ROWS :: len(rows) // ROWS + 1])}
        for name, rows in tables.items()
    }
    size = -1
    while size != (size := sum(map(len, kept.values()))):
        for name, table in package.tables.items():
            for key in table.foreign_keys:
                asked = {cells(table, row, key.fields) for row in kept[name]}
                target = package.tables[key.table]
                kept[key.table] |= {
                    tuple(row)
                    for row in tables[key.table]
                    if cells(target, row, key.references) in asked
                }
    return {
        name: [row for row in rows if tuple(row) in kept[name]] for name, rows in tables.items()
    }


def cells(table: Table, row: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[table.names.index(name)] for name in names)


@dataclass(frozen=True)
class Cut:
    """The small package on disk, and how to change it for a moment."""

    folder: Path
    package: Package = field(repr=False)
    tables: Tables = field(repr=False)

    def edited(self, edits: Sequence[Edit]) -> Tables:
        tables = {name: [list(row) for row in rows] for name, rows in self.tables.items()}
        for edit in edits:
            rows = tables[edit.table]
            if edit.column is None:
                rows.append(list(rows[edit.row]))
            else:
                names = self.package.tables[edit.table].names
                rows[edit.row][names.index(edit.column)] = edit.text
        return tables

    @contextmanager
    def changed(self, edits: Sequence[Edit]) -> Iterator[Tables]:
        """Have the edits on disk for a while."""
        tables = self.edited(edits)
        names = {edit.table for edit in edits}
        for name in names:
            write_rows(self.folder, self.package.tables[name], tables[name])
        try:
            yield tables
        finally:
            for name in names:
                write_rows(self.folder, self.package.tables[name], self.tables[name])
