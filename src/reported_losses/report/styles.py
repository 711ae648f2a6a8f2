"""The styles of text in a terminal, as ANSI codes. Whether to use them is the caller's decision."""

from __future__ import annotations

import enum


class Style(enum.StrEnum):
    """A style; its value is the parameter of the escape sequence that starts it."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    YELLOW = "33"
    BOLD_RED = "1;31"
    BOLD_GREEN = "1;32"


def styled(text: str, style: Style) -> str:
    r"""Return text between the escape sequences that start and end a style.

    >>> styled("2 errors", Style.BOLD)
    '\x1b[1m2 errors\x1b[0m'
    >>> styled("2 errors", Style.PLAIN)
    '2 errors'
    """
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text
