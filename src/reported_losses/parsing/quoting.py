"""Records that hold a quote, judged byte by byte by strict RFC 4180.

Records without a quote need no look. What passes here means the same to every CSV reader, so a
fast one may parse it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from reported_losses.definition.schema import Table
from reported_losses.issue import Issue
from reported_losses.parsing.issues import LISTED, capped, file_issue

MAX_CELL_BYTES = 65_536
# Possessive throughout, so that a hostile cell of any length is read once.
_QUOTED = re.compile(rb'"(?:[^"]++|"")*+"')
_RECORD = re.compile(rb'(?:"(?:[^"]++|"")*+"|[^",\n]*+)(?:,(?:"(?:[^"]++|"")*+"|[^",\n]*+))*+\n')
_BARE = re.compile(rb"[^,\n]*+")
_NEEDS_QUOTES = re.compile(rb'[,"\n]')
_PERHAPS_NEEDLESS = re.compile(rb'(?:^|,)"[^",\n]*+"[,\n]')
_QUOTE, _COMMA, _LINE_FEED = b'",\n'
_SHOWN_BYTES = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One record that holds a quote.

    Attributes:
        start: Index of its first byte.
        end: Index after its line feed.
        line: Line on which it begins.
        breaks: Number of line feeds inside its cells.
        cells: Number of its cells.
    """

    start: int
    end: int
    line: int
    breaks: int
    cells: int


@dataclass(frozen=True, slots=True)
class Quotes:
    """The result of a scan.

    Attributes:
        records: Records that hold a quote, in file order.
        fatal: Issues that leave it open where cells begin and end.
        needless: Issues about cells quoted without need.
    """

    records: list[Record]
    fatal: list[Issue]
    needless: list[Issue]


class _Unclear(NamedTuple):
    """A cell whose end is unclear: the code for it, and two indexes into the file.

    Attributes:
        code: Code of the issue.
        end: Index after the last byte that may belong to the cell.
        resume: Index at which to go on reading.
    """

    code: str
    end: int
    resume: int


class _Fault(NamedTuple):
    """The issue of a record that cannot be cut into cells, and the index at which to go on."""

    issue: Issue
    resume: int


@dataclass(slots=True)
class _Needless:
    """Issues about cells quoted without need, and the number of all such cells."""

    data: bytes
    table: Table
    count: int = 0
    issues: list[Issue] = field(default_factory=list)

    def add(self, start: int, end: int, line: int, cell: int) -> None:
        """Add the cell with this number in its record."""
        if cell >= len(self.table.names):  # the row has too many cells and is reported for that
            return
        self.count += 1
        if len(self.issues) > LISTED:
            return
        quoted = self.data[start:end].decode()
        self.issues.append(
            file_issue(
                "file/quoting",
                f"line {line} of {self.table.path} quotes a cell that needs no quotes",
                self.table,
                line=line,
                position=_position(self.data, start),
                column=self.table.names[cell],
                found=quoted,
                expected=quoted[1:-1] or "an empty cell without quotes",
            )
        )


def scan(data: bytes, table: Table, begin: int) -> Quotes:
    """Judge every record that holds a quote.

    Args:
        data: The file in canonical form.
        table: The table it should hold.
        begin: Index of the first row's first byte.

    Returns:
        The records and the issues. Reading stops after `LISTED` fatal issues, and one more says so.
    """
    records: list[Record] = []
    fatal: list[Issue] = []
    needless = _Needless(data, table)
    at, line = begin, 2
    while (quote := data.find(b'"', at)) >= 0:
        start = data.rfind(b"\n", at, quote) + 1 or at
        line += data.count(b"\n", at, start)
        record = _simple(data, start, line) or _record(data, start, line, needless)
        if isinstance(record, Record):
            records.append(record)
            line += record.breaks + 1
            at = record.end
            continue
        fatal.append(record.issue)
        if len(fatal) > LISTED:
            fatal[-1] = _not_read_on(fatal[-1], table)
            break
        line += data.count(b"\n", start, record.resume)
        at = record.resume
    issues = needless.issues
    return Quotes(records, fatal, capped(issues, needless.count) if issues else [])


