"""Texts that anybody may have written, made harmless in Markdown, and cut to what GitHub takes."""

from __future__ import annotations

import re

MAX_CHARACTERS = 65_000

_UNUSUAL = re.compile(r"[^A-Za-z0-9_ ./,;()-]")
_UNSEEN = re.compile(r"[^\n -~\u00a1-\u02ff\u0370-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u22ff]")
_LONGEST_NAME = 200


def code(text: str) -> str:
    """Return a text of few plain characters as code, in which nothing has an effect.

    >>> code("data/a.csv"), code("`<img>` @somebody")
    ('`data/a.csv`', '`??img?? ?somebody`')
    """
    plain = _UNUSUAL.sub("?", text[:_LONGEST_NAME]).strip()
    return f"`{plain or '?'}`"


def fenced(text: str, limit: int = 20_000) -> str:
    r"""Return a text of several lines as a block of code that it cannot end.

    >>> print(fenced("a ```\x1b[31m"), end="")
    ````text
    a ```?[31m
    ````
    """
    shown = _UNSEEN.sub("?", cut(text.replace("\r\n", "\n"), limit)).strip("\n")
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", shown) or [""]))
    return f"{fence}text\n{shown}\n{fence}\n"


def cut(text: str, limit: int = MAX_CHARACTERS, note: str = "\n…\n") -> str:
    r"""Return the longest beginning of whole lines that fits, with a note if anything is left out.

    What matters most comes first in every report, so the end can go.

    >>> cut("one\ntwo\nthree\n", 12)
    'one\ntwo\n\n…\n'
    """
    if len(text) <= limit:
        return text
    kept = text[: max(limit - len(note), 0)]
    return kept[: kept.rfind("\n") + 1] + note
