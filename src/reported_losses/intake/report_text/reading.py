"""What the readers of lists, lines and sentences share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from reported_losses.intake.report_text.grammar import Grammar, grammar, increment, number
from reported_losses.intake.report_text.labels import Labels
from reported_losses.intake.report_text.markup import Page
from reported_losses.intake.report_text.report import Figure, Shape, UnreadLine
from reported_losses.parsing.invisible import shown

EXACT = "exact"
SHOWN = 200
Span = tuple[int, int]
"""Two places in a page: the first character and the one after the last."""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure and where it stands.

    Attributes:
        span: Its place in the page.
        shape: The form in which it was read.
        figure: The figure.
    """

    span: Span
    shape: Shape
    figure: Figure


@dataclass
class Reading:
    """A page that is being read.

    Attributes:
        page: The page.
        labels: What labels mean.
        day: Day of the report; None if it is not known.
        found: Figures, so far.
        unread: Places that look like figures, so far.
        seen: Places that were read, or are listed as unread.
        empty: Labels of a list that nothing follows.
    """

    page: Page
    labels: Labels
    day: dt.date | None
    found: list[Found] = field(default_factory=list)
    unread: dict[int, UnreadLine] = field(default_factory=dict)
    seen: list[Span] = field(default_factory=list)
    empty: list[Span] = field(default_factory=list)

    @property
    def grammar(self) -> Grammar:
        """Patterns of the parts of figures."""
        return grammar(self.labels)

    def take(
        self, shape: Shape, labels: re.Match[str], figure: re.Match[str], total: int | None = None
    ) -> None:
        """Take a figure, if its label has one meaning and it has one hedge; else list it.

        Args:
            shape: The form in which it was read.
            labels: Match with the group `labels`.
            figure: Match with the groups `number`, `qualifier` and those of `increase`; may be
                the same.
            total: The number, if it is written in words.
        """
        span = min(labels.start(), figure.start()), max(labels.end(), figure.end())
        category, qualifier = self.category(labels["labels"]), self.qualifier(figure["qualifier"])
        if category is None:
            self.leave(span, "the labels mean several categories or none on that day")
        elif qualifier is None:
            self.leave(span, "two hedges contradict each other")
        else:
            total = number(figure["number"]) if total is None else total
            line = self.page.line(span[0])
            read = Figure(category, total, increment(figure), qualifier, line)
            self.found.append(Found(span, shape, read))
            self.seen.append(span)

    def category(self, labels: str) -> str | None:
        """Return what labels with slashes between them mean; None for several meanings or none.

        A label that means nothing on the day, such as the one for fuel tanks beside that for
        vehicles and fuel tanks, does not speak against the others.
        """
        parts = labels.split("/")
        if not all(self.labels.meanings(label) for label in parts):
            return None
        kinds = {category for label in parts for category in self._meant(label)}
        return kinds.pop() if len(kinds) == 1 else None

    def _meant(self, label: str) -> set[str]:
        day = self.day
        meanings = self.labels.meanings(label)
        return {one.category for one in meanings if day is None or one.on(day)}

    def qualifier(self, words: str | None) -> str | None:
        """Return what a hedge means: `exact` for none, None for two that differ."""
        kinds = {
            self.labels.value("qualifier", found)
            for found in re.findall(rf"{self.grammar.any('qualifier')}", words or "")
        }
        return None if len(kinds) > 1 else next(iter(kinds), EXACT)

    def leave(self, span: Span, reason: str) -> None:
        """List a place as unread; a second one on the same place is the same."""
        start, end = span
        text = " ".join(self.page.text[start : min(end, start + SHOWN * 4)].split())
        if text:
            self.unread[start] = UnreadLine(self.page.line(start), shown(text, SHOWN), reason)
        self.seen.append(span)

    def gaps(self) -> Iterable[Span]:
        """Give the places between what was seen so far, in order."""
        place = 0
        for start, end in sorted(self.seen):
            if start > place:
                yield place, start
            place = max(place, end)
        if place < len(self.page.low):
            yield place, len(self.page.low)