def _simple(data: bytes, start: int, line: int) -> Record | None:
    """Return the record if nothing can be wrong with it, which is nearly always."""
    match = _RECORD.match(data, start)
    if match is None or match.end() - start > MAX_CELL_BYTES:
        return None
    text = match.group()
    if _PERHAPS_NEEDLESS.search(text):
        return None
    cells = _QUOTED.sub(b"", text).count(b",") + 1
    return Record(start, match.end(), line, text.count(b"\n") - 1, cells)


def _record(data: bytes, start: int, line: int, needless: _Needless) -> Record | _Fault:
    """Return the record after a look at each of its cells, or its first fault."""
    cells, at, line_now = 0, start, line
    while True:
        end = _cell_end(data, at)
        if isinstance(end, _Unclear):
            return _fault(end, data, at, line_now, cells, needless.table)
        if data[at] == _QUOTE:
            if not _NEEDS_QUOTES.search(data, at + 1, end - 1):
                needless.add(at, end, line_now, cells)
            line_now += data.count(b"\n", at, end)
        cells += 1
        if data[end] == _LINE_FEED:
            return Record(start, end + 1, line, line_now - line, cells)
        at = end + 1


def _cell_end(data: bytes, start: int) -> int | _Unclear:
    """Return the index after the last byte of the cell that begins at `start`."""
    if data[start] == _QUOTE:
        return _quoted_end(data, start)
    bare = _BARE.match(data, start)
    end = bare.end() if bare else start
    if data.find(b'"', start, end) >= 0:
        return _Unclear("file/stray-quote", end, data.index(b"\n", start) + 1)
    return end


def _quoted_end(data: bytes, start: int) -> int | _Unclear:
    match = _QUOTED.match(data, start)
    if match is None:
        return _Unclear("file/unclosed-quote", len(data), len(data))
    end = match.end()
    if data[end] not in (_COMMA, _LINE_FEED):
        # A quote left open closes at the next quote of the file, often rows below.
        spans = data.find(b"\n", start, end) >= 0
        code = "file/unclosed-quote" if spans else "file/stray-quote"
        return _Unclear(code, end, data.index(b"\n", end - 1) + 1)
    if end - 1 - start > MAX_CELL_BYTES:
        return _Unclear("file/field-too-long", end, data.index(b"\n", end) + 1)
    return end


_FAULTS = {
    "file/stray-quote": "has a quote inside a cell",
    "file/unclosed-quote": "opens a quote that is not closed",
    "file/field-too-long": f"has a cell longer than {MAX_CELL_BYTES:,} bytes",
}


def _fault(  # noqa: PLR0913, PLR0917 - what is wrong, and where
    unclear: _Unclear, data: bytes, start: int, line: int, cell: int, table: Table
) -> _Fault:
    shown_end = min(unclear.end, start + _SHOWN_BYTES)
    issue = file_issue(
        unclear.code,
        f"line {line} of {table.path} {_FAULTS[unclear.code]}",
        table,
        line=line,
        position=_position(data, start),
        column=table.names[cell] if cell < len(table.names) else None,
        found=data[start:shown_end].decode("utf-8", "ignore"),
    )
    return _Fault(issue, unclear.resume)


def _not_read_on(issue: Issue, table: Table) -> Issue:
    return file_issue(
        issue.code,
        f"{table.path} has more faulty quotes; it was not read beyond line {issue.line}",
        table,
        line=issue.line,
        position=issue.position,
        hint="Fix those listed and check again.",
    )


def _position(data: bytes, index: int) -> int:
    start = data.rfind(b"\n", 0, index) + 1
    return len(data[start:index].decode()) + 1
