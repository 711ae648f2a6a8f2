"""Which keys of rows were probably meant by one that does not exist, compared part by part."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from functools import lru_cache
from heapq import nsmallest

_PARTS = "/"
_LONGEST = 200
# Days this far apart are as unlike as two days can be.
_FAR = 1_000


def nearest_keys(key: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known keys that are most like a mistaken one.

    Keys with more equal parts come first, then those whose other parts are spelt alike, or are
    days near to the one given. If the first parts are missing, the last ones are compared.

    Args:
        key: Texts of a primary key, joined by slashes.
        known: The keys that exist, written alike.
        most: How many to return.

    >>> known = ["petro/tanks/2023-02-23", "gs-text/submarines/2024-03-23"]
    >>> nearest_keys("gs-text/tank/2023-02-23", [*known, "gs-text/tanks/2023-02-23"], 1)
    ['gs-text/tanks/2023-02-23']
    >>> nearest_keys("tanks/2023-02-24", known, 1)
    ['petro/tanks/2023-02-23']
    """
    asked = key[:_LONGEST].split(_PARTS)
    return nsmallest(most, known, key=lambda one: (*_unlike(asked, one.split(_PARTS)), one))


def _unlike(asked: list[str], other: list[str]) -> tuple[int, float]:
    """Return how many parts differ, and by how much in all."""
    pairs = list(zip(reversed(asked), reversed(other), strict=False))
    differing = sum(one != two for one, two in pairs) + max(len(asked) - len(other), 0)
    return differing, sum(_distance(one, two) for one, two in pairs)


@lru_cache(maxsize=20_000)
def _distance(one: str, other: str) -> float:
    """Return a distance from 0 to 1."""
    if one == other:
        return 0.0
    try:
        apart = dt.date.fromisoformat(one) - dt.date.fromisoformat(other)
    except ValueError:
        return 1 - difflib.SequenceMatcher(None, other, one).ratio()
    return min(abs(apart.days) / _FAR, 1.0)
