"""Downloads files into a folder; none gets its name before its size and digest are right.

pooch keeps the list of the files with their digests, writes each under another name, digests what
is on disk, and only then gives it its name. The connection is ours: the downloaders of pooch bound
neither the size nor the time of a download, follow a redirect to any host, and ask again for what
is not there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reported_losses.definition.contents import MAX_FILE, FileEntry
from reported_losses.errors import FetchError, MissingExtraError
from reported_losses.files import sha256, write_new
from reported_losses.net import Patience, Told, get, patiently


def require() -> Any:  # noqa: ANN401 - the library, which has no types
    """Return pooch.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import pooch
    except ImportError:
        raise MissingExtraError(
            "fetching needs pooch: pip install 'reported-losses[fetch]'"
        ) from None
    return pooch


def download(
    home: str, files: Mapping[str, FileEntry], folder: Path, patience: Patience, told: Told
) -> None:
    """Download files into a folder.

    Args:
        home: Address of the folder that they are in, with a slash at its end.
        files: Their sizes and digests, by name.
        folder: Folder to write to; it must exist.
        patience: How long and how often to try, for each file.
        told: Is told how many bytes of a file have come.

    Raises:
        FetchError: A file cannot be fetched, or what came is not the file.
        OSError: A file cannot be written.
    """
    pooch = require()
    registry = {name: f"sha256:{entry.sha256}" for name, entry in files.items()}
    keeper = pooch.Pooch(path=folder, base_url=home, registry=registry)
    with _quiet(pooch):
        for name, entry in files.items():
            _download(keeper, name, entry, patience, told)


def _download(keeper: Any, name: str, entry: FileEntry, patience: Patience, told: Told) -> None:  # noqa: ANN401 - a Pooch
    def once(patience: Patience) -> None:
        def write(url: str, output: str, _: object) -> None:
            data = get(url, limit=MAX_FILE, size=entry.bytes, patience=patience, told=told)
            # The file that pooch made can be read by its owner alone.
            Path(output).unlink()
            write_new(Path(output), data)

        try:
            keeper.fetch(name, downloader=write)
        except ValueError:  # the digest
            raise other_file(keeper.get_url(name), entry) from None

    patiently(once, patience)


def fetched(url: str, entry: FileEntry, patience: Patience) -> bytes:
    """Fetch a file that is read and not kept, or not yet.

    Raises:
        FetchError: As for `download`.
    """

    def once(patience: Patience) -> bytes:
        data = get(url, limit=MAX_FILE, size=entry.bytes, patience=patience)
        if sha256(data) != entry.sha256:
            raise other_file(url, entry)
        return data

    found: bytes = patiently(once, patience)
    return found


def other_file(url: str, entry: FileEntry) -> FetchError:
    """Build the error for a file that is another than the release has."""
    return FetchError(
        f"{url} is not the file that was released: its SHA-256 is not {entry.sha256[:16]}…",
        passing=True,
    )


@contextmanager
def _quiet(pooch: Any) -> Iterator[None]:  # noqa: ANN401 - the library
    """Keep pooch from printing a line for each file."""
    logger = pooch.get_logger()
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
