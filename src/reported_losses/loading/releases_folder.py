"""The folder of fetched releases, of which nothing is trusted that cannot be verified."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reported_losses.definition.contents import VERSION, FileEntry
from reported_losses.definition.location import CONTENTS
from reported_losses.definition.releases_list import INDEX, MAX_INDEX, Index, read_index
from reported_losses.errors import CacheError, ReleaseError
from reported_losses.files import NotRegularError, read_regular, sha256
from reported_losses.loading.parquet_cache import cache_dir


def is_version(text: str) -> bool:
    """Return whether a text is a version.

    >>> is_version("0.2.0"), is_version("latest")
    (True, False)
    """
    return VERSION.fullmatch(text) is not None


def releases_folder() -> Path:
    """Return the folder that fetched releases are kept in, a folder for each version.

    Raises:
        CacheError: The home folder is not known.
    """
    try:
        return cache_dir(os.environ, sys.platform) / "releases"
    except RuntimeError as error:
        raise CacheError(f"{error}; name a folder in REPORTED_LOSSES_CACHE") from None


def fetched_versions() -> list[str]:
    """Return the versions that were fetched, the newest first; none if there is no cache."""
    try:
        found = [path.name for path in releases_folder().iterdir() if (path / CONTENTS).is_file()]
    except OSError:
        return []
    return sorted(
        filter(is_version, found), key=lambda one: [*map(int, one.split("."))], reverse=True
    )


def verified(folder: Path, name: str, entry: FileEntry) -> bytes | None:
    """Return the bytes of a file if they are those of the release.

    Args:
        folder: Folder of the release.
        name: Name of the file.
        entry: Its size and digest.

    Returns:
        The bytes; None if there is no such file, or if it is another one.

    Raises:
        CacheError: Something other than an ordinary file is in its place.
    """
    data = kept(folder / name, entry.bytes)
    if data is None or len(data) != entry.bytes or sha256(data) != entry.sha256:
        return None
    return data


def kept(path: Path, limit: int) -> bytes | None:
    """Return the bytes of a file; None if there is none, or it is too large or not readable.

    Raises:
        CacheError: Something other than an ordinary file is in its place.
    """
    if path.is_symlink():
        raise _not_a_file(path, "a link")
    try:
        return read_regular(path, limit)
    except NotRegularError as error:
        raise _not_a_file(path, str(error.strerror)) from None
    except (OSError, ValueError):  # a path with a NUL character
        return None


def kept_list() -> Index | None:
    """Return the list of releases that was fetched last; None if there is none to be read.

    Raises:
        CacheError: As for `releases_folder` and `kept`.
    """
    data = kept(releases_folder().parent / INDEX, MAX_INDEX)
    try:
        return None if data is None else read_index(data)
    except ReleaseError:
        return None


def _not_a_file(path: Path, kind: str) -> CacheError:
    return CacheError(f"{path} is {kind}, not a file; remove it")
