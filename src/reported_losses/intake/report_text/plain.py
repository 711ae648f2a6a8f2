"""Text in the spelling in which labels and figures are compared.

Dashes, blanks and apostrophes of every kind become the plain one, emoji and emphasis become
blanks, letters become small, and what nobody sees is dropped. Digits stay as they are: a digit
of another script is no digit here.
"""

from __future__ import annotations

import re
import unicodedata

from reported_losses.parsing.characters import BLANK, INVISIBLE, python_class

_INVISIBLE = re.compile(python_class(INVISIBLE))
_SEPARATORS = {0x2028: " ", 0x2029: " "}
# Two of Ukraine's letters may be written as a letter and a sign. `unicodedata.normalize` would
# compose them, but takes quadratic time for a hostile run of signs.
_LETTERS = (("и\u0306", "й"), ("И\u0306", "Й"), ("і\u0308", "ї"), ("І\u0308", "Ї"))  # noqa: RUF001
_BLANK = re.compile(python_class(BLANK))
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d", "-")
_APOSTROPHES = dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4\u2032\u02bb", "'")
_EMPHASIS = dict.fromkeys("*_#\u2022\u2023\u00b7\u2219\u25e6\u2027", " ")
_TWO_DOTS = {"\u2024": ".", "\uff0c": ",", "\uff1a": ":", "|": "\t"}


class _Plain(dict[int, str]):
    """The plain spelling of each character, found out by its first use."""

    def __missing__(self, code: int) -> str:
        self[code] = spelling = _plain(chr(code))
        return spelling


def _plain(character: str) -> str:
    if character in "\t\n":
        return character
    if _BLANK.match(character) or unicodedata.category(character) in {"So", "Sk", "Cs", "Co"}:
        return " "
    # One character stays one character, so that places stay where they are.
    small = character.lower()
    return small if len(small) == 1 else character


_TABLE = _Plain(
    {
        ord(character): spelling
        for signs in (_DASHES, _APOSTROPHES, _EMPHASIS, _TWO_DOTS)
        for character, spelling in signs.items()
    }
)


def composed(text: str) -> str:
    r"""Return a text without what nobody sees, й and ї as one character each.

    >>> composed("БПЛА\u200b \u0438\u0306")
    'БПЛА й'
    """
    text = _INVISIBLE.sub("", text.translate(_SEPARATORS))
    for written, letter in _LETTERS:
        text = text.replace(written, letter)
    return text


def plain(text: str) -> str:
    r"""Return a composed text in the plain spelling; every character keeps its place.

    >>> plain("🔥 **Танків** \u2013 1\u00a0062")
    '    танків   - 1 062'
    """
    return text.translate(_TABLE)
