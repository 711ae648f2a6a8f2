"""`CHANGES.md` and `changes.parquet`: what a release changed, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.definition.changelog import CHANGELOG, read_changelog
from reported_losses.definition.withdrawn import row_text
from reported_losses.errors import ReleaseError
from reported_losses.loading.parquet_cache import parquet_bytes
from reported_losses.release.papers import paper
from reported_losses.release.source import Files, Source
from reported_losses.report.diff import render_diff
from reported_losses.validation.history.base import Base, folder_base
from reported_losses.validation.history.changes import Change, Changes, changes_between
from reported_losses.validation.history.schema_changes import SchemaChange

if TYPE_CHECKING:
    import pyarrow as pa

PAGE, TABLE = "CHANGES.md", "changes.parquet"

COLUMNS = {
    "version": "The release that made the change.",
    "table": "The table that changed.",
    "kind": "What the change means: 'not compared', 'schema', 'coverage', 'removed', 'changed', "
    "'withdrawn', 'revised', 'added', 'grown', 'derived' or 'free'.",
    "key": "Cells of the row's primary key, joined by '/', as `revisions.key` has them.",
    "column": "The column that changed; missing for a whole row or table.",
    "old": "The cell before; of a row that is gone, the row as JSON, as `revisions.old` has it.",
    "new": "The cell now; of a new row, the row as JSON.",
    "reason": "What `revisions` says of the change; of a schema, of coverage and of a table that "
    "was not compared, what is the matter.",
}
"""The columns of `changes.parquet`, all of them texts, and what each holds; empty is missing."""

_Row = tuple[str, str, str, str, str, str, str]


def changes_files(source: Source) -> Files:
    """Return what a release changed.

    Args:
        source: What the release is made from, with the release before it if there is one.

    Returns:
        `CHANGES.md`: the section of the changelog about this version, and what differs from the
        release before. `changes.parquet`: one row per difference, in the order of `rl.diff`, the
        worst first, with `COLUMNS`; no rows for the first release.

    Raises:
        ReleaseError: The changelog cannot be read, or has no section of this version.
        DescriptorError: The release before cannot be understood.
    """
    changes = None if source.previous is None else _compared(source, source.previous.folder)
    page = "\n".join([_told(source), _differences(changes)])
    return {PAGE: page.encode(), TABLE: parquet_bytes(changes_table(source, changes))}


def _compared(source: Source, before: Path) -> Changes:
    old, new = folder_base(before), folder_base(source.folder, source.package)
    return changes_between(_named(old), _named(new))


def _named(state: Base) -> Base:
    """Return a state under its own name: where its folder lies is no part of a release."""
    return replace(state, name=state.package.name)


def _told(source: Source) -> str:
    version = source.package.version
    for entry in read_changelog(paper(source, CHANGELOG)):
        if entry.version == version:
            return f"# {source.package.name} {version}, {source.date}\n\n{entry.body}\n"
    raise ReleaseError(
        f"{CHANGELOG} has no section of version {version}; give it the heading "
        f"'## [{version}] - {source.date}'"
    )


def _differences(changes: Changes | None) -> str:
    if changes is None:
        return "This is the first release, so there is none to compare it with.\n"
    before = f"# Compared with {changes.old.package.version}\n\n"
    return before + render_diff(changes, "markdown")


def changes_table(source: Source, changes: Changes | None) -> pa.Table:
    """Return the differences as a table.

    Args:
        source: What the release is made from.
        changes: The differences; None if there is no release before.
    """
    import pyarrow as pa

    rows = [] if changes is None else list(_rows(changes))
    version = source.package.version
    cells = [[version] * len(rows), *([row[at] or None for row in rows] for at in range(7))]
    fields = [
        pa.field(name, pa.string(), metadata={"description": description})
        for name, description in COLUMNS.items()
    ]
    about = {"table": "changes", "version": version}
    return pa.Table.from_arrays(
        [pa.array(column, pa.string()) for column in cells],
        schema=pa.schema(fields, metadata=about),
    )


def _rows(changes: Changes) -> Iterator[_Row]:
    for table, why in changes.uncompared:
        yield table, "not compared", "", "", "", "", why
    yield from map(_schema, changes.schema_losses)
    for table, what in changes.coverage:
        yield table, "coverage", "", "", "", "", what
    yield from map(_change, changes.changes)
    yield from (_schema(one) for one in changes.diff.schemas if not one.weaker)


def _schema(change: SchemaChange) -> _Row:
    return change.table, "schema", "", change.column or "", "", "", change.words


def _change(one: Change) -> _Row:
    old, new = one.old, one.new
    if one.whole:
        row = row_text(one.cells, one.cells)
        old, new = ("", row) if one.kind == "added" else (row, "")
    return one.table, str(one.kind), str(one.key), one.column, old, new, one.reason
