"""Days and names as the sentences of pages have them."""

from __future__ import annotations

import datetime as dt
import functools
import re

from reported_losses.definition.dates import parse_date
from reported_losses.definition.descriptor import installed

# Not by `strftime`, which writes months in the language of the system.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LONG = re.compile(r"(?<![\w.,:/-])(?!20[23]\d\b)\d{4,}(?![\w/:-]|[.,]\d)|(?<=[+-])\d{4,}(?!-)")
_INITIALS = frozenset({"dpr", "lpr"})


def long_day(day: str) -> str:
    """Return a day as people write it.

    >>> long_day("2023-02-22")
    '22 February 2023'
    """
    date = parse_date(day)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def short_day(day: str) -> str:
    """Return a day as people write it where there is little room.

    >>> short_day("2023-09-02")
    '2 Sep 2023'
    """
    date = parse_date(day)
    return f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}"


def period(first: str | None, last: str | None) -> str:
    """Return a period in words, empty if neither end is known.

    >>> period("2022-02-24", "2023-02-22")
    '24 February 2022 to 22 February 2023'
    >>> period("2025-12-01", "2025-12-31"), period("2025-01-01", "2025-12-31")
    ('December 2025', '2025')
    >>> period(None, "2026-03-05"), period("2026-03-05", None)
    ('until 5 March 2026', 'since 5 March 2026')
    """
    if not first or not last:
        word, day = ("until", last) if last else ("since", first)
        return f"{word} {long_day(day)}" if day else ""
    ends = [long_day(first), long_day(last)]
    return _whole(first, last) or " to ".join(dict.fromkeys(ends))


def _whole(first: str, last: str) -> str:
    """Return a calendar month or year by its name, empty if the days are neither."""
    begin, after = parse_date(first), parse_date(last) + dt.timedelta(days=1)
    if begin.day != 1 or after.day != 1:
        return ""
    months = 12 * (after.year - begin.year) + after.month - begin.month
    if months == 1:
        return f"{MONTHS[begin.month - 1]} {begin.year}"
    return str(begin.year) if months == 12 and begin.month == 1 else ""  # noqa: PLR2004 - a year


def side(subject: str) -> str:
    """Return the name of whose losses are counted.

    >>> side("north-korea"), side("dpr-lpr"), side("both")
    ('North Korea', 'DPR LPR', 'both sides')
    """
    if subject == "both":
        return "both sides"
    words = subject.split("-")
    return " ".join(one.upper() if one in _INITIALS else one.capitalize() for one in words)


@functools.cache
def kinds() -> dict[str, str]:
    """Return what each kind of correction means, in the words of the schema.

    >>> kinds()["re-based"]
    'several categories moved at once without an announcement'
    """
    field = installed().table("corrections").field("kind")
    return {
        name: meaning
        for name in field.enum or ()
        for meaning in re.findall(rf"\b{re.escape(name)}: (.*?)\.(?: |$)", field.description)
    }


def readable(sentence: str) -> str:
    """Return a sentence with long numbers in groups of three digits, and with minus signs.

    Years and days stay as they are.

    >>> readable("the total moves by +2710 where +1060 is printed on 2025-10-03, in 2025")
    'the total moves by +2,710 where +1,060 is printed on 2025-10-03, in 2025'
    >>> readable("it moves by -2") == "it moves by \N{MINUS SIGN}2"
    True
    """
    grouped = _LONG.sub(lambda found: f"{int(found[0]):,}", sentence)
    return re.sub(r"(?<=\s)-(?=\d)", "\N{MINUS SIGN}", grouped)
