"""Pages that readings were read on: described in `sources` by hand, found by web address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reported_losses.errors import DataError
from reported_losses.intake.tables import Row


def pages_of(sources: Iterable[Row]) -> dict[str, str]:
    """Return the slug of each source that has a web address, by that address."""
    return {row["url"]: row["source"] for row in sources if row["url"]}


def source_of(address: str, pages: Mapping[str, str]) -> str:
    """Return the slug of the source of a page.

    Args:
        address: Web address of the page.
        pages: Slugs by address.

    Raises:
        DataError: The page is not described in `sources`.
    """
    if address not in pages:
        raise DataError(f"data/sources.csv: describe the page {address} there first")
    return pages[address]
