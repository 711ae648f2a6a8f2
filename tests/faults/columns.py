"""The column matrix: two values of a column exchanged, and why nothing else judges a column."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from faults.fault import Edit, Fault, Place, fault_of
from faults.sheets import Sheet, Texts

TRIES = 40
"""Pairs looked at for each that is wanted, because many hold the same value."""


def exchanges(texts: Texts, table: str, column: str, pairs: int) -> Iterator[Fault]:
    """Return faults that each exchange the values of two rows in one column."""
    sheet = texts[table]
    rng = Random(f"{table}.{column} {texts.name}")  # noqa: S311 - no secret
    made = 0
    if len(sheet.rows) < 2:
        return
    for _ in range(pairs * TRIES):
        if made == pairs:
            return
        one, other = rng.sample(range(len(sheet.rows)), 2)
        fault = _exchange(texts, sheet, column, one, other, rng)
        if fault is not None:
            made += 1
            yield fault


def _exchange(
    texts: Texts, sheet: Sheet, column: str, one: int, other: int, rng: Random
) -> Fault | None:
    mine, theirs = sheet.cell(one, column), sheet.cell(other, column)
    if mine == theirs:
        return None
    rows = {
        one: sheet.with_cells(one, {column: theirs}),
        other: sheet.with_cells(other, {column: mine}),
    }
    if set(rows.values()) == {sheet.rows[one], sheet.rows[other]}:
        return None  # the same rows in another order
    return fault_of(Place(texts, sheet, one, rng), [Edit(sheet, rows)])


_WORDS = "Words for people. Nothing repeats them, so only a reader or the base sees a change."
_PAGE = "What the page says. The page is not in the tree, so only a rereading or the base sees a change."
_JUDGED = "A judgement of this project, which the data allow either way; the base shows a change."
_SLUG = "It refers to a row that exists. Which one is right is known from the page."
_HELD = (
    "Any day between the event and today is possible; the history of the file has the right one."
)

REASONS: dict[str, str] = {
    "categories.label_en": _WORDS,
    "categories.label_uk": _WORDS,
    "categories.definition": _WORDS,
    "categories.unit": _JUDGED,
    "categories.merged_into": _JUDGED,
    "categories.broader": _JUDGED,
    "claims.subject": _PAGE,
    "claims.derived_from": _PAGE,
    "claims.rate": _PAGE,
    "claims.basis": _PAGE,
    "claims.subset": _PAGE,
    "claims.place": _PAGE,
    "claims.period_precision": _PAGE,
    "claims.confidence": _JUDGED,
    "claims.note": _WORDS,
    "claims.recorded_on": _HELD,
    "corrections.kind": _JUDGED,
    "corrections.reason": _WORDS,
    "corrections.source": _SLUG,
    "corrections.recorded_on": _HELD,
    "loss_counts.qualifier": _PAGE,
    "loss_counts.recorded_on": _HELD,
    "organisations.organisation": "Every name exists either way; what it names is known to readers.",
    "organisations.name": _WORDS,
    "organisations.kind": _JUDGED,
    "organisations.side": _JUDGED,
    "organisations.parent": _JUDGED,
    "organisations.url": _PAGE,
    "organisations.note": _WORDS,
    "readings.qualifier": _PAGE,
    "readings.source": _SLUG,
    "readings.note": _WORDS,
    "records.title": _WORDS,
    "records.kind": _JUDGED,
    "records.maker": _WORDS,
    "records.source": _SLUG,
    "records.first_day": "A record may begin before or after its first reading, until a rule ties them.",
    "records.categories": "A record may cover what it has no reading of, until a rule ties them.",
    "records.licence": _PAGE,
    "records.note": _WORDS,
    "reports.report_date_precision": _PAGE,
    "reports.period_start": _PAGE,
    "reports.period_end": _PAGE,
    "reports.url": _PAGE,
    "reports.greatest_losses": _PAGE,
    "reports.recorded_on": _HELD,
    "revisions.revised_on": _HELD,
    "revisions.version": "A version that exists is possible; the changelog tells when the value changed.",
    "revisions.revision": "The order matters only between revisions of one value, which are few.",
    "revisions.old": "The value before the change is only in the base.",
    "revisions.reason": _WORDS,
    "revisions.source": _SLUG,
    "series.policy": _JUDGED,
    "series.qualifier": _PAGE,
    "series.note": _WORDS,
    "sources.title": _PAGE,
    "sources.publisher": _PAGE,
    "sources.url": _PAGE,
    "sources.archived_url": _PAGE,
    "sources.accessed_on": _HELD,
    "sources.published_on_precision": _PAGE,
    "sources.language": _PAGE,
    "sources.licence": _PAGE,
    "sources.note": _WORDS,
    "statement_sources.statement": _SLUG,
    "statement_sources.source": _SLUG,
    "statement_sources.note": _WORDS,
    "statement_sources.recorded_on": _HELD,
    "statements.stated_on_precision": _PAGE,
    "statements.speaker": _PAGE,
    "statements.speaker_role": _PAGE,
    "statements.via": _PAGE,
    "statements.organisation": _SLUG,
    "statements.about": _PAGE,
    "statements.topic": _PAGE,
    "statements.source": _SLUG,
    "statements.confidence": _JUDGED,
    "statements.note": _WORDS,
    "statements.recorded_on": _HELD,
    "status_counts.recorded_on": _HELD,
}
"""Why nothing but its type and its pattern judges a column; a column that nothing judges needs one."""
