"""`fetch()`: files of a release, verified, into the cache or a folder of yours."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.arguments import folder_path, texts
from reported_losses.definition.contents import MAX_CONTENTS, Contents, FileEntry, read_contents
from reported_losses.definition.location import CONTENTS, DESCRIPTOR, SUMS
from reported_losses.definition.releases_list import Index, IndexEntry
from reported_losses.errors import (
    BadArgumentError,
    CacheError,
    ReleaseError,
    WithdrawnReleaseWarning,
    unknown_name,
)
from reported_losses.files import write_new
from reported_losses.loading.arguments import flag
from reported_losses.loading.releases_folder import kept, releases_folder, verified
from reported_losses.net import PATIENCE, Patience
from reported_losses.release.addresses import file_address, site, version_or_alias
from reported_losses.release.downloads import download, fetched, require
from reported_losses.release.listed import chosen, listed
from reported_losses.release.progress import Bar, bar
from reported_losses.release.store import placing
from reported_losses.release.sum_list import MAX_SUMS
from reported_losses.release.sums import fetched_sums, fit

ALL = "all"
"""What `files` is for every file of a release."""


def fetch(  # noqa: PLR0913 - one call, all of them by name
    version: str = "latest",
    tables: str | Sequence[str] | None = None,
    *,
    files: str | Sequence[str] | None = None,
    to: str | Path | None = None,
    base_url: str | None = None,
    offline: bool = False,
    progress: bool | None = None,
) -> Path:
    """Fetch files of a release; `load(…, version=…)` then reads them.

    The list of releases comes first, then `CONTENTS.json`, whose digest is in that list, then
    the files, whose sizes and digests are in `CONTENTS.json`. A file gets its name when it has
    been verified, and files that are there already are verified again: one that is right is not
    fetched, one that is wrong is replaced. If anything fails, what was there stays as it was.
    Several processes may fetch at the same time.

    Args:
        version: "latest", "stable" (the newest that was out for thirty days before the latest),
            or a number such as "0.1.0".
        tables: Names of tables to fetch as Parquet; by default every table, "daily" and
            "loss_counts_wide" included.
        files: Names of other files, such as "reported-losses.sqlite" or "loss_counts.csv"; then
            only tables that are named are fetched. "all" for every file of the release.
        to: Folder to put the files into; by default the cache, from which `load` reads. The
            folder must not hold anything else under the names of the files.
        base_url: Address of another site with releases: https, or http on this machine.
        offline: Whether to open no connection: what is in the cache is verified.
        progress: Whether to show how far it is; by default on a terminal.

    Returns:
        The folder with the files, and with `CONTENTS.json` and `datapackage.json`.

    Raises:
        UnknownNameError: There is no such release, or it has no such table or file.
        BadArgumentError: An argument is not of its type, or `to` holds other files.
        MissingExtraError: pooch is not installed: `pip install 'reported-losses[fetch]'`.
        FetchError: A file cannot be fetched, or what came is not the file.
        CacheError: The folder cannot be written to; or offline, and something is missing.
        ReleaseError: The list of releases, or that of the contents, is not to be trusted.

    Warns:
        WithdrawnReleaseWarning: The release was withdrawn; the message says why.

    >>> import reported_losses as rl
    >>> try:
    ...     rl.fetch("the newest")
    ... except rl.BadArgumentError as error:
    ...     print(error)
    version is latest, stable or a number such as 0.1.0, not 'the newest'
    """
    order = Order(tables, files, to, base_url, offline=flag("offline", offline), progress=progress)
    found = bring(version, order)
    if found.withdrawn:
        warnings.warn(found.withdrawn, WithdrawnReleaseWarning, stacklevel=2)
    return found.folder


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be fetched, as for `fetch`, and how patiently."""

    tables: object = None
    files: object = None
    to: object = None
    base_url: object = None
    offline: bool = False
    progress: bool | None = None
    patience: Patience = PATIENCE


@dataclass(frozen=True, slots=True)
class Brought:
    """What was fetched.

    Attributes:
        folder: The folder with the files.
        entry: The release, as the list of releases has it.
        contents: What the release holds.
        withdrawn: What to say of a release that was withdrawn; None for any other.
    """

    folder: Path
    entry: IndexEntry
    contents: Contents
    withdrawn: str | None


def bring(version: object, order: Order, index: Index | None = None) -> Brought:
    """Fetch what is not there yet.

    Args:
        version: As for `fetch`.
        order: What is to be fetched.
        index: The list of releases, if it was read already.

    Raises:
        ReportedLossesError: As for `fetch`.
    """
    wanted, home = version_or_alias(version), site(order.base_url)
    to = None if order.to is None else _folder(order.to)
    if not order.offline:
        require()
    if index is None:
        index = listed(home, offline=order.offline, patience=order.patience)
    entry = chosen(index, wanted)
    cache = releases_folder() / entry.version
    release = _Release(entry, file_address(entry.version, "", home), cache, to or cache, order)
    contents = release.bring()
    return Brought(release.folder, entry, contents, index.withdrawal(entry.version))


