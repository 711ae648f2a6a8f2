"""Tables as rows of text, in canonical form: UTF-8, LF, header first, sorted by primary key."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from reported_losses.dataset.descriptor import Table
from reported_losses.errors import DataError

Row = dict[str, str]


def read_rows(folder: Path, table: Table) -> list[Row]:
    """Read a table of the package as rows of text.

    Args:
        folder: Package folder.
        table: Descriptor of the table.

    Returns:
        Rows by column name, in file order; an absent file is an empty table.

    Raises:
        DataError: The file is not in canonical form; `reported-losses check` says where.
    """
    path = folder / table.path
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{table.path}: cannot be read: {error}") from None
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(lines, None)
        if header != list(table.names):
            raise DataError(f"{table.path}, line 1: the header should be {','.join(table.names)}")
        return [dict(zip(header, line, strict=True)) for line in lines]
    except (csv.Error, ValueError) as error:
        raise DataError(f"{table.path}: {error}; run `reported-losses check`") from None


def sort_key(table: Table) -> Callable[[Mapping[str, str]], tuple[int | str, ...]]:
    """Return a function that orders rows by primary key, numbers as numbers."""
    numeric = {field.name for field in table.fields if field.type == "integer"}

    def key(row: Mapping[str, str]) -> tuple[int | str, ...]:
        return tuple(int(row[n]) if n in numeric else row[n] for n in table.primary_key)

    return key


def to_csv(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Write rows as the canonical CSV file of their table."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table.names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=sort_key(table)))
    return text.getvalue().encode("utf-8")
