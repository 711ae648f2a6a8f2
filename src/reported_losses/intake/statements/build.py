"""From remarks to rows of `statements`, `claims`, `sources` and `organisations`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from reported_losses.dataset.schema import Package
from reported_losses.intake.statements.estimates import MergedRemarks
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.organisations import Organisations
from reported_losses.intake.statements.remark import Page, Remark, StatementKey, page_key
from reported_losses.intake.text import slug

Rows = list[dict[str, str]]
K = TypeVar("K")
TABLES = ("organisations", "sources", "statements", "claims")

# The side that a subject is on. A statement about several subjects is about their side if they
# share one, and otherwise about both sides.
_SIDES = {"wagner": "russia", "dpr-lpr": "russia", "north-korea": "russia"}
# From the least certain to the most certain.
_CONFIDENCE = ("low", "medium", "high")
_PRECISION = ("month", "inferred", "day")


def build(
    package: Package,
    organisations: Organisations,
    merged: MergedRemarks,
    held: Mapping[str, Rows],
    log: ImportLog,
) -> dict[str, Rows]:
    """Build the rows of the four tables; the order of the remarks does not matter.

    Args:
        package: The descriptor; its list of measures orders the claims of a statement.
        organisations: Organisations and speakers.
        merged: All remarks.
        held: Rows that the tables hold; statements and sources keep the names they have there.
        log: Takes what was merged.

    Returns:
        Rows by table, `recorded_on` left out.
    """
    second = merged.second_pages
    ordered = sorted(
        merged.remarks, key=lambda one: (one.statement, _order(package, one), one.origin)
    )
    pages = _pages(ordered, second)
    sources = name_pages(pages, held.get("sources", ()))
    grouped: dict[StatementKey, list[Remark]] = {}
    for remark in ordered:
        grouped.setdefault(remark.statement, []).append(remark)
    names = name_statements(grouped, sources, held.get("statements", ()))
    statements: Rows = []
    claims: Rows = []
    for key, remarks in grouped.items():
        second_keys = sorted({second[one.origin].key for one in remarks if one.origin in second})
        second_source = sources[second_keys[0]] if second_keys else ""
        statements.append(_statement(names[key], remarks, sources, second_source))
        claims += _claims(names[key], remarks)
        if len(remarks) > 1:
            log.merged.append(f"{names[key]}: {len(remarks)} rows are one statement")
    return {
        "organisations": list(organisations.table.values()),
        "sources": [_source(sources[key], page) for key, (page, _) in pages.items()],
        "statements": statements,
        "claims": claims,
    }


def _pages(
    ordered: Sequence[Remark], second: Mapping[str, Page]
) -> dict[str, tuple[Page, dt.date]]:
    """Return every page by key, and the day that its name takes if it has no day of its own."""
    # Of several remarks on a page, the first one describes it; those that read it come first.
    seen_first = sorted(ordered, key=lambda remark: not remark.page.seen)
    pages = {one.page.key: (one.page, one.stated_on) for one in reversed(seen_first)}
    for remark in ordered:
        if remark.origin in second:
            page = second[remark.origin]
            pages.setdefault(page.key, (page, page.published_on or remark.stated_on))
    return pages


def name_pages(
    pages: Mapping[str, tuple[Page, dt.date]], held: Iterable[Mapping[str, str]]
) -> dict[str, str]:
    """Name each page after its publisher and day; pages that are held keep their names."""
    known = {page_key(row["url"], row["publisher"], row["title"]): row["source"] for row in held}
    wanted = {
        key: page.name or f"{slug(page.publisher)}-{page.published_on or stated_on}"
        for key, (page, stated_on) in pages.items()
    }
    return _unique_names(wanted, known)


def name_statements(
    grouped: Mapping[StatementKey, Sequence[Remark]],
    sources: Mapping[str, str],
    held: Iterable[Mapping[str, str]],
) -> dict[StatementKey, str]:
    """Name each statement after day, speaker and publisher; those that are held keep theirs."""
    wanted = {
        key: f"{key.stated_on}-{key.speaker}-{slug(remarks[0].page.publisher)}"
        for key, remarks in grouped.items()
    }
    held_names = {
        (row["stated_on"], row["speaker"], row["source"]): row["statement"] for row in held
    }
    known = {}
    for key, remarks in grouped.items():
        held_key = (str(key.stated_on), remarks[0].speaker.name, sources[key.page])
        if held_key in held_names:
            known[key] = held_names[held_key]
    return _unique_names(wanted, known)


def _unique_names(wanted: Mapping[K, str], known: Mapping[K, str]) -> dict[K, str]:
    """Give every key the name it has or wants, with a number if that name is taken."""
    names = {key: known[key] for key in wanted if key in known}
    taken = set(known.values())
    for key in sorted(wanted.keys() - names.keys(), key=str):
        name, number = wanted[key], 1
        while name in taken:
            number += 1
            name = f"{wanted[key]}-{number}"
        names[key] = name
        taken.add(name)
    return names


def _order(package: Package, remark: Remark) -> tuple[object, ...]:
    """Return the sort key of a remark in its statement: people, equipment, then assertions."""
    measures = package.table("claims").field("measure").enum or ()
    if remark.amount is None:
        return (len(measures), remark.subject, remark.summary)
    amount = remark.amount
    return (
        measures.index(amount.measure) if amount.measure in measures else -1,
        remark.subject,
        amount.rate,
        amount.subset or "",
        str(amount.period_start),
        str(amount.period_end),
        float(amount.low or 0),
        float(amount.high or 0),
        amount.qualifier,
        remark.summary,
    )


def _statement(
    name: str, remarks: Sequence[Remark], sources: Mapping[str, str], second_source: str
) -> dict[str, str]:
    first = remarks[0]
    common = [note for note in first.notes if all(note in one.notes for one in remarks)]
    return {
        "statement": name,
        "stated_on": str(first.stated_on),
        "stated_on_precision": min((one.precision for one in remarks), key=_PRECISION.index),
        "speaker": first.speaker.name,
        "speaker_role": first.speaker.role or "",
        "via": first.speaker.via or "",
        "organisation": first.speaker.organisation,
        "about": _about({one.subject for one in remarks}),
        "topic": _topic([one.topic for one in remarks]),
        "summary": " ".join(dict.fromkeys(one.summary for one in remarks)),
        "source": sources[first.page.key],
        "second_source": second_source,
        "confidence": min((one.confidence for one in remarks), key=_CONFIDENCE.index),
        "note": "; ".join(common),
    }


def _about(subjects: set[str]) -> str:
    if len(subjects) == 1:
        return subjects.pop()
    sides = {_SIDES.get(subject, subject) for subject in subjects}
    return sides.pop() if len(sides) == 1 else "both"


def _topic(topics: list[str]) -> str:
    return "losses" if "losses" in topics else min(topics)


def _claims(name: str, remarks: Sequence[Remark]) -> Rows:
    rows: Rows = []
    for remark in remarks:
        if remark.amount is None:
            continue
        amount = remark.amount
        own = [note for note in remark.notes if not all(note in one.notes for one in remarks)]
        cells = {
            "statement": name,
            "claim": len(rows) + 1,
            "subject": remark.subject,
            "measure": amount.measure,
            "category": amount.category,
            "reporter": amount.reporter,
            "derived_from": amount.derived_from,
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
            "confidence": remark.confidence,
            "note": "; ".join(own),
        }
        rows.append(_texts(cells))
    return rows


def _source(name: str, page: Page) -> dict[str, str]:
    return _texts(
        {
            "source": name,
            "title": page.title,
            "publisher": page.publisher,
            "url": page.url,
            "published_on": page.published_on,
            "published_on_precision": page.published_on_precision,
            "language": page.language,
            "note": page.note,
        }
    )


def _texts(cells: Mapping[str, object]) -> dict[str, str]:
    """Write cells as texts; None is an empty cell."""
    return {column: "" if cell is None else str(cell) for column, cell in cells.items()}
