"""A figure of a statement in words: whose losses, what is counted, how it was hedged, when."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

RATE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "total": "",
        "per-day": " a day",
        "per-week": " a week",
        "per-month": " a month",
        "per-100-metres": " per 100 metres",
        "per-square-kilometre": " per km²",
    }
)
QUALIFIER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "exact": "",
        "about": "about ",
        "between": "",
        "more-than": "more than ",
        "up-to": "up to ",
        "nearly": "nearly ",
    }
)

DENIED = "denied"
"""Basis of a figure that the speaker denies."""


def figure_words(claim: Mapping[str, Any]) -> str:
    """Say one figure of a statement on one line.

    Args:
        claim: A row of `claims`; its days are dates or texts, and its figures numbers or None.

    >>> figure_words({"subject": "russia", "measure": "killed", "subset": None, "place": "Bakhmut",
    ...     "low": 450, "high": None, "qualifier": "more-than", "rate": "per-day",
    ...     "period_start": "2022-02-24", "period_end": None, "basis": "estimated"})
    'russia, killed (Bakhmut): more than 450 a day; 2022-02-24; estimated'

    A figure that the speaker denies is somebody else's, and how it was hedged is not said.

    >>> figure_words({"subject": "ukraine", "measure": "killed", "subset": None, "place": None,
    ...     "low": None, "high": 80000, "qualifier": "up-to", "rate": "total",
    ...     "period_start": None, "period_end": None, "basis": "denied"})
    'ukraine, killed: rejected the figure of 80,000'
    """
    days = " to ".join(str(claim[name]) for name in ("period_start", "period_end") if claim[name])
    denied = claim["basis"] == DENIED
    amount = f"rejected the figure of {bare_words(claim)}" if denied else amount_words(claim)
    counted = f"{claim['subject']}, {counted_words(claim)}: {amount}"
    return "; ".join(filter(None, (counted, days, "" if denied else claim["basis"])))


def amount_words(claim: Mapping[str, Any]) -> str:
    """Say how many, as it was hedged, and for which unit of time or space.

    Args:
        claim: A row of `claims`.
    """
    return f"{QUALIFIER_WORDS[claim['qualifier']]}{bare_words(claim)}{RATE_WORDS[claim['rate']]}"


def bare_words(claim: Mapping[str, Any]) -> str:
    """Say how many, without hedge and unit.

    Args:
        claim: A row of `claims`.

    >>> bare_words({"low": 30000, "high": 35000, "qualifier": "between"})
    '30,000 to 35,000'
    """
    low, high = ("" if claim[end] is None else f"{claim[end]:,}" for end in ("low", "high"))
    return f"{low} to {high}" if claim["qualifier"] == "between" else low or high


def counted_words(claim: Mapping[str, Any]) -> str:
    """Say what is counted, and to what that is limited.

    Args:
        claim: A row of `claims`.
    """
    limits = ", ".join(claim[name] for name in ("subset", "place") if claim[name])
    return f"{claim['measure']} ({limits})" if limits else str(claim["measure"])
