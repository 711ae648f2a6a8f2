"""A git repository with a small package in it, for what only a base can show."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from faults.cut import cut
from faults.sheets import Texts, shipped
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Package, Table
from reported_losses.intake.tables import Row, read_rows, row_key, to_csv
from reported_losses.issue import Issue
from reported_losses.validation.check import check

FIRST, BEFORE, DAY = "2024-05-01", "2024-05-14", "2024-05-15"
REPORTER = "ua-general-staff"
_IDENTITY = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")


def git(folder: Path, *arguments: str) -> str:
    """Run git, and return what it prints."""
    settings = (*_IDENTITY, "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@functools.lru_cache(maxsize=8)
def _described(folder: Path, states: object) -> Package:
    del states
    return load_package(folder)


@dataclass(frozen=True)
class Tree:
    """A package folder whose rows are edited as texts."""

    folder: Path

    def rows(self, table: str) -> list[Row]:
        return read_rows(self.folder, self.table(table))

    def table(self, name: str) -> Table:
        """Return the descriptor of a table, read again only if a descriptor's file changed."""
        files = [self.folder / "datapackage.json", *self.folder.glob("schemas/*.json")]
        states = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
        return _described(self.folder, states).table(name)

    def write(self, table: str, rows: list[Row]) -> None:
        described = self.table(table)
        (self.folder / described.path).write_bytes(to_csv(described, rows))

    def change(self, table: str, where: Callable[[Row], bool], **cells: str) -> list[Row]:
        """Put other texts into the cells of some rows, and return the rows."""
        rows = self.rows(table)
        changed = [row for row in rows if where(row)]
        for row in changed:
            row.update(cells)
        self.write(table, rows)
        assert changed
        return changed

    def remove(self, table: str, where: Callable[[Row], bool]) -> list[Row]:
        """Remove some rows, and return them."""
        rows = self.rows(table)
        self.write(table, [row for row in rows if not where(row)])
        return [row for row in rows if where(row)]

    def revise(self, **cells: str) -> None:
        """Add a row of `revisions`."""
        rows = self.rows("revisions")
        usual = {
            "revision": str(len(rows) + 1),
            "revised_on": "2026-11-24",
            "version": "0.1.0",
            "reason": "The page was read again.",
        }
        self.write("revisions", [*rows, usual | cells])

    def key(self, table: str, row: Mapping[str, str]) -> str:
        return row_key(self.table(table), row)

    def line(self, table: str, where: Callable[[Row], bool]) -> int:
        """Return the line of the one row that is like that."""
        (line,) = (number for number, row in enumerate(self.rows(table), 2) if where(row))
        return line

    def found(self, base: str | Path = "HEAD") -> list[Issue]:
        return check(self.folder, base=base)


def figure(category: str, day: str) -> Callable[[Row], bool]:
    """Return whether a row is about a figure of the General Staff."""
    wanted = (REPORTER, category, day)
    return lambda row: (row["reporter"], row.get("category"), row.get("report_date")) == wanted


@functools.cache
def _shipped() -> Texts:
    return shipped(package_dir())


def write_cut(folder: Path, last: str) -> None:
    """Write the reports up to a day."""
    cut(_shipped(), last, FIRST, last).write(folder)


def new_repository(folder: Path) -> Tree:
    """Commit the reports up to the day before, in a subfolder of a new repository."""
    package = folder / "package"
    package.mkdir(parents=True)
    write_cut(package, BEFORE)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Base")
    return Tree(package)


def copied(tree: Tree, folder: Path) -> Tree:
    """Return a copy of a repository, to be changed."""
    shutil.copytree(tree.folder.parent, folder, dirs_exist_ok=True)
    return Tree(folder / tree.folder.name)
