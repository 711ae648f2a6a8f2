"""The header line compared with the schema's columns."""

from __future__ import annotations

from collections import Counter

from reported_losses.definition.schema import Table
from reported_losses.errors import likely
from reported_losses.issue import Issue
from reported_losses.parsing.issues import file_issue
from reported_losses.parsing.ragged_rows import CONFLICT_HINT, is_conflict_marker

MAX_COLUMNS = 1_000
MAX_HEADER_BYTES = 65_536


def header(data: bytes, table: Table) -> tuple[tuple[str, ...] | None, list[Issue]]:
    """Compare a file's header with the schema.

    Args:
        data: The file in canonical form.
        table: The table it should hold.

    Returns:
        The names of the file's columns in file order, or None if they do not tell which cell
        belongs to which column; and the issues.
    """
    end = data.find(b"\n")
    if end > MAX_HEADER_BYTES or data.count(b",", 0, end) >= MAX_COLUMNS:
        columns = data.count(b",", 0, end) + 1
        issue = file_issue(
            "file/too-many-columns",
            f"the header of {table.path} has {columns:,} columns in {end:,} bytes",
            table,
            line=1,
            found=f"{columns:,} columns",
        )
        return None, [issue]
    line = data[:end].decode("utf-8")
    names = tuple(line.split(","))
    if names == table.names:
        return names, []
    known = set(names) & set(table.names)
    if not known:
        return None, [_no_header(line, table)]
    issues = [
        *_duplicate(names, table),
        *_missing(names, table),
        *_extra(names, table),
    ]
    if not issues:
        return names, [_misordered(names, table)]
    usable = all(issue.code == "file/extra-column" for issue in issues)
    return (names if usable else None), issues


def _no_header(line: str, table: Table) -> Issue:
    message = f"the first line of {table.path} names none of the table's columns"
    separator = next((mark for mark in (";", "\t", "|") if mark in line), None)
    hint = f"Separate cells by commas, not by {separator!r}." if separator else None
    if is_conflict_marker(line):
        message = f"the first line of {table.path} is a conflict marker left by git"
        hint = CONFLICT_HINT
    return file_issue(
        "file/header",
        message,
        table,
        line=1,
        position=1,
        found=line,
        expected=",".join(table.names),
        hint=hint,
    )


def _position(names: tuple[str, ...], index: int) -> int:
    return sum(len(name) + 1 for name in names[:index]) + 1


def _duplicate(names: tuple[str, ...], table: Table) -> list[Issue]:
    issues = []
    for name in sorted(name for name, count in Counter(names).items() if count > 1):
        second = names.index(name, names.index(name) + 1)
        message = f"the header of {table.path} names the column {name} twice"
        issues.append(
            file_issue(
                "file/duplicate-column",
                message,
                table,
                line=1,
                position=_position(names, second),
                column=name,
                found=name,
            )
        )
    return issues


def _missing(names: tuple[str, ...], table: Table) -> list[Issue]:
    return [
        file_issue(
            "file/missing-column",
            f"{table.path} has no column {name}",
            table,
            line=1,
            column=name,
            expected=f"the column {name}",
        )
        for name in table.names
        if name not in names
    ]


def _extra(names: tuple[str, ...], table: Table) -> list[Issue]:
    issues = []
    missing = [name for name in table.names if name not in names]
    for index, name in enumerate(names):
        if name in table.names or name in names[:index]:
            continue
        near = likely(name, missing)
        message = f"{table.path} has a column {name!r} that its schema does not have"
        issues.append(
            file_issue(
                "file/extra-column",
                message,
                table,
                line=1,
                position=_position(names, index),
                found=name,
                hint=f"Is it {near[0]}?" if near else None,
            )
        )
    return issues


def _misordered(names: tuple[str, ...], table: Table) -> Issue:
    index = next(i for i, name in enumerate(names) if name != table.names[i])
    message = f"{table.path} has its columns in another order: {names[index]} comes too early"
    return file_issue(
        "file/column-order",
        message,
        table,
        line=1,
        position=_position(names, index),
        column=names[index],
        found=",".join(names),
        expected=",".join(table.names),
    )
