"""The list of releases: fetched, kept for work offline, and compared with what was seen before."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reported_losses.definition.releases_list import (
    INDEX,
    MAX_INDEX,
    Index,
    IndexEntry,
    read_index,
)
from reported_losses.errors import CacheError, FetchError, ReleaseError, unknown_name
from reported_losses.files import write_atomically
from reported_losses.loading.releases_folder import is_version, kept, kept_list, releases_folder
from reported_losses.net import PATIENCE, Patience, get, is_page, patiently
from reported_losses.release.addresses import ALIASES


def listed(home: str, *, offline: bool, patience: Patience = PATIENCE) -> Index:
    """Return the list of releases.

    Args:
        home: Address of the site, without a slash at its end.
        offline: Whether to open no connection, and take the list that was fetched last.
        patience: How long and how often to try.

    Raises:
        FetchError: It cannot be fetched.
        CacheError: Offline, and no list was fetched.
        ReleaseError: It is none; or it has another digest for a release than it had before.
    """
    path = releases_folder().parent / INDEX
    before = kept_list()
    if offline:
        if before is None:
            raise CacheError(
                "offline, and no list of releases was fetched; run `reported-losses releases`"
            )
        return before
    data: bytes = patiently(lambda left: _get(f"{home}/{INDEX}", left), patience)
    index = read_index(data)
    if before is not None:
        _refuse_rewritten(before, index, path, home)
    _keep(path, data)
    return index


def chosen(index: Index, version: str) -> IndexEntry:
    """Return the release that is meant.

    Args:
        index: The list of releases.
        version: A version, "latest" or "stable".

    Raises:
        UnknownNameError: There is no such release; the message has those that there are.
    """
    wanted = {"latest": index.latest, "stable": index.stable}.get(version, version)
    for entry in index.releases:
        if entry.version == wanted and is_version(wanted):  # it names a folder as well
            return entry
    known = [*ALIASES, *(entry.version for entry in index.releases)]
    raise unknown_name("release", wanted, known)


def _get(url: str, patience: Patience) -> bytes:
    data = get(url, limit=MAX_INDEX, patience=patience)
    if is_page(data):
        raise FetchError(f"{url} is a web page, not a list of releases")
    return data


def _keep(path: Path, data: bytes) -> None:
    """Keep a list for work offline, if the cache can be written; what is fetched needs it not."""
    with suppress(OSError):
        if kept(path, len(data)) != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data)


def _refuse_rewritten(before: Index, index: Index, path: Path, home: str) -> None:
    """Refuse a list in which a release is another than it was; releases never change."""
    digests = {entry.version: entry.contents.sha256 for entry in before.releases}
    for entry in index.releases:
        old = digests.get(entry.version, entry.contents.sha256)
        if old != entry.contents.sha256:
            raise ReleaseError(
                f"{home} has another release {entry.version} than it had: the digest of its "
                f"CONTENTS.json is {entry.contents.sha256[:16]}… and was {old[:16]}…, though a "
                "release never changes. Tell whoever keeps the site. If you trust it, or have "
                f"changed sites, remove {path} and {releases_folder() / entry.version}"
            )
