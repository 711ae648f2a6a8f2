"""`CONTENTS.json`: what a release holds, and the digest of the one before it.

It is read from the network, so every name and number in it is looked at before it is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.definition import keywords
from reported_losses.definition.keywords import read_object
from reported_losses.errors import DescriptorError, ReleaseError
from reported_losses.files import without_duplicate_keys

CONTENTS = "CONTENTS.json"
SUMS = "SHA256SUMS"

MAX_CONTENTS = 1_000_000
"""Most bytes of a `CONTENTS.json`."""
MAX_FILE = 256_000_000
"""Most bytes of one file of a release."""
MAX_FILES = 500

_FILE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}(\.[a-z0-9]{1,12}){0,2}")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
VERSION = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHA256 = re.compile(r"[0-9a-f]{64}")
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LIBRARY = re.compile(r"[0-9A-Za-z.+_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Link:
    """The release before: its version, and the digest of its `CONTENTS.json`."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a release: its size and digest."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table of a release.

    Attributes:
        rows: Number of rows.
        logical: Digest of its values, which does not depend on the format or library.
        days: For each reporter its first and last day; empty for a table without reporter or day.
    """

    rows: int
    logical: str
    days: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a release holds.

    Attributes:
        name: Name of the dataset.
        version: Its version.
        date: Day of the release, YYYY-MM-DD.
        schema_version: The first version that had these schemas.
        schema_sha256: Digest of the schemas.
        previous: The release before; None for the first one.
        libraries: Versions of the libraries that wrote the files.
        tables: Each table, those that are computed included.
        files: Each file but this one and the list of sums.
    """

    name: str
    version: str
    date: str
    schema_version: str
    schema_sha256: str
    previous: Link | None
    libraries: Mapping[str, str]
    tables: Mapping[str, TableEntry]
    files: Mapping[str, FileEntry]

    def to_bytes(self) -> bytes:
        """Return the bytes of `CONTENTS.json`; the same contents give the same bytes."""
        link = self.previous
        value = {
            "name": self.name,
            "version": self.version,
            "date": self.date,
            "schema": {"version": self.schema_version, "sha256": self.schema_sha256},
            "previous": None if link is None else {"version": link.version, "sha256": link.sha256},
            "libraries": dict(sorted(self.libraries.items())),
            "tables": {name: _table(one) for name, one in self.tables.items()},
            "files": {
                name: {"bytes": one.bytes, "sha256": one.sha256}
                for name, one in sorted(self.files.items())
            },
        }
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _table(one: TableEntry) -> dict[str, Any]:
    days = {name: {"first": first, "last": last} for name, (first, last) in one.days.items()}
    return {"rows": one.rows, "logical": one.logical, "days": days}


def read_contents(data: bytes, where: str = CONTENTS) -> Contents:
    """Read a `CONTENTS.json`, from whoever sent it.

    Args:
        data: Its bytes.
        where: What it is called, for messages.

    Raises:
        ReleaseError: It is too large, is not JSON, lacks something, holds something unknown, or
            names a file that must not be written: in another folder, a device, or two files whose
            names differ in case only.
    """
    try:
        return _contents(read_json(data, where), where)
    except DescriptorError as error:
        raise ReleaseError(f"{error}; it is not one of this project, or is damaged") from None


def read_json(data: bytes, where: str, limit: int = MAX_CONTENTS) -> object:
    """Read JSON from whoever sent it.

    Args:
        data: Its bytes.
        where: What it is called, for messages.
        limit: Most bytes that are read.

    Raises:
        ReleaseError: It is too large or is not JSON.
    """
    if len(data) > limit:
        raise ReleaseError(f"{where} has {len(data):,} bytes; at most {limit:,} are read")
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=without_duplicate_keys)
    except (ValueError, RecursionError):  # a UnicodeDecodeError is a ValueError
        start = data[:40].decode("utf-8", "replace")
        raise ReleaseError(f"{where} is not JSON; it begins with {start!r}") from None


