"""News agencies' sentences: figures before their labels, and personnel with the day's number.

A sentence gives totals if it lists three or more categories, or says how many soldiers Russia has
lost since the war began. A sentence about the past day alone gives none.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from reported_losses.intake.report_text.grammar import BLANKS, NUMBER, SPACE, Grammar, number, words
from reported_losses.intake.report_text.reading import Reading, Span

PERSONNEL = "personnel"
_FEWEST = 3
_NEAR = 200
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\n))+")
_STOP = re.compile(r"[.!?…][\"')]{0,2}[ \n]{1,3}[\"'(]{0,2}(?=([^\W\d_]))")


def read_sentences(reading: Reading) -> None:
    """Read the sentences outside lists; list as unread what such a sentence leaves open."""
    last_personnel = None
    for span in _sentences(reading):
        low = reading.page.low[span[0] : span[1]]
        if not re.search("[0-9]", low) or words(reading.labels, "own-side").search(low):
            continue
        nouns = _figures(reading, span)
        categories = {reading.category(match["labels"]) for match in nouns if _digits(match)}
        if len(categories - {PERSONNEL}) >= _FEWEST:
            _read_list(reading, span, nouns)
        last_personnel = _read_personnel(reading, span, nouns, last_personnel)
    _leave_rounded(reading)


def _leave_rounded(reading: Reading) -> None:
    """List a rounded number of personnel, such as 24.7 thousand, if there is no other."""
    if any(found.figure.category == PERSONNEL for found in reading.found) or not reading.found:
        return
    for span in list(_sentences(reading)):
        if _rounded(reading.grammar).search(reading.page.low, *span):
            reading.leave(span, "a rounded number of personnel")


def other_reporter(reading: Reading) -> bool:
    """Return whether the text tells of the other side's count, and not of the General Staff's."""
    low, labels = reading.page.low, reading.labels
    other = words(labels, "other-reporter").search(low)
    return bool(other) and not words(labels, "reporter").search(low)


def tells_of_losses(reading: Reading) -> bool:
    """Return whether the text names losses, and the side that has them or who reports them."""
    low, labels = reading.page.low, reading.labels
    named = words(labels, "side", stems=True).search(low) or words(labels, "reporter").search(low)
    return bool(named) and words(labels, "loss", stems=True).search(low) is not None


def _sentences(reading: Reading) -> Iterator[Span]:
    """Give the sentences of the paragraphs, as far as they are not read yet."""
    for gap in list(reading.gaps()):
        for paragraph in _PARAGRAPH.finditer(reading.page.text, *gap):
            start = paragraph.start()
            for stop in _STOP.finditer(reading.page.text, *paragraph.span()):
                if stop[1].isupper():
                    yield start, stop.end()
                    start = stop.end()
            yield start, paragraph.end()


def _figures(reading: Reading, span: Span) -> list[re.Match[str]]:
    """Return the figures with their labels in a sentence."""
    low = reading.page.low
    return [
        match
        for match in _noun(reading.grammar).finditer(low, *span)
        if not _between_lines(low, match)
    ]


def _between_lines(low: str, match: re.Match[str]) -> bool:
    """Return whether a figure is alone on its line, so that its label may be above or below it."""
    if "\n" not in match[0]:
        return False
    before = low[max(match.start() - 40, 0) : match.start()]
    return not before.rpartition("\n")[2].strip(" \t-")


def _digits(match: re.Match[str]) -> bool:
    return match["word"] is None


def _is_daily(reading: Reading, span: Span) -> bool:
    """Return whether a sentence tells of one day, apart from what it includes or brackets."""
    low = _included(reading.grammar).sub("", reading.page.low[span[0] : span[1]])
    low = re.sub(r"\([^()]{0,80}\)", "", low)
    return bool(words(reading.labels, "day").search(low) or _more(reading.grammar).search(low))


def _read_list(reading: Reading, span: Span, nouns: list[re.Match[str]]) -> None:
    """Read a sentence that lists figures of equipment."""
    if _is_daily(reading, span):
        reading.leave(span, "figures of one day, not totals")
        return
    doubtful = [
        _part(reading.page.low, span, number) for number in _open_numbers(reading, span, nouns)
    ]
    for part in doubtful:
        reading.leave(part, "a number without a label of its own")
    reading.seen.append(span)
    for match in nouns:
        # The parts are in order, so the first that ends after the figure begins decides.
        near = bisect_right(doubtful, match.start(), key=lambda part: part[1])
        beside = near < len(doubtful) and doubtful[near][0] < match.end()
        if not beside and reading.category(match["labels"]) != PERSONNEL:
            _take(reading, match)


def _open_numbers(reading: Reading, span: Span, nouns: list[re.Match[str]]) -> Iterator[Span]:
    """Give the numbers of a sentence that belong to no label, and to no date."""
    low = reading.page.low
    told = [match.span() for match in nouns]
    told += [match.span() for match in re.compile(reading.grammar.date).finditer(low, *span)]
    told += [match.span() for match in _included(reading.grammar).finditer(low, *span)]
    told.sort()
    place = 0
    for found in re.compile(r"[0-9][0-9 ,.']*").finditer(low, *span):
        while place < len(told) and told[place][1] <= found.start():
            place += 1
        if place == len(told) or told[place][0] > found.start():
            yield found.span()


def _part(low: str, sentence: Span, place: Span) -> Span:
    """Return the part of a sentence between commas that a place is in."""
    first, last = max(sentence[0], place[0] - _NEAR), min(sentence[1], place[1] + _NEAR)
    comma = low.find(", ", place[1] - 2, last)
    return max(low.rfind(", ", first, place[0]) + 2, first), last if comma < 0 else comma


def _take(reading: Reading, match: re.Match[str]) -> None:
    total = None if _digits(match) else int(reading.labels.value("number", match["word"]))
    reading.take("sentence", match, match, total)


def _read_personnel(
    reading: Reading, span: Span, nouns: list[re.Match[str]], last: int | None
) -> int | None:
    """Read how many soldiers were lost, in all and on the day.

    Args:
        reading: The page.
        span: The sentence.
        nouns: Its figures.
        last: Index of the last figure of personnel that was read.

    Returns:
        Index of the last figure of personnel now.
    """
    low = reading.page.low
    included = _included(reading.grammar).search(low, *span)
    totals = [
        match
        for match in nouns
        if reading.category(match["labels"]) == PERSONNEL
        and _digits(match)
        and not (included and included.start() < match.end() <= included.end())
    ]
    if totals and _counts_from_the_start(reading, span):
        if len({number(match["number"]) for match in totals}) > 1:
            reading.leave(span, "more than one number of personnel")
            return None
        before = len(reading.found)
        _take(reading, totals[0])
        last = before if len(reading.found) > before else None
        reading.seen.append(span)
    if included and last is not None and not (totals and not _counts_from_the_start(reading, span)):
        _set_increment(reading, last, number(included["number"]))
        reading.seen.append(span)
    return last


def _counts_from_the_start(reading: Reading, span: Span) -> bool:
    low = reading.page.low[span[0] : span[1]]
    since = words(reading.labels, "since").search(low)
    side = words(reading.labels, "side", stems=True).search(low)
    return bool(since and side) and not _is_daily(reading, span)


def _set_increment(reading: Reading, index: int, increment: int) -> None:
    found = reading.found[index]
    if found.figure.increment is None:
        reading.found[index] = replace(found, figure=replace(found.figure, increment=increment))


@functools.lru_cache(maxsize=8)
def _noun(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{grammar.qualifier}{BLANKS})?"
        rf"(?:(?P<number>{NUMBER})|(?P<word>{grammar.any('number')}))"
        rf"(?:{BLANKS}{grammar.increase('before')})?{SPACE}{grammar.filler}"
        rf"(?P<labels>{grammar.nouns})(?:{BLANKS}{grammar.increase('after')})?"
    )


@functools.lru_cache(maxsize=8)
def _included(grammar: Grammar) -> re.Pattern[str]:
    """Return the pattern of the part of a total that is of the past day."""
    return re.compile(
        rf"{grammar.any('including')}[,:]?{SPACE}(?:[^\W\d]{{2,14}} ){{0,2}}"
        rf"(?P<number>{NUMBER})[^.0-9()]{{0,120}}?{grammar.any('day')}"
    )


@functools.lru_cache(maxsize=8)
def _more(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"{grammar.any('more')} [0-9]")


@functools.lru_cache(maxsize=8)
def _rounded(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"[0-9] {grammar.rounded}\w{{0,4}}\.?[^0-9\n]{{0,40}}{grammar.nouns}")
