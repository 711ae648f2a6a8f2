"""Which version comes next: the one place that says what a change does to a version."""

from __future__ import annotations

import enum
from collections.abc import Iterable

Release = tuple[int, int, int]


class Part(enum.IntEnum):
    """A part of a version, the more a change means the higher.

    `PATCH`: a released value was corrected, or a row withdrawn. `MINOR`: rows, optional columns
    or words of a list were added. `MAJOR`: a column, table or key changed or went.
    """

    PATCH = 0
    MINOR = 1
    MAJOR = 2


def parsed(version: str) -> Release:
    """Return the numbers of a version.

    Args:
        version: `MAJOR.MINOR.PATCH`.

    >>> parsed("0.10.2") > parsed("0.9.12")
    True
    """
    major, minor, patch = (int(number) for number in version.split("."))
    return major, minor, patch


def bumped(version: str, part: Part) -> str:
    """Return the version that comes after another.

    Args:
        version: `MAJOR.MINOR.PATCH`.
        part: The part that the changes demand.

    >>> [bumped("1.4.2", part) for part in Part]
    ['1.4.3', '1.5.0', '2.0.0']
    """
    numbers = list(parsed(version))
    at = Part.MAJOR - part
    numbers[at:] = [numbers[at] + 1, *([0] * part)]
    return ".".join(map(str, numbers))


def part_between(old: str, new: str) -> Part | None:
    """Return the foremost part in which a version is higher than another.

    Args:
        old: `MAJOR.MINOR.PATCH`.
        new: Likewise.

    Returns:
        The part; None if the version is not higher.

    >>> part_between("1.4.2", "1.5.0").name, part_between("1.4.2", "1.4.2")
    ('MINOR', None)
    """
    before, after = parsed(old), parsed(new)
    if after <= before:
        return None
    at = next(at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other)
    return Part(Part.MAJOR - at)


def revision_version(version: str, earlier: Iterable[str], *, released: bool = True) -> str:
    """Return the version that a new row of `revisions` names: the first that has its change.

    Args:
        version: Version of the package, which stays that of the last release until the next.
        earlier: Versions of the rows before it; the new one is never lower.
        released: Whether that version was released.

    >>> revision_version("1.4.2", ["1.4.1"]), revision_version("1.4.2", ["1.5.0"])
    ('1.4.3', '1.5.0')
    """
    own = bumped(version, Part.PATCH) if released else version
    return max([own, *earlier], key=parsed)
