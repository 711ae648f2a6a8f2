"""The parts that figures are made of, as patterns over text in the plain spelling.

All repetitions are bounded or read characters that nothing beside them reads, so that matching
takes linear time. Thousands are separated by one sign throughout, in groups of three: 1,2 is no
number.
"""

from __future__ import annotations

import functools
import re

from reported_losses.intake.report_text.labels import Labels

BLANKS = r"[ \t]{0,8}"
SPACE = r"(?:[ \t]{1,3}\n?[ \t]{0,3}|\n[ \t]{0,3})"
_NUMBER = (
    r"(?:[1-9][0-9]{0,2}(?:(?: [0-9]{3}){1,2}|(?:,[0-9]{3}){1,2}|(?:'[0-9]{3}){1,2})|"
    r"[1-9][0-9]{0,8}|0)"
)
# A word ends here, or a sign such as ~ did.
_END = r"(?!(?<=\w)\w)"
NUMBER = rf"(?<![0-9.,'])(?<![0-9] )(?<!\w){_NUMBER}(?!\w)(?![.,'][0-9])"
"""A whole number that is not part of another one."""


class Grammar:
    """Patterns of the parts of a figure, made from the words of a label table.

    Attributes:
        qualifier: A hedge before a number, or the same hedge in two languages.
        filler: Words between a number and its label, with the blank after each.
        units: What is counted, after a number.
        figure: A number after its label, with hedge, increment and unit.
        labels: Labels of one figure in a list, with slashes between them.
        nouns: The same in running text.
        rounded: Thousand and million, also as the beginning of a word.
        date: A day, with or without its year.
    """

    def __init__(self, labels: Labels) -> None:
        """Build the patterns."""
        self._labels = labels
        hedge, unit = self.any("qualifier"), self.any("unit")
        self.qualifier = rf"(?P<qualifier>{hedge}(?:{BLANKS}/?{BLANKS}{hedge})?)"
        self.filler = rf"(?:{self.any('filler')}{SPACE}){{0,3}}"
        self.units = rf"{unit}(?:{BLANKS}/?{BLANKS}{unit}){{0,3}}"
        self.figure = (
            rf"(?:{self.qualifier}{BLANKS})?(?P<number>{NUMBER})(?:{BLANKS}{self.units})?"
            rf"(?:{BLANKS}{self.increase('after')})?(?:{BLANKS}{self.units})?"
        )
        self.labels = self._chain(labels.label)
        self.nouns = self._chain(labels.noun)
        self.rounded = labels.words("rounded")
        month, year = rf"{self.any('month')}\.?", r"(?:,? 20[0-9]{2})?"
        self.date = (
            r"(?:\b[0-9]{2}\.[0-9]{2}(?:\.(?:20)?[0-9]{2})?"
            rf"|\b[0-9]{{1,2}} {month}{year}|{month} [0-9]{{1,2}}{year})(?: ?{self.any('year')})?"
        )

    def any(self, kind: str) -> str:
        """Return the pattern of the words of a kind, as whole words."""
        return rf"(?<!\w){self._labels.words(kind)}{_END}"

    def increase(self, name: str) -> str:
        """Return the pattern of an increment: (+8), (+1,240), +8, (+20 over the past day).

        Args:
            name: Group of its number: `before` or `after` the label.
        """
        noted = rf"(?:[ ,-]{{1,3}}(?:[^\W\d]{{1,8}} ){{0,3}}{self.any('day')})?"
        printed = rf"\({BLANKS}\+ ?(?P<{name}>{NUMBER}){noted}{BLANKS}\)"
        return rf"(?:{printed}|\+ ?(?P<{name}_bare>{NUMBER}))"

    @staticmethod
    def _chain(label: str) -> str:
        slash = r"[ \t]{0,3}/[ \t]{0,3}\n?[ \t]{0,3}"
        return rf"(?<!\w)(?:{label}(?!\w)(?:{slash})?){{1,4}}"


@functools.lru_cache(maxsize=8)
def grammar(labels: Labels) -> Grammar:
    """Return the grammar of a label table."""
    return Grammar(labels)


def number(text: str) -> int:
    """Return the value of a number as `NUMBER` matches it.

    >>> number("1 475 270"), number("12,292")
    (1475270, 12292)
    """
    return int(re.sub(r"[ ,']", "", text))


def increment(found: re.Match[str]) -> int | None:
    """Return the increment that a pattern with groups of `increase` found; None for none."""
    for name in ("before", "before_bare", "after", "after_bare"):
        text = found[name] if name in found.re.groupindex else None
        if text:
            return number(text)
    return None


@functools.lru_cache(maxsize=64)
def words(labels: Labels, kind: str, *, stems: bool = False) -> re.Pattern[str]:
    """Return the pattern of the words of a kind.

    Args:
        labels: The tables.
        kind: The kind, as in `report_words.csv`.
        stems: Whether words may go on after what the table holds.
    """
    return re.compile(rf"(?<!\w){labels.words(kind)}" + ("" if stems else _END))
