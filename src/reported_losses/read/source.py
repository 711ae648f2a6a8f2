"""From a path to bytes: only an ordinary file, inside the package, of bounded size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from reported_losses.descriptor import Table
from reported_losses.issue import Issue
from reported_losses.read.text_table import file_issue

MAX_FILE_BYTES = 512 * 1024 * 1024

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_bytes(folder: Path, table: Table) -> bytes | Issue:
    """Read a table's file, or say why not.

    Args:
        folder: Package folder.
        table: The table; its path is relative to the folder.

    Returns:
        The bytes, or the issue that stands in their place. Never blocks on a pipe.
    """
    try:
        real = Path(os.path.realpath(folder / table.path))
        if not real.is_relative_to(os.path.realpath(folder)):
            return file_issue(
                "file/leaves-package",
                f"{table.path} is a link that leads out of the package folder",
                table,
            )
        return _read(real, table)
    except FileNotFoundError:
        return file_issue("file/missing", f"{table.path} does not exist", table)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return file_issue("file/unreadable", f"{table.path} cannot be read: {reason}", table)


def _read(real: Path, table: Table) -> bytes | Issue:
    # Opening a pipe for reading waits for a writer unless told not to; looking first and
    # opening then would leave a moment in which one could be put there.
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(real, flags)
    except (IsADirectoryError, PermissionError):
        if real.is_dir():  # where a folder cannot be opened at all
            return _not_regular("a folder", table)
        raise
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            kinds = (name for test, name in _KINDS if test(status.st_mode))
            return _not_regular(next(kinds, "something else"), table)
        if status.st_size > MAX_FILE_BYTES:
            return file_issue(
                "file/too-large",
                f"{table.path} has {status.st_size:,} bytes",
                table,
                found=f"{status.st_size:,} bytes",
            )
        return _all(file.fileno(), status.st_size)


def _all(descriptor: int, size: int) -> bytes:
    """Read as many bytes as the file had when it was opened."""
    first = os.read(descriptor, size)
    if len(first) == size:
        return first
    parts = [first]
    while parts[-1] and sum(map(len, parts)) < size:
        parts.append(os.read(descriptor, size - sum(map(len, parts))))
    return b"".join(parts)


def _not_regular(kind: str, table: Table) -> Issue:
    message = f"{table.path} is {kind}, not a file"
    return file_issue("file/not-regular", message, table, found=kind)
