"""Single lines: a label and a figure without a dash, or the figure first; and what is left over.

These forms are read only where they are a whole line, because in running text nobody could say
which label a figure belongs to.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator

from reported_losses.intake.report_text.grammar import BLANKS, NUMBER, Grammar, words
from reported_losses.intake.report_text.reading import Reading, Span

_LINE = re.compile(r"[^\n]+")
_PART = re.compile(r"(?:[^,;\n]|,(?=[0-9]{3}))+")
_BEFORE = r"[-+ \t\"]{0,16}(?:[0-9]{1,2}\)[ \t]{0,8})?"
# Fewer figures that stand before their labels are no list.
_FEWEST = 3
_WORDS = r"[^\W\d](?:[^0-9\n.;:+()]{0,118}[^\W\d])?"
_FIGURE = re.compile(
    r"[^0-9.!?]{0,80}[-:=\t][^0-9]{0,30}[0-9][0-9 ,'.]{0,14}[^0-9]{0,40}(?:\([^()]{0,30}\))?\W{0,4}"
)
_INCREASE = re.compile(r"\( ?\+ ?[0-9]")
_TIMES = re.compile(
    r"\A\s*[0-9]{1,2}[.)]\s*\Z|\b[0-9]{1,2}:[0-9]{2}\b|\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b"
)


def read_lines(reading: Reading) -> None:
    """Read the lines that are one figure each."""
    low = reading.page.low
    lines = [span for gap in reading.gaps() for span in _whole_lines(low, gap)]
    swapped = _matches(reading, _number_first(reading.grammar), lines)
    if len({reading.category(match["labels"]) for match in swapped}) >= _FEWEST:
        for match in swapped:
            reading.take("sentence", match, match)
    for match in _matches(reading, _label_first(reading.grammar), lines):
        reading.take("text", match, match)


def _matches(reading: Reading, pattern: re.Pattern[str], lines: list[Span]) -> list[re.Match[str]]:
    """Return the lines of a form whose labels are known."""
    matches = (pattern.fullmatch(reading.page.low, *span) for span in lines)
    return [match for match in matches if match and reading.labels.knows(match["labels"])]


def _whole_lines(low: str, gap: Span) -> Iterator[Span]:
    """Give the lines that lie wholly between two places."""
    for line in _LINE.finditer(low, *gap):
        start, end = line.span()
        if (start == 0 or low[start - 1] == "\n") and (end == len(low) or low[end] == "\n"):
            yield start, end


def leave_daily(reading: Reading) -> None:
    """List instead of reading what stands below or after a heading about one day."""
    daily = _daily_lines(reading)
    for found in reading.found:
        if found.span[0] in daily:
            reading.leave(found.span, "a figure of one day, not a total")
    reading.found = [found for found in reading.found if found.span[0] not in daily]


def _daily_lines(reading: Reading) -> set[int]:
    """Return where figures begin whose heading is about one day, and not about the war."""
    low, daily, below = reading.page.low, set(), False
    places = sorted(found.span[0] for found in reading.found)
    for line in _LINE.finditer(low):
        here = places[bisect_left(places, line.start()) : bisect_left(places, line.end())]
        heading = low[line.start() : here[0] if here else line.end()].strip(" \t-")
        if heading:
            last = re.split(r"[.!?]\s", heading)[-1]
            below = ":" in last and _is_daily(reading, last)
        if below:
            daily.update(here)
    return daily


def _is_daily(reading: Reading, text: str) -> bool:
    of_one_day = words(reading.labels, "day").search(text)
    return bool(of_one_day) and not words(reading.labels, "since").search(text)


def leave_rest(reading: Reading, listed: Span | None) -> None:
    """List what looks like a figure and was not read, in the list and beside it.

    Args:
        reading: The page.
        listed: Where the list stands, as `list_of` returns it.
    """
    for span in reading.empty if listed else ():
        reading.leave(span, "a label without a figure")
    first, last = listed or (len(reading.page.low), 0)
    for start, end in list(reading.gaps()):
        for part in _PART.finditer(reading.page.low, start, end):
            reason = _reason(reading, part[0], among=first <= part.start() < last)
            if reason:
                reading.leave(part.span(), reason)


def list_of(reading: Reading) -> Span | None:
    """Return where the list stands, with the lines beside it that look like figures.

    Args:
        reading: A page of which only lists are read so far.
    """
    if not reading.found:
        return None
    first = min(found.span[0] for found in reading.found)
    last = max(found.span[1] for found in reading.found)
    lines = [line.span() for line in _LINE.finditer(reading.page.low)]
    for start, end in reversed([line for line in lines if line[1] <= first]):
        if not _looks_listed(reading, start, end):
            break
        first = start
    for start, end in [line for line in lines if line[0] >= last]:
        if not _looks_listed(reading, start, end):
            break
        last = end
    return first, last


def _looks_listed(reading: Reading, start: int, end: int) -> bool:
    line = reading.page.low[start:end].strip()
    label = re.split(r"[-:=\t]", line.strip(' \t-"'))[0].strip()
    return not line or _FIGURE.fullmatch(line) is not None or reading.labels.knows(label)


def _reason(reading: Reading, part: str, *, among: bool) -> str:
    """Return why a part is listed as unread; nothing if it is ordinary text."""
    if not among and not re.search(r"[-:=\t(]", part):
        return ""
    text = re.sub(reading.grammar.date, "", _TIMES.sub("", part)).strip()
    label = re.split(r"[-:=\t]", text.strip(' \t-"'))[0].strip()
    if any(reading.labels.is_look_alike(one.strip()) for one in label.split("/")):
        return "a letter of the label is of another script and only looks right"
    known = reading.labels.knows(label)
    if re.search("[0-9]", text) and (among or _is_printed(reading, text)):
        return "no readable figure" if known else "no label and figure in a known form"
    return "a label without a figure" if among and known else ""


def _is_printed(reading: Reading, text: str) -> bool:
    """Return whether a text has an increment, or a dash and a unit, as figures of a report do."""
    return bool(_INCREASE.search(text) or _counted(reading.grammar).search(text))


@functools.lru_cache(maxsize=8)
def _counted(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(
        rf"[-:=\t]{BLANKS}[^0-9\n]{{0,24}}[0-9][0-9,']{{0,12}}{BLANKS}{grammar.units}"
    )


@functools.lru_cache(maxsize=8)
def _label_first(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(
        rf"{_BEFORE}(?P<labels>{_WORDS})[ \t]{{1,8}}{grammar.figure}{_after(grammar)}"
    )


def _after(grammar: Grammar) -> str:
    return rf"[ \t.,;]{{0,8}}(?:{grammar.any('and')}[ \t]{{0,8}})?"


@functools.lru_cache(maxsize=8)
def _number_first(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(
        rf"{_BEFORE}(?:{grammar.qualifier}{BLANKS})?(?P<number>{NUMBER})"
        rf"(?:{BLANKS}{grammar.increase('before')})?[ \t]{{1,8}}{grammar.filler}"
        rf"(?P<labels>{_WORDS})(?:{BLANKS}{grammar.increase('after')})?{_after(grammar)}"
    )
