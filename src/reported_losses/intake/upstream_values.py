"""Dates and numbers in upstream files: every one is in the form expected, or an error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from reported_losses.definition.dates import WAR_BEGAN, parse_date
from reported_losses.errors import nearest_first
from reported_losses.intake.upstream_files import Location

# No reported count comes near this, even with a digit too many; a number above it is two numbers
# run together.
MAX_TOTAL = 99_999_999
# Reports are daily; a date in the second half of the century is a typing slip.
LAST_YEAR = 2049


def check_keys(
    location: Location, row: Mapping[str, Any], required: Iterable[str], known: Iterable[str]
) -> None:
    """Refuse an object that lacks a required key or has an unknown one."""
    required, known = set(required), set(known)
    for key in row:
        if key not in known:
            near = nearest_first(key, known)[0]
            problem = f"has the unknown key {key!r}; the nearest known one is {near!r}"
            raise location.error(problem)
    for key in sorted(required - row.keys()):
        raise location.error(f"lacks the key {key!r}")


def report_date(location: Location, value: object) -> dt.date:
    """Read a date on or after the first day of the war."""
    try:
        date = parse_date(value if isinstance(value, str) else "")
    except ValueError:
        problem = f"has {value!r} where a date YYYY-MM-DD was expected"
        raise location.error(problem) from None
    if date < WAR_BEGAN or date.year > LAST_YEAR:
        problem = f"has the date {date}; reports began on {WAR_BEGAN} and years past {LAST_YEAR} "
        raise location.error(problem + "are slips")
    return date


def optional_date(location: Location, column: str, text: str) -> dt.date | None:
    """Read a date, or None from an empty cell."""
    if not text:
        return None
    try:
        return parse_date(text)
    except ValueError:
        problem = f"has {column} = {text!r} where a date YYYY-MM-DD that exists was expected"
        raise location.error(problem) from None


def check_day_number(location: Location, date: dt.date, number: object) -> None:
    """Refuse a day number that does not count from the first day of the war."""
    expected = (date - WAR_BEGAN).days + 1
    if str(number) != str(expected):
        problem = f"says {date} is day {number}; counted from {WAR_BEGAN} it is day {expected}"
        raise location.error(f"{problem}: the date or the number is wrong")


def count(location: Location, key: str, value: object) -> int:
    """Read a cumulative total: an integer from 0 to `MAX_TOTAL`, or its digits."""
    number = signed_count(location, key, value)
    if number < 0:
        raise location.error(f"has {key} = {number}; a total cannot be negative")
    return number


def optional_count(location: Location, key: str, text: str) -> int | None:
    """Read a total, or None from an empty cell."""
    return count(location, key, text) if text else None


def signed_count(location: Location, key: str, value: object) -> int:
    """Read an integer from -`MAX_TOTAL` to `MAX_TOTAL`, or its digits."""
    if isinstance(value, str) and value.lstrip("-").isascii() and value.lstrip("-").isdigit():
        number: object = int(value) if len(value) <= 18 else MAX_TOTAL + 1  # noqa: PLR2004
    else:
        number = value
    if isinstance(number, bool) or not isinstance(number, int):
        raise location.error(f"has {key} = {value!r} where a whole number was expected")
    if abs(number) > MAX_TOTAL:
        raise location.error(f"has {key} = {value}; more than {MAX_TOTAL:,} is a slip")
    return number


def json_count(location: Location, key: str, value: object) -> int:
    """Read a total from JSON, where a text instead of a number means a changed format."""
    if isinstance(value, str):
        raise location.error(f"has {key} = {value!r}, a text, where a number was expected")
    return count(location, key, value)


def optional_figure(location: Location, column: str, text: str) -> str | None:
    """Read a figure with an optional decimal part and commas between thousands.

    Returns:
        Its digits without commas; None from an empty cell.
    """
    if not text:
        return None
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else text
    if not re.fullmatch(r"0|[1-9]\d{0,8}(\.\d*[1-9])?", plain):
        raise location.error(f"has {column} = {text!r} where a figure was expected")
    return plain
