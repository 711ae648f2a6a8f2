"""Folders of releases: which folder a caller means, and what its `CONTENTS.json` says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.arguments import folder_path
from reported_losses.definition.contents import MAX_CONTENTS, VERSION, Contents, read_contents
from reported_losses.definition.location import CONTENTS
from reported_losses.errors import BadArgumentError, ReleaseError
from reported_losses.files import read_regular, sha256
from reported_losses.loading.releases_folder import releases_folder

_MOST_RELEASES = 10_000


@dataclass(frozen=True, slots=True)
class Released:
    """A release as it lies in a folder.

    Attributes:
        folder: The folder.
        contents: What its `CONTENTS.json` says.
        bytes: Size of its `CONTENTS.json`.
        sha256: Digest of its `CONTENTS.json`, in hexadecimal digits.
    """

    folder: Path
    contents: Contents
    bytes: int
    sha256: str


def read_release(folder: Path) -> Released:
    """Read the `CONTENTS.json` of a release; nothing else in the folder is looked at.

    Args:
        folder: Folder of the release.

    Raises:
        ReleaseError: It has none, or one that cannot be read.
    """
    path = folder / CONTENTS
    try:
        data = read_regular(path, MAX_CONTENTS)
    except FileNotFoundError:
        raise ReleaseError(f"{folder} is not a release: it has no {CONTENTS}") from None
    except OSError as error:
        raise ReleaseError(f"{path} cannot be read: {error.strerror}") from None
    digest = sha256(data)
    return Released(folder, read_contents(data, str(path)), len(data), digest)


def release_folder(argument: str, value: str | os.PathLike[str]) -> Path:
    """Return the folder of a release that a caller named.

    Args:
        argument: Name of the argument or option, for messages.
        value: A folder; or the version of a release that was fetched into the cache. A text is a
            folder if there is one of that name.

    Raises:
        BadArgumentError: There is no such folder, and no such release in the cache.
    """
    path = folder_path(argument, value)
    if path.is_dir():
        return path
    version = str(value)
    if not VERSION.fullmatch(version):
        raise BadArgumentError(f"{argument} {version!r} is neither a folder nor a version")
    cached = releases_folder() / version
    if not cached.is_dir():
        raise BadArgumentError(
            f"{argument} {version} was not fetched: run `reported-losses fetch {version}`, or name "
            "the folder that it is in"
        )
    return cached


def releases_in(parent: Path) -> tuple[Path, ...]:
    """Return the folders of releases in a folder, such as the cache or `data/` of the site.

    Args:
        parent: A folder that has one folder for each release. Whatever is named like no version,
            `latest` for instance, is left out.

    Raises:
        BadArgumentError: The folder cannot be listed.
    """
    try:
        with os.scandir(parent) as entries:
            names = [one.name for one, _ in zip(entries, range(_MOST_RELEASES), strict=False)]
    except OSError as error:
        raise BadArgumentError(f"{parent} cannot be listed: {error.strerror}") from None
    return tuple(parent / name for name in sorted(names) if VERSION.fullmatch(name))
