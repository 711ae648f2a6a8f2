"""A file's bytes before any cell is read: encoding, byte-order mark, line ends."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reported_losses.definition.schema import Table
from reported_losses.issue import Issue
from reported_losses.parsing.issues import file_issue

_CHUNK = 1 << 24
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ASCII = bytes(range(0x80))
_SAMPLE = 1 << 20
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC_WORD = re.compile("[\u0400-\u04ff]+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A file's bytes in canonical form, as far as nothing has to be guessed.

    Attributes:
        data: UTF-8 with LF line ends and a final LF; None if the file cannot be read further.
        issues: What was wrong.
    """

    data: bytes | None
    issues: list[Issue]


def normalise(data: bytes, table: Table) -> Normalised:
    """Check a file's encoding and line ends, and bring its bytes into canonical form.

    Args:
        data: The file.
        table: The table it should hold.

    Returns:
        The bytes to read, and the issues.
    """
    fatal = _fatal(data, table)
    if fatal is not None:
        return Normalised(None, [fatal])
    issues: list[Issue] = []
    if data.startswith(codecs.BOM_UTF8):
        message = f"{table.path} begins with a byte-order mark"
        issues.append(
            file_issue("file/byte-order-mark", message, table, line=1, position=1, found="\ufeff")
        )
        data = data[len(codecs.BOM_UTF8) :]
        if not data:
            return Normalised(None, issues)
    if b"\r" in data:
        ends = _line_ends(data, table)
        issues.append(ends.issues[0])
        if ends.data is None:
            return Normalised(None, issues)
        data = ends.data
    if not data.endswith(b"\n"):
        issues.append(_final_newline(data, table))
        data += b"\n"
    return Normalised(data, issues)


def _fatal(data: bytes, table: Table) -> Issue | None:
    if not data:
        return file_issue("file/empty", f"{table.path} is empty", table, line=1)
    if data.startswith(_UTF16):
        return file_issue(
            "file/encoding", f"{table.path} is UTF-16, not UTF-8", table, line=1, found="UTF-16"
        )
    index = data.find(b"\0")
    if index >= 0:
        line, position = _locate(data, index)
        message = f"{table.path} has a NUL byte on line {line}"
        return file_issue("file/nul", message, table, line=line, position=position, found="\0")
    if data.isascii():
        return None
    wrong = _first_byte_not_utf8(data)
    return None if wrong is None else _not_utf8(data, wrong, table)


def _first_byte_not_utf8(data: bytes) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _CHUNK):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _CHUNK], start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start - pending + error.start
    return None


def _not_utf8(data: bytes, index: int, table: Table) -> Issue:
    line, position = _locate(data, index)
    byte = f"0x{data[index]:02x}"
    message = f"{table.path} is not UTF-8: byte {byte} on line {line}"
    likely = _likely_encoding(data, index)
    hint = None
    if likely is not None:
        message += f"; the file is probably {likely}"
        hint = f"Open the file as {likely} and save it as UTF-8."
    return file_issue(
        "file/encoding", message, table, line=line, position=position, found=byte, hint=hint
    )


def _likely_encoding(data: bytes, index: int) -> str | None:
    """Guess the encoding of a file that is not UTF-8.

    Args:
        data: The file.
        index: Its first byte that is not UTF-8.

    Returns:
        Windows-1251 if most words that are not ASCII are wholly Cyrillic in it; else Windows-1252
        if that has a character for every byte. None if the bytes before are UTF-8 beyond ASCII:
        such a file is damaged, not in another encoding.
    """
    if not data[:index].isascii():
        return None
    start = data.rfind(b"\n", 0, index) + 1
    sample = data[start : start + _SAMPLE].decode("cp1251", "replace")
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    cyrillic = sum(_CYRILLIC_WORD.fullmatch(word) is not None for word in words)
    if 2 * cyrillic > len(words):
        return "Windows-1251"
    undefined = data.translate(None, _ASCII).decode("cp1252", "replace").count("\ufffd")
    return None if undefined else "Windows-1252"


def _line_ends(data: bytes, table: Table) -> Normalised:
    crlf = data.count(b"\r\n")
    lone = data.count(b"\r") - crlf
    lines = data.count(b"\n")
    if lone and lines:
        stray = re.search(rb"\r(?!\n)", data)
        line, position = _locate(data, stray.start() if stray else 0)
        message = f"{table.path} has a carriage return inside line {line}"
        hint = "Remove the carriage return, or restore the line feed after it."
        issue = file_issue(
            "file/line-ends", message, table, line=line, position=position, found="\r", hint=hint
        )
        return Normalised(None, [issue])
    kind, count = ("CR", lone) if lone else ("CRLF", crlf)
    line = 1 if lone else data.count(b"\n", 0, data.find(b"\r\n")) + 1
    ended = f"line {line}" if count == 1 else f"{count:,} lines, the first is line {line}"
    message = f"{table.path} ends lines with {kind} instead of LF: {ended}"
    issue = file_issue("file/line-ends", message, table, line=line, found=kind)
    return Normalised(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), [issue])


def _final_newline(data: bytes, table: Table) -> Issue:
    line, position = _locate(data, len(data))
    message = f"{table.path} does not end with a line feed"
    return file_issue("file/final-newline", message, table, line=line, position=position)


def _locate(data: bytes, index: int) -> tuple[int, int]:
    """Return the line and character of a byte, both from 1."""
    start = data.rfind(b"\n", 0, index) + 1
    text = data[start:index].decode("utf-8", "replace")
    return data.count(b"\n", 0, index) + 1, len(text) + 1
