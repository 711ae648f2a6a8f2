"""Keywords of JSON objects, each read with its type, or refused with its location."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from reported_losses.errors import DescriptorError, nearest_first

_SHOWN = 60
_MOST_LENGTH = 65_536


class Kind(NamedTuple):
    """A type that a keyword's value may have: its test, and its name in messages."""

    fits: Callable[[Any], bool]
    expected: str


def _whole_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST_LENGTH


TEXT = Kind(lambda value: isinstance(value, str), "a text")
LIST = Kind(lambda value: isinstance(value, list), "a list")
OBJECT = Kind(lambda value: isinstance(value, dict), "an object")
OBJECTS = Kind(
    lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    "a list of objects",
)
TEXTS = Kind(
    lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "a list of texts",
)
TEXT_OR_TEXTS = Kind(
    lambda value: isinstance(value, str) or TEXTS.fits(value), "a text or a list of texts"
)
TEXT_OR_OBJECT = Kind(lambda value: isinstance(value, (str, dict)), "a text or an object")
TRUTH = Kind(lambda value: isinstance(value, bool), "true or false, without quotes")
LENGTH = Kind(_whole_number, f"a whole number from 0 to {_MOST_LENGTH:,}, without quotes")
COUNT = Kind(
    lambda value: type(value) is int and 0 <= value < 2**53, "a whole number, without quotes"
)
SCALAR = Kind(
    lambda value: isinstance(value, (str, int, float, bool)), "a text, a number, true or false"
)


def read_object(
    value: object, kinds: Mapping[str, Kind], required: Iterable[str], location: str
) -> dict[str, Any]:
    """Read a JSON object of which every keyword is known.

    Args:
        value: The object.
        kinds: The types of the keywords it may have.
        required: Keywords that it must have.
        location: Where it is, for messages.

    Returns:
        The object.

    Raises:
        DescriptorError: It is not an object, or has a keyword that is unknown or has a value of
            another type, or lacks one that it must have.
    """
    if not isinstance(value, dict):
        raise error(location, "an object was expected")
    for name, held in value.items():
        if name not in kinds:
            raise unknown(location, "keyword", name, kinds)
        if not kinds[name].fits(held):
            raise error(
                f"{location}.{name}", f"{kinds[name].expected} was expected, not {shown(held)}"
            )
    for name in required:
        if name not in value:
            raise error(location, f"the keyword {name!r} is missing")
    return value


def shown(value: object) -> str:
    """Return a JSON value for a message; a list or an object only by its type."""
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def error(location: str, problem: str) -> DescriptorError:
    """Build the error for a problem at a location."""
    return DescriptorError(f"{location}: {problem}")


def unknown(location: str, kind: str, name: str, known: Iterable[str]) -> DescriptorError:
    """Build the error for a name that does not exist; it lists those that do."""
    name = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    listed = ", ".join(nearest_first(name, known)[:30])
    return error(location, f"unknown {kind} {name!r}; known: {listed}")
