"""Whether a checkout says of itself, in every place alike, what its release will be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reported_losses.definition.changelog import CHANGELOG, Entry, read_changelog
from reported_losses.definition.location import DESCRIPTOR
from reported_losses.definition.schema import Package
from reported_losses.definition.versions import parsed
from reported_losses.errors import ReleaseError
from reported_losses.files import read_inside

CITATION = "CITATION.cff"

_MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ready:
    """What a checkout says of its release.

    Attributes:
        version: Version of the release.
        date: Its day, YYYY-MM-DD.
        entry: Its section of the changelog.
        earlier: Version of the release before; None if it is the first.
    """

    version: str
    date: str
    entry: Entry
    earlier: str | None


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """Read the changelog of a checkout.

    Raises:
        ReleaseError: It cannot be read, its versions are not the newest first, or a release has no
            date or an earlier one than the release before it.
    """
    entries = read_changelog(_text(folder, CHANGELOG))
    released = [(entry.version, entry.date) for entry in entries if entry.version is not None]
    for version, date in released:
        if date is None:
            raise ReleaseError(
                f"{CHANGELOG}: the heading of {version} has no date; write "
                f"`## [{version}] - YYYY-MM-DD`"
            )
    for (version, date), (before, day) in pairwise(released):
        if parsed(version) <= parsed(before) or str(date) < str(day):
            raise ReleaseError(
                f"{CHANGELOG}: {version} of {date} stands above {before} of {day}; the newest "
                "version and day come first"
            )
    return entries


def ready(folder: Path, package: Package) -> Ready:
    """Return what a checkout says of its release, if all its files agree.

    Args:
        folder: The checkout.
        package: Its descriptor.

    Raises:
        ReleaseError: The changelog, the descriptor and the citation disagree about the version or
            its day, something is still unreleased, or the version was withdrawn.
    """
    entries = read_entries(folder)
    entry, *earlier = _released(entries)
    version, date = str(entry.version), str(entry.date)
    if version != package.version:
        raise ReleaseError(
            f"{DESCRIPTOR} has the version {package.version}, and the newest heading of "
            f"{CHANGELOG} is {version}; correct one of them"
        )
    if entry.withdrawn is not None:
        raise ReleaseError(f"{version} was withdrawn; a corrected release needs a higher version")
    if not entry.body:
        raise ReleaseError(f"{CHANGELOG} says nothing under {version}; list what changed")
    _refuse_other_facts(folder, package, version, date)
    return Ready(version, date, entry, earlier[0].version if earlier else None)


def _released(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the sections of versions; refuse one of what is not released yet."""
    for entry in entries:
        if entry.version is None and entry.body:
            raise ReleaseError(
                f"{CHANGELOG} has changes under [Unreleased]; move them below the heading of the "
                "version, or take them back"
            )
    released = [entry for entry in entries if entry.version is not None]
    if not released:
        raise ReleaseError(
            f"{CHANGELOG} has no heading of a version; write `## [VERSION] - YYYY-MM-DD`"
        )
    return released


def _refuse_other_facts(folder: Path, package: Package, version: str, date: str) -> None:
    citation = _text(folder, CITATION)
    created = package.raw.get("created")
    for file, what, found, expected in (
        (CITATION, "version", _cited("version", citation), version),
        (CITATION, "date-released", _cited("date-released", citation), date),
        (DESCRIPTOR, "created", created, f"{date}T00:00:00Z"),
    ):
        if found != expected:
            raise ReleaseError(
                f"{file}: {what} is {found or 'missing'}; {CHANGELOG} asks for {expected}"
            )


def _cited(name: str, text: str) -> str | None:
    """Return a text of `CITATION.cff`: a line of its own, perhaps in quotes."""
    found = re.search(rf"""^{name}:[ \t]*(["']?)([^"'\s#]+)\1[ \t]*$""", text, re.MULTILINE)
    return None if found is None else found[2]


def _text(folder: Path, name: str) -> str:
    try:
        return read_inside(folder, name, _MOST_BYTES).decode("utf-8")
    except OSError as error:
        raise ReleaseError(f"{name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ReleaseError(f"{name} is not UTF-8") from None
