"""`changes()`: what changed between two releases, one row for each difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reported_losses.definition.releases_list import Index
from reported_losses.definition.versions import parsed
from reported_losses.errors import BadArgumentError, ReleaseError
from reported_losses.loading.arguments import flag
from reported_losses.loading.parquet_file import read_parquet
from reported_losses.loading.releases_folder import verified
from reported_losses.net import PATIENCE, Patience
from reported_losses.release.addresses import site, version_or_alias
from reported_losses.release.changes import COLUMNS, TABLE
from reported_losses.release.fetch import Brought, Order, bring
from reported_losses.release.listed import chosen, listed

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def changes(
    since: str, until: str = "latest", *, base_url: str | None = None, offline: bool = False
) -> pd.DataFrame:
    """Return what changed after a release, up to and with another one.

    Each release lists what changed against the one before it. The lists of all releases in
    between are put together; what is missing of them is fetched. A value that changed twice is
    there twice.

    Args:
        since: The release that you have, such as "0.1.0"; its own changes are left out.
        until: The release that you want, "latest" or "stable".
        base_url: Address of another site with releases, as for `fetch`.
        offline: Whether to open no connection.

    Returns:
        One row per difference, the oldest release first. If nothing changed there is no row.

        - `version` (str): the release that has the change.
        - `table` (str): the table; missing if it is about the whole package.
        - `kind` (str): what happened: "added", "removed", "changed", "withdrawn", "revised",
          "grown", "derived", "free", or about schemas and coverage.
        - `key` (str): the cells of the row's primary key, joined by "/".
        - `column` (str): the column; missing if it is about the row as a whole.
        - `old` (str), `new` (str): the cell before and after, as files spell it.
        - `reason` (str): why, if the release says so.

    Raises:
        UnknownNameError: There is no such release.
        BadArgumentError: An argument is not of its type, or `since` is after `until`.
        MissingExtraError: pooch is not installed: `pip install 'reported-losses[fetch]'`.
        FetchError: As for `fetch`.
        CacheError: As for `fetch`.
        ReleaseError: As for `fetch`; or the releases up to `until` do not go back to `since`.

    >>> import reported_losses as rl
    >>> rl.changes("0.1.0").groupby(["table", "kind"]).size()  # doctest: +SKIP
    """
    data = changed_rows(since, until, base_url, offline=flag("offline", offline)).rows
    from reported_losses.loading.engines import text_dtype

    frame: pd.DataFrame = data.to_pandas()
    return frame.astype(text_dtype())


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed between two releases.

    Attributes:
        rows: One row for each difference, all columns texts.
        first: The release whose own changes are left out.
        last: The last one whose changes are there.
        latest: The latest release of all.
    """

    rows: pa.Table
    first: str
    last: str
    latest: str


def changed_rows(
    since: object,
    until: object,
    base_url: object,
    *,
    offline: bool,
    patience: Patience = PATIENCE,
) -> Changed:
    """Return what changed, and between which releases; otherwise as `changes`."""
    import pyarrow as pa

    first, last = version_or_alias(since), version_or_alias(until)
    index = listed(site(base_url), offline=offline, patience=patience)
    first, last = chosen(index, first).version, chosen(index, last).version
    if parsed(first) > parsed(last):
        raise BadArgumentError(f"since {first} is after until {last}")
    order = Order(
        files=TABLE, base_url=base_url, offline=offline, progress=False, patience=patience
    )
    found = [_rows(brought) for brought in _between(index, first, last, order)]
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    rows = pa.concat_tables([*reversed(found), schema.empty_table()])
    return Changed(rows, first, last, index.latest)


def _between(index: Index, first: str, last: str, order: Order) -> Iterator[Brought]:
    """Give the releases after one up to another, the newest first, as they name each other."""
    version = last
    while version != first:
        brought = bring(version, order, index)
        yield brought
        before = brought.contents.previous
        if before is None or parsed(before.version) < parsed(first):
            raise ReleaseError(
                f"release {last} does not go back to {first}: that of before {version} is "
                f"{'none' if before is None else before.version}"
            )
        if chosen(index, before.version).contents.sha256 != before.sha256:
            raise ReleaseError(
                f"release {version} says that {before.version} before it was another than the "
                "list of releases has; tell whoever keeps the site"
            )
        version = before.version


def _rows(brought: Brought) -> pa.Table:
    import pyarrow as pa

    data = verified(brought.folder, TABLE, brought.contents.files[TABLE])
    if data is None:
        raise ReleaseError(f"{brought.folder / TABLE} was changed while it was read; try again")
    table = read_parquet(data, TABLE)
    if table.column_names != list(COLUMNS):
        raise ReleaseError(
            f"{TABLE} of release {brought.contents.version} has the columns "
            f"{', '.join(table.column_names)[:200]}"
        )
    columns = [column.cast(pa.string()) for column in table.columns]
    return pa.Table.from_arrays(columns, names=list(COLUMNS))
