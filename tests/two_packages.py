"""Two copies of the small valid package, to be made different."""

from __future__ import annotations

import shutil
from pathlib import Path

import bad_cases
from history_repository import Tree
from reported_losses.validation.history.base import folder_base
from reported_losses.validation.history.changes import Change, Changes, changes_between

TOTAL = ("ua-general-staff", "tanks", "2022-03-02")


def two_packages(folder: Path) -> tuple[Tree, Tree]:
    """Write the package twice."""
    (folder / "old").mkdir()
    bad_cases.build(folder / "old")
    shutil.copytree(folder / "old", folder / "new")
    return Tree(folder / "old"), Tree(folder / "new")


def compared(old: Tree, new: Tree) -> Changes:
    return changes_between(folder_base(old.folder), folder_base(new.folder))


def kinds(changes: Changes) -> list[tuple[str, str, str]]:
    """Return kind, table and column of each change."""
    return [(str(one.kind), one.table, one.column) for one in changes.changes]


def only(changes: Changes, table: str) -> Change:
    (change,) = (one for one in changes.changes if one.table == table)
    return change


def figure(row: dict[str, str]) -> bool:
    """Return whether a row is about the figure of TOTAL."""
    return (row["reporter"], row.get("category"), row.get("report_date")) == TOTAL


def withdraw(new: Tree, table: str, key: str, old: str) -> None:
    """Withdraw a row in `revisions` alone."""
    new.revise(table=table, key=key, column="", old=old, new="")
