"""Dates: their one spelling, and what callers may pass for one."""

from __future__ import annotations

import datetime as dt
import re

from reported_losses.definition.arguments import shown
from reported_losses.errors import BadArgumentError

WAR_BEGAN = dt.date(2022, 2, 24)
"""First day that cumulative totals count."""

EPOCH = dt.date(1970, 1, 1)
SPELLING = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = re.compile(SPELLING)


def parse_date(text: str) -> dt.date:
    """Read a date written YYYY-MM-DD; Python alone would also accept `20230222` and `2023-W08-3`.

    Raises:
        ValueError: The text has another form, or there is no such day.

    >>> parse_date("2023-02-22")
    datetime.date(2023, 2, 22)
    """
    if not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date written YYYY-MM-DD")
    return dt.date.fromisoformat(text)


def as_date(value: object, argument: str) -> dt.date:
    """Return the day that a caller passed.

    Args:
        value: A date, a datetime or `numpy.datetime64` (its time of day is ignored), or text
            YYYY-MM-DD.
        argument: Name of the argument or option, for the message.

    Returns:
        The day.

    Raises:
        BadArgumentError: The value is none of these, has a time zone, or there is no such day.

    >>> as_date("2023-02-22", "as_of")
    datetime.date(2023, 2, 22)
    """
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        raise BadArgumentError(f"{argument}: {value} has a time zone; pass the day alone")
    text = value
    if isinstance(value, dt.date) or type(value).__name__ == "datetime64":
        # By way of text, because pandas' NaT is a datetime, too. NumPy is not imported for this.
        text = str(value)[:10]
    try:
        return parse_date(text if isinstance(text, str) else "")
    except ValueError:
        msg = f"{argument}: {shown(value)} is not a day that exists, written YYYY-MM-DD"
        raise BadArgumentError(msg) from None


def day_number(day: dt.date) -> int:
    """Return the number of days from 1970-01-01 to a day; negative before it."""
    return (day - EPOCH).days


def day_text(number: int) -> str:
    """Return a day number as YYYY-MM-DD, or as a number if there is no such year.

    >>> day_text(19410)
    '2023-02-22'
    """
    try:
        return (EPOCH + dt.timedelta(days=number)).isoformat()
    except OverflowError:
        return str(number)
