"""Which issues a change has caused, and on which of its lines each of them belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from reported_losses.issue import NO_KEY, Issue, Key
from reported_losses.validation.history.comparison import Comparison
from reported_losses.validation.history.diff import ChangedCell

_DAY = "report_date"
_GONE = "is gone"
_OF_A_SUM = ("loss_counts", "corrections")
"""Tables whose rows of one day the sums of the next day rest on."""
_MOST_COMPARED = 200_000
"""Pairs of an issue and a touched row that are compared; issues beyond that stay in place."""
_MOST_BLAMED = 5
"""Issues of one code that are told at one touched row; one more says how many there are."""
_NOW = ", and now "
_BY_KEY = 4
"""How much it counts that a row names every part of a key: as much as two shared parts."""
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
        stays where it is. Of many that one touched row causes, five of each code are told there,
        and one more says how many there are. And the number of issues left out because the
        base has them too: an issue of a cell that was edited is never left out.
    """
    old = {identity(issue) for issue in before}
    edited = {
        (table, cell.key, cell.column)
        for table, diff in comparison.diff.tables.items()
        for cell in diff.changed
    }
    touched = _touched(comparison)
    held = {(one.table, one.key) for one in touched if one.change != _GONE}
    kept, moved, left_out, room = [], [], 0, _MOST_COMPARED
    for issue in issues:
        if issue.code.startswith(_KEPT) or issue.table is None:
            kept.append(issue)
        elif identity(issue) in old and (issue.table, issue.key, issue.column) not in edited:
            left_out += 1
        elif not issue.key or (issue.table, issue.key) in held or room < len(touched):
            kept.append(issue)
        else:
            room -= len(touched)
            moved.append(_moved(issue, touched, comparison))
    return [*kept, *_few_of_each(moved)], left_out


def _few_of_each(moved: Iterable[Issue]) -> Iterator[Issue]:
    """Cut what each touched row causes: its own issue must be seen among a thousand others."""
    groups: dict[tuple[object, ...], list[Issue]] = {}
    for issue in moved:
        groups.setdefault((issue.code, issue.path, issue.line, issue.column), []).append(issue)
    for group in groups.values():
        yield from sorted(group)[:_MOST_BLAMED]
        if len(group) > _MOST_BLAMED:
            yield _of_many(group)


def _of_many(group: list[Issue]) -> Issue:
    """Say how many issues of one code a touched row causes; it sorts before those listed."""
    first = min(group)
    begun = first.message.partition(_NOW)[0]
    message = f"{begun}{_NOW}{len(group):,} rows fail; {_MOST_BLAMED} of them are listed"
    return replace(first, message=message, key=NO_KEY, hint="Look at this row first.")


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
            texts = _texts(comparison, table, own[0].line) or dict(key)
            found.append(Touched(table, key, texts, own[0].line, change))
    return found


def _moved(issue: Issue, touched: list[Touched], comparison: Comparison) -> Issue:
    """Return the issue on the touched line that is nearest to it."""
    cells = _texts(comparison, issue.table or "", issue.line)
    ranked = [(_nearness(issue, cells, one), -number) for number, one in enumerate(touched)]
    best, number = max(ranked, default=((0, 0, 0), 0))
    if best <= (0, 0, 0):
        return issue
    cause = touched[-number]
    path = comparison.here.package.tables[cause.table].path
    message = (
        f"{cause.table} {cause.key} {cause.change}{_NOW}{issue.path}:{issue.line} fails: "
        f"{issue.message}"
    )
    return replace(
        issue,
        message=message[:500],
        hint=_hint(issue, cause),
        expected=None,
        table=cause.table,
        path=path,
        line=cause.line,
        column=None,
        position=None,
        key=cause.key if cause.change != _GONE else NO_KEY,
        found=None,
        value=None,
    )


def _hint(issue: Issue, cause: Touched) -> str:
    """Say what to do about an issue that is told at its cause, and not where it was found."""
    change = "Look whether the row may go" if cause.change == _GONE else "Look at this row first"
    there = f" If it is right, at {issue.path}:{issue.line}: {issue.hint}" if issue.hint else ""
    return f"{change}.{there}"


def _texts(comparison: Comparison, table: str, line: int | None) -> Mapping[str, str]:
    """Return the texts of the row on a line; none if the table has none there."""
    typed = comparison.tables.get(table)
    if typed is None or line is None or not typed.rows:
        return {}
    # An issue of a cell after a line break in another is on a later line than its row.
    row = max(int(np.searchsorted(typed.lines, line, "right")) - 1, 0)
    return {name: comparison.texts(table, name)[row] for name in typed.table.names}


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
    own, other = issue.key.get(_DAY, ""), one.cells.get(_DAY, "")
    if own and other and own != other and one.table not in {issue.table, *_OF_A_SUM}:
        return (0, 0, 0)  # what is said of one day is judged by what is said of that day
    same_day = 2 if own == other != "" else 0
    # A row depends on those before it rather than on those after it, and on the nearest.
    before = int("" < other <= own)
    number = _number(other) if before else -_number(other)
    return (shared + same_day, int(one.table == issue.table) + before, number)


def _referred(issue: Issue, cells: Mapping[str, str], one: Touched) -> int:
    """Return whether the row of an issue refers to the touched row, by all parts of its key.

    A claim names the figure that it repeats by three columns of the same name, and by a day.
    """
    texts = {text for name, text in cells.items() if name not in issue.key and text}
    if len(one.key) == 1:
        return int(set(one.key.values()) <= texts)
    names = [name for name in one.key if name != _DAY]
    same = all(name not in issue.key and cells.get(name) == one.key[name] for name in names)
    return _BY_KEY if same and one.key.get(_DAY) in texts else 0


def _number(day: str) -> int:
    return int(day.replace("-", "")) if day.replace("-", "").isdigit() else 0
