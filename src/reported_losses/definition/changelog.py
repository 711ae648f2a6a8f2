"""The changelog: its sections, the versions that were released, and those that were withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reported_losses.definition.dates import SPELLING, parse_date

CHANGELOG = "CHANGELOG.md"

_VERSION = r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}"
_SECTION = re.compile(r"^## (.*)$", re.MULTILINE)
_HEADING = re.compile(rf"\[?(?P<version>{_VERSION}|Unreleased)(?![\w.-])\]?(?P<rest>.*)")
_DATE = re.compile(rf"\s*-\s*({SPELLING})(?![\w-])")
_YANKED = "[YANKED]"
_REASON = re.compile(r"^Withdrawn:[ \t]*(.*(?:\n(?![ \t]*$|[-*#]).*)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A section of the changelog.

    Attributes:
        version: `MAJOR.MINOR.PATCH`; None for the section *Unreleased*.
        date: Day of the release, YYYY-MM-DD; None if the heading has no day that exists.
        withdrawn: Why the version was withdrawn, empty if the section does not say so; None if it
            was not withdrawn.
        body: What stands under the heading, without blank lines around it.
    """

    version: str | None
    date: str | None
    withdrawn: str | None
    body: str


def read_changelog(text: str) -> tuple[Entry, ...]:
    r"""Read the sections of a changelog that has the form of Keep a Changelog.

    A version is withdrawn if its heading ends with `[YANKED]`; the paragraph that begins with
    `Withdrawn:` says why. Headings of another form are left out. Nothing is refused here: who
    needs a date or an order looks for it.

    Args:
        text: The whole file.

    Returns:
        The sections in the order of the file, which is newest first.

    >>> read_changelog("## [0.1.1] - 2026-12-02 [YANKED]\n\nWithdrawn: two days were swapped.\n")
    (Entry(version='0.1.1', date='2026-12-02', withdrawn='two days were swapped.', body='Withdrawn: two days were swapped.'),)
    """  # noqa: E501 - a value is printed in one line
    return tuple(_entries(text.replace("\r\n", "\n")))


def _entries(text: str) -> Iterator[Entry]:
    _, *parts = _SECTION.split(text)
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        found = _HEADING.match(heading)
        if found:
            version = None if found["version"] == "Unreleased" else found["version"]
            yield Entry(version, _date(found["rest"]), _withdrawn(heading, body), body.strip())


def _date(rest: str) -> str | None:
    found = _DATE.match(rest)
    try:
        return None if found is None else parse_date(found[1]).isoformat()
    except ValueError:  # there is no such day
        return None


def _withdrawn(heading: str, body: str) -> str | None:
    if not heading.rstrip().endswith(_YANKED):
        return None
    found = _REASON.search(body)
    return "" if found is None else " ".join(found[1].split())
