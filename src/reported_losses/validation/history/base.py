"""The base: an earlier state of a package, read as data, from a folder or from git.

Nothing from the base is run or imported. Its descriptor, schemas and tables are read with the
limits that hold for any package.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reported_losses.definition.descriptor import read_package
from reported_losses.definition.json_files import JsonFiles
from reported_losses.definition.location import DESCRIPTOR
from reported_losses.definition.schema import Package, Table
from reported_losses.errors import BadArgumentError, DescriptorError
from reported_losses.files import read_inside
from reported_losses.issue import Issue
from reported_losses.parsing.budget import MAX_BYTES, Budget
from reported_losses.parsing.file_bytes import bytes_or_issue
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import TextTable
from reported_losses.validation.history.git import Commit, common_commit

MAX_TEXT = 4_000_000
"""Most bytes of a page that is read beside the tables, such as the changelog."""

Read = Callable[[str, int], bytes]


@dataclass(frozen=True, slots=True)
class Base:
    """A state of a package: its descriptor, and the bytes of its files.

    Attributes:
        name: What it was called: a folder, or the name of a commit.
        commit: Full name of the commit; None for a folder.
        package: Its descriptor.
        read: From a path relative to the package folder, and the most bytes to read, to bytes;
            raises an OSError as `files.read_inside` does.
    """

    name: str
    commit: str | None
    package: Package
    read: Read = field(repr=False)
    _held: dict[str, bytes | Issue] = field(default_factory=dict, repr=False)

    def data(self, table: Table) -> bytes | Issue:
        """Return the bytes of a table's file, or the issue that says why there are none."""
        if table.name not in self._held:
            self._held[table.name] = bytes_or_issue(lambda: self.read(table.path, MAX_BYTES), table)
        return self._held[table.name]

    def text(self, table: Table, budget: Budget | None = None) -> TextTable | None:
        """Return a table as text; None if its file cannot be read."""
        data = self.data(table)
        return None if isinstance(data, Issue) else parse_bytes(data, table, budget)[0]

    def page(self, name: str) -> str | None:
        """Return a text file of the package; None if there is none that can be read."""
        try:
            return self.read(name, MAX_TEXT).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    @property
    def label(self) -> str:
        """Name, version and commit, for people."""
        commit = "" if self.commit is None else f", commit {self.commit[:12]}"
        return f"{self.name} (version {self.package.version}{commit})"


def folder_base(folder: Path, package: Package | None = None) -> Base:
    """Return the state that a package folder is in.

    Args:
        folder: Package folder.
        package: Its descriptor, if that was read already.

    Raises:
        DescriptorError: Its descriptor cannot be understood.
    """
    read = partial(read_inside, folder)
    return Base(str(folder), None, package or read_package(JsonFiles(folder)), read)


@contextlib.contextmanager
def opened_base(folder: Path, base: str | Path) -> Iterator[Base]:
    """Open the base that a package is compared with.

    Args:
        folder: Package folder.
        base: Another package folder; or the name of a commit in the folder's git repository, and
            then the base is the commit that it and `HEAD` have in common. A text is a folder
            if there is a package folder of that name.

    Yields:
        The base.

    Raises:
        BadArgumentError: There is no such folder or commit, the commit has no package there, or
            git is missing. The message says what to do.
        DescriptorError: The descriptor of the base cannot be understood.

    >>> from reported_losses.definition.location import package_dir
    >>> with opened_base(package_dir(), package_dir()) as base:
    ...     base.package.name, base.commit
    ('reported-losses', None)
    """
    if not isinstance(base, (str, Path)):
        raise BadArgumentError(f"base is a folder or the name of a commit, not {base!r}")
    if is_package(base):
        other = folder_base(Path(base))
    elif isinstance(base, Path):
        raise BadArgumentError(f"base {base} is not a package folder: it has no {DESCRIPTOR}")
    else:
        other = commit_base(folder, base, *common_commit(folder, base))
    yield other


def is_package(base: str | Path) -> bool:
    """Return whether there is a package folder of a name."""
    try:
        return bool(str(base)) and (Path(base) / DESCRIPTOR).exists()
    except (OSError, ValueError):  # a path that is too long, or holds a NUL
        return False


def commit_base(folder: Path, ref: str, commit: str, prefix: str) -> Base:
    """Return the state that a package has in a commit.

    Args:
        folder: Package folder in the working tree of the repository.
        ref: What the commit was called.
        commit: Its full name.
        prefix: Path of the folder in the repository; empty, or ends with a slash.

    Raises:
        BadArgumentError: The commit has no package there.
        DescriptorError: Its descriptor cannot be understood.
    """

    def here(name: str) -> bytes | None:
        try:
            return read_inside(folder, name, MAX_BYTES)
        except OSError:
            return None

    files = Commit(folder, commit, prefix, here)
    try:
        files.read(DESCRIPTOR, MAX_BYTES)
    except FileNotFoundError:
        raise BadArgumentError(
            f"commit {commit[:12]}, the base at {ref!r}, has no {prefix}{DESCRIPTOR}: the package "
            "is not there yet"
        ) from None
    except OSError as error:
        raise DescriptorError(f"{DESCRIPTOR}: cannot be read: {error.strerror}") from None
    return Base(ref, commit, read_package(JsonFiles(files.read)), files.read)
