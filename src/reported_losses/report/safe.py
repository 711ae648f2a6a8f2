"""Make text from contributed files safe to show: no invisible characters, bounded length.

Characters that a reader cannot see are written as escapes. So cells that differ also look
different, and no text can control a terminal. Nor can one control a build log, which takes `##[`
for the beginning of a command wherever it stands in a line.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"[ -~]*")
_COMMAND = "##["
_INERT = r"#\x23["


def visible(text: str) -> str:
    r"""Return text with every unseen character written as an escape.

    >>> visible("1\u00a0000\u202e")
    '1\\xa0000\\u202e'
    """
    text = text.replace(_COMMAND, _INERT)
    if _PLAIN.fullmatch(text):
        return text
    # Imported here because the room imports Arrow, which most texts do not need.
    from reported_losses.parsing.invisible import unseen

    return "".join(
        character if character.isprintable() and not unseen(character) else _escape(character)
        for character in text
    )


def _escape(character: str) -> str:
    return r"\0" if character == "\0" else character.encode("unicode_escape").decode()


def clipped(text: str, limit: int) -> str:
    """Return visible text of at most `limit` characters; the full length is added if it is cut."""
    shown = visible(text[: limit + 1])
    if len(shown) <= limit and len(text) <= limit:
        return shown
    return f"{shown[:limit]}… ({len(text):,} characters)"


def width(text: str) -> int:
    """Return the number of terminal columns that visible text takes.

    >>> width("数字"), width("e\u0301")
    (4, 1)
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def beginning(text: str, columns: int) -> str:
    """Return the longest beginning of text that fits, made visible, ending in … if cut."""
    # Bound the characters per column, or marks of no width could pile up.
    pieces = _fitting(text[: 4 * columns], columns)
    whole = len(pieces) == len(text)
    return "".join(pieces) if whole else "".join(_fitting(text, columns - 1)) + "…"


def ending(text: str, columns: int) -> str:
    """Return the longest ending of text that fits, made visible, starting with … if cut."""
    tail = text[: -4 * columns - 1 : -1]
    pieces = _fitting(tail, columns)
    whole = len(pieces) == len(text)
    pieces = pieces if whole else [*_fitting(tail, columns - 1), "…"]
    return "".join(reversed(pieces))


def _fitting(text: str, columns: int) -> list[str]:
    pieces: list[str] = []
    text = text[: 4 * columns]
    for at, char in enumerate(text):
        # In the middle of a command, which `ending` reads backwards.
        inside = text[max(at - 1, 0) : at + 2] in {_COMMAND, _COMMAND[::-1]}
        piece = r"\x23" if inside else visible(char)
        columns -= width(piece)
        if columns < 0:
            break
        pieces.append(piece)
    return pieces
