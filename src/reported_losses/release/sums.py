"""`SHA256SUMS` of a release, which no other file has the digest of."""

from __future__ import annotations

from reported_losses.definition.contents import Contents
from reported_losses.definition.location import CONTENTS
from reported_losses.errors import FetchError, ReleaseError
from reported_losses.net import Patience, get, patiently
from reported_losses.release.sum_list import MAX_SUMS, read_sums


def fit(data: bytes, contents: Contents, sha256: str) -> bool:
    """Return whether a list of sums says what the contents say.

    Args:
        data: The list, as `sha256sum` writes it.
        contents: What the release holds.
        sha256: Digest of its `CONTENTS.json`.
    """
    expected = {name: entry.sha256 for name, entry in contents.files.items()} | {CONTENTS: sha256}
    try:
        return read_sums(data) == expected
    except ReleaseError:
        return False


def fetched_sums(url: str, contents: Contents, sha256: str, patience: Patience) -> bytes:
    """Fetch a list of sums.

    Raises:
        FetchError: It cannot be fetched, or says something else than the contents.
    """

    def once(patience: Patience) -> bytes:
        data = get(url, limit=MAX_SUMS, patience=patience)
        if not fit(data, contents, sha256):
            raise FetchError(f"{url} does not have the sums of CONTENTS.json", passing=True)
        return data

    found: bytes = patiently(once, patience)
    return found
