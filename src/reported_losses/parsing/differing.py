"""What differs between two long texts, with as much of what they share as there is room for."""

from __future__ import annotations

from itertools import takewhile

_CUT = "…"
# More of what stands before the difference is shown than of what follows it.
_BEFORE = 2 / 3


def differing(old: str, new: str, most: int) -> tuple[str, str]:
    """Cut two texts around what differs between them.

    Texts that are short enough stay as they are. An ellipsis stands for what was cut off. If what
    differs is itself too long, its beginning is shown.

    Args:
        old: A text.
        new: Another one.
        most: Most characters of each, at least three.

    >>> differing("2022-05-26 " * 30 + "2024-03-22", "2022-05-26 " * 30 + "2024-03-24", 30)
    ('…-05-26 2022-05-26 2024-03-22', '…-05-26 2022-05-26 2024-03-24')
    """
    if max(len(old), len(new)) <= most:
        return old, new
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    room = max(most - 2 - max(len(old), len(new)) + start + end, 0)
    before = min(start, max(round(room * _BEFORE), room - end))
    after = min(end, room - before)
    return (
        _cut(old, start - before, len(old) - end + after, most),
        _cut(new, start - before, len(new) - end + after, most),
    )


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cut(text: str, begin: int, end: int, most: int) -> str:
    head = _CUT if begin else ""
    tail = _CUT if end < len(text) else ""
    kept = text[begin:end]
    room = most - len(head) - len(tail)
    if len(kept) > room:
        kept, tail = kept[: most - len(head) - 1], _CUT
    return f"{head}{kept}{tail}"
