"""Text of strangers made fit to show: nothing invisible, nothing endless.

What a reader cannot see is written as an escape, so that two cells that look alike
and differ do not stay a riddle, and no text can steer a terminal.
"""

from __future__ import annotations

import re
import unicodedata

# Default_Ignorable_Code_Point of the Unicode Character Database, besides category Cf,
# and the braille blank: characters with a place but no ink.
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]"
)
_PLAIN = re.compile(r"[ -~]*")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\0": r"\0"}
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))
_BYTE, _PLANE = 0x100, 0x10000


def visible(text: str) -> str:
    r"""Return text with every unseen character written as an escape.

    >>> visible("1\u00a0000\u202e")
    '1\\xa0000\\u202e'
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char == " ":
        return char
    if unicodedata.category(char) in _UNSEEN or _IGNORABLE.match(char):
        return _SHORT.get(char) or _escape(ord(char))
    return char


def _escape(code: int) -> str:
    if code < _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _PLANE else f"\\U{code:08x}"


def clipped(text: str, limit: int) -> str:
    """Return visible text of at most `limit` characters, saying how many are left out."""
    shown = visible(text[: limit + 1])
    if len(shown) <= limit and len(text) <= limit:
        return shown
    return f"{shown[:limit]}… ({len(text):,} characters)"


def width(text: str) -> int:
    """Return the terminal columns that visible text takes.

    >>> width("数字"), width("e\u0301")
    (4, 1)
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def beginning(text: str, columns: int) -> str:
    """Return the longest beginning of text that fits, made visible, with … if cut."""
    # A column holds few characters; a longer look would let marks of no width pile up.
    pieces = _fitting(text[: 4 * columns], columns)
    whole = len(pieces) == len(text)
    return "".join(pieces) if whole else "".join(_fitting(text, columns - 1)) + "…"


def ending(text: str, columns: int) -> str:
    """Return the longest ending of text that fits, made visible, with … if cut."""
    tail = text[: -4 * columns - 1 : -1]
    pieces = _fitting(tail, columns)
    whole = len(pieces) == len(text)
    pieces = pieces if whole else [*_fitting(tail, columns - 1), "…"]
    return "".join(reversed(pieces))


def _fitting(text: str, columns: int) -> list[str]:
    pieces: list[str] = []
    for char in text[: 4 * columns]:
        piece = visible(char)
        columns -= width(piece)
        if columns < 0:
            break
        pieces.append(piece)
    return pieces
