"""Records that hold a quote: strict RFC 4180, judged byte by byte; all others need no look.

What passes here has one meaning for every CSV reader, so that a fast one may read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reported_losses.dataset.descriptor import Table
from reported_losses.issue import Issue
from reported_losses.parsing.issues import LISTED, capped, file_issue

MAX_CELL_BYTES = 65_536
# Possessive throughout: a hostile cell of any length is passed over once.
_QUOTED = re.compile(rb'"(?:[^"]++|"")*+"')
_RECORD = re.compile(rb'(?:"(?:[^"]++|"")*+"|[^",\n]*+)(?:,(?:"(?:[^"]++|"")*+"|[^",\n]*+))*+\n')
_BARE = re.compile(rb"[^,\n]*+")
_NEEDY = re.compile(rb'[,"\n]')
_PERHAPS_NEEDLESS = re.compile(rb'(?:^|,)"[^",\n]*+"[,\n]')
_QUOTE, _COMMA, _LINE_FEED = b'",\n'


@dataclass(frozen=True, slots=True)
class Record:
    """One record that holds a quote: its bytes, its first line, its line breaks, its cells."""

    start: int
    end: int
    line: int
    breaks: int
    cells: int


@dataclass(slots=True)
class Quotes:
    """What a scan found.

    Attributes:
        records: Records that hold a quote, in file order.
        fatal: Issues that leave it open where cells begin and end.
        untidy: Issues about quotes that are needless.
    """

    records: list[Record] = field(default_factory=list)
    fatal: list[Issue] = field(default_factory=list)
    untidy: list[Issue] = field(default_factory=list)
    needless: int = 0


class _Fault(Exception):  # noqa: N818 - carries an issue up a few lines, is no error
    def __init__(self, issue: Issue, resume: int) -> None:
        super().__init__(issue.message)
        self.issue = issue
        self.resume = resume


def scan(data: bytes, table: Table, begin: int) -> Quotes:
    """Judge every record that holds a quote.

    Args:
        data: The file in canonical form.
        table: The table it should hold.
        begin: Where the first row begins.

    Returns:
        The records and the issues.
    """
    found = Quotes()
    place, line = begin, 2
    while (quote := data.find(b'"', place)) >= 0 and len(found.fatal) < LISTED:
        start = data.rfind(b"\n", place, quote) + 1 or place
        line += data.count(b"\n", place, start)
        try:
            record = _plain(data, start, line) or _walked(data, start, line, table, found)
        except _Fault as fault:
            found.fatal.append(fault.issue)
            line += data.count(b"\n", start, fault.resume)
            place = fault.resume
            continue
        found.records.append(record)
        line += record.breaks + 1
        place = record.end
    if found.untidy:
        found.untidy = capped(found.untidy, found.needless)
    return found


def _plain(data: bytes, start: int, line: int) -> Record | None:
    """Return the record at once where nothing can be wrong with it, which is nearly always."""
    match = _RECORD.match(data, start)
    if match is None or match.end() - start > MAX_CELL_BYTES:
        return None
    text = match.group()
    if _PERHAPS_NEEDLESS.search(text):
        return None
    cells = _QUOTED.sub(b"", text).count(b",") + 1
    return Record(start, match.end(), line, text.count(b"\n") - 1, cells)


def _walked(data: bytes, start: int, line: int, table: Table, found: Quotes) -> Record:
    """Return the record after a look at each of its cells."""
    cells, place, line_now = 0, start, line
    while True:
        column = table.names[cells] if cells < len(table.names) else None
        if data[place] == _QUOTE:
            end = _quoted_end(data, place, line_now, column, table)
            if not _NEEDY.search(data, place + 1, end - 1):
                _untidy(data, (place, end), line_now, column, table, found)
            line_now += data.count(b"\n", place, end)
        else:
            bare = _BARE.match(data, place)
            end = bare.end() if bare else place
            if data.find(b'"', place, end) >= 0:
                cell = data[place:end]
                resume = data.index(b"\n", place) + 1
                raise _Fault(
                    _issue("file/stray-quote", data, place, line_now, column, table, cell), resume
                )
        cells += 1
        if data[end] == _LINE_FEED:
            return Record(start, end + 1, line, line_now - line, cells)
        place = end + 1


def _quoted_end(data: bytes, place: int, line: int, column: str | None, table: Table) -> int:
    """Return the place after the closing quote of the cell that opens at `place`."""
    match = _QUOTED.match(data, place)
    if match is None:
        cell = data[place : place + 200]
        issue = _issue("file/unclosed-quote", data, place, line, column, table, cell)
        raise _Fault(issue, len(data))
    close = match.end() - 1
    cell = data[place : min(close + 1, place + 200)]
    if data[close + 1] not in (_COMMA, _LINE_FEED):
        # A quote left open closes at the next quote of the file, often rows below.
        spans = data.find(b"\n", place, close) >= 0
        code = "file/unclosed-quote" if spans else "file/stray-quote"
        issue = _issue(code, data, place, line, column, table, cell)
        raise _Fault(issue, data.index(b"\n", close) + 1)
    if close - place > MAX_CELL_BYTES:
        issue = _issue("file/field-too-long", data, place, line, column, table, cell)
        raise _Fault(issue, data.index(b"\n", close) + 1)
    return close + 1


def _untidy(  # noqa: PLR0913, PLR0917 - where, in what, and what
    data: bytes, cell: tuple[int, int], line: int, column: str | None, table: Table, found: Quotes
) -> None:
    if column is None:  # a cell too many: the row is reported for that
        return
    found.needless += 1
    if len(found.untidy) > LISTED:
        return
    begin, end = cell
    inner, position = data[begin + 1 : end - 1], _character(data, begin)
    text = f'"{inner.decode()}"'
    found.untidy.append(
        file_issue(
            "file/quoting",
            f"line {line} of {table.path} quotes a cell that needs no quotes",
            table,
            line=line,
            position=position,
            column=column,
            found=text,
            expected=inner.decode() or "an empty cell without quotes",
        )
    )


_SAID = {
    "file/stray-quote": "has a quote inside a cell",
    "file/unclosed-quote": "opens a quote that is not closed",
    "file/field-too-long": f"has a cell longer than {MAX_CELL_BYTES:,} bytes",
}


def _issue(  # noqa: PLR0913, PLR0917 - where, in what, and what
    code: str, data: bytes, place: int, line: int, column: str | None, table: Table, cell: bytes
) -> Issue:
    return file_issue(
        code,
        f"line {line} of {table.path} {_SAID[code]}",
        table,
        line=line,
        position=_character(data, place),
        column=column,
        found=cell[:200].decode("utf-8", "ignore"),
    )


def _character(data: bytes, place: int) -> int:
    start = data.rfind(b"\n", 0, place) + 1
    return len(data[start:place].decode()) + 1
