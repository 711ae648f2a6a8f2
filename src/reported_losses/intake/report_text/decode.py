"""Bytes to text: nothing is guessed about the encoding."""

from __future__ import annotations

import codecs
import re

from reported_losses.intake.report_text.problems import problem
from reported_losses.intake.report_text.report import Problem

MAX_BYTES = 10_000_000
"""Largest input; a saved page with its images inside has a few million bytes."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text has; tab, line feed, form feed and carriage return are blanks.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str | Problem:
    r"""Return the text that bytes stand for, its line ends as `\n`; or why there is none.

    >>> decode("танків".encode("utf-8-sig"))
    'танків'
    >>> decode(b"\x00\x01").code
    'binary'
    """
    if len(data) >= MAX_BYTES:
        return problem("too-large", f"{len(data):,} bytes; fewer than {MAX_BYTES:,} were expected")
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        found = "binary" if _CONTROL.search(data[:4096].decode("latin-1")) else "not-utf8"
        return problem(found, f"byte {error.start:,} cannot be decoded")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        return problem("binary", f"it has the control character {control[0]!a}", line)
    return text.replace("\r\n", "\n").replace("\r", "\n")
