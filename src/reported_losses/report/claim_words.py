"""A figure of a statement in words: whose losses, what is counted, how it was hedged, since when."""

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
    low, high = ("" if claim[end] is None else f"{claim[end]:,}" for end in ("low", "high"))
    figure = f"{low} to {high}" if claim["qualifier"] == "between" else low or high
    limits = ", ".join(claim[name] for name in ("subset", "place") if claim[name])
    counted = f"{claim['measure']} ({limits})" if limits else claim["measure"]
    days = " to ".join(str(claim[name]) for name in ("period_start", "period_end") if claim[name])
    figure = f"{QUALIFIER_WORDS[claim['qualifier']]}{figure}{RATE_WORDS[claim['rate']]}"
    return "; ".join(
        filter(None, (f"{claim['subject']}, {counted}: {figure}", days, claim["basis"]))
    )
