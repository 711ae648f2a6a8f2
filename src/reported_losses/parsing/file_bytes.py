"""From a path to bytes: only an ordinary file, inside the package, of bounded size."""

from __future__ import annotations

import os
from pathlib import Path

from reported_losses.dataset.descriptor import Table
from reported_losses.files import NotRegularError, TooLargeError, read_regular
from reported_losses.issue import Issue
from reported_losses.parsing.text_table import file_issue

MAX_FILE_BYTES = 512 * 1024 * 1024


def read_bytes(folder: Path, table: Table) -> bytes | Issue:
    """Read a table's file, or say why not.

    Args:
        folder: Package folder.
        table: The table; its path is relative to the folder.

    Returns:
        The bytes, or the issue that stands in their place. Never waits for a pipe.
    """
    path = table.path
    try:
        real = Path(os.path.realpath(folder / path))
        if not real.is_relative_to(os.path.realpath(folder)):
            message = f"{path} is a link that leads out of the package folder"
            return file_issue("file/leaves-package", message, table)
        return read_regular(real, MAX_FILE_BYTES)
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
