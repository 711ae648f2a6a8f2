"""The General Staff's list: a label, a dash or colon, and a figure; in lines or in one sentence.

A label begins an entry only at the start of a line or after a stop, so that `light tanks - 5` is
not taken for tanks. What follows the figure must end the entry: two numbers are no figure.
"""

from __future__ import annotations

import functools
import re

from reported_losses.intake.report_text.grammar import BLANKS, NUMBER, Grammar, increase
from reported_losses.intake.report_text.reading import Reading, Span

_STOPS = re.compile(r"[\n\t,;:.!?()\"]")
_LEAD = 120
# What may stand before a label, besides a stop.
_BEFORE = re.compile(
    r"[-\s']*(?:(?:and|also|as well as|та|і|й|також|а також|losses of|losses in|losses|втрати)\s+)?"
    r"|.*\b(?:становлять|становить|становили|склали|складають|were|are|amounted to|amount to)"
    r"(?:\s+(?:approximately|about|приблизно|орієнтовно))?\s+",
    re.DOTALL,
)
_END = re.compile(r"[ \t]{0,8}(?:$|[\n.,;!…\"]|(?:and|та|і|й)\b)")
_NEXT_NUMBER = re.compile(r"[ \t]{0,8}[,;/]?[ \t]{0,8}(?:[0-9]|[(+] ?\+? ?[0-9])")
_TAIL = 120
_LINE = re.compile(r"[^\n]*")


def read_entries(reading: Reading) -> None:
    """Read all entries of the list; list as unread those whose figure cannot be read."""
    low = reading.page.low
    heads = [
        head for head in _head(reading.grammar).finditer(low) if _begins(reading, head.start())
    ]
    starts = [head.start() for head in heads[1:]] + [len(low)]
    for head, limit in zip(heads, starts, strict=True):
        _read_entry(reading, head, limit)


def _read_entry(reading: Reading, head: re.Match[str], limit: int) -> None:
    low = reading.page.low
    entry = _entry(reading.grammar).match(low, head.start(), limit)
    if entry and _ends(low, entry, limit):
        if reading.qualifier(entry["qualifier"]) is None:
            reading.leave(entry.span(), "two hedges contradict each other")
        else:
            reading.take("text", entry)
        return
    span = _rest(low, head, limit)
    if entry or re.search(r"[0-9]", low[span[0] : span[1]]):
        reading.leave(span, _reason(low[head.end() : span[1]]))


def _begins(reading: Reading, place: int) -> bool:
    """Return whether an entry may begin at a place: after a stop, or after a date."""
    before = reading.page.low[max(place - _LEAD, 0) : place]
    if _BEFORE.fullmatch(_STOPS.split(before)[-1]):
        return True
    return re.search(rf"{reading.grammar.date}\s+\Z", before) is not None


def _ends(low: str, entry: re.Match[str], limit: int) -> bool:
    """Return whether nothing after a figure makes it doubtful."""
    end = entry.end()
    if end == limit or not low[end:limit].strip(" \t"):
        return not _NEXT_NUMBER.match(low, end)
    return _END.match(low, end) is not None and not _NEXT_NUMBER.match(low, end)


def _rest(low: str, head: re.Match[str], limit: int) -> Span:
    """Return the line on which an entry begins, up to the next entry."""
    line = _LINE.match(low, head.end())
    return head.start(), min(limit, line.end() if line else limit)


def _reason(body: str) -> str:
    if re.search(r"[0-9]\w*[^\W\d_]|[^\W\d_][0-9]", body):
        return "a letter stands in the number"
    if len(re.findall(r"[0-9]+", body)) > 1:
        return "more than one number, or one that is not in groups of three"
    return "no readable total"


@functools.lru_cache(maxsize=8)
def _head(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"(?P<labels>{grammar.labels}){BLANKS}(?:-{{1,3}}|:|=)")


@functools.lru_cache(maxsize=8)
def _entry(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<labels>{grammar.labels}){BLANKS}(?:-{{1,3}}|:|=){BLANKS}\n?{BLANKS}"
        rf"(?:{grammar.qualifier}{BLANKS})?(?P<number>{NUMBER})"
        rf"(?:{BLANKS}{grammar.units})?(?:{BLANKS}{increase('after')})?(?:{BLANKS}{grammar.units})?"
    )
