"""What callers pass, turned into what was meant, or refused in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from reported_losses.dataset.dates import as_date
from reported_losses.errors import BadArgumentError, unknown_name


def text(argument: str, value: object) -> str:
    """Return a text that a caller passed.

    Args:
        argument: Name of the argument, for the message.
        value: What was passed for it.

    Raises:
        BadArgumentError: It is no text.

    >>> text("reporter", "oryx")
    'oryx'
    """
    if not isinstance(value, str):
        raise BadArgumentError(f"{argument} is a text, not {_shown(value)}")
    return value


def texts(argument: str, value: object) -> list[str]:
    """Return the texts that a caller passed: one text, or several in a list or the like.

    Args:
        argument: Name of the argument, for the message.
        value: What was passed for it.

    Raises:
        BadArgumentError: It is neither, is empty, or holds a text twice.

    >>> texts("category", "tanks"), texts("category", ("tanks", "mlrs"))
    (['tanks'], ['tanks', 'mlrs'])
    """
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Iterable) or isinstance(value, bytes):
        raise BadArgumentError(f"{argument} is a text or a list of texts, not {_shown(value)}")
    found = [text(f"each {argument}", one) for one in value]
    if not found:
        raise BadArgumentError(f"{argument} is an empty list; leave it out to choose all")
    if len(set(found)) != len(found):
        raise BadArgumentError(f"{argument} names one twice: {_shown(found)}")
    return found


def choice(argument: str, value: object, known: Sequence[str]) -> str:
    """Return a text that a caller passed, if it is one of those that exist.

    Args:
        argument: Name of the argument, for the message.
        value: What was passed for it.
        known: The texts that exist.

    Raises:
        BadArgumentError: It is no text.
        UnknownNameError: It is none of those that exist.
    """
    if text(argument, value) not in known:
        raise unknown_name(argument, str(value), known)
    return str(value)


def flag(argument: str, value: object) -> bool:
    """Return a truth value that a caller passed; anything but True and False is refused.

    Args:
        argument: Name of the argument, for the message.
        value: What was passed for it.

    Raises:
        BadArgumentError: It is neither True nor False.
    """
    if not isinstance(value, bool):
        raise BadArgumentError(f"{argument} is True or False, not {_shown(value)}")
    return value


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


def _shown(value: object) -> str:
    """Return a value as Python writes it, cut short, with its type."""
    written = repr(value)
    return f"{written[:60]}{'…' if len(written) > 60 else ''} ({type(value).__name__})"  # noqa: PLR2004 - as long as a line bears
