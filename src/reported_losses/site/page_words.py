"""Days and names as the sentences of pages have them."""

from __future__ import annotations

from reported_losses.definition.dates import parse_date

# Not by `strftime`, which writes months in the language of the system.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
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
    """
    ends = [long_day(day) for day in (first, last) if day]
    return " to ".join(dict.fromkeys(ends))


def side(subject: str) -> str:
    """Return the name of whose losses are counted.

    >>> side("north-korea"), side("dpr-lpr"), side("both")
    ('North Korea', 'DPR LPR', 'both sides')
    """
    if subject == "both":
        return "both sides"
    words = subject.split("-")
    return " ".join(one.upper() if one in _INITIALS else one.capitalize() for one in words)
