"""What the package raises, and "did you mean".

A problem in data is an `Issue`, a value; a problem in a call is an exception of the family below.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from reported_losses.issue import Issue

_KNOWN = 1_000
_ASKED = 50
_LONGEST = 100
_LIKE = 0.5


class ReportedLossesError(Exception):
    """Base of every exception this package raises on purpose."""


class DescriptorError(ReportedLossesError):
    """`datapackage.json` or a schema says something this package does not understand."""


class UnknownNameError(ReportedLossesError, LookupError):
    """A table, column, code, engine or category that does not exist."""


class BadArgumentError(ReportedLossesError, ValueError):
    """An argument of a known name with a value that means nothing."""


class MissingExtraError(ReportedLossesError, ImportError):
    """A library that an optional extra would have installed is not there."""


class UpstreamError(ReportedLossesError):
    """An upstream record is not in the form its reader knows."""


class DataError(ReportedLossesError):
    """The data cannot be used as it is; `issues` says why.

    Attributes:
        issues: The issues found, in order.
    """

    def __init__(self, message: str, issues: Iterable[Issue] = ()) -> None:
        super().__init__(message)
        self.issues = tuple(issues)


def nearest_first(name: str, known: Iterable[str]) -> list[str]:
    """Order known names by likeness to a mistaken one, for "did you mean".

    >>> nearest_first("tank", ["artillery", "tanks"])
    ['tanks', 'artillery']
    """

    def distance(candidate: str) -> tuple[float, str]:
        ratio = difflib.SequenceMatcher(None, name.lower(), candidate.lower()).ratio()
        return (-ratio, candidate)

    return sorted(known, key=distance)


def unknown_name(kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """Build the error for a name that does not exist, listing what there is.

    Args:
        kind: What was named, such as "table".
        name: The name given.
        known: The names there are.

    Returns:
        The exception, to be raised by the caller.
    """
    names = nearest_first(name, known)
    return UnknownNameError(f"no {kind} {name!r}; there is: {', '.join(names) or 'none'}")


class Nearest:
    """Known texts that may be asked about a few times.

    A file can hold a thousand wrong texts; likeness is dear, so that only the first few
    distinct ones are compared.

    >>> Nearest(("russia", "ukraine")).to("rusia")
    'russia'
    """

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known[:_KNOWN]
        self._said: dict[str, str | None] = {}

    def to(self, text: str) -> str | None:
        """Return the known text most like `text`; None where none is, or too many asked."""
        if text not in self._said and len(self._said) < _ASKED:
            self._said[text] = self._likest(text)
        return self._said.get(text)

    def _likest(self, text: str) -> str | None:
        if len(text) > _LONGEST or text in self._known:
            return None
        likest = difflib.get_close_matches(text.lower(), self._known, 1, _LIKE)
        return likest[0] if likest else None
