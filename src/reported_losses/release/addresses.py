"""Where the files of releases are on the web; no connection is opened here."""

from __future__ import annotations

from reported_losses.definition.arguments import choice, text
from reported_losses.definition.descriptor import installed
from reported_losses.definition.site import SITE
from reported_losses.errors import BadArgumentError, FetchError, unknown_name
from reported_losses.loading.load import COMPUTED
from reported_losses.loading.releases_folder import is_version

BASE = SITE
"""The site with all releases."""
ALIASES = ("latest", "stable")

_DATABASES = ("sqlite", "duckdb")
_FORMATS = ("parquet", "csv", *_DATABASES)


def url(
    table: str | None = None,
    *,
    version: str = "latest",
    format: str = "parquet",  # noqa: A002 - as callers know it
    base_url: str | None = None,
) -> str:
    """Return the address of a released file, for other tools; no connection is opened.

    Whether the release is there is not asked. Servers of such files answer to any page, so
    browsers can read them too.

    Args:
        table: Name of a table: one of `tables()`, "daily" or "loss_counts_wide". Left out for a
            database, which has every table.
        version: A release, such as "0.1.0"; or "latest" or "stable", whose files change with the
            next release.
        format: "parquet"; "csv", which there is for `tables()` only; "sqlite" or "duckdb".
        base_url: Address of another site with releases; by default that of this project.

    Returns:
        The address.

    Raises:
        UnknownNameError: There is no such table or format.
        BadArgumentError: `version` is none, `base_url` is no web address, or a table is named
            for a database or left out for a file.

    >>> import reported_losses as rl
    >>> rl.url("loss_counts", version="0.1.0")
    'https://reported-losses.github.io/reported-losses/data/0.1.0/loss_counts.parquet'
    >>> rl.url(format="sqlite")
    'https://reported-losses.github.io/reported-losses/data/latest/reported-losses.sqlite'
    """
    wanted = choice("format", format, _FORMATS)
    name = _database(table, wanted) if wanted in _DATABASES else _table(table, wanted)
    return file_address(version_or_alias(version), f"{name}.{wanted}", site(base_url))


def file_address(version: str, name: str, home: str | None = None) -> str:
    """Return where a file of a release is published.

    Args:
        version: The release, or an alias.
        name: The file; nothing for the folder of the release, with a slash at its end.
        home: Address of a site, without a slash at its end; by default that of this project.

    >>> file_address("0.1.0", "daily.parquet").removeprefix(BASE)
    '/data/0.1.0/daily.parquet'
    """
    return f"{BASE if home is None else home}/data/{version}/{name}"


def version_or_alias(version: object) -> str:
    """Return the version that a caller names, or "latest" or "stable".

    Raises:
        BadArgumentError: It is neither.
    """
    wanted = text("version", version)
    if not is_version(wanted) and wanted not in ALIASES:
        raise BadArgumentError(
            f"version is latest, stable or a number such as 0.1.0, not {wanted!r:.60}"
        )
    return wanted


def site(base_url: object) -> str:
    """Return the address of a site with releases, without a slash at its end.

    Args:
        base_url: What a caller passed; None for the site of this project.

    Raises:
        BadArgumentError: It is no web address that may be fetched from.
    """
    if base_url is None:
        return BASE
    from reported_losses.net import address  # slow to import

    given = text("base_url", base_url)
    try:
        parts = address(given)
    except FetchError as error:
        raise BadArgumentError(f"base_url: {error}") from None
    if parts.query or parts.fragment or not given.isascii() or " " in given:
        raise BadArgumentError(f"base_url {given!r:.200} is not a plain address of a folder")
    return given.rstrip("/")


def _database(table: object, form: str) -> str:
    if table is not None:
        raise BadArgumentError(f"a {form} database has every table; leave the table out")
    return "reported-losses"


def _table(table: object, form: str) -> str:
    known = (*installed().tables, *(COMPUTED if form == "parquet" else ()))
    if table is None:
        raise BadArgumentError(f"a {form} file has one table; name one", remedy=("table", known[0]))
    name = text("table", table)
    if name not in known:
        raise unknown_name(f"table as {form}", name, known)
    return name
