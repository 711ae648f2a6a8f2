"""Asking the gate about tables before they are written."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from reported_losses.definition.changelog import CHANGELOG
from reported_losses.definition.location import DESCRIPTOR
from reported_losses.definition.schema import Package
from reported_losses.files import OutsideError, read_inside
from reported_losses.issue import Issue
from reported_losses.parsing.budget import MAX_BYTES
from reported_losses.parsing.package_files import NOT_TABLES
from reported_losses.validation.check import examine


def new_issues(
    folder: Path, package: Package, tables: Mapping[str, bytes], today: dt.date
) -> list[Issue]:
    """Return the issues that a package would have with other tables, and does not have now.

    The gate runs on a copy, with the package as it is for a base.

    Args:
        folder: Package folder; nothing in it is changed.
        package: Its descriptor.
        tables: New contents by table; the other tables stay.
        today: The day taken as today.

    Returns:
        The issues, in order of file and line.
    """
    with tempfile.TemporaryDirectory(prefix="reported-losses-") as name:
        copy = Path(name)
        for path, data in _files(folder, package, tables):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes(data)
        return examine(copy, base=folder, today=today).issues


def _files(
    folder: Path, package: Package, tables: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the package as it would be; one that cannot be read is left out."""
    schemas = {package.schema_path(name) for name in package.tables}
    # The changelog says whether the version was released.
    for path in sorted({DESCRIPTOR, CHANGELOG, *NOT_TABLES, *schemas}):
        yield from _read(folder, path)
    for table in package.tables.values():
        if table.name in tables:
            yield table.path, tables[table.name]
        else:
            yield from _read(folder, table.path)


def _read(folder: Path, path: str) -> Iterator[tuple[str, bytes]]:
    try:
        yield path, read_inside(folder, path, MAX_BYTES)
    except (FileNotFoundError, OutsideError):
        return
