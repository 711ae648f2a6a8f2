"""GENERATED from schemas/ by `make generated`: do not edit.

pandera models of the tables, for annotations such as `DataFrame[LossCounts]`.
"""

from __future__ import annotations

import pandas as pd

from reported_losses.validation.table_model import TableModel, typing


class LossCounts(TableModel):
    """One figure of one report: a cumulative loss as the reporter stated it. The figures
    are reported, not confirmed."""

    reporter: typing.Series[str]
    subject: typing.Series[str]
    category: typing.Series[str]
    report_date: typing.Series[pd.Timestamp]
    total: typing.Series[int]
    increment: typing.Series[int]
    qualifier: typing.Series[str]
    evidence: typing.Series[str]
    increment_evidence: typing.Series[str]
    recorded_on: typing.Series[pd.Timestamp]

    class Config:
        name = "loss_counts"


class StatusCounts(TableModel):
    """What became of the items that a figure counts, for reporters that count pictures and
    say so."""

    reporter: typing.Series[str]
    subject: typing.Series[str]
    category: typing.Series[str]
    report_date: typing.Series[pd.Timestamp]
    status: typing.Series[str]
    total: typing.Series[int]
    recorded_on: typing.Series[pd.Timestamp]

    class Config:
        name = "status_counts"


class Corrections(TableModel):
    """Every day on which a reporter's totals and printed increments do not add up, or a
    total falls: total(t) = total(t−1) + increment(t) + amount(t)."""

    reporter: typing.Series[str]
    subject: typing.Series[str]
    category: typing.Series[str]
    report_date: typing.Series[pd.Timestamp]
    amount: typing.Series[int]
    kind: typing.Series[str]
    reason: typing.Series[str]
    source: typing.Series[str]
    recorded_on: typing.Series[pd.Timestamp]

    class Config:
        name = "corrections"


class Series(TableModel):
    """One reporter counting one category for one side: when it began and ended, and how it
    behaves."""

    reporter: typing.Series[str]
    subject: typing.Series[str]
    category: typing.Series[str]
    first_report: typing.Series[pd.Timestamp]
    last_report: typing.Series[pd.Timestamp]
    policy: typing.Series[str]
    cadence: typing.Series[str]
    qualifier: typing.Series[str]
    gaps: typing.Series[str]
    note: typing.Series[str]

    class Config:
        name = "series"


class Reports(TableModel):
    """One publication by a reporter."""

    reporter: typing.Series[str]
    report_date: typing.Series[pd.Timestamp]
    report_date_precision: typing.Series[str]
    period_start: typing.Series[pd.Timestamp]
    period_end: typing.Series[pd.Timestamp]
    url: typing.Series[str]
    greatest_losses: typing.Series[str]
    recorded_on: typing.Series[pd.Timestamp]

    class Config:
        name = "reports"


class Categories(TableModel):
    """Kinds of loss that are counted, and what the reporters say, or leave open, about the
    meaning of each."""

    category: typing.Series[str]
    label_en: typing.Series[str]
    label_uk: typing.Series[str]
    aliases: typing.Series[str]
    definition: typing.Series[str]
    unit: typing.Series[str]
    merged_into: typing.Series[str]
    broader: typing.Series[str]

    class Config:
        name = "categories"


class Records(TableModel):
    """Bodies of readings: the reporter's own text or infographic, or somebody's
    transcription of them."""

    record: typing.Series[str]
    title: typing.Series[str]
    reporter: typing.Series[str]
    kind: typing.Series[str]
    maker: typing.Series[str]
    source: typing.Series[str]
    derived_from: typing.Series[str]
    licence: typing.Series[str]
    kept: typing.Series[str]
    votes: typing.Series[bool]
    first_day: typing.Series[pd.Timestamp]
    last_day: typing.Series[pd.Timestamp]
    gaps: typing.Series[str]
    categories: typing.Series[str]
    note: typing.Series[str]

    class Config:
        name = "records"


class Readings(TableModel):
    """What one record says a figure was. Where records disagree, each has its own row."""

    record: typing.Series[str]
    reporter: typing.Series[str]
    subject: typing.Series[str]
    category: typing.Series[str]
    report_date: typing.Series[pd.Timestamp]
    total: typing.Series[int]
    increment: typing.Series[int]
    correction: typing.Series[int]
    qualifier: typing.Series[str]
    stale: typing.Series[bool]
    source: typing.Series[str]
    note: typing.Series[str]

    class Config:
        name = "readings"


class Revisions(TableModel):
    """Changes this project made to values it had already released, and rows that it
    withdrew."""

    revision: typing.Series[int]
    revised_on: typing.Series[pd.Timestamp]
    version: typing.Series[str]
    table: typing.Series[str]
    key: typing.Series[str]
    column: typing.Series[str]
    old: typing.Series[str]
    new: typing.Series[str]
    replaced_by: typing.Series[str]
    reason: typing.Series[str]
    source: typing.Series[str]

    class Config:
        name = "revisions"


class Statements(TableModel):
    """Who said what, when, in our own words."""

    statement: typing.Series[str]
    stated_on: typing.Series[pd.Timestamp]
    stated_on_precision: typing.Series[str]
    speaker: typing.Series[str]
    speaker_role: typing.Series[str]
    via: typing.Series[str]
    organisation: typing.Series[str]
    about: typing.Series[str]
    topic: typing.Series[str]
    summary: typing.Series[str]
    source: typing.Series[str]
    confidence: typing.Series[str]
    note: typing.Series[str]
    recorded_on: typing.Series[pd.Timestamp]

    class Config:
        name = "statements"


class Claims(TableModel):
    """One figure, or range, inside a statement."""

    statement: typing.Series[str]
    claim: typing.Series[int]
    subject: typing.Series[str]
    measure: typing.Series[str]
    category: typing.Series[str]
    reporter: typing.Series[str]
    derived_from: typing.Series[str]
    rate: typing.Series[str]
    basis: typing.Series[str]
    subset: typing.Series[str]
    place: typing.Series[str]
    low: typing.Series[float]
    high: typing.Series[float]
    qualifier: typing.Series[str]
    period_start: typing.Series[pd.Timestamp]
    period_end: typing.Series[pd.Timestamp]
    period_precision: typing.Series[str]
    confidence: typing.Series[str]
    note: typing.Series[str]
    recorded_on: typing.Series[pd.Timestamp]

    class Config:
        name = "claims"


class StatementSources(TableModel):
    """Pages, beyond the one in statements.source, that tell the same statement."""

    statement: typing.Series[str]
    source: typing.Series[str]
    note: typing.Series[str]
    recorded_on: typing.Series[pd.Timestamp]

    class Config:
        name = "statement_sources"


class Organisations(TableModel):
    """Bodies that report, speak or publish. A row says what a body is and which side it
    belongs to, not whether it is right."""

    organisation: typing.Series[str]
    name: typing.Series[str]
    kind: typing.Series[str]
    side: typing.Series[str]
    parent: typing.Series[str]
    url: typing.Series[str]
    note: typing.Series[str]

    class Config:
        name = "organisations"


class Sources(TableModel):
    """Where a statement, report, reading or correction can be found."""

    source: typing.Series[str]
    title: typing.Series[str]
    publisher: typing.Series[str]
    url: typing.Series[str]
    archived_url: typing.Series[str]
    accessed_on: typing.Series[pd.Timestamp]
    published_on: typing.Series[pd.Timestamp]
    published_on_precision: typing.Series[str]
    language: typing.Series[str]
    licence: typing.Series[str]
    note: typing.Series[str]

    class Config:
        name = "sources"
