"""`releases.json`: every release, its status, and the aliases `latest` and `stable`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from reported_losses.errors import ReleaseError
from reported_losses.release.contents import FileEntry


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A release, as the list of releases has it."""

    version: str
    date: str
    schema_version: str
    status: str
    reason: str | None
    rows: int
    last_reports: Mapping[str, str]
    contents: FileEntry
    path: str


@dataclass(frozen=True, slots=True)
class Index:
    """The list of releases, the newest first."""

    latest: str
    stable: str
    releases: tuple[IndexEntry, ...]


def read_index(data: bytes) -> Index:
    """Read a `releases.json`.

    Raises:
        ReleaseError: It is none.
    """
    try:
        raw = json.loads(data)
        entries = tuple(
            IndexEntry(**{**one, "contents": FileEntry(**one["contents"])})
            for one in raw["releases"]
        )
        return Index(raw["latest"], raw["stable"], entries)
    except (ValueError, KeyError, TypeError):
        start = data[:40].decode("utf-8", "replace")
        raise ReleaseError(f"releases.json cannot be read; it begins with {start!r}") from None
