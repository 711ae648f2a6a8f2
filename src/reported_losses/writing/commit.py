"""Replacing tables: every one of them or none, whenever a process is killed or a device fails.

New files are written beside the old ones and synced; then the journal is written, which is the
commit; then the new files are renamed and the journal is removed. The next writer finishes or
undoes what it finds, and sweeps what is left.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.schema import Package
from reported_losses.errors import WritingError
from reported_losses.files import (
    NotRegularError,
    TooLargeError,
    read_regular,
    sha256,
    sync_folder,
    write_new,
)
from reported_losses.writing import journal
from reported_losses.writing.lock import held

_MAX_BYTES = 512 * 1024 * 1024
_State = tuple[int, int, int] | None


@contextlib.contextmanager
def writing(folder: Path, command: str) -> Iterator[Commit]:
    """Hold a package folder for a command that writes its tables.

    What the command reads in the block cannot be changed by another one before it has written.

    Args:
        folder: Package folder.
        command: Name of the command, which a second writer is told.

    Yields:
        What replaces the tables. A commit that was cut off has been finished or undone.

    Raises:
        DescriptorError: The folder holds no package.
        WritingError: Another command is writing, the folder cannot be written, or a commit that
            was cut off can be neither finished nor undone.
    """
    folder = Path(os.path.realpath(folder))
    package = load_package(folder)
    with held(folder, command):
        commit = Commit(folder, package)
        with _failing(f"{folder} cannot be written"):
            commit.recover()
            commit.sweep()
        yield commit


@contextlib.contextmanager
def _failing(problem: str) -> Iterator[None]:
    """Turn an error of the file system into one that says what it means for the tables."""
    try:
        yield
    except OSError as error:
        raise WritingError(f"{problem}: {error.strerror or error}") from None


@dataclass(slots=True)
class Commit:
    """Replaces tables of a package whose lock is held.

    Attributes:
        folder: Package folder, without links.
        package: Its descriptor.
        recovered: What was done about a commit that was cut off; empty if there was none.
    """

    folder: Path
    package: Package
    recovered: str = ""
    _seen: dict[str, _State] = field(default_factory=dict)

    def replace(self, tables: Mapping[str, bytes]) -> None:
        """Replace the files of tables, all of them or none; those that do not change stay.

        Args:
            tables: New contents by table.

        Raises:
            WritingError: A file cannot be written, or was changed by something else than a
                command since the lock was taken. The message says what became of the tables.
        """
        with _failing(f"{self.folder} cannot be read; no table was changed"):
            new = {name: data for name, data in tables.items() if not self._holds(name, data)}
        if not new:
            return
        digests = {name: sha256(data) for name, data in new.items()}
        try:
            with _failing(f"{self.folder} cannot be written; no table was changed"):
                self._refuse_edited(new)
                for name, data in new.items():
                    self._stage(name, data)
                self._sync(new)
                journal.write(self.folder, digests)
        except BaseException:
            # Nothing has been renamed. What cannot be removed either, the next writer removes.
            with contextlib.suppress(OSError):
                self._undo()
            raise
        unfinished = "the commit is unfinished; the next command that writes here finishes it"
        with _failing(f"{self.folder} cannot be written; {unfinished}"):
            self._finish(digests)

    def recover(self) -> None:
        """Finish or undo a commit that was cut off, and note which in `recovered`.

        Raises:
            WritingError: Neither is possible, or the journal is not one of a commit.
            OSError: The folder cannot be written.
        """
        digests = journal.read(self.folder, self.package)
        if digests is not None:
            begun = (self.folder / journal.JOURNAL).stat().st_mtime_ns
            done = {name for name, digest in digests.items() if self._digest_of(name) == digest}
            pending = digests.keys() - done
            whole = all(_digest_at(self._beside(name)) == digests[name] for name in pending)
            edited = any((_state(self._target(name)) or (0,))[-1] > begun for name in pending)
            if whole and not edited:
                self._finish(digests)
                self.recovered = f"finished a commit that was cut off: {_listed(digests)}"
            elif not done:
                self._undo()
                self.recovered = (
                    f"undid a commit that was cut off: {_listed(digests)} are as before"
                )
            else:
                raise WritingError(
                    f"{self.folder}: a commit was cut off when {_listed(done)} had been replaced, "
                    f"and then {_listed(pending)} or the new files changed. Restore these tables, "
                    "as with `git checkout`, and run the command again"
                )
        self._seen = {name: _state(self._target(name)) for name in self.package.tables}

    def sweep(self) -> None:
        """Remove new files that a writer has left beside the tables and the journal.

        Raises:
            OSError: A file cannot be removed.
        """
        (self.folder / journal.STAGED).unlink(missing_ok=True)
        names: dict[Path, list[str]] = {}
        for target in map(self._target, self.package.tables):
            names.setdefault(target.parent, []).append(re.escape(target.name))
        for parent, ours in names.items():
            left = re.compile(rf"\.(?:{'|'.join(ours)})(?:\.\w{{8}})?\.new")
            with contextlib.suppress(FileNotFoundError), os.scandir(parent) as entries:
                for entry in list(entries):
                    if left.fullmatch(entry.name) and not entry.is_dir(follow_symlinks=False):
                        Path(entry.path).unlink()

    def _finish(self, digests: Iterable[str]) -> None:
        for name in digests:
            if os.path.lexists(self._beside(name)):
                self._beside(name).replace(self._target(name))
        self._sync(digests)
        journal.remove(self.folder)

    def _undo(self) -> None:
        journal.remove(self.folder)
        self.sweep()

    def _stage(self, name: str, data: bytes) -> None:
        state = _status(self._target(name))
        mode = None if state is None else stat.S_IMODE(state.st_mode)
        write_new(self._beside(name), data, mode)

    def _sync(self, names: Iterable[str]) -> None:
        for parent in {self._target(name).parent for name in names}:
            sync_folder(parent)

    def _refuse_edited(self, names: Iterable[str]) -> None:
        """Raise if a table was changed since the lock was taken, as by an editor."""
        targets = [self._target(name) for name in names]
        if len(set(targets)) < len(targets):
            raise WritingError(f"{self.folder}: two tables are one file; no table was changed")
        for name, target in zip(names, targets, strict=True):
            if _state(target) != self._seen[name]:
                raise WritingError(
                    f"{target} was changed by something else while the command ran; no table was "
                    "written. Run the command again"
                )

    def _target(self, name: str) -> Path:
        """Return the file of a table; a link inside the package stays, and its end is replaced."""
        path = self.folder / self.package.table(name).path
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(self.folder):
            raise WritingError(f"{path} is a link that leads out of the package folder")
        return target

    def _beside(self, name: str) -> Path:
        target = self._target(name)
        return target.with_name(f".{target.name}.new")

    def _holds(self, name: str, data: bytes) -> bool:
        return self._digest_of(name) == sha256(data)

    def _digest_of(self, name: str) -> str | None:
        return _digest_at(self._target(name))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _digest_at(path: Path) -> str | None:
    """Return the digest of an ordinary file of allowed size; None if it is not there.

    Raises:
        OSError: It cannot be read. Taking it for missing could undo what is half done.
    """
    try:
        return sha256(read_regular(path, _MAX_BYTES))
    except (FileNotFoundError, NotRegularError, TooLargeError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:  # a link
            return None
        raise


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _state(path: Path) -> _State:
    """Return what changes when a file is changed: its inode, size and time."""
    found = _status(path)
    return None if found is None else (found.st_ino, found.st_size, found.st_mtime_ns)
