"""Bounded reads of untrusted files, and writes that leave a file whole or as it was."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class NotRegularError(OSError):
    """A path leads to something other than an ordinary file; `strerror` says what it is."""


class TooLargeError(OSError):
    """A file is larger than the limit; `strerror` gives its size."""


class OutsideError(OSError):
    """A link leads out of the folder that a file belongs to."""


def read_inside(folder: Path, name: str, limit: int) -> bytes:
    """Read a file of a folder; links may lead elsewhere inside the folder but not out of it.

    Args:
        folder: The folder.
        name: Path of the file, relative to the folder.
        limit: Most bytes to read.

    Returns:
        The bytes.

    Raises:
        OutsideError: A link leads out of the folder.
        NotRegularError: The path leads to a folder, pipe, socket or device.
        TooLargeError: The file has more bytes than `limit`.
        OSError: The file cannot be read.
    """
    path = Path(os.path.realpath(folder / name))
    if not path.is_relative_to(os.path.realpath(folder)):
        raise OutsideError(errno.EPERM, "is a link that leads out of the package folder")
    return read_regular(path, limit)


def read_regular(path: Path, limit: int) -> bytes:
    """Read an ordinary file of bounded size; never wait for a pipe.

    Args:
        path: The file, with links resolved: a link at its end is refused.
        limit: Most bytes to read.

    Returns:
        The bytes.

    Raises:
        NotRegularError: The path leads to a folder, pipe, socket or device.
        TooLargeError: The file has more bytes than `limit`.
        OSError: The file cannot be read.
    """
    # Opening a pipe would wait for a writer without O_NONBLOCK. Checking the path before opening
    # it would not help: a pipe could replace the file in between.
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise _specific(error, path) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(errno.EINVAL, _kind(status.st_mode))
        if status.st_size > limit:
            raise TooLargeError(errno.EFBIG, f"{status.st_size:,} bytes")
        return _read(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def _specific(error: OSError, path: Path) -> OSError:
    """Replace the error of opening a folder or socket by one that says so."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return error
    if stat.S_ISREG(mode) or stat.S_ISLNK(mode):
        return error
    return NotRegularError(errno.EINVAL, _kind(mode))


def _kind(mode: int) -> str:
    return next((name for test, name in _KINDS if test(mode)), "something else")


def _read(descriptor: int, size: int) -> bytes:
    """Read the bytes that the file had when it was opened, even if it grows."""
    first = os.read(descriptor, size)
    if len(first) == size:
        return first
    parts = [first]
    while parts[-1] and sum(map(len, parts)) < size:
        parts.append(os.read(descriptor, size - sum(map(len, parts))))
    return b"".join(parts)


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest of bytes, in hexadecimal digits.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    import hashlib  # slow to import, and most commands need no digest

    return hashlib.sha256(data).hexdigest()


def without_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build a JSON object for `json.loads`, which by itself keeps the last of two equal keys.

    Raises:
        ValueError: A key occurs twice.
    """
    seen = dict(pairs)
    if len(seen) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        msg = f"the key {twice!r} occurs twice in one object"
        raise ValueError(msg)
    return seen


def write_atomically(path: Path, data: str | bytes) -> None:
    """Write a file so that it holds either the old contents or the new ones, as a whole.

    Args:
        path: File to write; its folder must exist. A file that exists keeps its mode.
        data: Its new contents; a text is written as UTF-8 without changing line ends.

    Raises:
        NotRegularError: The path is a link, a folder, a pipe, a socket or a device, which would
            be replaced by a file.
        OSError: The file cannot be written; nothing was changed.
    """
    import tempfile  # slow to import, and only writing needs it

    mode = mode_to_keep(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".new", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask() if mode is None else mode)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def mode_to_keep(path: Path) -> int | None:
    """Return the mode of a file that is to be replaced; None if there is none.

    Raises:
        NotRegularError: The path is a link, a folder, a pipe, a socket or a device.
        OSError: The path cannot be looked at.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise NotRegularError(errno.EINVAL, f"it is {_kind(mode)}, not a file")
    return stat.S_IMODE(mode)


def write_together(files: Mapping[Path, bytes]) -> None:
    """Replace several files, none of them before the new contents of all are on disk.

    Args:
        files: New contents by path; the folders must exist.

    Raises:
        OSError: A file cannot be written; nothing was changed.
    """
    import tempfile  # slow to import, and only writing needs it

    staged: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
            staged[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            staged[path].chmod(0o666 & ~_umask())
        for path, beside in staged.items():
            beside.replace(path)
    finally:
        for beside in staged.values():
            beside.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def write_new(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that does not exist yet, and wait until it is on disk.

    Args:
        path: File to write; its folder must exist.
        data: Its contents.
        mode: Its permissions; by default those that the system gives to new files.

    Raises:
        OSError: The file exists or cannot be written; a part of it may have been.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a folder durable, on systems that can sync a folder.

    Raises:
        OSError: The folder cannot be synced.
    """
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
