"""Pasted text or the source of a page to the lines that a reader sees, with their places.

A scanner of our own: it reads every character once, whatever the nesting, and what it makes of
broken markup is what a browser shows.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reported_losses.intake.report_text.plain import composed, plain

_LINE_TAGS = frozenset(
    "address article blockquote body caption center dd div dl dt figcaption figure h1 h2 h3 h4 h5 "
    "h6 head header hr html li main ol p pre section table tbody tfoot thead title tr ul".split()
)
_UNSEEN_TAGS = frozenset(
    "aside footer iframe nav noscript script select style svg template textarea".split()
)
_CELLS = frozenset("td th".split())
# Their content has no tags, so a `<` in it begins none.
_RAW_TAGS = frozenset("iframe noscript script style textarea".split())

_INLINE = "a abbr b br code em font i img s small span strong sub sup u".split()
_KNOWN = "|".join(sorted({*_LINE_TAGS, *_UNSEEN_TAGS, *_CELLS, *_INLINE}))
_IS_MARKUP = re.compile(rf"<(?:!doctype|!--|/?(?:{_KNOWN})\b)", re.IGNORECASE)
_BREAKS = re.compile(
    r"<(?:br|p|li|div|tr|table|ul|ol|h[1-6]|body|section|article)\b", re.IGNORECASE
)
_TAG = re.compile(
    r"<(/?)([a-z][a-z0-9]*)(?:[^\"'>]|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)", re.IGNORECASE
)
_PARAGRAPH = 2  # line feeds after a paragraph


@dataclass(frozen=True, slots=True)
class Page:
    """The lines that a reader sees, as one text.

    Attributes:
        text: The text; single line feeds end lines, double ones end paragraphs.
        low: The same in the plain spelling; every character is at the same place.
        starts: Places in `text` at which a piece of the input begins.
        lines: Line of the input on which each of these pieces begins.
    """

    text: str
    low: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line(self, place: int) -> int:
        """Return the line of the input, from 1, that a place in the text comes from."""
        return self.lines[max(bisect_right(self.starts, place) - 1, 0)]


def read_page(source: str) -> Page:
    r"""Return the lines that a reader of pasted text, or of a page with this source, sees.

    >>> read_page("<p>tanks&nbsp;&#8211; <b>8</b></p>\n<script>1</script>").low.strip()
    'tanks - 8'
    """
    pieces = _pieces(source) if _IS_MARKUP.search(source) else _plain_lines(source)
    texts, starts, lines = [], [], []
    place, ended = 0, _PARAGRAPH  # line feeds at the end of what was taken
    for line, piece in pieces:
        text = composed(piece)
        if not text.strip("\n"):
            text = text[: _PARAGRAPH - ended]
            ended += len(text)
        elif ended and not text.strip():
            continue  # the indentation of markup
        else:
            ended = 0
        texts.append(text)
        starts.append(place)
        lines.append(line)
        place += len(text)
    text = "".join(texts)
    return Page(text, plain(text), tuple(starts) or (0,), tuple(lines) or (1,))


def _plain_lines(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.split("\n"), 1):
        yield number, html.unescape(line).replace("\n", " ").replace("\f", " ")
        yield number, "\n"


class _Scanner:
    """Walks through the source of a page once."""

    def __init__(self, source: str) -> None:
        self.source = source
        # A message with emphasis but without elements that end lines ends them itself.
        self.keeps_lines = not _BREAKS.search(source)
        self.unseen: list[str] = []
        self.preformatted = 0

    def text(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Give the seen text between two places, by lines of the source."""
        for offset, line in enumerate(self.source[start:end].split("\n")):
            breaks = self.keeps_lines or self.preformatted
            if offset:
                yield offset, "\n" if breaks else " "
            if line:
                yield offset, html.unescape(line).replace("\n", " ").replace("\f", " ")

    def tag(self, name: str, *, closing: bool) -> str:
        """Take note of a tag; return the break that it makes in the text."""
        if name in _UNSEEN_TAGS:
            self._unseen(name, closing=closing)
        if name == "pre":
            self.preformatted = 0 if closing else 1
        if self.unseen:
            return ""
        if name in _CELLS:
            return "" if closing else "\t"
        return "\n" if name == "br" else "\n\n" if name in _LINE_TAGS else ""

    def _unseen(self, name: str, *, closing: bool) -> None:
        if not closing:
            self.unseen.append(name)
        elif name in self.unseen[-50:]:
            while self.unseen.pop() != name:
                pass

    def after_raw(self, name: str, place: int) -> int:
        """Return the place where the end tag of an element without tags begins."""
        end = re.compile(f"</{name}", re.IGNORECASE).search(self.source, place)
        return end.start() if end else len(self.source)


def _pieces(source: str) -> Iterator[tuple[int, str]]:
    """Give each seen piece of the source with its line."""
    scanner, place, line = _Scanner(source), 0, 1
    while place < len(source):
        opening = source.find("<", place)
        opening = len(source) if opening < 0 else opening
        if not scanner.unseen:
            for offset, text in scanner.text(place, opening):
                yield line + offset, text
        end, mark = _markup(scanner, opening)
        line += source.count("\n", place, opening)
        if mark:
            yield line, mark
        line += source.count("\n", opening, end)
        place = end


def _markup(scanner: _Scanner, place: int) -> tuple[int, str]:
    """Return where the markup that begins at a place ends, and what it is in the text."""
    source = scanner.source
    if place >= len(source):
        return place, ""
    if source.startswith("<!--", place):
        return _end(source, "-->", place + 4), ""
    if source.startswith(("<!", "<?"), place):
        return _end(source, ">", place), ""
    tag = _TAG.match(source, place)
    if not tag:
        return place + 1, "" if scanner.unseen else "<"
    closing, name, end = tag[1] == "/", tag[2].lower(), tag.end()
    if name in _UNSEEN_TAGS and source.endswith("/>", place, end):
        return end, ""
    mark = scanner.tag(name, closing=closing)
    if name in _RAW_TAGS and not closing:
        end = scanner.after_raw(name, end)
    return end, mark


def _end(source: str, sign: str, place: int) -> int:
    found = source.find(sign, place)
    return len(source) if found < 0 else found + len(sign)
