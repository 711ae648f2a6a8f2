"""`releases.json`: every release, its status, and the aliases `latest` and `stable`.

It is read from the network, so every name and number in it is looked at before it is used.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.definition import keywords
from reported_losses.definition.contents import (
    DATE,
    SLUG,
    VERSION,
    FileEntry,
    like,
    read_file_entry,
    read_json,
)
from reported_losses.definition.dates import parse_date
from reported_losses.definition.keywords import read_object
from reported_losses.definition.versions import parsed
from reported_losses.errors import DescriptorError, ReleaseError

INDEX = "releases.json"
NAME = "reported-losses"
CURRENT, SUPERSEDED, WITHDRAWN = STATUSES = ("current", "superseded", "withdrawn")

MAX_INDEX = 4_000_000
"""Most bytes of a `releases.json`."""
MAX_RELEASES = 5_000
MAX_REASON = 500
"""Most characters of a reason."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A release, as the list of releases has it.

    Attributes:
        version: Its version.
        date: Day of the release, YYYY-MM-DD.
        schema_version: The first version that had its schemas.
        status: `current`, the newest that was not withdrawn; `superseded`; or `withdrawn`.
        reason: Why it was withdrawn; None if it was not.
        rows: Rows of all tables, without the computed ones.
        last_reports: For each reporter the day of its last report, YYYY-MM-DD.
        contents: Size and digest of its `CONTENTS.json`.
        path: Folder of its files, relative to the list; it ends with a slash.
    """

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
    """The list of releases.

    Attributes:
        latest: The newest version that was not withdrawn.
        stable: The newest of those at least 30 days older than `latest`; the oldest one if none
            is so old.
        releases: Every release, the newest first.
    """

    latest: str
    stable: str
    releases: tuple[IndexEntry, ...]

    def withdrawal(self, version: str) -> str | None:
        """Return what to say of a version that was withdrawn; None for any other."""
        for entry in self.releases:
            if entry.version == version and entry.status == WITHDRAWN:
                reason = (entry.reason or "no reason is given").rstrip(".")
                return f"release {version} was withdrawn: {reason}. Use {self.latest} instead"
        return None

    def to_bytes(self) -> bytes:
        """Return the bytes of `releases.json`; the same list gives the same bytes."""
        return (
            json.dumps({"name": NAME, **dataclasses.asdict(self)}, ensure_ascii=False, indent=1)
            + "\n"
        ).encode()


def release_path(version: str) -> str:
    """Return the folder of a release's files, relative to the list."""
    return f"data/{version}/"


_INDEX = {
    **dict.fromkeys(("name", "latest", "stable"), keywords.TEXT),
    "releases": keywords.OBJECTS,
}
_ENTRY = {
    **dict.fromkeys(("version", "date", "schema_version", "status", "path"), keywords.TEXT),
    "reason": keywords.Kind(lambda one: one is None or isinstance(one, str), "a text or null"),
    "rows": keywords.COUNT,
    "last_reports": keywords.OBJECT,
    "contents": keywords.OBJECT,
}


def read_index(data: bytes) -> Index:
    """Read a `releases.json`, from whoever sent it.

    Args:
        data: Its bytes.

    Raises:
        ReleaseError: It is too large, is not JSON, lacks something, holds something unknown,
            names another folder than that of its version, or contradicts itself.
    """
    try:
        raw = read_object(read_json(data, INDEX, MAX_INDEX), _INDEX, _INDEX, INDEX)
        if raw["name"] != NAME or not 0 < len(raw["releases"]) <= MAX_RELEASES:
            raise ReleaseError(
                f"{INDEX} is not the list of 1 to {MAX_RELEASES:,} releases of {NAME}"
            )
        releases = tuple(
            _read_entry(one, f"{INDEX}: releases[{number}]")
            for number, one in enumerate(raw["releases"])
        )
    except DescriptorError as error:
        raise ReleaseError(f"{error}; it is not one of this project, or is damaged") from None
    index = Index(raw["latest"], raw["stable"], releases)
    _refuse_contradictions(index)
    return index


def _read_entry(value: object, where: str) -> IndexEntry:
    raw = read_object(value, _ENTRY, _ENTRY, where)
    version = like(VERSION, raw["version"], where)
    if raw["path"] != release_path(version):
        raise ReleaseError(
            f"{where}: the path is {raw['path'][:60]!r}, not {release_path(version)!r}"
        )
    if raw["status"] not in STATUSES or (raw["status"] == WITHDRAWN) != (raw["reason"] is not None):
        raise ReleaseError(
            f"{where}: the status is none of {', '.join(STATUSES)}, or does not go with the reason"
        )
    return IndexEntry(
        version,
        day_of(raw["date"], where),
        like(VERSION, raw["schema_version"], where),
        raw["status"],
        None if raw["reason"] is None else _reason(raw["reason"], where),
        raw["rows"],
        {like(SLUG, name, where): day_of(day, where) for name, day in raw["last_reports"].items()},
        read_file_entry(raw["contents"], where),
        raw["path"],
    )


def day_of(value: Any, where: str) -> str:  # noqa: ANN401 - any part of JSON
    """Return a day of a release, YYYY-MM-DD.

    Raises:
        ReleaseError: It is none; the message says where it stands.
    """
    text = like(DATE, value, where)
    try:
        return parse_date(text).isoformat()
    except ValueError:
        raise ReleaseError(f"{where}: there is no day {text}") from None


def _reason(text: str, where: str) -> str:
    if not 0 < len(text) <= MAX_REASON or not text.isprintable():
        raise ReleaseError(f"{where}: the reason is not a line of at most {MAX_REASON} characters")
    return text


def _refuse_contradictions(index: Index) -> None:
    versions = [parsed(one.version) for one in index.releases]
    if versions != sorted(set(versions), reverse=True):
        raise ReleaseError(f"{INDEX}: the releases are not the newest first, each once")
    good = [one.version for one in index.releases if one.status != WITHDRAWN]
    current = [one.version for one in index.releases if one.status == CURRENT]
    if not good or [index.latest] != good[:1] or current != good[:1] or index.stable not in good:
        raise ReleaseError(f"{INDEX}: latest and stable are not of the releases that it lists")
