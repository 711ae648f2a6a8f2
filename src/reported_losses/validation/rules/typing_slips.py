"""Typing slips, recognised by the figure that was expected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

_DIGITS = "0123456789"
_LONGEST = 18


def slip(found: int, meant: int) -> str | None:
    """Say which one slip turns the figure meant into the one found, if one does.

    Args:
        found: The figure that stands there.
        meant: The figure expected.

    Returns:
        Words that fit after "it", or None.

    >>> slip(222810, 522810)
    'has one digit changed (522810)'
    >>> slip(12546, 12456)
    'has two digits swapped (12456)'
    >>> slip(655, 6555)
    'has a digit dropped (6555)'
    """
    typed, right = str(found), str(meant)
    if typed == right or found < 0 or meant < 0:
        return None
    for words, made in _slips(right):
        if typed == made:
            return f"{words} ({right})"
    return None


def _slips(right: str) -> Iterator[tuple[str, str]]:
    """Yield every figure one slip makes of another."""
    indices = range(len(right))
    for i in indices:
        for digit in _DIGITS:
            if digit != right[i]:
                yield "has one digit changed", right[:i] + digit + right[i + 1 :]
    for i, (a, b) in enumerate(pairwise(right)):
        yield "has two digits swapped", right[:i] + b + a + right[i + 2 :]
    for i in indices:
        yield "has a digit dropped", right[:i] + right[i + 1 :]
    for i in indices:
        yield "has a digit typed twice", right[:i] + right[i] + right[i:]
    for i in range(len(right) + 1):
        for digit in _DIGITS:
            yield "has a digit too many", right[:i] + digit + right[i:]


def nearest(found: int, low: int, high: int, likely: int) -> int | None:
    """Return the figure within bounds, one slip away, that is nearest to the likely one.

    Args:
        found: The figure that stands there.
        low: Least figure that may be meant.
        high: Greatest figure that may be meant.
        likely: The likeliest.

    Returns:
        The figure, or None where no one slip leads into the bounds.

    >>> nearest(22206, 21926, 22100, 21985)
    22006
    """
    if not 0 <= found < 10**_LONGEST:
        return None
    # A slip undone is a slip: what may have been meant is what a slip makes of what was found.
    made = {int(text) for _, text in _slips(str(found)) if text}
    meant = sorted(
        (figure for figure in made if low <= figure <= high),
        key=lambda figure: (abs(figure - likely), figure),
    )
    return next((figure for figure in meant if slip(found, figure)), None)
