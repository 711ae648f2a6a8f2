"""The form of the bytes before any cell is read: encoding, marks, line ends."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reported_losses.dataset.descriptor import Table
from reported_losses.issue import Issue
from reported_losses.parsing.issues import file_issue

_CHUNK = 1 << 24
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Form:
    """Bytes put into canonical form as far as nothing is guessed, and what was wrong.

    Attributes:
        data: UTF-8 with LF line ends and a final LF; None where the file cannot be read on.
        issues: What was wrong.
    """

    data: bytes | None
    issues: list[Issue]


def form(data: bytes, table: Table) -> Form:
    """Judge the form of a file's bytes.

    Args:
        data: The file.
        table: The table it should hold.

    Returns:
        The bytes to read on with, and the issues.
    """
    fatal = _fatal(data, table)
    if fatal is not None:
        return Form(None, [fatal])
    issues: list[Issue] = []
    if data.startswith(codecs.BOM_UTF8):
        message = f"{table.path} begins with a byte-order mark"
        issues.append(
            file_issue("file/byte-order-mark", message, table, line=1, position=1, found="\ufeff")
        )
        data = data[len(codecs.BOM_UTF8) :]
        if not data:
            return Form(None, issues)
    if b"\r" in data:
        ends = _line_ends(data, table)
        issues.append(ends.issues[0])
        if ends.data is None:
            return Form(None, issues)
        data = ends.data
    if not data.endswith(b"\n"):
        issues.append(_final_newline(data, table))
        data += b"\n"
    return Form(data, issues)


def _fatal(data: bytes, table: Table) -> Issue | None:
    if not data:
        return file_issue("file/empty", f"{table.path} is empty", table, line=1)
    if data.startswith(_UTF16):
        return file_issue(
            "file/encoding", f"{table.path} is UTF-16, not UTF-8", table, line=1, found="UTF-16"
        )
    place = data.find(b"\0")
    if place >= 0:
        line, position = locate(data, place)
        message = f"{table.path} has a NUL byte on line {line}"
        return file_issue("file/nul", message, table, line=line, position=position, found="\0")
    return None if data.isascii() else _encoding(data, table)


def _encoding(data: bytes, table: Table) -> Issue | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _CHUNK):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _CHUNK], start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            place = start - pending + error.start
            line, position = locate(data, place)
            byte = f"0x{data[place]:02x}"
            message = f"{table.path} is not UTF-8: byte {byte} on line {line}"
            return file_issue(
                "file/encoding", message, table, line=line, position=position, found=byte
            )
    return None


def _line_ends(data: bytes, table: Table) -> Form:
    crlf = data.count(b"\r\n")
    lone = data.count(b"\r") - crlf
    lines = data.count(b"\n")
    if lone and lines:
        stray = re.search(rb"\r(?!\n)", data)
        line, position = locate(data, stray.start() if stray else 0)
        message = f"{table.path} has a carriage return inside line {line}"
        issue = file_issue(
            "file/line-ends", message, table, line=line, position=position, found="\r"
        )
        return Form(None, [issue])
    kind, count = ("CR", lone) if lone else ("CRLF", crlf)
    line = 1 if lone else data.count(b"\n", 0, data.find(b"\r\n")) + 1
    message = f"{table.path} ends {count:,} lines with {kind}, first line {line}"
    issue = file_issue("file/line-ends", message, table, line=line, found=kind)
    return Form(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), [issue])


def _final_newline(data: bytes, table: Table) -> Issue:
    line, position = locate(data, len(data))
    message = f"{table.path} does not end with a line feed"
    return file_issue("file/final-newline", message, table, line=line, position=position)


def locate(data: bytes, place: int) -> tuple[int, int]:
    """Return the line and character, both from 1, of a byte."""
    start = data.rfind(b"\n", 0, place) + 1
    text = data[start:place].decode("utf-8", "replace")
    return data.count(b"\n", 0, place) + 1, len(text) + 1
