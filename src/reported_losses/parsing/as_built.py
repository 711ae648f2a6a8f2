"""Whether a table's file is the one that was built: its size, digest and number of rows.

The descriptor in a wheel states them, see `hatch_build.py`; that of a checkout, where people edit,
does not, and then nothing is compared.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Built, Table
from reported_losses.errors import DataError
from reported_losses.issue import Issue, Severity
from reported_losses.parsing.file_bytes import read_bytes
from reported_losses.parsing.file_version import FileVersion, file_version
from reported_losses.parsing.issues import file_issue

CODE = "file/not-as-built"
_DAMAGE = {
    CODE,
    "file/leaves-package",
    "file/missing",
    "file/not-regular",
    "file/too-large",
    "file/unreadable",
}
"""Codes that installed data cannot have had when it was built."""


def not_as_built(table: Table, data: bytes, rows: int | None = None) -> list[Issue]:
    """Compare a table's file with what its descriptor states.

    Args:
        table: The table; if its descriptor states nothing, there is no issue.
        data: The file. It is digested only if it has the right size.
        rows: Rows read from it; None if they were not read.

    Returns:
        One issue or none.
    """
    built = table.built
    if built is None:
        return []
    sha256 = None
    if built.sha256 is not None and built.size in {None, len(data)}:
        import hashlib  # slow to import, and a checkout does not need it

        sha256 = hashlib.sha256(data).hexdigest()
    found = Built(
        None if built.size is None else len(data), sha256, None if built.rows is None else rows
    )
    pairs = tuple(zip(astuple(found), astuple(built), strict=True))
    if all(one in {None, other} for one, other in pairs):
        return []
    seen = found.words()
    stated = Built(*(None if one is None else other for one, other in pairs)).words()
    return [
        file_issue(
            CODE,
            f"{table.path} is not the file that was built: it has {seen} instead of {stated}",
            table,
            found=seen,
            expected=stated,
        )
    ]


def verified(folder: Path, table: Table) -> list[Issue]:
    """Compare a table's file with what its descriptor states, without reading its rows.

    The size is compared at every call, the digest once for each version of the file.
    """
    if table.built is None:
        return []
    version = file_version(folder, table)
    if version is not None and _VERIFIED.get(version) == table.built:
        return []
    data = read_bytes(folder, table)
    if isinstance(data, Issue):
        return [data]
    issues = not_as_built(table, data)
    if (
        not issues
        and version is not None
        and version.settled(time.time_ns())
        and version == file_version(folder, table)
    ):
        _VERIFIED[version] = table.built
    return issues


_VERIFIED: dict[FileVersion, Built] = {}


def refuse(table: Table, issues: Iterable[Issue]) -> None:
    """Refuse a table with errors.

    Args:
        table: The table.
        issues: The issues of its file.

    Raises:
        DataError: There are errors. The message has the first, and what to do.
    """
    errors = sorted({issue for issue in issues if issue.severity is Severity.ERROR})
    if not errors:
        return
    errors.sort(key=lambda issue: issue.code != CODE)
    first = errors[0]
    place = f"{first.path}:{first.line or 1}"
    more = f" (and {len(errors) - 1} more)" if errors[1:] else ""
    advice = _advice(table, {issue.code for issue in errors})
    raise DataError(
        f"{table.name} cannot be loaded: {place}: {first.message}{more}; {advice}", errors
    )


def refuse_damaged(table: Table, issues: Iterable[Issue]) -> None:
    """Refuse an installed table that is not as it was built; a checkout is for `check` to judge.

    Raises:
        DataError: As for `refuse`.
    """
    if table.built is not None:
        refuse(table, [issue for issue in issues if issue.code in _DAMAGE])


def _advice(table: Table, codes: set[str]) -> str:
    if table.built is None or not codes & _DAMAGE:
        return "`reported-losses check` lists everything"
    return (
        "the installed data was damaged or changed; reinstall it: "
        f"pip install --force-reinstall --no-deps reported-losses=={installed().version}"
    )
