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
NUMBER = rf"(?<![0-9.,'])(?<![0-9] )(?<!\w){_NUMBER}(?!\w)(?![.,'][0-9])"
"""A whole number that is not part of another one."""

_PAST = r"(?:past|last|previous|preceding)"
_MYNULA = r"(?:минул|останн|попередн|одн|цю|цієї)\w{0,6} "
DAY_AGO = (
    rf"(?:(?:(?:just )?(?:over|in|during|for|within) )?(?:the )?{_PAST} (?:day|24 hours)"
    r"|(?:in|within) (?:one|a|24) (?:day|hours)|over the day|per day|a day earlier|daily|yesterday"
    rf"|(?:(?:за|протягом|впродовж|упродовж) )?(?:{_MYNULA})?доб(?:у|и)\b|вчора|учора)"
)
"""Words that say that a figure is of one day."""


class Grammar:
    """Patterns of the parts of a figure, made from the words of a label table.

    Attributes:
        qualifier: A hedge before a number, or the same hedge in two languages.
            filler: Words between a number and its label, with the blank after each.
        word: A number in letters, up to ten.
        units: What is counted, after a number.
        labels: Labels of one figure in a list, in one or two languages.
        nouns: The same in running text.
        date: A day, with or without its year, as the last words before a list.
    """

    def __init__(self, labels: Labels) -> None:
        """Build the patterns."""
        word = rf"{labels.words('qualifier')}(?!\w)"
        hedge = rf"{word}(?:{BLANKS}/?{BLANKS}{word})?"
        self.qualifier = rf"(?P<qualifier>{hedge})"
        unit = rf"{labels.words('unit')}(?!\w)"
        self.units = rf"{unit}(?:{BLANKS}/?{BLANKS}{unit}){{0,3}}"
        self.labels = self._chain(labels.label)
        self.nouns = self._chain(labels.noun)

        fill = rf"{labels.words('filler')}(?!\w){SPACE}"
        self.filler = rf"(?:{fill}){{0,3}}"
        self.word = rf"(?<!\w)(?P<word>{labels.words('number')})(?!\w)"
        month = rf"{labels.words('month')}\.?(?!\w)"
        self.date = (
            r"(?:\b[0-9]{2}\.[0-9]{2}(?:\.(?:20)?[0-9]{2})?"
            rf"|\b[0-9]{{1,2}} {month}(?:,? 20[0-9]{{2}})?"
            rf"|\b{month} [0-9]{{1,2}}(?:,? 20[0-9]{{2}})?)(?: ?(?:року|р)\.?)?"
        )

    @staticmethod
    def _chain(label: str) -> str:
        one = rf"(?<!\w){label}(?!\w)"
        return rf"{one}(?:[ \t]{{0,3}}/[ \t]{{0,3}}\n?[ \t]{{0,3}}{label}(?!\w)){{0,3}}"


def increase(name: str) -> str:
    """Return the pattern of an increment: (+8), (+1,240), +8, (+20 over the past day).

    Args:
        name: Group of its number.
    """
    noted = rf"(?:[ ,-]{{1,3}}{DAY_AGO})?"
    return (
        rf"(?:\({BLANKS}\+ ?(?P<{name}>{NUMBER}){noted}{BLANKS}\)|\+ ?(?P<{name}_bare>{NUMBER}))"
    )


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


def increment(found: re.Match[str], *names: str) -> int | None:
    """Return the increment that a pattern with `increase` groups found; None for none."""
    for name in names:
        text = found[name] or found[f"{name}_bare"]
        if text:
            return number(text)
    return None
