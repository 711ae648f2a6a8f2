"""How a released value of a column may change: the kinds of the keyword `history` in a schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

FIXED, DERIVED, GROWING, FREE = "fixed", "derived", "growing", "free"

HISTORIES: Mapping[str, str] = MappingProxyType(
    {
        FIXED: "a released value changes only with a row in `revisions`",
        DERIVED: "recomputed; a change needs no row in `revisions`",
        GROWING: "an empty cell may get a value, a day may become later, a list may gain members; "
        "any other change of a released value needs a row in `revisions`",
        FREE: "may change at any time",
    }
)
"""The kinds, and what each means."""

STRICTNESS: Mapping[str, int] = MappingProxyType({FREE: 0, DERIVED: 1, GROWING: 2, FIXED: 3})
"""How much each kind forbids; more is stricter."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIST = re.compile(r"[a-z0-9-]+( [a-z0-9-]+)*")


def grown(old: str, new: str) -> bool:
    """Return whether a text is what another may grow into without a row in `revisions`.

    Args:
        old: Text of the cell before; empty if it was missing.
        new: Text of the cell now.

    >>> grown("", "12"), grown("2026-11-20", "2026-11-22"), grown("tanks", "artillery tanks")
    (True, True, True)
    >>> grown("12", "13"), grown("12", ""), grown("2026-11-22", "2026-11-20")
    (False, False, False)
    """
    if old in {"", new}:
        return True
    if _DAY.fullmatch(old) and _DAY.fullmatch(new):
        return old < new
    lists = _LIST.fullmatch(old) and _LIST.fullmatch(new)
    return bool(lists) and set(old.split()) < set(new.split())


def needs_revision(history: str, old: str, new: str) -> bool:
    """Return whether a change of a released value needs a row in `revisions`.

    Args:
        history: History of the column, one of `HISTORIES`.
        old: Text of the cell before; empty if it was missing.
        new: Text of the cell now.

    >>> needs_revision("fixed", "", "12"), needs_revision("growing", "", "12")
    (True, False)
    """
    if old == new or history in {DERIVED, FREE}:
        return False
    return history != GROWING or not grown(old, new)
