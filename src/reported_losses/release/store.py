"""Puts the files of a release into their folder, all that are new at once."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reported_losses.definition.location import CONTENTS
from reported_losses.errors import CacheError


@contextmanager
def placing(folder: Path) -> Iterator[Path]:
    """Give a new folder to write files to, which get their place when the block ends.

    A folder that is not there yet is put in its place as a whole. Into one that is there, or
    that another process was faster to make, the files are renamed one by one, the list of the
    contents last. If the block fails, nothing is left of it.

    Args:
        folder: Folder of the release.

    Yields:
        The new folder, on the same disk.

    Raises:
        CacheError: A folder cannot be made or written to. It is an `OSError` as well.
    """
    try:
        beside = folder if folder.is_dir() else folder.parent
        new = beside / f".{folder.name}-{secrets.token_hex(8)}.new"
        new.mkdir(parents=True)
    except (OSError, ValueError) as error:
        raise unwritable(folder, error) from None
    try:
        yield new
        _place(new, folder)
    except CacheError:
        raise
    except OSError as error:
        raise unwritable(folder, error) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _place(new: Path, folder: Path) -> None:
    if not folder.is_dir():
        with suppress(OSError):  # another process was faster
            new.rename(folder)
            return
    for path in sorted(new.iterdir(), key=lambda path: (path.name == CONTENTS, path.name)):
        path.replace(folder / path.name)


def unwritable(folder: Path, error: Exception) -> CacheError:
    """Build the error for a folder that cannot be written to."""
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    return CacheError(
        f"{folder} cannot be written: {reason}; nothing of it was changed. Make room or name "
        "another folder, with to= (--to) or in REPORTED_LOSSES_CACHE"
    )
