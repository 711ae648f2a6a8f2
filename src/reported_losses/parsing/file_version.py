"""Which version of a table's file is on disk, told without reading it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from reported_losses.definition.schema import Table

SETTLED_NS = 2_000_000_000
"""No file system in use keeps times more coarsely than this."""


class FileVersion(NamedTuple):
    """What changes when a file does."""

    folder: str
    path: str
    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    def settled(self, now: int) -> bool:
        """Return whether the times would differ after another change.

        Args:
            now: The current time in nanoseconds since 1970.
        """
        return now - max(self.modified_ns, self.changed_ns) >= SETTLED_NS


def file_version(folder: Path, table: Table) -> FileVersion | None:
    """Return the version of a table's file, None if there is no such file."""
    # With the folder, because a link that is allowed in one folder leads out of another.
    inside = os.path.realpath(folder)
    path = os.path.realpath(folder / table.path)
    try:
        status = os.stat(path)  # noqa: PTH116 - path is a text
    except OSError:
        return None
    return FileVersion(
        inside,
        path,
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
