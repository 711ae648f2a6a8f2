"""Any text as harmless Markdown.

Markup is written as entities, and what GitHub links after rendering (mentions, issue numbers,
addresses) is split by an empty comment, which is not displayed.
"""

from __future__ import annotations

import re

from reported_losses.report.safe import clipped

_BREAK = "<!-- -->"
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#!|~@&$^=\"]")
_LINKED = re.compile(
    r"(?<=&#35;)|(?<=&#36;)|(?<=&#64;)|(?<=:)(?=\S)|(?<=www)(?=\.)|(?<=GH)(?=-)", re.IGNORECASE
)


def cell(text: str, limit: int) -> str:
    """Return text for a cell of a table, or anywhere else inside a line.

    Args:
        text: Any text.
        limit: Most characters of it to show.

    >>> cell("<b>@user", 100)
    '&#60;b&#62;&#64;<!-- -->user'
    """
    plain = _MARKUP.sub(lambda match: f"&#{ord(match[0])};", clipped(text, limit))
    return _LINKED.sub(_BREAK, plain)
