"""Whether git tracks a file, read from git's index.

The program `git` is not asked: in a folder of unknown origin it may run what the folder's settings
name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reported_losses.files import read_regular

_MAX_BYTES = 256 * 1024 * 1024
_MAX_POINTER = 10_000
_DIGESTS = (20, 32)  # bytes of SHA-1 and SHA-256
_HEAD = 12
_BEFORE_DIGEST = 40
_EXTENDED = 0x4000
_LENGTH = 0xFFF
_VERSIONS = (2, 3, 4)
_COMPRESSED = 4


def tracks(folder: Path, name: str) -> bool:
    """Return whether git tracks a file; true as well if an index cannot be understood.

    Args:
        folder: Folder of the file.
        name: Its name, compared without regard to case, as some file systems do.
    """
    real = Path(os.path.realpath(folder))
    wanted = name.casefold()
    for top in (real, *real.parents):
        try:
            data = read_regular(_index(top / ".git"), _MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return True
        path = (real.relative_to(top) / wanted).as_posix().casefold()
        if path in _tracked(data, {path}):
            return True
    return False


def _index(git: Path) -> Path:
    """Return the index of a repository; a linked working tree points to its repository."""
    if not git.is_file():
        return git / "index"
    text = read_regular(git, _MAX_POINTER).decode("utf-8", "surrogateescape")
    return git.parent / text.removeprefix("gitdir:").strip() / "index"


def _tracked(data: bytes, wanted: set[str]) -> set[str]:
    """Return which of some paths an index holds; all of them if it cannot be understood."""
    for digest in _DIGESTS:
        try:
            names = {name.decode("utf-8", "replace").casefold() for name in _names(data, digest)}
        except (ValueError, IndexError):
            continue
        return wanted & names
    return wanted


def _names(data: bytes, digest: int) -> Iterator[bytes]:
    """Give the path of each entry; see git's documentation of its index format.

    Raises:
        ValueError: The index has another form, or its digests another length.
        IndexError: It is cut off.
    """
    version, count = (int.from_bytes(data[at : at + 4], "big") for at in (4, 8))
    if data[:4] != b"DIRC" or version not in _VERSIONS:
        raise ValueError
    at, name = _HEAD, b""
    for _ in range(count):
        flags_at = at + _BEFORE_DIGEST + digest
        flags = int.from_bytes(data[flags_at : flags_at + 2], "big")
        start = flags_at + (4 if flags & _EXTENDED else 2)
        if version == _COMPRESSED:
            dropped, start = _number(data, start)
            name = name[: max(len(name) - dropped, 0)]
        else:
            name = b""
        end = data.index(b"\0", start)
        name += data[start:end]
        if flags & _LENGTH != min(len(name), _LENGTH):
            raise ValueError
        yield name
        at = end + 1 if version == _COMPRESSED else at + ((end - at) // 8 + 1) * 8
    if b"link" in data[at:]:  # the rest of the entries are in another file
        raise ValueError


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of git's variable length; return it and where it ends."""
    value = data[at] & 0x7F
    while data[at] & 0x80:
        at += 1
        value = (value + 1 << 7) | data[at] & 0x7F
    return value, at + 1
