"""Which issues a change has caused, and on which of its lines each of them belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from reported_losses.issue import NO_KEY, Issue, Key
from reported_losses.validation.history.comparison import Comparison
from reported_losses.validation.history.diff import ChangedCell

_DAY = "report_date"
_GONE = "is gone"
_MOST_COMPARED = 200_000
"""Pairs of an issue and a touched row that are compared; issues beyond that stay in place."""
_KEPT = ("check/", "file/", "history/")
"""Issues with these codes are of the files or of the check: they are reported as they are."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that the change has touched.

    Attributes:
        table: Its table.
        key: Its primary key.
        cells: Texts of its cells by column, at least those of the key.
        line: Its line; of a removed row, the line now in its place.
        change: What happened to it, in words.
    """

    table: str
    key: Key
    cells: Mapping[str, str]
    line: int
    change: str


def identity(issue: Issue) -> tuple[str, str | None, Key, str | None]:
    """Return what two issues of two states have in common if they are the same one."""
    return issue.code, issue.table, issue.key, issue.column


def caused(
    issues: Iterable[Issue], before: Iterable[Issue], comparison: Comparison
) -> tuple[list[Issue], int]:
    """Keep the issues that a change has caused, each on a line of the change.

    Args:
        issues: Issues of the state that is judged.
        before: Issues of the base.
        comparison: The two states.

    Returns:
        The issues that are new. An issue on a line that was not touched is moved to the touched
        line that is nearest to it by key, and says where it was found; one that is near none
        stays where it is. And the number of issues left out because the base has them too: an
        issue of a cell that was edited is never left out.
    """
    old = {identity(issue) for issue in before}
    edited = {
        (table, cell.key, cell.column)
        for table, diff in comparison.diff.tables.items()
        for cell in diff.changed
    }
    touched = _touched(comparison)
    held = {(one.table, one.key) for one in touched if one.change != _GONE}
    kept, left_out, room = [], 0, _MOST_COMPARED
    for issue in issues:
        if issue.code.startswith(_KEPT) or issue.table is None:
            kept.append(issue)
        elif identity(issue) in old and (issue.table, issue.key, issue.column) not in edited:
            left_out += 1
        elif not issue.key or (issue.table, issue.key) in held or room < len(touched):
            kept.append(issue)
        else:
            room -= len(touched)
            kept.append(_moved(issue, touched, comparison))
    return kept, left_out


def _touched(comparison: Comparison) -> list[Touched]:
    found = []
    for table, diff in comparison.diff.tables.items():
        for rows, change in ((diff.added, "is new"), (diff.removed, _GONE)):
            found += [Touched(table, row.key, row.cells, row.line, change) for row in rows]
        cells: dict[Key, list[ChangedCell]] = {}
        for cell in diff.changed:
            cells.setdefault(cell.key, []).append(cell)
        for key, own in cells.items():
            change = f"has another {', '.join(cell.column for cell in own)}"
            # Both texts of a reference: the row that it leads to, and the one that it led to.
            texts = {cell.column: cell.new for cell in own}
            found.append(Touched(table, key, {**texts, **key}, own[0].line, change))
    return found


def _moved(issue: Issue, touched: list[Touched], comparison: Comparison) -> Issue:
    """Return the issue on the touched line that is nearest to it."""
    cells = _cells(issue, comparison)
    ranked = [(_nearness(issue, cells, one), -number) for number, one in enumerate(touched)]
    best, number = max(ranked, default=((0, 0, 0), 0))
    if best <= (0, 0, 0):
        return issue
    cause = touched[-number]
    path = comparison.here.package.tables[cause.table].path
    message = (
        f"{cause.table} {cause.key} {cause.change}, and now {issue.path}:{issue.line} fails: "
        f"{issue.message}"
    )
    return replace(
        issue,
        message=message[:500],
        table=cause.table,
        path=path,
        line=cause.line,
        column=None,
        position=None,
        key=cause.key if cause.change != _GONE else NO_KEY,
        found=None,
    )


def _cells(issue: Issue, comparison: Comparison) -> Mapping[str, str]:
    """Return the texts of the row that an issue is about."""
    typed = comparison.tables.get(issue.table or "")
    if typed is None or issue.line is None:
        return dict(issue.key)
    row = max(int(np.searchsorted(typed.lines, issue.line, "right")) - 1, 0)
    return {name: typed.text.cell(row, name) for name in typed.table.names}


def _nearness(issue: Issue, cells: Mapping[str, str], one: Touched) -> tuple[int, int, int]:
    """Return how likely a touched row is the cause: what the two rows share, and how near it is.

    Rows that differ in a part of their keys other than the day are of different things.
    """
    shared = 0
    for name, text in one.cells.items():
        if name in issue.key and name != _DAY:
            if text == issue.key[name]:
                shared += 2
            elif name in one.key:
                return (0, 0, 0)
    shared += _referred(issue, cells, one)
    if not shared:
        return (0, 0, 0)
    days = [row.get(_DAY, "") for row in (issue.key, one.cells)]
    same_day = 2 if days[0] == days[1] != "" else 0
    # A row depends on those before it rather than on those after it.
    before = int(days[1] != "" and days[1] <= days[0])
    return (shared + same_day, int(one.table == issue.table) + before, _number(days[1]))


def _referred(issue: Issue, cells: Mapping[str, str], one: Touched) -> int:
    """Return whether the row of an issue refers to the touched row."""
    texts = {text for name, text in cells.items() if name not in issue.key and text}
    return 1 if len(one.key) == 1 and set(one.key.values()) <= texts else 0


def _number(day: str) -> int:
    return int(day.replace("-", "")) if day.replace("-", "").isdigit() else 0
