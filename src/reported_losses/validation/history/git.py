"""Files of a commit, read from git as data: nothing is checked out and nothing of it is run.

Only plumbing commands are called, which run no hooks, filters or file watchers, open no
connection and take no locks. A name of a commit never becomes an option.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from reported_losses.errors import BadArgumentError
from reported_losses.files import NotRegularError, TooLargeError

_SECONDS = 120
_MOST_LISTED = 16_000_000
_MOST_NAME = 300
_MOST_NAMED = 3
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LINE = re.compile(rb"([0-9]{6}) ([a-z]+) ([0-9a-f]+) +([0-9-]+)\t(.*)", re.DOTALL)
_FILE = {b"100644", b"100755"}
_SAFE = ("-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "--no-pager")
# Where the repository is follows from the folder, not from the shell or hook that called us.
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
_SET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

Here = Callable[[str], "bytes | None"]
"""From a path to the bytes of the file in the working tree; None if there are none."""


class _Entry(NamedTuple):
    mode: bytes
    oid: str
    size: int


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit's files below a package folder.

    Attributes:
        folder: The package folder in the working tree.
        commit: Full name of the commit.
        prefix: Path of the folder in the repository; empty, or ends with a slash.
        here: The files of the working tree: a file that is the same is not read from git.
    """

    folder: Path
    commit: str
    prefix: str
    here: Here
    _entries: dict[str, _Entry | None] = field(default_factory=dict)

    def read(self, name: str, limit: int) -> bytes:
        """Read a file.

        Args:
            name: Its path, relative to the package folder.
            limit: Most bytes to read.

        Raises:
            FileNotFoundError: The commit has no such file.
            NotRegularError: It is a link, a folder or a submodule.
            TooLargeError: It has more bytes than `limit`.
            OSError: Git cannot read it.
        """
        entry = self._entry(name)
        if entry is None:
            raise FileNotFoundError(errno.ENOENT, "does not exist", name)
        if entry.mode not in _FILE:
            raise NotRegularError(errno.EINVAL, "a link or a folder")
        if entry.size > limit:
            raise TooLargeError(errno.EFBIG, f"{entry.size:,} bytes")
        data = self.here(name)
        if data is not None and _blob_name(data, entry.oid) == entry.oid:
            return data
        done = _run(self.folder, "cat-file", "blob", entry.oid)
        if done.returncode or len(done.stdout) != entry.size:
            raise OSError(errno.EIO, _complaint(done))
        return done.stdout

    def _entry(self, name: str) -> _Entry | None:
        if not self._entries:
            self._list("datapackage.json", "schemas", "data", "CHANGELOG.md", "docs/rules.md")
        if name not in self._entries:
            self._entries[name] = None
            self._list(name)
        return self._entries[name]

    def _list(self, *names: str) -> None:
        paths = [f"{self.prefix}{name}" for name in names]
        done = _run(
            self.folder, "ls-tree", "-r", "-z", "-l", "--full-tree", self.commit, "--", *paths
        )
        if done.returncode or len(done.stdout) > _MOST_LISTED:
            raise OSError(errno.EIO, _complaint(done))
        for line in done.stdout.split(b"\0"):
            found = _LINE.fullmatch(line)
            if found is not None:
                path = os.fsdecode(found[5]).removeprefix(self.prefix)
                size = int(found[4]) if found[4].isdigit() else 0
                self._entries[path] = _Entry(found[1], found[3].decode(), size)


