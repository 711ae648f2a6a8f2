"""From a path to bytes: an ordinary file inside the package, of bounded size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reported_losses.definition.schema import Table
from reported_losses.files import NotRegularError, OutsideError, TooLargeError, read_inside
from reported_losses.issue import Issue
from reported_losses.parsing.budget import MAX_BYTES
from reported_losses.parsing.issues import file_issue


def read_bytes(folder: Path, table: Table) -> bytes | Issue:
    """Read a table's file, or return the issue that says why it cannot be read.

    Args:
        folder: Package folder.
        table: The table; its path is relative to the folder.

    Returns:
        The bytes, or the issue. Never waits for a pipe.
    """
    return bytes_or_issue(lambda: read_inside(folder, table.path, MAX_BYTES), table)


def bytes_or_issue(read: Callable[[], bytes], table: Table) -> bytes | Issue:
    """Return what reads a table's file, or the issue that says why it cannot be read.

    Args:
        read: Returns the bytes, or raises as `files.read_inside` does.
        table: The table.
    """
    path = table.path
    try:
        return read()
    except OutsideError as error:
        return file_issue("file/leaves-package", f"{path} {error.strerror}", table)
    except FileNotFoundError:
        return file_issue("file/missing", f"{path} does not exist", table)
    except NotRegularError as error:
        message = f"{path} is {error.strerror}, not a file"
        return file_issue("file/not-regular", message, table, found=error.strerror)
    except TooLargeError as error:
        message = f"{path} has {error.strerror}"
        return file_issue("file/too-large", message, table, found=error.strerror)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        return file_issue("file/unreadable", message, table)
