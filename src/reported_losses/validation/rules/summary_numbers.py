"""Numbers in prose, as the summaries of statements write them."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(?<![\d,.])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)( million)?")
_WORDS = {"half a million": 500_000.0, "a million": 1_000_000.0, "one million": 1_000_000.0}
# A longer number cannot be the end of a claim, and would take long to read.
_MAX_LENGTH = 18


def numbers_in(text: str) -> set[float]:
    """Return the numbers that a text gives in digits, or as a round million.

    >>> sorted(numbers_in("3,334 tanks, 1.2 million casualties and a ratio of 7 to one"))
    [7.0, 3334.0, 1200000.0]
    """
    found = {number for words, number in _WORDS.items() if words in text.lower()}
    for digits, million in _DIGITS.findall(text):
        if len(digits) <= _MAX_LENGTH:
            # Decimal places times a million leave a remainder that rounding takes away.
            number = float(digits.replace(",", ""))
            found.add(round(number * 1_000_000, 3) if million else number)
    return found
