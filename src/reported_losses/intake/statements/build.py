"""From remarks to rows of statements, their claims, sources and organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reported_losses.definition.schema import Package
from reported_losses.intake.statements.estimates import MergedRemarks, OtherPage
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.naming import main_remark, name_pages, name_statements
from reported_losses.intake.statements.organisations import Organisations
from reported_losses.intake.statements.remark import Page, Remark, StatementKey
from reported_losses.intake.statements.summaries import Summaries

Rows = list[dict[str, str]]
TABLES = ("organisations", "sources", "statements", "statement_sources", "claims")

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
    """Build the rows of the five tables; the order of the remarks does not matter.

    Args:
        package: The descriptor; its list of measures orders the claims of a statement.
        organisations: Organisations and speakers.
        merged: All remarks.
        held: Rows that the tables hold; statements and sources keep the names they have there.
        log: Takes what was merged, and the summaries whose decision lapsed.

    Returns:
        Rows by table, `recorded_on` left out.
    """
    ordered = sorted(
        merged.remarks, key=lambda one: (one.statement, _order(package, one), one.origin)
    )
    pages = _pages(ordered, merged.other_pages)
    sources = name_pages(pages, held.get("sources", ()))
    grouped: dict[StatementKey, list[Remark]] = {}
    for remark in ordered:
        grouped.setdefault(remark.statement, []).append(remark)
    names = name_statements(grouped, sources, held.get("statements", ()))
    summaries = Summaries(merged.summaries, log)
    statements: Rows = []
    statement_sources: Rows = []
    claims: Rows = []
    for key, remarks in grouped.items():
        main, name = main_remark(key, remarks), names[key]
        statements.append(_statement(name, main, remarks, sources, summaries.of(remarks)))
        others = _other_sources(key, remarks, merged.other_pages, sources)
        statement_sources += [{"statement": name, **other} for other in others]
        claims += _claims(name, main, remarks)
        if len(remarks) > 1:
            log.merged.append(f"{names[key]}: {len(remarks)} rows are one statement")
    summaries.report_unused()
    return {
        "organisations": list(organisations.table.values()),
        "sources": [_source(sources[key], page) for key, (page, _) in pages.items()],
        "statements": statements,
        "statement_sources": statement_sources,
        "claims": claims,
    }


def _pages(
    ordered: Sequence[Remark], others: Mapping[str, Sequence[OtherPage]]
) -> dict[str, tuple[Page, dt.date]]:
    """Return every page by key, and the day that its name takes if it has no day of its own."""
    # Of several remarks on a page, the first one describes it; those that read it come first.
    seen_first = sorted(ordered, key=lambda remark: not remark.page.seen)
    pages = {one.page.key: (one.page, one.stated_on) for one in reversed(seen_first)}
    for remark in ordered:
        for page, _ in others.get(remark.origin, ()):
            pages.setdefault(page.key, (page, page.published_on or remark.stated_on))
    return pages


def _other_sources(
    key: StatementKey,
    remarks: Sequence[Remark],
    others: Mapping[str, Sequence[OtherPage]],
    sources: Mapping[str, str],
) -> Rows:
    """Return the pages, besides its own, that tell a statement, each with its notes."""
    notes: dict[str, list[str]] = {}
    for remark in remarks:
        for page, note in (OtherPage(remark.page), *others.get(remark.origin, ())):
            if page.key != key.page:
                notes.setdefault(sources[page.key], []).append(note)
    return [
        {"source": source, "note": "; ".join(dict.fromkeys(filter(None, of)))}
        for source, of in sorted(notes.items())
    ]


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
    name: str,
    main: Remark,
    remarks: Sequence[Remark],
    sources: Mapping[str, str],
    summary: str,
) -> dict[str, str]:
    return {
        "statement": name,
        "stated_on": str(main.stated_on),
        "stated_on_precision": min(
            (one.precision for one in remarks if one.act is None), key=_PRECISION.index
        ),
        "speaker": main.speaker.name,
        "speaker_role": main.speaker.role or "",
        "via": main.speaker.via or "",
        "organisation": main.speaker.organisation,
        "about": _about({_side_of(one) for one in remarks}),
        "topic": _topic([one.topic for one in remarks]),
        "summary": summary,
        "source": sources[main.page.key],
        "confidence": min((one.confidence for one in remarks), key=_CONFIDENCE.index),
        "note": "; ".join(_common_notes(main, remarks)),
    }


def _side_of(remark: Remark) -> str:
    # A ratio counts the losses of its subject for each one of the other side.
    is_ratio = remark.amount is not None and remark.amount.measure == "loss-ratio"
    return "both" if is_ratio else remark.subject


def _about(subjects: set[str]) -> str:
    if len(subjects) == 1:
        return subjects.pop()
    sides = {_SIDES.get(subject, subject) for subject in subjects}
    return sides.pop() if len(sides) == 1 else "both"


def _topic(topics: list[str]) -> str:
    return "losses" if "losses" in topics else min(topics)


def _common_notes(main: Remark, remarks: Sequence[Remark]) -> list[str]:
    """Return the notes of the whole statement: those that all of its rows share."""
    rows = [one for one in remarks if not one.added]
    return [note for note in main.notes if all(note in one.notes for one in rows)]


def _claims(name: str, main: Remark, remarks: Sequence[Remark]) -> Rows:
    common = _common_notes(main, remarks)
    rows: Rows = []
    for remark in remarks:
        if remark.amount is None:
            continue
        amount = remark.amount
        own = [note for note in remark.notes if note not in common]
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
