"""What callers pass, turned into what was meant, or refused in words."""

from __future__ import annotations

import datetime as dt
import math
import operator
from decimal import Decimal

from reported_losses.definition.arguments import choice, shown, text, texts
from reported_losses.definition.dates import as_date
from reported_losses.errors import BadArgumentError

__all__ = ["choice", "flag", "period", "text", "texts", "whole"]


def flag(argument: str, value: object) -> bool:
    """Return a truth value that a caller passed; anything but True and False is refused.

    Args:
        argument: Name of the argument, for the message.
        value: What was passed for it.

    Raises:
        BadArgumentError: It is neither True nor False.
    """
    if not isinstance(value, bool):
        raise BadArgumentError(f"{argument} is True or False, not {shown(value)}")
    return value


def whole(value: object) -> int | None:
    """Return a whole number that a caller passed, of any type; None if it is none.

    >>> whole(720), whole(720.0), whole(720.5), whole(True)
    (720, 720, None, None)
    """
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return None
    if isinstance(value, float | Decimal):
        return int(value) if math.isfinite(value) and value == int(value) else None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None


def period(start: object, end: object) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day that a caller passed, both included.

    Args:
        start: First day, as `as_date` takes it, or None for no bound.
        end: Last day, likewise.

    Raises:
        BadArgumentError: One is not a day, or the last is before the first.

    >>> period("2023-02-22", None)
    (datetime.date(2023, 2, 22), None)
    """
    first = None if start is None else as_date(start, "start")
    last = None if end is None else as_date(end, "end")
    if first is not None and last is not None and last < first:
        raise BadArgumentError(f"end {last} is before start {first}")
    return first, last
