"""The journal of a commit: which tables it replaces, and the digests of their new files.

A commit writes its journal when all new files are on disk, and removes it when all of them are in
place. A journal that is found was left by a command that was cut off. It names tables of the
descriptor, so it can lead to no other file.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reported_losses.definition.schema import Package
from reported_losses.errors import DataError, WritingError
from reported_losses.files import read_regular, sync_folder, without_duplicate_keys, write_new
from reported_losses.writing.git_index import tracks

JOURNAL = ".commit.json"
STAGED = ".commit.json.new"

_MAX_BYTES = 65_536
_SHOWN = 40
_DIGEST = re.compile(r"[0-9a-f]{64}")


class JournalError(WritingError):
    """A journal that no commit of this package has written; it is never followed."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A journal that a reader finds.

    Attributes:
        message: What it means and what to do.
        refused: Whether it is one that no command would follow.
    """

    message: str
    refused: bool


def unfinished(folder: Path, package: Package) -> Unfinished | None:
    """Return what a reader has to say about the journal of a package folder; None without one.

    Args:
        folder: Package folder; nothing in it is changed.
        package: Its descriptor.
    """
    try:
        digests = read(folder, package)
    except JournalError as error:
        return Unfinished(str(error), refused=True)
    if digests is None:
        return None
    message = (
        f"a command is replacing {', '.join(sorted(digests))}, or was cut off while it did, so "
        "tables may not fit together; if no command is running, `reported-losses sort` finishes it"
    )
    return Unfinished(message, refused=False)


def refuse_unfinished(folder: Path, package: Package) -> None:
    """Raise if the tables of a package are only partly replaced.

    Raises:
        DataError: There is a journal.
    """
    found = unfinished(folder, package)
    if found is not None:
        raise DataError(f"{folder}: {found.message}")


def read(folder: Path, package: Package) -> dict[str, str] | None:
    """Read a journal: the digests of the new files, by table.

    Args:
        folder: Package folder.
        package: Its descriptor.

    Returns:
        The digests; None if there is no journal.

    Raises:
        JournalError: The file is not such a journal, or git tracks it.
    """
    path = folder / JOURNAL
    if not os.path.lexists(path):
        return None
    try:
        data = read_regular(path, _MAX_BYTES)
    except FileNotFoundError:  # its writer has just removed it
        return None
    except OSError as error:
        raise _refused(f"it cannot be read: {error.strerror}") from None
    if tracks(folder, JOURNAL):
        raise _refused("git tracks it")
    try:
        raw: Any = json.loads(data.decode("utf-8"), object_pairs_hook=without_duplicate_keys)
    except (ValueError, RecursionError):
        raise _refused("it is not JSON") from None
    if not isinstance(raw, dict) or list(raw) != ["tables"] or not isinstance(raw["tables"], dict):
        raise _refused("it holds something else than tables")
    digests = raw["tables"]
    for name, digest in digests.items():
        if name not in package.tables:
            raise _refused(f"it names {name[:_SHOWN]!a}, which is no table")
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise _refused(f"it has no SHA-256 digest for {name}")
    return digests


def _refused(why: str) -> JournalError:
    return JournalError(
        f"{JOURNAL} in the package folder is not the journal of a commit: {why}; it was not "
        "followed. Find out where it comes from, then remove it"
    )


def write(folder: Path, digests: Mapping[str, str]) -> None:
    """Write the journal, as a whole or not at all.

    Raises:
        OSError: It cannot be written.
    """
    text = json.dumps({"tables": dict(digests)}, indent=2) + "\n"
    write_new(folder / STAGED, text.encode())
    (folder / STAGED).replace(folder / JOURNAL)
    sync_folder(folder)


def remove(folder: Path) -> None:
    """Remove the journal: the commit is finished or undone.

    Raises:
        OSError: It cannot be removed.
    """
    (folder / JOURNAL).unlink(missing_ok=True)
    sync_folder(folder)
