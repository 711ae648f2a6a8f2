"""What was said on a report day: who said it, the figures in it, and where it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reported_losses.site.claim_line import claim_line
from reported_losses.site.html import link, listed, text

Row = dict[str, Any]

PRECISION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "day": "",
        "inferred": "The day was inferred.",
        "month": "Only the month is known; its first day stands for it.",
    }
)
"""How well the day of a statement is known, by `statements.stated_on_precision`."""


def statements(facts: Row) -> str:
    """Return the statements of a day.

    Args:
        facts: What `day.facts` returns.
    """
    if not facts["statements"]:
        return (
            '<h2 id="statements">Statements</h2>\n<p>This dataset has no statement of this day.</p>'
        )
    pages = {one["source"]: one for one in facts["sources"]}
    counting = [one for one in facts["statements"] if one["claims"]]
    others = [one for one in facts["statements"] if not one["claims"]]
    parts = ['<h2 id="statements">Statements made on this day</h2>']
    if counting:
        parts.append("<p>In our own words, with the figures as they were stated.</p>")
    parts += [_statement(one, pages) for one in counting]
    if others:
        parts.append("<h3>Other statements</h3>\n<p>In our own words. They give no figure.</p>")
    parts += [_statement(one, pages) for one in others]
    return "\n".join(parts)


def _statement(one: Row, pages: dict[str, Row]) -> str:
    who = [text(one["speaker"])]
    who += [f'<span class="soft">{text(one["speaker_role"])}</span>'] if one["speaker_role"] else []
    who += [f'<span class="soft">via {text(one["via"])}</span>'] if one["via"] else []
    notes = [
        PRECISION_WORDS[one["stated_on_precision"]],
        ""
        if one["confidence"] == "high"
        else f"Confidence in the reading: {text(one['confidence'])}.",
        text(one["note"]),
    ]
    said = " ".join(filter(None, notes))
    where = "; ".join(_source(pages[name]) for name in one["sources"])
    return (
        f'<article id="{text(one["statement"])}"><h3>{", ".join(who)}</h3>'
        f"<p>{text(one['summary'])}</p>{_claims(one['claims'])}"
        + (f'<p class="soft">{said}</p>' if said else "")
        + f'<p class="soft">Source: {where}</p></article>'
    )


def _claims(claims: list[Row]) -> str:
    return listed(map(_claim, claims)) if claims else ""


def _claim(one: Row) -> str:
    """Say a figure: how many, of whom and what, in which period, on what it rests."""
    stressed, rest = claim_line(one)
    figure = f"<strong>{text(stressed)}</strong> " if stressed else ""
    note = f' <span class="soft">({text(one["note"])})</span>' if one["note"] else ""
    return f"{figure}{text(rest)}{note}"


def _source(page: Row) -> str:
    where = page["url"] or page["archived_url"]
    return f"{link(where, page['title'])}, {text(page['publisher'])}"
