"""Markdown with lines of readable length, for the generated pages."""

from __future__ import annotations

import re
import textwrap

WIDTH = 100

# A space that must not become a line break: inside code, and before what would begin a list, a
# heading, a quotation or a table if it began a line.
_FIXED = re.compile(r"`[^`]*`| (?=(?:[-+*#>=|]+|\d+[.)])(?: |$))")
_MARK = "\0"


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Return a paragraph broken into lines that mean the same as one long line.

    Args:
        text: The paragraph.
        first: Begins the first line, such as `"- "`.
        rest: Begins every other line, such as two spaces.

    >>> print(wrapped("word " * 18 + "longest - word", "- ", "  "))
    - word word word word word word word word word word word word word word word word word word
      longest - word
    """
    fixed = _FIXED.sub(lambda found: found[0].replace(" ", _MARK), text)
    lines = textwrap.fill(
        fixed,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.replace(_MARK, " ")


def escaped(text: str) -> str:
    """Return a text whose `<` are no HTML tags."""
    return text.replace("<", "&lt;")


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning and a full stop at its end.

    >>> sentence("a required cell is not empty")
    'A required cell is not empty.'
    """
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?")) else f"{text}."
