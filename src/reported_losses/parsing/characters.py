"""Characters that a cell must not hold, or not begin or end with.

Every recogniser is built from the ranges here: Python patterns for single texts, RE2 patterns
for whole Arrow columns. So the two cannot differ.
"""

from __future__ import annotations

import functools
import re

Ranges = tuple[tuple[int, int], ...]
"""Code points, as pairs of first and last."""

CONTROL: Ranges = ((0x00, 0x09), (0x0B, 0x1F), (0x7F, 0x9F))
"""Control characters except the line feed, which a quoted cell may hold."""

INVISIBLE: Ranges = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5)),
    *((0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800)),
    *((0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB)),
    *((0xE0000, 0xE0FFF),),
)
"""Bidirectional, zero-width and filling characters."""

BLANK: Ranges = (
    *((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680)),
    *((0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
)
"""White space: ASCII's, and every separator of Unicode."""

FORMULA_SIGNS: Ranges = tuple((ord(sign), ord(sign)) for sign in "=+-@＝＋－＠")  # noqa: RUF001
"""Signs that begin a formula in a spreadsheet; the full-width ones do as well."""


def python_class(*ranges: Ranges) -> str:
    r"""Return a character class for `re`.

    >>> python_class(((0x61, 0x63),))
    '[\\U00000061-\\U00000063]'
    """
    return _class(ranges, r"\U{:08x}")


def re2_class(*ranges: Ranges) -> str:
    r"""Return a character class for RE2, the engine of Arrow's kernels.

    >>> re2_class(((0x61, 0x63),))
    '[\\x{61}-\\x{63}]'
    """
    return _class(ranges, r"\x{{{:x}}}")


def _class(ranges: tuple[Ranges, ...], form: str) -> str:
    pairs = (pair for group in ranges for pair in group)
    return "[" + "".join(f"{form.format(low)}-{form.format(high)}" for low, high in pairs) + "]"


FORMULA_RE2 = rf"\A{re2_class(BLANK, CONTROL)}*{re2_class(FORMULA_SIGNS)}"
"""RE2 pattern of what `formula_like` accepts; a leading tab or carriage return is left to
`CONTROL`, because an alternative would double the time."""


NEGATIVE = r"-[0-9]+(?:\.[0-9]+)?"
"""A negative number, which is no formula: `revisions` holds those of `corrections` as texts."""

NEGATIVE_RE2 = rf"\A{NEGATIVE}\z"


def formula_like(text: str) -> bool:
    r"""Return whether a spreadsheet would take a text for a formula.

    Blanks and control characters before the sign do not stop it, and it drops a leading tab or
    carriage return. A negative number alone is a number.

    >>> formula_like("=1+1"), formula_like(" @SUM(A1)"), formula_like("-1-1")
    (True, True, True)
    >>> formula_like("1-1"), formula_like("-1")
    (False, False)
    """
    if re.fullmatch(NEGATIVE, text):
        return False
    return text.startswith(("\t", "\r")) or _formula().match(text) is not None


@functools.cache
def _formula() -> re.Pattern[str]:
    """Compile the pattern by its first use; only an export needs it."""
    return re.compile(f"{python_class(BLANK, CONTROL)}*{python_class(FORMULA_SIGNS)}")
