"""The files of a package as a whole: strays in its folders, and tables that share a file."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

from reported_losses.definition.json_files import JsonFiles
from reported_losses.definition.location import CONTENTS, DESCRIPTOR, SUMS, is_release
from reported_losses.definition.schema import Package, Table
from reported_losses.errors import DescriptorError
from reported_losses.issue import Issue
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.invisible import shown
from reported_losses.parsing.issues import LISTED, build_issue, capped, file_issue
from reported_losses.writing.journal import JOURNAL
from reported_losses.writing.lock import LOCK

FOLDERS = ("data", "schemas")
_PLACES = tuple(f"{name}/" for name in FOLDERS)
# New files of a commit that was cut off; the next writing command sweeps them.
_STAGED = re.compile(r"\..+\.new")
NOT_TABLES = frozenset(
    f"schemas/report/{name}.json" for name in ("addition", "day", "diff", "report")
)
"""What belongs into the folders without being of a table: schemas of what commands print."""

_MOST_SEEN = 100_000
_TABLE_LIKE = (".csv", ".json")


def stray_files(folder: Path, package: Package) -> list[Issue]:
    """Return an issue for each file in `data/` and `schemas/` that the descriptor does not name.

    A release is flat, so there the folder itself is looked into, and `CONTENTS.json` names files
    that are not tables.

    Args:
        folder: Package folder.
        package: Its descriptor.
    """
    known = _known(folder, package)
    found = set(_inside(folder))
    if is_release(folder):
        known |= _released(folder)
        found |= set(_beside(folder))
    strays = sorted(found - known)
    tables = [path for path in strays if path.casefold().endswith(_TABLE_LIKE)]
    others = sorted(set(strays) - set(tables))
    return [*_named("file/stray-table", tables), *_named("file/stray", others)]


def _named(code: str, paths: list[str]) -> list[Issue]:
    issues = []
    for path in paths[: LISTED + 1]:
        # The name of a file can hold anything, even bytes that are no text.
        name = shown(path, len(path))
        message = f"{name} is not in {DESCRIPTOR}" + (
            "" if path.startswith(_PLACES) else f", and not in {CONTENTS} as a file of no table"
        )
        issues.append(build_issue(FILE_CODES[code], message, path=name, found=path))
    return capped(issues, len(paths)) if issues else []


def _known(folder: Path, package: Package) -> set[str]:
    """Return the files that belong to the package; of a link also the file it leads to."""
    known = {*NOT_TABLES, *(table.path for table in package.tables.values())}
    known |= {package.schema_path(name) for name in package.tables}
    home = os.path.realpath(folder)
    return known | {
        Path(os.path.relpath(os.path.realpath(folder / path), home)).as_posix() for path in known
    }


def _released(folder: Path) -> set[str]:
    """Return the files that belong to a release without being tables."""
    own = {DESCRIPTOR, CONTENTS, SUMS, LOCK, JOURNAL}
    try:
        contents = JsonFiles(folder).read(CONTENTS)
    except DescriptorError:  # `verify` says what is wrong with it
        return own
    listed = contents.get("files") if isinstance(contents, dict) else None
    names = listed if isinstance(listed, dict) else {}
    # A CSV file is a table, or people take it for one.
    return own | {name for name in names if not name.casefold().endswith(".csv")}


def _beside(folder: Path) -> Iterator[str]:
    """Yield the files in a release's folder; folders in it are none of its business."""
    with os.scandir(folder) as entries:
        for entry in itertools.islice(entries, _MOST_SEEN):
            if not entry.is_dir(follow_symlinks=False) and not _STAGED.fullmatch(entry.name):
                yield entry.name


def _inside(folder: Path) -> Iterator[str]:
    """Yield the files in the folders, relative to the package; links are not followed."""
    waiting = list(FOLDERS)
    seen = 0
    while waiting:
        name = waiting.pop()
        try:
            with os.scandir(folder / name) as entries:
                for entry in entries:
                    seen += 1
                    if seen > _MOST_SEEN:
                        return
                    path = f"{name}/{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(path)
                    elif not _STAGED.fullmatch(entry.name):
                        yield path
        except OSError:
            # A folder that cannot be listed holds no file that could be read.
            continue


def shared_files(folder: Path, package: Package) -> list[Issue]:
    """Return an issue for each table whose file is that of a table before it.

    Args:
        folder: Package folder.
        package: Its descriptor.
    """
    issues = []
    first: dict[tuple[int, int], Table] = {}
    # A link is named instead of the file it leads to.
    ordered = sorted(package.tables.values(), key=lambda one: (folder / one.path).is_symlink())
    for table in ordered:
        try:
            status = (folder / table.path).stat()
        except (OSError, ValueError):
            continue
        # Device and inode, because installers link equal files from their caches: a file may
        # have many names, but no two tables are one file.
        file = (status.st_dev, status.st_ino)
        if status.st_ino and file in first:
            other = first[file]
            message = f"{table.path} is the same file as {other.path}"
            issues.append(file_issue("file/same-file", message, table, found=other.path))
        first.setdefault(file, table)
    return issues