def _folder(to: object) -> Path:
    try:
        return folder_path("to", to).expanduser()
    except RuntimeError as error:  # the home folder is not known
        raise BadArgumentError(f"to: {error}") from None


@dataclass(frozen=True, slots=True)
class _Release:
    """A release that is being fetched: where it comes from, and where it goes."""

    entry: IndexEntry
    home: str
    cache: Path
    folder: Path
    order: Order

    def bring(self) -> Contents:
        """Put into the folder what it lacks."""
        data = self._contents()
        contents = read_contents(data, f"{CONTENTS} of {self.entry.version}")
        if contents.version != self.entry.version:
            raise ReleaseError(
                f"{self.home}{CONTENTS} is that of {contents.version}, not {self.entry.version}"
            )
        wanted, everything = _names(contents, self.order)
        entries = {name: contents.files[name] for name in wanted}
        missing = {
            name: entry
            for name, entry in entries.items()
            if verified(self.folder, name, entry) is None
        }
        new: dict[str, bytes] = {}
        if verified(self.folder, CONTENTS, self.entry.contents) is None:
            new[CONTENTS] = data
            self._refuse_others([*missing, CONTENTS])
        if everything and not self._has_sums(contents):
            new[SUMS] = self._sums(contents)
        if missing or new:
            self._place(missing, new)
        return contents

    def _contents(self) -> bytes:
        for folder in (self.folder, self.cache):
            data = verified(folder, CONTENTS, self.entry.contents)
            if data is not None:
                return data
        if self.entry.contents.bytes > MAX_CONTENTS:
            raise ReleaseError(f"{self.home}{CONTENTS} has more than {MAX_CONTENTS:,} bytes")
        self._refuse_offline([CONTENTS])
        return fetched(f"{self.home}{CONTENTS}", self.entry.contents, self.order.patience)

    def _place(self, missing: Mapping[str, FileEntry], new: dict[str, bytes]) -> None:
        copies = {name: self._copy(name, entry) for name, entry in missing.items()}
        absent = {name: entry for name, entry in missing.items() if copies[name] is None}
        if absent:
            self._refuse_offline(absent)
        held = {name: data for name, data in copies.items() if data is not None} | new
        with placing(self.folder) as folder:
            for name, data in held.items():
                write_new(folder / name, data)
            if absent:
                total = sum(entry.bytes for entry in absent.values())
                with bar(self.entry.version, total, wanted=self.order.progress) as shown:
                    self._download(absent, folder, shown)

    def _download(self, absent: Mapping[str, FileEntry], folder: Path, shown: Bar) -> None:
        for name, entry in absent.items():
            download(self.home, {name: entry}, folder, self.order.patience, shown.told)
            shown.done(entry.bytes)

    def _copy(self, name: str, entry: FileEntry) -> bytes | None:
        return None if self.cache == self.folder else verified(self.cache, name, entry)

    def _has_sums(self, contents: Contents) -> bool:
        data = kept(self.folder / SUMS, MAX_SUMS)
        return data is not None and fit(data, contents, self.entry.contents.sha256)

    def _sums(self, contents: Contents) -> bytes:
        self._refuse_offline([SUMS])
        address = f"{self.home}{SUMS}"
        return fetched_sums(address, contents, self.entry.contents.sha256, self.order.patience)

    def _refuse_others(self, names: Iterable[str]) -> None:
        """Refuse a folder of the caller's that holds other files under these names."""
        if self.folder == self.cache:
            return
        for name in names:
            if os.path.lexists(self.folder / name):
                raise BadArgumentError(
                    f"to: {self.folder / name} is not that of release {self.entry.version}; "
                    "name another folder, or remove it"
                )

    def _refuse_offline(self, names: Iterable[str]) -> None:
        if self.order.offline:
            version = self.entry.version
            listed = ", ".join(sorted(names)[:20])
            raise CacheError(
                f"offline, and of release {version} the cache lacks {listed}, or has damaged "
                f"copies; run `reported-losses fetch {version}`"
            )


def _names(contents: Contents, order: Order) -> tuple[list[str], bool]:
    """Return the files to fetch, and whether they are all of the release."""
    if order.files == ALL:
        return list(contents.files), True
    names = [] if order.files is None else texts("files", order.files)
    for name in names:
        if name not in contents.files and name != CONTENTS:
            raise unknown_name(f"file in release {contents.version}", name, contents.files)
    if DESCRIPTOR not in contents.files:
        raise ReleaseError(f"release {contents.version} has no {DESCRIPTOR}")
    found = [*(name for name in names if name != CONTENTS), *_tables(contents, order), DESCRIPTOR]
    return list(dict.fromkeys(found)), False


def _tables(contents: Contents, order: Order) -> list[str]:
    known = [name for name in contents.tables if f"{name}.parquet" in contents.files]
    if order.tables is None:
        names = known if order.files is None else []
    else:
        names = texts("tables", order.tables)
    for name in names:
        if name not in known:
            raise unknown_name(f"table in release {contents.version}", name, known)
    return [f"{name}.parquet" for name in names]
