"""Characters that nobody sees or that move what follows: refused in cells, escaped in messages."""

from __future__ import annotations

import io
import re

from reported_losses.parsing.characters import CONTROL, INVISIBLE, python_class

_UNSEEN = re.compile(python_class(CONTROL, INVISIBLE))
# Deleting these bytes from a file leaves its control characters and what is not ASCII.
_PLAIN = bytes((ord("\n"), *range(ord(" "), 0x7F)))
_CHUNK = 1 << 20


def unseen(text: str) -> bool:
    """Return whether a text holds a control or invisible character."""
    return _UNSEEN.search(text) is not None


def unseen_in_file(data: bytes) -> bool:
    r"""Return whether a UTF-8 file holds a control or invisible character.

    >>> unseen_in_file("name\nté\n".encode()), unseen_in_file("a\u200bb\n".encode())
    (False, True)
    """
    rest = io.BytesIO(data.translate(None, _PLAIN))
    texts = io.TextIOWrapper(rest, encoding="utf-8", newline="")
    return any(unseen(text) for text in iter(lambda: texts.read(_CHUNK), ""))


def shown(text: str, limit: int = 80) -> str:
    r"""Escape a text so that it cannot move a cursor or hide characters; cut it to a length.

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
