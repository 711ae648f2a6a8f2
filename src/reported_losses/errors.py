"""The exceptions of the package, and "did you mean".

A problem in the data is a value, an `Issue`. A problem in a call is one of these exceptions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from types import MappingProxyType

from reported_losses.issue import Issue

_MOST_LISTED = 10
_MOST_SUGGESTED = 3
_MOST_KNOWN = 1_000
_MOST_ASKED = 50
# Comparing two texts in full is slow: only those with the best upper bounds are.
_MOST_COMPARED = 20
_LONGEST = 100
_PLACE = re.compile(r" (in|of|for) ")
LISTED_BY = MappingProxyType(
    {
        "table": ("tables",),
        "category": ("show categories",),
        "organisation": ("show organisations",),
        "release": ("releases",),
        "fetched release": ("releases",),
        "code": ("explain",),
        "table, category or reporter": ("tables", "show categories"),
    }
)
"""The commands that list all names of a kind, for kinds that have many."""
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
_LIKELY = 0.8
# One wrong letter weighs more in a short name.
_LIKELY_SHORT = 0.7
_SHORT = 5
# A name that has all words of the other: above a doubtful misspelling, below a certain one.
_CONTAINED = 0.85
_MOST_EXTRA_WORDS = 2


class ReportedLossesError(Exception):
    """Base of every exception this package raises on purpose."""


class DescriptorError(ReportedLossesError):
    """`datapackage.json` or a schema contains something this package does not understand."""


class UnknownNameError(ReportedLossesError, LookupError):
    """A table, column, code, engine or category that does not exist."""


class BadArgumentError(ReportedLossesError, ValueError):
    """An argument that exists, with a value that has no meaning.

    Args:
        message: What is wrong.
        remedy: An argument and a value that would do; the message ends with it.

    Attributes:
        in_shell: The message in the syntax of the command line.

    >>> import reported_losses as rl
    >>> error = rl.BadArgumentError("name one side", remedy=("subject", "russia"))
    >>> print(error, "|", error.in_shell)
    name one side: subject='russia' | name one side: --subject russia
    """

    def __init__(self, message: str, *, remedy: tuple[str, str] | None = None) -> None:
        name, value = remedy or ("", "")
        super().__init__(f"{message}: {name}={value!r}" if remedy else message)
        option = f"--{name.replace('_', '-')}"
        self.in_shell = f"{message}: {option} {value}" if remedy else message


class MissingExtraError(ReportedLossesError, ImportError):
    """A library that an optional extra installs is missing."""


class CacheError(ReportedLossesError, OSError):
    """The cache folder cannot be written to, or holds something that is not an ordinary file."""


class UpstreamError(ReportedLossesError):
    """An upstream record does not have the form that its reader knows."""


class FetchError(ReportedLossesError):
    """A file cannot be fetched from its address, or what came is not the file.

    Args:
        message: What is wrong.
        passing: Whether it may be over soon.
        after: Seconds that the server asks to wait.

    Attributes:
        passing: Whether it may be over soon, so that trying again makes sense.
        after: Seconds that the server asks to wait, or None.
    """

    def __init__(self, message: str, *, passing: bool = False, after: float | None = None) -> None:
        super().__init__(message)
        self.passing = passing
        self.after = after


class ReleaseError(ReportedLossesError):
    """A release cannot be built, read or trusted; the message says why and what to do."""


class DataError(ReportedLossesError):
    """The data cannot be used as it is; `issues` says why.

    Attributes:
        issues: The issues found, in order.
    """

    def __init__(self, message: str, issues: Iterable[Issue] = ()) -> None:
        super().__init__(message)
        self.issues = tuple(issues)


class WritingError(ReportedLossesError):
    """Tables cannot be written; the message says what became of them."""


class EmptySelectionWarning(UserWarning):
    """A selection that is valid matches no row, so the result is empty."""


class WithdrawnReleaseWarning(UserWarning):
    """A release was withdrawn; the message says why, and which one to use instead."""


def nearest_first(name: str, known: Iterable[str]) -> list[str]:
    """Order known names by likeness to a mistaken one, however unlike they are.

    >>> nearest_first("tank", ["artillery", "tanks"])
    ['tanks', 'artillery']
    """

    def rank(candidate: str) -> tuple[float, bool, float, str]:
        other_words, other_numbers = _split(candidate)
        ratio = difflib.SequenceMatcher(None, candidate.casefold(), name.casefold()).ratio()
        by_words = _likeness((words, ()), (other_words, ()))
        return (-by_words, numbers != other_numbers, -ratio, candidate)

    words, numbers = _split(name)
    return sorted(known, key=rank)


def likely(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that may have been meant, the likeliest first.

    A name is likely if it is spelt nearly the same, or has the same words and at most two more
    or fewer. Numbers must be equal: two dates are not alike because both are dates.

    Args:
        name: A name that does not exist.
        known: The names that exist; at most the first 1,000 are compared.

    >>> likely("ministry", ["military", "government-ministry"])
    ['government-ministry']
    >>> likely("reuters-2026-11-01", ["reuters-2022-07-20"])
    []
    """
    if len(name) > _LONGEST:
        return []
    own = _split(name)
    limit = _LIKELY_SHORT if len("-".join(own[0])) <= _SHORT else _LIKELY
    bounds = (
        (-_likeness(own, _split(candidate), quick=True), candidate)
        for candidate in islice(known, _MOST_KNOWN)
    )
    promising = nsmallest(_MOST_COMPARED, (one for one in bounds if -one[0] >= limit))
    scored = ((-_likeness(own, _split(candidate)), candidate) for _, candidate in promising)
    return [candidate for score, candidate in sorted(scored) if -score >= limit]


