"""Single lines: a label and a figure without a dash, or the figure first; and what is left over.

These forms are read only where they are a whole line, because in running text nobody could say
which label a figure belongs to.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator

from reported_losses.intake.report_text.grammar import (
    BLANKS,
    DAY_AGO,
    NUMBER,
    Grammar,
    increase,
)
from reported_losses.intake.report_text.reading import Reading, Span

_LINE = re.compile(r"[^\n]+")
_PART = re.compile(r"(?:[^,;\n]|,(?=[0-9]{3}))+")
_AFTER = r"[ \t.,;]{0,8}(?:(?:and|та|і|й)[ \t]{0,8})?"
_BEFORE = r"[-+ \t\"]{0,16}(?:[0-9]{1,2}\)[ \t]{0,8})?"
# Fewer figures that stand before their labels are no list.
_FEWEST = 3
_FIGURE = re.compile(
    rf"[^0-9]{{2,80}}(?:-|:|=|\t){BLANKS}[^0-9\n]{{0,24}}(?P<number>[0-9][0-9 ,'.]{{0,14}})"
    rf"[^\n]{{0,60}}"
)
_PRINTED = re.compile(rf"\({BLANKS}\+ ?[0-9]|\b(?:од|осіб|units|persons)\b")
_TIMES = re.compile(r"\b[0-9]{1,2}:[0-9]{2}\b|\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b")


def read_lines(reading: Reading) -> None:
    """Read the lines that are one figure each; list those that cannot be read."""
    low = reading.page.low
    lines = [span for gap in reading.gaps() for span in _whole_lines(low, gap)]
    swapped = [match for match in (_first(reading, *span) for span in lines) if match]
    if len({reading.category(match["labels"]) for match in swapped}) < _FEWEST:
        swapped = []
    for match in swapped:
        reading.take("sentence", match)
    taken = {match.start() for match in swapped}
    for start, end in lines:
        match = _label_first(reading.grammar).fullmatch(low, start, end)
        if match and start not in taken:
            reading.take("text", match)


def _first(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    return _number_first(reading.grammar).fullmatch(reading.page.low, start, end)


def _whole_lines(low: str, gap: Span) -> Iterator[Span]:
    """Give the lines that lie wholly between two places."""
    for line in _LINE.finditer(low, *gap):
        start, end = line.span()
        if (start == 0 or low[start - 1] == "\n") and (end == len(low) or low[end] == "\n"):
            yield start, end


_DAILY = re.compile(DAY_AGO)
SINCE = re.compile(
    r"\b(?:since|beginning|start of|total|overall|24[./ -]0?2|feb(?:ruary|\.)? 24|24 feb|24 лютого"
    r"|початку|за час|загалом|усього|всього|загальні|лютого 2022)"
)
"""Words that say that a figure counts from the beginning of the war."""


def leave_daily(reading: Reading) -> None:
    """List instead of reading what stands below or after a heading about one day."""
    daily = _daily_lines(reading)
    for found in [found for found in reading.found if found.span[0] in daily]:
        reading.found.remove(found)
        reading.leave(found.span, "a figure of one day, not a total")


def _daily_lines(reading: Reading) -> set[int]:
    """Return where figures begin whose heading is about one day, and not about the war."""
    low, daily, below = reading.page.low, set(), False
    places = sorted(found.span[0] for found in reading.found)
    for line in _LINE.finditer(low):
        here = places[bisect_left(places, line.start()) : bisect_left(places, line.end())]
        heading = low[line.start() : here[0] if here else line.end()].strip(" \t-")
        if heading:
            last = re.split(r"[.!?]\s", heading)[-1]
            below = bool(_DAILY.search(last)) and not SINCE.search(last) and ":" in last
        if below:
            daily.update(here)
    return daily


def leave_rest(reading: Reading) -> None:
    """List what looks like a figure and was not read, among the figures and beside them."""
    low = reading.page.low
    first = min((found.span[0] for found in reading.found), default=len(low))
    last = max((found.span[1] for found in reading.found), default=0)
    for start, end in list(reading.gaps()):
        for part in _PART.finditer(low, start, end):
            reason = _reason(reading, part[0], among=first <= part.start() < last)
            if reason:
                reading.leave(part.span(), reason)


def _reason(reading: Reading, part: str, *, among: bool) -> str:
    """Return why a part is listed as unread; nothing if it is ordinary text."""
    text = _TIMES.sub("", part)
    text = re.sub(reading.grammar.date, "", text)
    figure = _FIGURE.fullmatch(text.strip())
    label = re.split(r"[-:=\t]", text.strip(" \t-\""))[0].strip()
    if reading.labels.is_look_alike(label) or any(
        reading.labels.is_look_alike(one.strip()) for one in label.split("/")
    ):
        return "a letter of the label is of another script and only looks right"
    if re.search("[0-9]", text) and (among or _PRINTED.search(text)):
        return "no known label" if figure or not _knows(reading, text) else "no readable figure"
    if among and _knows(reading, label, whole=True):
        return "a label without a figure"
    return ""


def _knows(reading: Reading, text: str, *, whole: bool = False) -> bool:
    pattern = re.compile(reading.grammar.labels)
    return bool(pattern.fullmatch(text) if whole else pattern.search(text))


@functools.lru_cache(maxsize=8)
def _label_first(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(
        rf"{_BEFORE}(?P<labels>{grammar.labels})[ \t]{{1,8}}(?:{grammar.qualifier}{BLANKS})?"
        rf"(?P<number>{NUMBER})(?:{BLANKS}{grammar.units})?(?:{BLANKS}{increase('after')})?"
        rf"(?:{BLANKS}{grammar.units})?{_AFTER}"
    )


@functools.lru_cache(maxsize=8)
def _number_first(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(
        rf"{_BEFORE}(?:{grammar.qualifier}{BLANKS})?(?P<number>{NUMBER})"
        rf"(?:{BLANKS}{increase('before')})?[ \t]{{1,8}}{grammar.filler}"
        rf"(?P<labels>{grammar.labels})(?:{BLANKS}{increase('after')})?{_AFTER}"
    )
