"""What a cell's text may not hold, whatever its type."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.issue import Issue
from reported_losses.parsing.arrow_functions import matches
from reported_losses.parsing.columns import bits
from reported_losses.parsing.distinct_texts import lengths, spread
from reported_losses.parsing.issues import LISTED, capped, file_issue
from reported_losses.parsing.quoting import MAX_CELL_BYTES
from reported_losses.parsing.text_table import TextTable

_CONTROL = r"[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}]"
_INVISIBLE = (
    r"[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}"
    r"\x{2028}-\x{202e}\x{2060}-\x{206f}\x{2800}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}"
    r"\x{fff9}-\x{fffb}\x{e0000}-\x{e0fff}]"
)
_ENDS = r"^[\s\p{Z}]|[\s\p{Z}]$"
_FORMULA = r"^[\s\p{Z}]*[=+\-@＝＋－＠]"  # noqa: RUF001 - the wide ones run as well

# First bytes, in UTF-8, of everything above that is not ASCII: most files hold none of them.
_PREFIXES = (
    *(bytes([0xC2, low]) for low in (*range(0x80, 0xA0), 0xAD)),
    *(b"\xcd\x8f", b"\xd8\x9c", b"\xe1\x85", b"\xe1\x9e\xb4", b"\xe1\x9e\xb5", b"\xe1\xa0"),
    *(b"\xe2\x80", b"\xe2\x81", b"\xe2\xa0\x80", b"\xe3\x85\xa4", b"\xef\xb8", b"\xef\xbb\xbf"),
    *(b"\xef\xbe\xa0", b"\xef\xbf", b"\xf3\xa0"),
)
_CHUNK = 1 << 20


def cell_issues(text: TextTable, data: bytes) -> list[Issue]:
    """Find cells with characters that no cell may hold.

    Args:
        text: The table.
        data: The bytes it was parsed from, in canonical form.

    Returns:
        The issues, in no order.
    """
    issues = _too_long(text)
    if _has_control(data):
        issues += _matching(text, "file/control-character", _CONTROL, text.table.names)
    if not data.isascii() and any(prefix in data for prefix in _PREFIXES):
        issues += _matching(text, "file/control-character", r"[\x{80}-\x{9f}]", text.table.names)
        issues += _matching(text, "file/invisible-character", _INVISIBLE, text.table.names)
    strings = tuple(field.name for field in text.table.fields if field.type == "string")
    issues += _matching(text, "file/whitespace", _ENDS, strings)
    issues += _matching(text, "file/formula", _FORMULA, strings)
    return sorted(set(issues))


def _has_control(data: bytes) -> bool:
    """Whether there are control characters other than the line feed."""
    raw = np.frombuffer(data, dtype=np.uint8)
    few = sum(
        int(np.count_nonzero(raw[start : start + _CHUNK] < ord(" ")))
        for start in range(0, len(raw), _CHUNK)
    )
    return few != data.count(b"\n") or b"\x7f" in data


_SAID = {
    "file/control-character": "holds a control character",
    "file/invisible-character": "holds a bidirectional or zero-width character",
    "file/whitespace": "begins or ends with whitespace",
    "file/formula": "begins like a formula",
    "file/field-too-long": f"is longer than {MAX_CELL_BYTES:,} bytes",
}


def _matching(text: TextTable, code: str, pattern: str, names: tuple[str, ...]) -> list[Issue]:
    def bad(array: pa.Array) -> NDArray[np.bool_]:
        return bits(matches(array, pattern))

    return _failing(text, code, names, bad)


def _too_long(text: TextTable) -> list[Issue]:
    def bad(array: pa.Array) -> NDArray[np.bool_]:
        return lengths(array) > MAX_CELL_BYTES

    return _failing(text, "file/field-too-long", text.table.names, bad)


def _failing(
    text: TextTable,
    code: str,
    names: tuple[str, ...],
    bad: Callable[[pa.Array], NDArray[np.bool_]],
) -> list[Issue]:
    """Build an issue for every bad cell, row by row; distinct texts are judged once."""
    rows = {name: np.flatnonzero(spread(text.data.column(name), bad)) for name in names}
    cells = sorted(
        (int(row), text.table.names.index(name), name)
        for name in names
        for row in rows[name][: LISTED + 1]
    )
    issues = [_issue(text, code, row, name) for row, _, name in cells[: LISTED + 1]]
    return capped(issues, sum(map(len, rows.values()))) if issues else []


def _issue(text: TextTable, code: str, row: int, name: str) -> Issue:
    line, position = text.place(row, name)
    return file_issue(
        code,
        f"{name} on line {line} of {text.path} {_SAID[code]}",
        text.table,
        line=line,
        position=position,
        column=name,
        found=text.cell(row, name),
    )
