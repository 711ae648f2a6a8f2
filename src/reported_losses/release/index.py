"""Writing `releases.json`, the list of releases, from their folders and the changelog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from reported_losses.definition.changelog import Entry
from reported_losses.definition.contents import FileEntry, TableEntry
from reported_losses.definition.dates import parse_date
from reported_losses.definition.releases_list import (
    CURRENT,
    SUPERSEDED,
    WITHDRAWN,
    Index,
    IndexEntry,
    day_of,
    read_index,
    release_path,
)
from reported_losses.definition.versions import parsed
from reported_losses.errors import ReleaseError
from reported_losses.release.folders import Released, read_release

_STABLE_DAYS = 30
_REPORTS = "reports"


def releases_index(entries: Iterable[Entry], folders: Iterable[Path]) -> bytes:
    """Write the list of releases.

    Args:
        entries: The changelog, which says what was withdrawn, and why.
        folders: Folders of releases, in any order. Only their `CONTENTS.json` are read.

    Returns:
        The bytes of `releases.json`.

    Raises:
        ReleaseError: There is no release, or each was withdrawn; a folder has no readable
            `CONTENTS.json`, a version is there twice or is not in the changelog or is withdrawn
            without a reason.
    """
    held = sorted(map(read_release, folders), key=lambda one: parsed(one.contents.version))
    withdrawn = {entry.version: entry.withdrawn for entry in entries}
    for one in held:
        if one.contents.version not in withdrawn:
            raise ReleaseError(f"{one.folder}: the changelog has no {one.contents.version}")
    good = [one for one in held if withdrawn[one.contents.version] is None]
    if not good:
        raise ReleaseError("no release is left that was not withdrawn: release a corrected one")
    latest = good[-1].contents
    newest = parse_date(day_of(latest.date, latest.version))
    before = (newest - dt.timedelta(days=_STABLE_DAYS)).isoformat()
    aged = [one for one in good if one.contents.date <= before]
    stable = (aged[-1] if aged else good[0]).contents
    listed = tuple(
        _entry(one, withdrawn[one.contents.version], latest.version) for one in reversed(held)
    )
    data = Index(latest.version, stable.version, listed).to_bytes()
    read_index(data)
    return data


def _entry(one: Released, withdrawn: str | None, latest: str) -> IndexEntry:
    contents = one.contents
    status = CURRENT if contents.version == latest else SUPERSEDED
    reports = contents.tables.get(_REPORTS, TableEntry(0, "", {}))
    return IndexEntry(
        contents.version,
        contents.date,
        contents.schema_version,
        status if withdrawn is None else WITHDRAWN,
        withdrawn,
        sum(one.rows for name, one in contents.tables.items() if f"{name}.csv" in contents.files),
        {name: last for name, (_, last) in reports.days.items()},
        FileEntry(one.bytes, one.sha256),
        release_path(contents.version),
    )
