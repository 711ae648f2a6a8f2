"""The General Staff's list: a label, a dash or colon, and a figure; in lines or in one sentence.

A label begins an entry only at the start of a line or after a stop, so that `light tanks - 5` is
not taken for tanks. What follows the figure must end the entry: two numbers are no figure.
"""

from __future__ import annotations

import functools
import re

from reported_losses.intake.report_text.grammar import BLANKS, Grammar
from reported_losses.intake.report_text.reading import Reading, Span

_STOPS = re.compile(r"[\n\t,;:.!?()\"]")
_LEAD = 120
_FEW_WORDS = 3
_NEXT_NUMBER = re.compile(r"[ \t]{0,8}[,;/]?[ \t]{0,8}(?:[0-9]|[(+] ?\+? ?[0-9])")
_LINE = re.compile(r"[^\n]*")


def read_entries(reading: Reading) -> None:
    """Read all entries of the list; list as unread those whose figure cannot be read."""
    low = reading.page.low
    heads = [
        head for head in _head(reading.grammar).finditer(low) if _begins(reading, head.start())
    ]
    limits = [head.start() for head in heads] + [len(low)]
    for head, limit in zip(heads, limits[1:], strict=True):
        _read_entry(reading, head, limit)


def _read_entry(reading: Reading, head: re.Match[str], limit: int) -> None:
    low = reading.page.low
    body = _body(reading.grammar).match(low, head.end(), limit)
    if body and _ends(reading, body.end(), limit):
        reading.take("text", head, body)
        return
    span = _rest(low, head, limit)
    rest = low[head.end() : span[1]]
    if body or re.search("[0-9]", rest):
        reading.leave(span, _reason(rest))
    elif len(rest.split()) <= _FEW_WORDS:
        reading.empty.append(span)


def _begins(reading: Reading, place: int) -> bool:
    """Return whether an entry may begin at a place: after a stop, or after a date."""
    before = reading.page.low[max(place - _LEAD, 0) : place]
    if _before(reading.grammar).fullmatch(_STOPS.split(before)[-1]):
        return True
    return re.search(rf"{reading.grammar.date}\s+\Z", before) is not None


def _ends(reading: Reading, end: int, limit: int) -> bool:
    """Return whether nothing after a figure makes it doubtful."""
    low = reading.page.low
    # A unit such as `од.` may hold the stop.
    last = end == limit or low[end - 1] == "." or _end(reading.grammar).match(low, end)
    return bool(last) and not _NEXT_NUMBER.match(low, end)


def _rest(low: str, head: re.Match[str], limit: int) -> Span:
    """Return the line on which an entry begins, up to the next entry."""
    line = _LINE.match(low, head.end())
    return head.start(), min(limit, line.end() if line else limit)


def _reason(body: str) -> str:
    if re.search(r"[0-9]\w*[^\W\d_]|[^\W\d_][0-9]", body):
        return "a letter stands in the number, or beside it"
    return "no figure that can be read without doubt"


@functools.lru_cache(maxsize=8)
def _head(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"(?P<labels>{grammar.labels}){BLANKS}(?:-{{1,3}}|:|=)")


@functools.lru_cache(maxsize=8)
def _body(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"{BLANKS}\n?{BLANKS}{grammar.figure}")


@functools.lru_cache(maxsize=8)
def _before(grammar: Grammar) -> re.Pattern[str]:
    """Return what may stand between a stop and a label."""
    told = rf"(?:.*{grammar.any('amount')}(?:\s+{grammar.qualifier})?\s+)"
    return re.compile(
        rf"[-\s']*(?:{grammar.any('and')}\s+)?(?:{grammar.any('also')}\s+)?|{told}", re.DOTALL
    )


@functools.lru_cache(maxsize=8)
def _end(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"[ \t]{{0,8}}(?:$|[\n.,;!…\"]|{grammar.any('and')})")
