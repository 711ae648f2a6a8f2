"""What the descriptions of a release share: addresses, media types, licence, who made it, days."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from reported_losses.release.source import Source

PARQUET = "application/vnd.apache.parquet"
_MEDIA_TYPES = MappingProxyType(
    {
        ".csv": "text/csv",
        ".parquet": PARQUET,
        ".sqlite": "application/vnd.sqlite3",
        # Formats without a registered type are named by the page that defines them.
        ".duckdb": "https://duckdb.org/docs/stable/internals/storage",
        ".sql": "application/sql",
        ".json": "application/json",
        ".jsonld": "application/ld+json",
        ".md": "text/markdown",
        ".cff": "application/yaml",
        "": "text/plain",
    }
)


def media_type(name: str) -> str:
    """Return the media type of a file, by the end of its name.

    >>> media_type("series.csv"), media_type("LICENSE")
    ('text/csv', 'text/plain')
    """
    return _MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")


def maker(source: Source) -> dict[str, str]:
    """Return who made the dataset, as schema.org describes it."""
    first: Any = source.package.raw["contributors"][0]
    return {"@type": "Organization", "name": first["title"], "url": first["path"]}


def licence(source: Source) -> str:
    """Return the address of the licence of the data."""
    first: Any = source.package.raw["licenses"][0]
    return str(first["path"])


def days(source: Source) -> tuple[str, str] | None:
    """Return the first and the last day that any table has a report of.

    Returns:
        Two days YYYY-MM-DD; None if no table has a day.
    """
    import pyarrow.compute as pc

    found = []
    for data in source.tables.values():
        if "report_date" in data.column_names:
            ends = pc.min_max(data["report_date"]).as_py()
            found += [day for day in ends.values() if day is not None]
    return (min(found).isoformat(), max(found).isoformat()) if found else None


def json_bytes(value: object) -> bytes:
    """Return a value as JSON that people can read; the same value gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
