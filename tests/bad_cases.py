"""The cases under `tests/bad/`: a small valid package, and one fault each.

`base/<table>.csv` is the valid package; a column left out there is empty. A case is a folder
named after the code it must give (a code with a slash makes two folders) holding `case.json`:

- `edits`: what is done to the base, in order. Each edit names a `table` and one of
  `line` + `column` + `put` (another text in a cell, `times` so often), `line` + `insert` (a row, as columns to
  texts, before that line; `line` one past the end appends; `each` column to a list of texts
  makes several rows), `line` + `delete`: true,
  `find` + `put` (bytes of the file, as text; `encoding` is latin-1 where bytes are meant),
  `make` (something else in the file's place), `write` (a new file of this text). `path` instead of
  `table` names another file.
- `expected`: every issue the check gives, as code, path, line, column and position.
- `today`: the day taken as today, if the case needs one.
- `base`: edits that make the base of the valid package, if the case is compared with one.
- `along`: why other codes come along, in the few cases where they cannot but do.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Table
from reported_losses.parsing import table_cache
from reported_losses.parsing.file_version import SETTLED_NS
from reported_losses.parsing.text_table import quoted

BAD = Path(__file__).parent / "bad"
BASE = BAD / "base"
_HUGE = 513 * 1024 * 1024
_POSIX = {"pipe", "link-out", "link-to-itself", "link-to-revisions"}


@dataclass(frozen=True)
class Case:
    """One case: the code its folder is named after, and what `case.json` says."""

    code: str
    edits: list[Mapping[str, Any]]
    expected: list[Mapping[str, Any]]
    today: str | None = None
    along: str | None = None
    base: list[Mapping[str, Any]] | None = None

    @property
    def posix(self) -> bool:
        """Whether the case needs a pipe or a link, which Windows may not have."""
        return any(edit.get("make") in _POSIX for edit in self.edits)


def cases() -> list[Case]:
    """Return every case, in order of code."""
    found = []
    for path in sorted(BAD.rglob("case.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        code = path.parent.relative_to(BAD).as_posix()
        optional = {name: said[name] for name in ("today", "along", "base") if name in said}
        found.append(Case(code, said["edits"], said["expected"], **optional))
    return found


def build(folder: Path) -> dict[str, Table]:
    """Write the valid package into a folder, with the project's own schemas."""
    home = package_dir()
    shutil.copy(home / "datapackage.json", folder)
    shutil.copytree(home / "schemas", folder / "schemas")
    (folder / "data").mkdir()
    tables = dict(load_package(folder).tables)
    for table in tables.values():
        (folder / table.path).write_text(_base(table), encoding="utf-8", newline="")
    return tables


def build_base(folder: Path, case: Case) -> Path | None:
    """Write the base of a case into a folder beside the package; None if it has none."""
    if case.base is None:
        return None
    folder.mkdir()
    tables = build(folder)
    for edit in case.base:
        apply(folder, tables, edit)
    return folder


def _base(table: Table) -> str:
    path = BASE / f"{table.name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    unknown = {name for row in rows for name in row} - set(table.names)
    assert not unknown, f"{path.name} has columns the schema does not: {unknown}"
    lines = [",".join(table.names), *(_line(table, row) for row in rows)]
    return "".join(f"{line}\n" for line in lines)


def _line(table: Table, row: Mapping[str, str]) -> str:
    return ",".join(quoted(row.get(name, "")) for name in table.names)


@contextmanager
def kept_at_once() -> Iterator[None]:
    """Keep each table when it is read, not two seconds after it was written.

    That is safe where no write falls into a check.
    """
    before = table_cache.TABLES
    table_cache.TABLES = table_cache.TableCache(clock=lambda: time.time_ns() + 2 * SETTLED_NS)
    try:
        yield
    finally:
        table_cache.TABLES = before


def apply(folder: Path, tables: Mapping[str, Table], edit: Mapping[str, Any]) -> None:
    """Do one edit."""
    table = tables.get(edit.get("table", ""))
    path = folder / (edit["path"] if table is None else table.path)
    if "write" in edit:
        path.write_text(edit["write"], encoding="utf-8")
    elif "make" in edit:
        path.unlink(missing_ok=True)
        MAKE[edit["make"]](path)
    elif "find" in edit:
        encoding = edit.get("encoding", "utf-8")
        find, put = edit["find"].encode(encoding), edit["put"].encode(encoding)
        data = path.read_bytes()
        assert find in data, f"{path.name} does not hold {edit['find']!r}"
        path.write_bytes(data.replace(find, put, 1))
    else:
        assert table is not None
        _edit_row(path, table, edit)


def _edit_row(path: Path, table: Table, edit: Mapping[str, Any]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    place = edit["line"] - 2
    if edit.get("delete"):
        del rows[place]
    elif "insert" in edit:
        unknown = {*edit["insert"], *edit.get("each", ())} - set(table.names)
        assert not unknown, f"no columns {unknown} in {table.name}"
        rows[place:place] = _rows(edit)
    else:
        assert edit["column"] in table.names
        rows[place][edit["column"]] = edit["put"] * edit.get("times", 1)
    lines = [",".join(table.names), *(_line(table, row) for row in rows)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")


def _rows(edit: Mapping[str, Any]) -> list[dict[str, str]]:
    common, each = edit["insert"], edit.get("each")
    if each is None:
        return [dict(common)]
    return [
        {**common, **dict(zip(each, texts, strict=True))}
        for texts in zip(*each.values(), strict=True)
    ]


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(_HUGE)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


MAKE: Mapping[str, Callable[[Path], object]] = {
    "nothing": lambda path: path.exists(),
    "empty": lambda path: path.write_bytes(b""),
    "folder": lambda path: path.mkdir(),
    "pipe": _pipe,
    "link-out": lambda path: path.symlink_to("/etc/hosts"),
    "link-to-itself": lambda path: path.symlink_to(path.name),
    "link-to-revisions": lambda path: path.symlink_to("revisions.csv"),
    "huge": _huge,
    "million-columns": lambda path: path.write_bytes(b"," * 999_999 + b"\n"),
}
