"""Where readings were read: a page of their own or their record's, not older than the report."""

from __future__ import annotations

import numpy as np

from reported_losses.parsing.columns import Column
from reported_losses.validation.keys import Mask, Rows, lookup_rows
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.usual import unlike_most
from reported_losses.validation.rules.votes import PRIMARY_KINDS, of_record, record_is_one_of
from reported_losses.validation.words import Words


@rule(
    "readings",
    column="source",
    needs=("records",),
    whole=True,
    title="All readings of a transcription have a source of their own, or none has.",
    rationale=(
        "A record made of many pages names the page of each reading; the readings of any other "
        "were read at its own source. So a reading unlike most of its record has lost its page, or "
        "got one that is not its own. The reporter's own texts and infographics are left out: a "
        "report that is added one by one names its page. Unreadable cells cannot be judged."
    ),
    example="a reading of petro with a source, where no other has one",
    fix="Name the page that the reading was read on, or empty the cell.",
)
def source_as_usual(context: Context) -> Mask:
    """Find readings with a source, or without one, unlike most of their record."""
    source = context.table["source"]
    told = Column(source.valid.astype(np.int64), source.known, source.known, kind="integer")
    record = lookup_rows(context.table, context.tables["records"], ("record",))
    own = of_record(record, record_is_one_of(context, "kind", PRIMARY_KINDS))
    return unlike_most([context.table["record"]], told) & ~own


@derived
def _source(context: Context) -> Rows:
    return lookup_rows(context.tables["readings"], context.tables["sources"], ("source",))


@rule(
    "readings",
    column="source",
    needs=("sources",),
    title="A page that a figure was read on is not older than the report.",
    rationale=(
        "No page quotes a report before it is made. A source without a day of publication, and an "
        "unreadable day, cannot be judged."
    ),
    example="the report of 2025-08-10, read on a page of 2025-08-03",
    fix="Name the page that the reading was read on, or correct a day.",
)
def read_after_report(context: Context) -> Mask:
    """Find readings whose page was published before the report."""
    date, published = context.table["report_date"], context.tables["sources"]["published_on"]
    source = _source(context)
    rows = np.flatnonzero(date.valid & (source >= 0))
    rows = rows[published.valid[source[rows]]]
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[rows] = published.values[source[rows]] < date.values[rows]
    return bad


@read_after_report.words
def _too_early(case: FailureCase) -> Words:
    published = case.context.tables["sources"]["published_on"].text(
        int(_source(case.context)[case.row])
    )
    date = case.cell("report_date")
    message = f"{case.cell('record')} {date}: its page is of {published}, before the report"
    return Words(message, f"a page of {date} or later", case.rule.text.fix)


@rule(
    "readings",
    column="stale",
    title="`stale` is true or empty.",
    rationale=(
        "A reading that is not marked is not stale. One that says so in words has two spellings "
        "for one thing, and looks as if others had not been judged."
    ),
    example="stale false",
    fix="Empty the cell.",
)
def stale_or_empty(context: Context) -> Mask:
    """Find readings that say that they are not stale."""
    stale = context.table["stale"]
    bad: Mask = stale.valid & ~stale.values.astype(np.bool_)
    return bad
