"""Names that callers pass, turned into what was meant, or refused in words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from reported_losses.errors import BadArgumentError, unknown_name

_NOUNS = {"by": "step for by", "every": "step for every"}
"""What is named by arguments whose own name is no noun."""


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
        raise BadArgumentError(f"{argument} is a text, not {shown(value)}")
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
        raise BadArgumentError(f"{argument} is a text or a list of texts, not {shown(value)}")
    found = [text(f"each item of {argument}", one) for one in value]
    if not found:
        raise BadArgumentError(f"{argument} is an empty list; leave it out to choose all")
    if len(set(found)) != len(found):
        raise BadArgumentError(f"{argument} has an item twice: {shown(found)}")
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
        raise unknown_name(_NOUNS.get(argument, argument), str(value), known)
    return str(value)


def folder_path(argument: str, value: object) -> Path:
    """Return the path of a folder that a caller passed; whether it is there is not asked.

    Args:
        argument: Name of the argument, for the message.
        value: A text or a path.

    Raises:
        BadArgumentError: It is neither, or is empty.

    >>> folder_path("path", "a/b").parts
    ('a', 'b')
    """
    if not isinstance(value, str | os.PathLike) or not isinstance(os.fspath(value), str):
        raise BadArgumentError(f"{argument} is the path of a folder, not {shown(value)}")
    if not os.fspath(value):
        raise BadArgumentError(f"{argument} is an empty text, not the path of a folder")
    return Path(value)


def shown(value: object) -> str:
    """Return a value as Python writes it, cut short, with its type; quotes tell that of a text.

    >>> print(shown(3), "and", shown("3"))
    3 (int) and '3'
    """
    written = " ".join(repr(value).split())  # a frame is written in several lines
    kind = "" if isinstance(value, str) else f" ({type(value).__name__})"
    return f"{written[:60]}{'…' if len(written) > 60 else ''}{kind}"  # noqa: PLR2004 - as long as a line bears
