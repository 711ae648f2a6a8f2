"""A claim as one line: the figure, what it counts, when, and on what it rests.

The explorer and the day pages show the same line.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reported_losses.report.claim_words import DENIED, QUALIFIER_WORDS, RATE_WORDS, bare_words
from reported_losses.site.page_words import period

OF_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "russia": "Russian",
        "ukraine": "Ukrainian",
        "both": "",
        "north-korea": "North Korean",
        "wagner": "Wagner",
        "dpr-lpr": "DPR and LPR",
    }
)
MEASURE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "personnel": "personnel lost",
        "irrecoverable": "irrecoverable losses",
        "casualties-all-causes": "casualties of all causes",
        "artillery": "artillery pieces",
        "uavs": "drones",
        "equipment-total": "pieces of equipment",
        "loss-ratio": "losses for each one of the other side",
        "share-of-force-lost": "percent of the force lost",
        "opinion-share": "percent of those asked",
        "other-count": "counted otherwise",
    }
)
"""Measures whose names say too little; the others are read as they are."""
_PERCENT = frozenset({"share-of-force-lost", "opinion-share"})
SUBSET_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "abandoned": "abandoned ones",
        "captured": "captured ones",
        "captured-deserted": "captured and deserted ones",
        "captured-missing": "captured and missing ones",
        "damaged": "damaged ones",
        "deserted": "deserted ones",
        "destroyed": "destroyed ones",
        "dna-requests": "requests for DNA tests",
        "favour-peace-talks": "in favour of peace talks",
        "killed-missing-deserted": "killed, missing and deserted ones",
        "killed-missing-or-disabled": "killed, missing or disabled",
        "killed-missing-or-permanently-wounded": "killed, missing or permanently wounded",
        "missing": "missing ones",
        "recruitment-gap": "losses above recruitment",
        "seriously-wounded-only": "of the wounded the serious cases only",
        "support-war": "in support of the war",
        "with-civilians": "civilians included",
        "with-mortars": "mortars included",
        "with-rocket-launchers": "rocket launchers included",
    }
)
"""Subsets whose names say too little; the others are read as they are."""
BASIS_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "reported": "reported",
        "confirmed-by-name": "counted by name",
        "visually-confirmed": "counted by pictures",
        "estimated": "estimate",
        "forecast": "forecast",
        "target": "an aim, not a count",
        DENIED: "",
    }
)


def claim_line(claim: Mapping[str, Any]) -> tuple[str, str]:
    """Return a claim in words.

    Args:
        claim: A row of `claims`; its days are texts or dates, its figures numbers or None.

    Returns:
        What is stressed, and the rest. Nothing of a figure is stressed that the speaker denies.

    >>> row = dict.fromkeys(("subset", "place", "low", "high", "period_start", "period_end",
    ...     "period_precision"))
    >>> row |= {"subject": "russia", "measure": "killed", "rate": "total", "basis": "reported"}
    >>> row |= {"low": 35000, "high": 35000, "qualifier": "exact"}
    >>> " ".join(claim_line(row | {"period_start": "2025-12-01", "period_end": "2025-12-31"}))
    '35,000 Russian killed; December 2025; reported'
    >>> " ".join(claim_line(row | {"rate": "per-month", "subset": "officers"}))
    '35,000 Russian killed a month (officers); reported'
    >>> claim_line(row | {"basis": "denied"})
    ('', 'rejected the figure of 35,000 Russian killed')
    """
    denied = claim["basis"] == DENIED
    amount = bare_words(claim) if denied else _hedged(claim)
    said = "; ".join(filter(None, (_counted(claim), _when(claim), BASIS_WORDS[claim["basis"]])))
    return ("", f"rejected the figure of {amount} {said}") if denied else (amount, said)


def _hedged(claim: Mapping[str, Any]) -> str:
    return f"{QUALIFIER_WORDS[claim['qualifier']]}{bare_words(claim)}"


def _counted(claim: Mapping[str, Any]) -> str:
    """Say whose, what, by which unit of time or space, which part of it, and where."""
    of, measure = OF_WORDS[claim["subject"]], _read(claim["measure"], MEASURE_WORDS)
    if claim["measure"] in _PERCENT:
        words = measure.replace("the force", f"the {of} force").replace("those", f"{of}s")
    else:
        words = f"{of} {measure}" if of else f"{measure} on both sides"
    limits = ", ".join(filter(None, (_subset(claim), place(claim["place"]))))
    return f"{words}{RATE_WORDS[claim['rate']]}" + (f" ({limits})" if limits else "")


def _read(slug: str, words: Mapping[str, str]) -> str:
    return words.get(slug, slug.replace("-", " "))


def _subset(claim: Mapping[str, Any]) -> str:
    """Say which part is counted, or what is counted beside what the measure names."""
    words = _read(claim["subset"] or "", SUBSET_WORDS)
    whole = words and claim["measure"] == "casualties-all-causes"
    return f"{words.removesuffix(' ones')} included" if whole else words


def place(slug: str | None) -> str:
    """Return a place as it is written.

    >>> place("kharkiv-region"), place(None)
    ('Kharkiv region', '')
    """
    words = (slug or "").replace("-", " ")
    return words.title() if words.endswith(" sea") else words[:1].upper() + words[1:]


def _when(claim: Mapping[str, Any]) -> str:
    first, last = (claim[name] and str(claim[name]) for name in ("period_start", "period_end"))
    words = period(first, last)
    if claim["rate"] != "total" and not first:
        words = words.replace("until", "as of")
    inferred = " (inferred)" if words and claim["period_precision"] == "inferred" else ""
    return f"{words}{inferred}"
