"""Small releases, and a site with them, in memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from loopback import Answer, file
from reported_losses.definition.contents import Contents, FileEntry, Link, TableEntry
from reported_losses.definition.descriptor import installed
from reported_losses.definition.json_files import JsonFiles
from reported_losses.definition.location import CONTENTS, SUMS, package_dir
from reported_losses.loading.parquet_cache import parquet_bytes

COLUMNS = ("version", "table", "kind", "key", "column", "old", "new", "reason")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def entry(data: bytes) -> FileEntry:
    return FileEntry(len(data), digest(data))


@dataclass(frozen=True)
class Release:
    """A release: its contents, the bytes of each file, and its state."""

    contents: Contents
    files: Mapping[str, bytes]
    status: str = "current"
    reason: str | None = None

    @property
    def version(self) -> str:
        return self.contents.version

    def all_files(self) -> dict[str, bytes]:
        listed = self.contents.to_bytes()
        names = {**self.files, CONTENTS: listed}
        sums = "".join(f"{digest(names[name])}  {name}\n" for name in sorted(names))
        return {**names, SUMS: sums.encode()}


def link(release: Release) -> Link:
    return Link(release.version, digest(release.contents.to_bytes()))


def release(
    version: str, files: Mapping[str, bytes], previous: Release | None = None, **state: str
) -> Release:
    """Return a release with these files; each Parquet file is a table."""
    tables = {
        name.removesuffix(".parquet"): TableEntry(
            1, "0" * 64, {"oryx": ("2022-03-19", "2025-07-19")}
        )
        for name in files
        if name.endswith(".parquet") and name != "changes.parquet"
    }
    contents = Contents(
        name="reported-losses",
        version=version,
        date="2026-12-01",
        schema_version="0.1.0",
        schema_sha256="0" * 64,
        previous=None if previous is None else link(previous),
        libraries={"pyarrow": pa.__version__},
        tables=tables,
        files={name: entry(data) for name, data in files.items()},
    )
    return Release(contents, files, **state)


def small(version: str, previous: Release | None = None, **state: str) -> Release:
    """Return a release whose files nobody reads as tables."""
    files = {
        "datapackage.json": b'{"name": "reported-losses"}',
        "series.parquet": f"PAR1 series {version}".encode() * 40,
        "reports.parquet": f"PAR1 reports {version}".encode() * 40,
        "series.csv": b"reporter\n",
        "changes.parquet": changes_file([] if previous is None else [(version, "series", "added")]),
    }
    return release(version, files, previous, **state)


def changes_file(rows: list[tuple[str, ...]]) -> bytes:
    columns = zip(*(row + (None,) * (len(COLUMNS) - len(row)) for row in rows), strict=True)
    held = list(columns) or [()] * len(COLUMNS)
    arrays = [pa.array(list(column), pa.string()) for column in held]
    return parquet_bytes(pa.Table.from_arrays(arrays, names=list(COLUMNS)))


def index(*releases: Release) -> bytes:
    """Return `releases.json`; the newest release is the first."""
    living = [one.version for one in releases if one.status != "withdrawn"]
    entries = [
        {
            "version": one.version,
            "date": one.contents.date,
            "schema_version": one.contents.schema_version,
            "status": one.status,
            "reason": one.reason,
            "rows": sum(table.rows for table in one.contents.tables.values()),
            "last_reports": {"oryx": "2025-07-19"},
            "contents": {
                "bytes": len(one.contents.to_bytes()),
                "sha256": digest(one.contents.to_bytes()),
            },
            "path": f"data/{one.version}/",
        }
        for one in releases
    ]
    value = {
        "name": "reported-losses",
        "latest": living[0],
        "stable": living[-1],
        "releases": entries,
    }
    return json.dumps(value, indent=1).encode()


def site(*releases: Release) -> dict[str, Answer]:
    """Return what a site with these releases answers, the newest first."""
    answers = {"/releases.json": file(index(*releases))}
    for one in releases:
        for name, data in one.all_files().items():
            answers[f"/data/{one.version}/{name}"] = file(data)
    return answers


def with_names(version: str, names: list[str]) -> Release:
    """Return a release whose contents have files of these names too, with right digests."""
    made = small(version)
    more = {name: entry(b"evil") for name in names}
    return replace(made, contents=replace(made.contents, files={**made.contents.files, **more}))


def descriptor() -> bytes:
    """Return the installed descriptor as a release has it: flat, with its schemas in it."""
    raw = dict(installed().raw)
    read = JsonFiles(package_dir())
    raw["resources"] = [
        {**one, "path": one["path"].rpartition("/")[2], "schema": read.read(one["schema"])}
        for one in raw["resources"]
    ]
    return json.dumps(raw, ensure_ascii=False).encode()
