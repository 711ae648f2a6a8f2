"""One writer at a time: a lock on a file in the package folder, which says who holds it.

The system releases the lock of a process that ends, however it ends, so none is ever left over.
The file stays: removing it would let two writers lock two files of one name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import importlib
import json
import os
import platform
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reported_losses.errors import WritingError

LOCK = ".commit.lock"
WAIT = 10.0
"""Seconds that a second writer waits for the first."""

_NOTHING = "nothing was written"
_PAUSE = 0.05
_MAX_BYTES = 1_000
_MAX_TEXT = 100
# Windows keeps others from reading what is locked, so the locked byte is far behind the text.
_LOCKED_BYTE = 1 << 30
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextlib.contextmanager
def held(folder: Path, command: str) -> Iterator[None]:
    """Hold the lock of a package folder.

    Args:
        folder: Package folder.
        command: Name of the command that holds it, for others to read.

    Yields:
        Nothing; the lock is held in the block.

    Raises:
        WritingError: Another process holds the lock and keeps it, or there can be no lock.
    """
    path = folder / LOCK
    try:
        handle = _open(path)
    except OSError as error:
        raise WritingError(f"{path} cannot be opened: {error.strerror}; {_NOTHING}") from None
    try:
        _acquire(handle, path)
        _tell(handle, {"pid": os.getpid(), "host": platform.node(), "command": command})
        try:
            yield
        finally:
            _tell(handle, None)
            _release(handle)
    finally:
        # What has been written is on disk; the system releases the lock in any case.
        with contextlib.suppress(OSError):
            os.close(handle)


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags, 0o666)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    return handle


def _acquire(handle: int, path: Path) -> None:
    """Wait for the lock; raise if another process keeps it."""
    end = time.monotonic() + WAIT
    try:
        while not _lock(handle):
            if time.monotonic() >= end:
                raise WritingError(
                    f"{path.parent} is being written by {_holder(handle)}; {_NOTHING}"
                )
            time.sleep(_PAUSE)
    except OSError as error:
        raise WritingError(f"{path} cannot be locked: {error.strerror}; {_NOTHING}") from None


def _lock(handle: int) -> bool:
    """Lock the file if nobody else has; return whether it is locked."""
    try:
        try:
            import fcntl
        except ImportError:
            _windows_lock(handle, "LK_NBLCK")
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise
    return True


def _release(handle: int) -> None:
    # A child process may have inherited the file, and would keep the lock if it were only closed.
    with contextlib.suppress(OSError):
        try:
            import fcntl
        except ImportError:
            _windows_lock(handle, "LK_UNLCK")
        else:
            fcntl.flock(handle, fcntl.LOCK_UN)


def _windows_lock(handle: int, mode: str) -> None:
    windows: Any = importlib.import_module("msvcrt")
    os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
    windows.locking(handle, getattr(windows, mode), 1)


def _tell(handle: int, holder: dict[str, Any] | None) -> None:
    """Write who holds the lock; that is a courtesy, and a full device must not prevent the rest."""
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        if holder is not None:
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, json.dumps(holder).encode())


def _holder(handle: int) -> str:
    """Say who holds the lock, as far as the file tells; anybody can have written it."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        holder = json.loads(os.read(handle, _MAX_BYTES))
        pid, host, command = int(holder["pid"]), str(holder["host"]), str(holder["command"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return "another process"
    if not (host + command).isprintable() or len(host + command) > _MAX_TEXT:
        return "another process"
    # The holder wrote the file when it got the lock.
    since = dt.datetime.fromtimestamp(os.fstat(handle).st_mtime, dt.UTC)
    return f"`{command}`, process {pid} on {host}, since {since:%Y-%m-%d %H:%M:%S} UTC"