_KINDS = {
    **dict.fromkeys(("name", "version", "date"), keywords.TEXT),
    **dict.fromkeys(("schema", "libraries", "tables", "files"), keywords.OBJECT),
    "previous": keywords.Kind(
        lambda one: one is None or isinstance(one, dict), "an object or null"
    ),
}
_LINK = {"version": keywords.TEXT, "sha256": keywords.TEXT}
_FILE = {"bytes": keywords.COUNT, "sha256": keywords.TEXT}
_TABLE = {"rows": keywords.COUNT, "logical": keywords.TEXT, "days": keywords.OBJECT}
_DAYS = {"first": keywords.TEXT, "last": keywords.TEXT}


def _contents(value: object, where: str) -> Contents:
    raw = read_object(value, _KINDS, _KINDS, where)
    schema = read_object(raw["schema"], _LINK, _LINK, f"{where}: schema")
    files = raw["files"]
    _refuse_names(files, where)
    return Contents(
        name=like(SLUG, raw["name"], f"{where}: name"),
        version=like(VERSION, raw["version"], f"{where}: version"),
        date=like(DATE, raw["date"], f"{where}: date"),
        schema_version=like(VERSION, schema["version"], f"{where}: schema"),
        schema_sha256=like(SHA256, schema["sha256"], f"{where}: schema"),
        previous=_link(raw["previous"], f"{where}: previous"),
        libraries={
            like(SLUG, name, f"{where}: libraries"): like(_LIBRARY, one, f"{where}: {name}")
            for name, one in raw["libraries"].items()
        },
        tables={
            like(SLUG, name, f"{where}: tables"): _read_table(one, f"{where}: {name}")
            for name, one in raw["tables"].items()
        },
        files={name: read_file_entry(one, f"{where}: {name}") for name, one in files.items()},
    )


def like(pattern: re.Pattern[str], text: object, where: str) -> str:
    """Return a text that has a form.

    Raises:
        ReleaseError: It is no text, or has another form.

    >>> like(VERSION, "0.1.0", "version")
    '0.1.0'
    """
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ReleaseError(f"{where}: {str(text)[:60]!r} is not of the form {pattern.pattern}")
    return text


def _link(value: object, where: str) -> Link | None:
    if value is None:
        return None
    raw = read_object(value, _LINK, _LINK, where)
    return Link(like(VERSION, raw["version"], where), like(SHA256, raw["sha256"], where))


def _read_table(value: object, where: str) -> TableEntry:
    raw = read_object(value, _TABLE, _TABLE, where)
    days = {
        like(SLUG, name, where): read_object(one, _DAYS, _DAYS, where)
        for name, one in raw["days"].items()
    }
    return TableEntry(
        raw["rows"],
        like(SHA256, raw["logical"], where),
        {
            name: (like(DATE, one["first"], where), like(DATE, one["last"], where))
            for name, one in days.items()
        },
    )


def read_file_entry(value: object, where: str) -> FileEntry:
    """Read the size and digest of a file.

    Raises:
        DescriptorError: It is no object with them.
        ReleaseError: The file is too large to be fetched, or the digest is none.
    """
    raw = read_object(value, _FILE, _FILE, where)
    if raw["bytes"] > MAX_FILE:
        raise ReleaseError(f"{where}: {raw['bytes']:,} bytes; at most {MAX_FILE:,} are fetched")
    return FileEntry(raw["bytes"], like(SHA256, raw["sha256"], where))


def _refuse_names(names: Mapping[str, object], where: str) -> None:
    if len(names) > MAX_FILES:
        raise ReleaseError(f"{where}: {len(names):,} files; at most {MAX_FILES} are fetched")
    seen: dict[str, str] = {}
    for name in names:
        if not _FILE_NAME.fullmatch(name) or _DEVICE.fullmatch(name) or name in {CONTENTS, SUMS}:
            raise ReleaseError(f"{where}: {name[:60]!r} is not a name for a file of a release")
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise ReleaseError(f"{where}: {other!r} and {name!r} differ in case only")
