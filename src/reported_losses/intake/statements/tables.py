"""From what was said to rows of `statements`, `claims`, `sources` and `organisations`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from reported_losses.dataset.descriptor import Package
from reported_losses.intake import text as prose
from reported_losses.intake.statements.estimates import Heard
from reported_losses.intake.statements.import_log import Log
from reported_losses.intake.statements.organisations import Bodies
from reported_losses.intake.statements.statement import Page, Said

Rows = list[dict[str, str]]
K = TypeVar("K")
TABLES = ("organisations", "sources", "statements", "claims")

# An act about several subjects is about the side they are on, or about both sides.
_SIDES = {"wagner": "russia", "dpr-lpr": "russia", "north-korea": "russia"}
_SURE = ("low", "medium", "high")


def build(
    package: Package, bodies: Bodies, heard: Heard, held: Mapping[str, Rows], log: Log
) -> dict[str, Rows]:
    """Build the rows of the four tables; the order of what was said does not matter.

    Args:
        package: The descriptor; the vocabulary of the claims orders the figures of an act.
        bodies: Organisations and speakers.
        heard: Everything that was said.
        held: Rows the tables hold already: what has a name keeps it.
        log: Takes what was merged.

    Returns:
        Rows by table, `recorded_on` left out.
    """
    second = heard.second
    ordered = sorted(heard.said, key=lambda one: (one.act, _place(package, one), one.origin))
    seen_first = sorted(ordered, key=lambda one: not one.page.seen)
    pages = {one.page.key: (one.page, one.stated_on) for one in reversed(seen_first)}
    for one in ordered:
        if one.origin in second:
            page = second[one.origin]
            pages.setdefault(page.key, (page, page.published_on or one.stated_on))
    sources = name_pages(pages, held.get("sources", ()))
    statements: Rows = []
    claims: Rows = []
    acts: dict[tuple[str, dt.date, str], list[Said]] = {}
    for one in ordered:
        acts.setdefault(one.act, []).append(one)
    names = name_acts(acts, sources, held.get("statements", ()))
    for act, parts in acts.items():
        twins = sorted({second[one.origin].key for one in parts if one.origin in second})
        statements.append(_statement(names[act], parts, sources, twins))
        claims += _claims(names[act], parts)
        if len(parts) > 1:
            log.merged.append(f"{names[act]}: {len(parts)} rows are one act of speech")
    return {
        "organisations": list(bodies.table.values()),
        "sources": [_source(sources[key], page) for key, (page, _) in pages.items()],
        "statements": statements,
        "claims": claims,
    }


def name_pages(
    pages: Mapping[str, tuple[Page, dt.date]], held: Iterable[Mapping[str, str]]
) -> dict[str, str]:
    """Name each page after its publisher and day; what is held keeps its name."""
    known = {row["url"] or f"{row['publisher']}: {row['title']}": row["source"] for row in held}
    return _name(
        {
            key: page.name or f"{prose.slug(page.publisher)}-{page.published_on or stated_on}"
            for key, (page, stated_on) in pages.items()
        },
        known,
    )


def name_acts(
    acts: Mapping[tuple[str, dt.date, str], Sequence[Said]],
    sources: Mapping[str, str],
    held: Iterable[Mapping[str, str]],
) -> dict[tuple[str, dt.date, str], str]:
    """Name each act after its day, speaker and publisher; what is held keeps its name."""
    wished = {
        act: f"{act[1]}-{act[0]}-{prose.slug(parts[0].page.publisher)}"
        for act, parts in acts.items()
    }
    by_source = {
        (row["stated_on"], row["speaker"], row["source"]): row["statement"] for row in held
    }
    known = {}
    for act, parts in acts.items():
        key = (str(act[1]), parts[0].speaker.name, sources[act[2]])
        if key in by_source:
            known[act] = by_source[key]
    return _name(wished, known)


def _name(wished: Mapping[K, str], known: Mapping[K, str]) -> dict[K, str]:
    """Give every key the name wished, with a number where it is taken."""
    names = {key: known[key] for key in wished if key in known}
    taken = set(known.values())
    for key in sorted(wished.keys() - names.keys(), key=str):
        name, number = wished[key], 1
        while name in taken:
            number += 1
            name = f"{wished[key]}-{number}"
        names[key] = name
        taken.add(name)
    return names


def _place(package: Package, one: Said) -> tuple[object, ...]:
    """Order of a figure within its act: people before equipment, remarks last."""
    words = package.table("claims").field("measure").enum or ()
    if one.amount is None:
        return (len(words), one.subject, one.summary)
    amount = one.amount
    return (
        words.index(amount.measure) if amount.measure in words else -1,
        one.subject,
        amount.rate,
        amount.subset or "",
        str(amount.period_start),
        str(amount.period_end),
        float(amount.low or 0),
        float(amount.high or 0),
        amount.qualifier,
        one.summary,
    )


def _statement(
    name: str, parts: Sequence[Said], sources: Mapping[str, str], twins: Sequence[str]
) -> dict[str, str]:
    first = parts[0]
    common = [note for note in first.notes if all(note in one.notes for one in parts)]
    return {
        "statement": name,
        "stated_on": str(first.stated_on),
        "stated_on_precision": min((one.precision for one in parts), key=_PRECISION.index),
        "speaker": first.speaker.name,
        "speaker_role": first.speaker.role or "",
        "via": first.speaker.via or "",
        "organisation": first.speaker.organisation,
        "about": _about({one.subject for one in parts}),
        "topic": _topic([one.topic for one in parts]),
        "summary": " ".join(dict.fromkeys(one.summary for one in parts)),
        "source": sources[first.page.key],
        "second_source": sources[twins[0]] if twins else "",
        "confidence": min((one.confidence for one in parts), key=_SURE.index),
        "note": _sentence(common),
    }


_PRECISION = ("month", "inferred", "day")


def _about(subjects: set[str]) -> str:
    if len(subjects) == 1:
        return subjects.pop()
    sides = {_SIDES.get(subject, subject) for subject in subjects}
    return sides.pop() if len(sides) == 1 else "both"


def _topic(topics: list[str]) -> str:
    return "losses" if "losses" in topics else min(topics)


def _claims(name: str, parts: Sequence[Said]) -> Rows:
    rows: Rows = []
    for one in parts:
        if one.amount is None:
            continue
        amount = one.amount
        own = [note for note in one.notes if not all(note in other.notes for other in parts)]
        cells = {
            "statement": name,
            "claim": len(rows) + 1,
            "subject": one.subject,
            "measure": amount.measure,
            "category": amount.category,
            "reporter": amount.reporter,
            "rate": amount.rate,
            "basis": amount.basis,
            "subset": amount.subset,
            "place": amount.place,
            "low": amount.low,
            "high": amount.high,
            "qualifier": amount.qualifier,
            "period_start": amount.period_start,
            "period_end": amount.period_end,
            "period_precision": amount.period_precision,
            "confidence": one.confidence,
            "note": _sentence(own),
        }
        rows.append({key: "" if value is None else str(value) for key, value in cells.items()})
    return rows


def _source(name: str, page: Page) -> dict[str, str]:
    cells = {
        "source": name,
        "title": page.title,
        "publisher": page.publisher,
        "url": page.url,
        "published_on": page.published_on,
        "published_on_precision": page.published_on_precision,
        "language": page.language,
        "licence": None,
        "note": page.note,
    }
    return {key: "" if value is None else str(value) for key, value in cells.items()}


def _sentence(notes: Sequence[str]) -> str:
    return "; ".join(notes)
