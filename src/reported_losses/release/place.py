"""Putting a folder into its place whole or not at all, whenever the process is killed.

The files are written into a folder beside it that has another name, and that is renamed when all
of them are on disk. What a killed process leaves has that other name, and the next one removes it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from reported_losses.errors import BadArgumentError
from reported_losses.files import sync_folder, write_new
from reported_losses.release.source import Files

_PREFIX, _SUFFIX = ".reported-losses-release-", ".new"
_STAGING = re.compile(rf"{re.escape(_PREFIX)}\w+{re.escape(_SUFFIX)}")
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755
_TRIES = 10


def refuse_place(out: Path) -> None:
    """Refuse a place to which no folder can be put.

    Args:
        out: The folder to be made. It may exist if it is empty.

    Raises:
        BadArgumentError: Something is there, or nothing can be written beside it.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise BadArgumentError(f"out {out} exists and is not a folder; name a new folder")
    if out.is_dir() and any(out.iterdir()):
        raise BadArgumentError(f"out {out} exists and is not empty; name a new folder")
    if not out.parent.is_dir():
        raise BadArgumentError(f"out {out}: there is no folder {out.parent}; make it first")
    if not out.name or not os.access(out.parent, os.W_OK | os.X_OK):
        raise BadArgumentError(f"out {out}: nothing can be written into {out.parent}")


def put(out: Path, files: Files) -> None:
    """Write files into a new folder.

    Args:
        out: The folder; see `refuse_place`.
        files: Its files; names with `/` are those of files in folders of it. Their modes do not
            depend on the user's settings.

    Raises:
        BadArgumentError: The folder cannot be written; there is nothing under its name.
    """
    try:
        sweep(out.parent)
        with _staging(out.parent) as staging:
            folders = [staging, *_made_folders(staging, files)]
            for name, data in sorted(files.items()):
                write_new(staging / name, data, _FILE_MODE)
            for folder in reversed(folders):
                folder.chmod(_FOLDER_MODE)
                sync_folder(folder)
            if os.name == "nt" and out.is_dir():
                out.rmdir()  # elsewhere a rename replaces an empty folder
            staging.rename(out)
        sync_folder(out.parent)
    except OSError as error:
        raise BadArgumentError(f"out {out} cannot be written: {error.strerror}") from None


def _made_folders(staging: Path, files: Files) -> list[Path]:
    """Make the folders that files are in; return them, each after the one that it is in."""
    inside = {parent for name in files for parent in PurePosixPath(name).parents}
    made = [staging / one for one in sorted(inside - {PurePosixPath()})]
    for folder in made:
        folder.mkdir()
    return made


@contextlib.contextmanager
def _staging(parent: Path) -> Iterator[Path]:
    """Make a folder for files until they are in place, and remove what is left of it."""
    for _ in range(_TRIES):
        staging = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=parent))
        with _held(staging) as held:
            # Another process may have taken it for left over before it was locked.
            if not held or not staging.is_dir():
                continue
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
            return
    raise OSError(None, "other processes remove what is written")


def sweep(parent: Path) -> None:
    """Remove the folders that killed processes have left; those of living ones stay.

    Args:
        parent: Folder in which they are.

    Raises:
        OSError: It cannot be listed.
    """
    with os.scandir(parent) as entries:
        left = [
            parent / one.name
            for one in entries
            if _STAGING.fullmatch(one.name) and one.is_dir(follow_symlinks=False)
        ]
    for folder in left:
        with _held(folder) as held:
            if held:
                shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Lock a folder if no living process has locked it; yield whether it is locked.

    The system releases the lock of a process that ends. Windows has no such lock; there nothing is
    taken for alive, and two releases are not to be built beside each other at once.
    """
    try:
        import fcntl
    except ImportError:
        yield True
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:  # it is gone, or is somebody else's
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