_Parts = tuple[tuple[str, ...], tuple[str, ...]]


def _split(name: str) -> _Parts:
    """Return the words and the numbers of a name."""
    parts = _WORD_OR_NUMBER.findall(name.casefold())
    numbers = tuple(part for part in parts if part.isdecimal())
    return tuple(part for part in parts if not part.isdecimal()), numbers


def _likeness(one: _Parts, other: _Parts, *, quick: bool = False) -> float:
    """Return a likeness from 0 to 1; if `quick`, an upper bound of it."""
    (words, numbers), (other_words, other_numbers) = one, other
    if numbers != other_numbers or not words or not other_words:
        return 0.0
    matcher = difflib.SequenceMatcher(None, "-".join(other_words), "-".join(words))
    ratio = matcher.quick_ratio() if quick else matcher.ratio()
    own, others = set(words), set(other_words)
    contained = (own <= others or others <= own) and len(own ^ others) <= _MOST_EXTRA_WORDS
    return max(ratio, _CONTAINED) if contained else ratio


def unknown_name(  # noqa: PLR0913 - what a person who misspelt a name wants to read
    kind: str,
    name: str,
    known: Iterable[str],
    meant: str | Sequence[str] | None = None,
    *,
    meanings: Mapping[str, str] | None = None,
    remark: str = "",
) -> UnknownNameError:
    """Build the error for a name that does not exist; it gives some that do.

    Names that may have been meant are given alone where a command lists all of them. Otherwise
    the ten nearest follow.

    Args:
        kind: What was named, such as "table" or "column in loss_counts".
        name: The name given.
        known: The names that exist.
        meant: The ones of them that the name is known to mean, if any is. They are suggested;
            without them, those that are spelt nearly the same.
        meanings: What known names mean, in a few words, for those that are suggested.
        remark: A sentence about the name, put after the suggestion.

    Returns:
        The exception, for the caller to raise.

    >>> print(unknown_name("category", "tnaks", ["uavs", "tanks"]))
    No category 'tnaks'. Did you mean tanks? `reported-losses show categories` lists them.
    >>> print(unknown_name("form", "jsn", ["text", "json"]))
    No form 'jsn'. Did you mean json? Known: json, text
    """
    asked = name[:_LONGEST]
    given = [meant] if isinstance(meant, str) else list(meant or ())
    listed = nearest_first(asked, known)
    near = given or likely(name, listed)[:_MOST_SUGGESTED]
    listed = [*near, *(one for one in listed if one not in near)]
    sentences = (
        _no_such(kind, asked if asked == name else f"{asked}…"),
        f"Did you mean {either(near, meanings)}?" if near else "",
        remark,
        _known(listed, _lists(kind), suggested=bool(near)),
    )
    return UnknownNameError(" ".join(filter(None, sentences)))


def either(names: Sequence[str], meanings: Mapping[str, str] | None = None) -> str:
    """Return names as a choice in words, each with its meaning in brackets.

    >>> either(["tanks", "uavs"], {"uavs": "Unmanned aerial vehicles"})
    'tanks or uavs (Unmanned aerial vehicles)'
    """
    words = [
        f"{name} ({meanings[name]})" if meanings and meanings.get(name) else name for name in names
    ]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _no_such(kind: str, name: str) -> str:
    """Say that there is nothing of a kind; the name follows the noun: "No column 'x' in y."."""
    noun, place = _noun_and_place(kind)
    return f"No {noun} {name!r}{place}."


def _noun_and_place(kind: str) -> tuple[str, str]:
    found = _PLACE.search(kind)
    end = found.start() if found else len(kind)
    return kind[:end], kind[end:]


def _lists(kind: str) -> str:
    """Say which command lists all names of a kind; those of a release may be others."""
    noun, place = _noun_and_place(kind)
    commands = () if "release" in place else LISTED_BY.get(noun, ())
    named = " and ".join(f"`reported-losses {command}`" for command in commands)
    return f"{named} list{'s' * (len(commands) == 1)} them" if named else ""


def _known(names: Sequence[str], lists: str, *, suggested: bool) -> str:
    """Give the nearest names, or what lists all of them, or both."""
    if suggested and lists:
        return f"{lists}."
    rest = len(names) - _MOST_LISTED
    more = f", … {rest:,} more" if rest > 0 else ""
    ending = f"; {lists}" if more and lists else ""
    return f"Known: {', '.join(names[:_MOST_LISTED]) or 'none'}{more}{ending}"


class Nearest:
    """Finds the likely known name for some mistaken ones, within bounded time.

    A file can hold thousands of wrong texts and comparing is slow, so only the first 50 distinct
    ones are compared.

    >>> Nearest(("russia", "ukraine")).to("rusia")
    'russia'
    """

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known[:_MOST_KNOWN]
        self._answers: dict[str, str | None] = {}

    def to(self, text: str) -> str | None:
        """Return the likeliest known name; None if none is likely or too many were asked."""
        if text not in self._answers and len(self._answers) < _MOST_ASKED:
            names = [] if text in self._known else likely(text, self._known)
            self._answers[text] = names[0] if names else None
        return self._answers.get(text)