def named_commit(folder: Path, ref: str) -> tuple[str, str]:
    """Return the commit of a name, and the folder's prefix.

    Args:
        folder: Package folder in the working tree of a repository.
        ref: Name of a branch, tag or commit.

    Returns:
        Full name of the commit; path of the folder in the repository, empty or ending with a
        slash.

    Raises:
        BadArgumentError: Git is not installed, the folder is in no repository, or there is no
            such commit.
    """
    if not ref or ref.startswith("-") or len(ref) > _MOST_NAME or not ref.isprintable():
        raise BadArgumentError(
            f"base {ref[:_MOST_NAME]!r} is neither a package folder nor the name of a commit"
        )
    place = _run(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    if place.returncode or not place.stdout.startswith(b"true\n"):
        raise BadArgumentError(
            f"base {ref!r} is no package folder, and {folder} is in no git repository in which "
            f"it could be a commit: {_complaint(place)}"
        )
    prefix = os.fsdecode(place.stdout).removeprefix("true\n").removesuffix("\n")
    commit = _commit_named(folder, ref)
    if commit is None:
        raise BadArgumentError(
            f"there is no commit {ref!r} in this repository{_elsewhere(folder, ref)}"
        )
    return commit, prefix


def common_commit(folder: Path, ref: str, other: str = "HEAD") -> tuple[str, str]:
    """Return the commit that two branches have in common, and the folder's prefix.

    Args:
        folder: Package folder in the working tree of a repository.
        ref: Name of a branch, tag or commit.
        other: Name of another.

    Returns:
        Full name of the merge base of both; path of the folder in the repository, empty or
        ending with a slash.

    Raises:
        BadArgumentError: As for `named_commit`, or the clone does not hold the commit in common.
    """
    commit, prefix = named_commit(folder, ref)
    head = _commit_named(folder, other)
    if head is None:
        raise BadArgumentError("this repository has no commit yet, so there is no base")
    if head == commit:
        return commit, prefix
    merged = _run(folder, "merge-base", head, commit)
    common = merged.stdout.decode("ascii", "replace").strip()
    if merged.returncode or not _OBJECT.fullmatch(common):
        raise BadArgumentError(
            f"{other} and {ref!r} have no commit in common here{_shallow(folder)}"
        )
    return common, prefix


def _commit_named(folder: Path, ref: str) -> str | None:
    done = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    # Before version 2.30 git repeated the option that ends the options.
    name = done.stdout.decode("ascii", "replace").strip().rpartition("\n")[2]
    return name if done.returncode == 0 and _OBJECT.fullmatch(name) else None


def _elsewhere(folder: Path, ref: str) -> str:
    """Return where a commit that has no such name here is found."""
    listed = _run(folder, "for-each-ref", "--format=%(refname:short)", "refs/remotes/")
    names = listed.stdout.decode("utf-8", "replace").split()
    there = [name for name in names if name.partition("/")[2] == ref and name.isprintable()]
    return f"; say {' or '.join(there[:_MOST_NAMED])}" if there else _shallow(folder)


def _shallow(folder: Path) -> str:
    """Return what to do in a clone that holds only a part of the history."""
    done = _run(folder, "rev-parse", "--is-shallow-repository")
    if done.stdout.strip() != b"true":
        return "; `git fetch` may get it"
    return (
        ". This clone is shallow: `git fetch --unshallow` gets its whole history, and "
        "`git fetch --deepen=100 origin` some more of it"
    )


def _blob_name(data: bytes, like: str) -> str:
    """Return the name that git gives to the contents of a file."""
    kind = "sha1" if len(like) == hashlib.sha1(usedforsecurity=False).digest_size * 2 else "sha256"
    digest = hashlib.new(kind, f"blob {len(data)}\0".encode(), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise BadArgumentError(
            "git is not installed, so a base cannot be the name of a commit; install git, or name "
            "a package folder"
        )
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    try:
        return subprocess.run(  # noqa: S603 - the program is git, and no argument is an option
            [git, "-C", os.fspath(folder), *_SAFE, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**kept, **_SET},
        )
    except (OSError, ValueError) as error:
        raise BadArgumentError(f"git cannot be run: {error}") from None
    except subprocess.TimeoutExpired:
        raise BadArgumentError(f"git has not answered for {_SECONDS} seconds") from None


def _complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the first line of what git complained of."""
    said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    return said.removeprefix("fatal: ") or "git gave no reason"
