"""Tables as rows of text: reading them from the package and writing them as canonical CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from reported_losses.definition.schema import Table
from reported_losses.errors import DataError
from reported_losses.parsing.canonical import canonical_csv
from reported_losses.parsing.cast import cast
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.parsing.read_table import parse_bytes, read

Row = dict[str, str]
"""The cells of one row, by column name; an empty cell is ""."""


def read_rows(folder: Path, table: Table) -> list[Row]:
    """Read a table of the package as rows of text.

    Args:
        folder: Package folder.
        table: Descriptor of the table.

    Returns:
        Rows by column name, in file order; a missing file is an empty table.

    Raises:
        DataError: `reported-losses check` refuses the form of the file or the type of a cell;
            the message is the one that it gives.
    """
    text, issues = read(folder, table)
    if text is None and [issue.code for issue in issues] == ["file/missing"]:
        return []
    if text is not None:
        issues = issues + cast(text)[1]
    if issues:
        first, *more = sorted(set(issues))
        raise DataError(
            f"{table.path}:{first.line or 1}: {first.message}"
            f"{f' (and {len(more)} more)' if more else ''}; "
            "`reported-losses check` lists all problems",
            [first, *more],
        )
    assert text is not None, "an unreadable file has an issue"
    names = table.names
    columns = [text.texts(name) for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def row_key(table: Table, row: Mapping[str, str]) -> str:
    """Write a row's primary key as `revisions.key` does: its texts, joined by slashes."""
    return "/".join(row[name] for name in table.primary_key)


def to_csv(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Write rows as the canonical CSV file of their table; a cell left out is missing."""
    return canonical_csv(table, ([row.get(name, "") for name in table.names] for row in rows))


def to_columns(table: Table, rows: Iterable[Mapping[str, str]]) -> Columns:
    """Return rows as the gate sees them: typed columns in the order of the primary key."""
    text, _ = parse_bytes(to_csv(table, rows), table)
    assert text is not None, "what canonical_csv writes can be parsed"
    typed, _ = cast(text)
    return from_arrow(table, typed.data, typed.invalid)
