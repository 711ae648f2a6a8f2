"""Characters that take no ink, or move what follows: refused in cells, escaped in messages."""

from __future__ import annotations

import re

# Control characters but the line feed; bidirectional, zero-width and filling characters.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def unseen(text: str) -> bool:
    """Return whether a text holds a character that nobody sees."""
    return _UNSEEN.search(text) is not None


def shown(text: str, limit: int = 80) -> str:
    r"""Escape a found text so that it cannot move a cursor or hide; cut it to a length.

    >>> shown("1\t000")
    '1\\t000'
    """
    start = text[: limit + 1]
    if not start.isprintable() or unseen(start):
        start = "".join(_visible(character) for character in start)
    return start if len(start) <= limit else start[: limit - 1] + "…"


def _visible(character: str) -> str:
    if character.isprintable() and not unseen(character):
        return character
    return character.encode("unicode_escape").decode()
