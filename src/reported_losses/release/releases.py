"""`releases()`: every release, its state, and whether it was fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reported_losses.definition.location import CONTENTS
from reported_losses.definition.releases_list import Index, IndexEntry
from reported_losses.errors import CacheError
from reported_losses.loading.arguments import flag
from reported_losses.loading.releases_folder import releases_folder, verified
from reported_losses.net import PATIENCE, Patience
from reported_losses.release.addresses import site
from reported_losses.release.listed import listed

if TYPE_CHECKING:
    import pandas as pd


def releases(*, base_url: str | None = None, offline: bool = False) -> pd.DataFrame:
    """Return every release, the newest first.

    Args:
        base_url: Address of another site with releases, as for `fetch`.
        offline: Whether to open no connection, and show the list that was fetched last.

    Returns:
        One row per release.

        - `version` (str): its version.
        - `date` (datetime64): the day of the release.
        - `schema_version` (str): the first version that had its columns and types.
        - `status` (str): "current", "superseded" or "withdrawn".
        - `reason` (str): why it was withdrawn; missing for the others.
        - `rows` (int64): rows of its tables.
        - `fetched` (bool): whether `fetch` has put it, or some of its files, into the cache.

        Then, for each reporter, the day of the last report that the release has, under the
        reporter's name (datetime64).

    Raises:
        BadArgumentError: An argument is not of its type.
        FetchError: The list cannot be fetched.
        CacheError: Offline, and no list was fetched.
        ReleaseError: The list is not to be trusted.

    >>> import reported_losses as rl
    >>> rl.releases()  # doctest: +SKIP
       version       date schema_version   status reason    rows  fetched      oryx ...
    0    0.1.0 2026-12-01          0.1.0  current    NaN  170472     True 2025-07-19 ...
    """
    index = index_of(base_url, offline=flag("offline", offline))
    return _frame(index)


def index_of(base_url: object, *, offline: bool, patience: Patience = PATIENCE) -> Index:
    """Return the list of releases of a site; otherwise as `releases`."""
    return listed(site(base_url), offline=offline, patience=patience)


def is_fetched(entry: IndexEntry) -> bool:
    """Return whether a release, or some of its files, is in the cache."""
    try:
        return verified(releases_folder() / entry.version, CONTENTS, entry.contents) is not None
    except CacheError:  # something else is in its place
        return False


def reporters(index: Index) -> list[str]:
    """Return the reporters of all releases, in alphabetical order."""
    return sorted({name for entry in index.releases for name in entry.last_reports})


def _frame(index: Index) -> pd.DataFrame:
    import pandas as pd

    from reported_losses.loading.engines import text_dtype

    entries = index.releases
    texts = {
        name: pd.Series([getattr(entry, name) for entry in entries], dtype=text_dtype())
        for name in ("version", "schema_version", "status", "reason")
    }
    days = {
        name: _days([entry.last_reports.get(name) for entry in entries])
        for name in reporters(index)
    }
    return pd.DataFrame(
        {
            "version": texts["version"],
            "date": _days([entry.date for entry in entries]),
            "schema_version": texts["schema_version"],
            "status": texts["status"],
            "reason": texts["reason"],
            "rows": pd.Series([entry.rows for entry in entries], dtype="int64"),
            "fetched": pd.Series([is_fetched(entry) for entry in entries], dtype="bool"),
            **days,
        }
    )


def _days(values: list[str | None]) -> pd.Series[pd.Timestamp]:
    import pandas as pd

    return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"))).astype("datetime64[us]")
