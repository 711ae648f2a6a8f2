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


def figure_words(claim: Mapping[str, Any]) -> str:
    """Say one figure of a statement on one line.

    Args:
        claim: A row of `claims`; its days are dates or texts, and its figures numbers or None.

    >>> figure_words({"subject": "russia", "measure": "killed", "subset": None, "place": "Bakhmut",
    ...     "low": 450, "high": None, "qualifier": "more-than", "rate": "per-day",
    ...     "period_start": "2022-02-24", "period_end": None, "basis": "estimated"})
    'russia, killed (Bakhmut): more than 450 a day; 2022-02-24; estimated'
    """
    days = " to ".join(str(claim[name]) for name in ("period_start", "period_end") if claim[name])
    counted = f"{claim['subject']}, {counted_words(claim)}: {amount_words(claim)}"
    return "; ".join(filter(None, (counted, days, claim["basis"])))


def amount_words(claim: Mapping[str, Any]) -> str:
    """Say how many, as it was hedged, and for which unit of time or space.

    Args:
        claim: A row of `claims`.
    """
    low, high = ("" if claim[end] is None else f"{claim[end]:,}" for end in ("low", "high"))
    figure = f"{low} to {high}" if claim["qualifier"] == "between" else low or high
    return f"{QUALIFIER_WORDS[claim['qualifier']]}{figure}{RATE_WORDS[claim['rate']]}"


def counted_words(claim: Mapping[str, Any]) -> str:
    """Say what is counted, and to what that is limited.

    Args:
        claim: A row of `claims`.
    """
    limits = ", ".join(claim[name] for name in ("subset", "place") if claim[name])
    return f"{claim['measure']} ({limits})" if limits else str(claim["measure"])
