"""GENERATED from schemas/ by `make generated`: do not edit.

For type checkers and editors. One `TypedDict` per table says what a row holds; one
`...Frame` says which columns a pandas frame from `load` has, and of which types. The frames
exist for checkers only: at run time `load` gives a plain `pandas.DataFrame`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict, overload

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from reported_losses.dataset.names import TableName

Engine = Literal["pandas", "polars", "arrow", "duckdb"]
DtypeBackend = Literal["numpy_nullable", "pyarrow"]

LossCountsColumn = Literal[
    "reporter",
    "subject",
    "category",
    "report_date",
    "total",
    "increment",
    "qualifier",
    "evidence",
    "recorded_on",
]

StatusCountsColumn = Literal[
    "reporter",
    "subject",
    "category",
    "report_date",
    "status",
    "total",
    "recorded_on",
]

CorrectionsColumn = Literal[
    "reporter",
    "subject",
    "category",
    "report_date",
    "amount",
    "kind",
    "reason",
    "source",
    "recorded_on",
]

SeriesColumn = Literal[
    "reporter",
    "subject",
    "category",
    "first_report",
    "last_report",
    "policy",
    "cadence",
    "gaps",
    "note",
]

ReportsColumn = Literal[
    "reporter",
    "report_date",
    "period_start",
    "period_end",
    "url",
    "recorded_on",
]

CategoriesColumn = Literal[
    "category",
    "label_en",
    "label_uk",
    "definition",
    "unit",
    "merged_into",
    "broader",
]

RecordsColumn = Literal[
    "record",
    "title",
    "reporter",
    "kind",
    "maker",
    "source",
    "licence",
    "kept",
    "votes",
    "first_day",
    "last_day",
    "gaps",
    "categories",
    "note",
]

ReadingsColumn = Literal[
    "record",
    "reporter",
    "subject",
    "category",
    "report_date",
    "total",
    "increment",
    "correction",
    "qualifier",
    "note",
]

RevisionsColumn = Literal[
    "revision",
    "revised_on",
    "version",
    "table",
    "key",
    "column",
    "old",
    "new",
    "reason",
    "source",
]

StatementsColumn = Literal[
    "statement",
    "stated_on",
    "stated_on_precision",
    "speaker",
    "speaker_role",
    "via",
    "organisation",
    "about",
    "topic",
    "summary",
    "source",
    "second_source",
    "confidence",
    "note",
    "recorded_on",
]

ClaimsColumn = Literal[
    "statement",
    "claim",
    "subject",
    "measure",
    "category",
    "reporter",
    "rate",
    "basis",
    "subset",
    "place",
    "low",
    "high",
    "qualifier",
    "period_start",
    "period_end",
    "period_precision",
    "confidence",
    "note",
    "recorded_on",
]

OrganisationsColumn = Literal[
    "organisation",
    "name",
    "kind",
    "side",
    "parent",
    "url",
    "note",
]

SourcesColumn = Literal[
    "source",
    "title",
    "publisher",
    "url",
    "published_on",
    "published_on_precision",
    "language",
    "licence",
    "note",
]


class LossCounts(TypedDict):
    """One figure of one report: a cumulative loss as the reporter stated it. The figures are
    reported, not confirmed.
    """

    reporter: str
    """The organisation whose count this is."""

    subject: Literal[
        "russia",
        "ukraine",
    ]
    """The belligerent whose losses are counted."""

    category: str
    """The kind of loss counted."""

    report_date: dt.date
    """The day the report is dated, as the reporter dates it."""

    total: int
    """Cumulative count since 2022-02-24, as reported."""

    increment: int | None
    """Daily increment as the reporter printed it. Empty if it printed none or no record of it
    exists; never computed.
    """

    qualifier: Literal[
        "exact",
        "about",
        "more-than",
        "up-to",
        "nearly",
    ]
    """How the reporter hedged the total."""

    evidence: Literal[
        "primary",
        "agreed",
        "majority",
        "single",
        "disputed",
    ]
    """What the readings support. primary: read from the reporter's own publication and
    contradicted by no record. agreed: two or more records agree and none contradicts.
    majority: some record contradicts it, but more records or the printed increments support
    it. single: one record alone. disputed: records contradict each other, and neither their
    number nor the printed increments decide.
    """

    recorded_on: dt.date
    """The day this dataset first held the figure."""


class StatusCounts(TypedDict):
    """What became of the items that a figure counts, for reporters that count pictures and say
    so.
    """

    reporter: str
    """The organisation whose count this is."""

    subject: Literal[
        "russia",
        "ukraine",
    ]
    """The belligerent whose losses are counted."""

    category: str
    """The kind of loss counted."""

    report_date: dt.date
    """The day the report is dated, as the reporter dates it."""

    status: Literal[
        "destroyed",
        "damaged",
        "abandoned",
        "captured",
    ]
    """What became of the item, as the reporter states it; each item has one status."""

    total: int
    """Cumulative count of items with this status, as reported."""

    recorded_on: dt.date
    """The day this dataset first held the count."""


class Corrections(TypedDict):
    """Every day on which a reporter's totals and printed increments do not add up, or a total
    falls: total(t) = total(t−1) + increment(t) + amount(t).
    """

    reporter: str
    """The organisation whose count this is."""

    subject: Literal[
        "russia",
        "ukraine",
    ]
    """The belligerent whose losses are counted."""

    category: str
    """The kind of loss counted."""

    report_date: dt.date
    """The day the report is dated, as the reporter dates it."""

    amount: int
    """What must be added to the previous total and the printed increment to get the total of
    this day. Never zero.
    """

    kind: Literal[
        "restated",
        "re-based",
        "misprinted-increment",
        "misprinted-total",
        "unexplained",
    ]
    """restated: the reporter announced or marked a correction. re-based: several categories
    moved at once without an announcement. misprinted-increment: only the printed increment is
    wrong. misprinted-total: the total of this day or of the day before is wrong, and the next
    report undoes it. unexplained: nobody can tell which.
    """

    reason: str
    """One line on what the records show."""

    source: str
    """Where the contradiction or the correction can be read."""

    recorded_on: dt.date
    """The day this dataset first held the correction."""


class Series(TypedDict):
    """One reporter counting one category for one side: when it began and ended, and how it
    behaves.
    """

    reporter: str
    """The organisation whose count this is."""

    subject: Literal[
        "russia",
        "ukraine",
    ]
    """The belligerent whose losses are counted."""

    category: str
    """The kind of loss counted."""

    first_report: dt.date
    """Date of the first report that has this category."""

    last_report: dt.date | None
    """Date of the last report that has it; empty while the reporter still counts it."""

    policy: Literal[
        "cumulative",
        "restated",
    ]
    """cumulative: totals never fall unless the reporter corrected them. restated: the reporter
    keeps a living list and totals may fall.
    """

    cadence: Literal[
        "daily",
        "irregular",
    ]
    """daily: a report is due every day. irregular: the reporter publishes when it has something."""

    gaps: str | None
    """Days inside the series' life for which this dataset holds no figure: ISO 8601 intervals,
    both ends included, separated by one space.
    """

    note: str | None
    """Why the series begins, ends or pauses where it does."""


class Reports(TypedDict):
    """One publication by a reporter."""

    reporter: str
    """The organisation whose count this is."""

    report_date: dt.date
    """The day the report is dated, as the reporter dates it."""

    period_start: dt.date
    """First day the report's totals cover."""

    period_end: dt.date
    """Last day the report's totals cover, as the reporter states it."""

    url: str | None
    """The reporter's own page for the report, if a record names it."""

    recorded_on: dt.date
    """The day this dataset first held the report."""


class Categories(TypedDict):
    """Kinds of loss that are counted, and what the reporters say, or leave open, about the
    meaning of each.
    """

    category: str
    """Short, stable name of the kind of loss."""

    label_en: str
    """Label in English, in the wording of the reporter where it has one."""

    label_uk: str | None
    """Label in Ukrainian, as the General Staff prints it."""

    definition: str
    """What is counted, and what is known to be ambiguous about it."""

    unit: Literal[
        "people",
        "items",
    ]
    """What is counted: people or items."""

    merged_into: str | None
    """The category that took over the count of this one when the reporter stopped counting it
    separately.
    """

    broader: str | None
    """The category that contains this one, for comparing reporters that use different
    categories.
    """


class Records(TypedDict):
    """Bodies of readings: the reporter's own text or infographic, or somebody's transcription of
    them.
    """

    record: str
    """Short, stable name of the record."""

    title: str
    """What the record is."""

    reporter: str
    """Whose figures the record holds."""

    kind: Literal[
        "text",
        "infographic",
        "correction-notice",
        "transcription",
    ]
    """text and infographic: our reading of the reporter's own publication. correction-notice: a
    publication in which the reporter corrects itself. transcription: somebody else's copy.
    """

    maker: str
    """Who made the record."""

    source: str
    """Where the record is published."""

    licence: str
    """Licence of the record: an SPDX identifier, or none-stated."""

    kept: Literal[
        "whole",
        "dissent",
    ]
    """whole: readings holds every cell of the record. dissent: readings holds only the cells on
    which records differ, which no other record has, or which the record lacks on a day it
    covers; its silence on every other cell means agreement.
    """

    votes: bool
    """Whether the record's totals count when records differ."""

    first_day: dt.date
    """First report date the record covers."""

    last_day: dt.date
    """Last report date the record covers."""

    gaps: str | None
    """Report dates between first and last day that the record does not cover: ISO 8601
    intervals, both ends included, separated by one space.
    """

    categories: str
    """The categories the record covers, separated by one space."""

    note: str | None
    """Habits and known flaws of the record."""


class Readings(TypedDict):
    """What one record says a figure was. Where records disagree, each has its own row."""

    record: str
    """The record read."""

    reporter: str
    """The organisation whose count this is."""

    subject: Literal[
        "russia",
        "ukraine",
    ]
    """The belligerent whose losses are counted."""

    category: str
    """The kind of loss counted."""

    report_date: dt.date
    """The day the report is dated, as the reporter dates it."""

    total: int | None
    """The total in the record; empty if the record covers the day but has no legible total."""

    increment: int | None
    """The increment printed in the record, if it prints any."""

    correction: int | None
    """The correction that the record itself states for the day, in a correction notice or in a
    list its maker keeps.
    """

    qualifier: Literal[
        "exact",
        "about",
        "more-than",
        "up-to",
        "nearly",
    ] | None
    """How the record hedges the total, if it says."""

    note: str | None
    """How the cell was read, if in an unusual way."""


class Revisions(TypedDict):
    """Changes this project made to values it had already released."""

    revision: int
    """Number of the revision, counted from 1."""

    revised_on: dt.date
    """Day of the change."""

    version: str
    """First data version that has the new value."""

    table: str
    """Table that holds the value."""

    key: str
    """Primary key of the row: its values in key order, joined by "/"."""

    column: str
    """Column that changed."""

    old: str | None
    """Value before the change, as written in the table; empty if it was missing."""

    new: str | None
    """Value after the change, as written in the table; empty if it is missing."""

    reason: str
    """Why the value changed."""

    source: str | None
    """Where the new value can be read."""


class Statements(TypedDict):
    """Who said what, when, in our own words."""

    statement: str
    """Short, stable name of the statement."""

    stated_on: dt.date
    """Day of the statement, or the first day of the month if only the month is known."""

    stated_on_precision: Literal[
        "day",
        "inferred",
        "month",
    ]
    """day: the page gives the day. inferred: the page gives no day; it was taken from the
    context. month: only the month is known.
    """

    speaker: str
    """The person who spoke, or the body that published."""

    speaker_role: str | None
    """Office of the speaker at the time."""

    via: str | None
    """The outlet that relayed the statement, if the speaker did not publish it and stayed
    unnamed.
    """

    organisation: str
    """The body that the speaker spoke for."""

    about: Literal[
        "russia",
        "ukraine",
        "both",
        "north-korea",
        "wagner",
        "dpr-lpr",
    ]
    """Whose losses, or whose affairs, the statement is about."""

    topic: Literal[
        "losses",
        "assessment",
        "public-opinion",
        "command",
        "war-aims",
    ]
    """What the statement is about."""

    summary: str
    """The statement in our own words; each summary can be read on its own. Plain text, without
    markup.
    """

    source: str
    """Where it can be read."""

    second_source: str | None
    """Another source with the same figures of the same speaker."""

    confidence: Literal[
        "high",
        "medium",
        "low",
    ]
    """How sure the reading of the page is; if its figures differ in this, the lowest."""

    note: str | None
    """Anything else a reader should know. Plain text, without markup."""

    recorded_on: dt.date
    """The day this dataset first held the statement."""


class Claims(TypedDict):
    """One figure, or range, inside a statement."""

    statement: str
    """The statement the figure belongs to."""

    claim: int
    """Number of the figure within its statement, from 1."""

    subject: Literal[
        "russia",
        "ukraine",
        "both",
        "north-korea",
        "wagner",
        "dpr-lpr",
    ]
    """Whose losses the figure counts."""

    measure: Literal[
        "personnel",
        "killed",
        "wounded",
        "killed-or-wounded",
        "killed-or-missing",
        "wounded-or-missing",
        "irrecoverable",
        "casualties-all-causes",
        "captured",
        "missing",
        "bodies-handed-over",
        "tanks",
        "armoured-vehicles",
        "tanks-and-armoured-vehicles",
        "artillery",
        "aircraft",
        "helicopters",
        "aircraft-and-helicopters",
        "uavs",
        "naval-vessels",
        "equipment-total",
        "loss-ratio",
        "share-of-force-lost",
        "opinion-share",
        "other-count",
    ]
    """What is counted. People: personnel (the General Staff's word for all it counts as lost;
    whether it means killed only is disputed), killed, wounded, killed-or-wounded, killed-or-
    missing, wounded-or-missing, irrecoverable (never to return to the ranks), casualties-all-
    causes (killed, wounded and others named in subset), captured, missing, bodies-handed-
    over. Equipment by name. loss-ratio: losses of one side for each of the other. share-of-
    force-lost and opinion-share: percent. other-count: see the note.
    """

    category: str | None
    """The category of loss_counts with the same meaning, if there is one."""

    reporter: str | None
    """The reporter whose count the claim repeats, if it repeats one. The figure repeated is the
    one in loss_counts for period_end.
    """

    rate: Literal[
        "total",
        "per-day",
        "per-week",
        "per-month",
        "per-100-metres",
        "per-square-kilometre",
    ]
    """total: a count over the period. Any other value: the unit of time or space that the figure
    is given for.
    """

    basis: Literal[
        "reported",
        "confirmed-by-name",
        "visually-confirmed",
        "estimated",
        "forecast",
        "target",
    ]
    """What the figure rests on, as the speaker states it. reported: the speaker's own count, or
    somebody else's that the speaker relays. confirmed-by-name: a list of names, a lower
    bound. visually-confirmed: a list of pictures, a lower bound. estimated: worked out.
    forecast: expected for later. target: wanted, not counted.
    """

    subset: Literal[
        "abandoned",
        "armoured-personnel-carriers",
        "captured",
        "captured-deserted",
        "captured-missing",
        "convicts",
        "damaged",
        "deserted",
        "destroyed",
        "dna-requests",
        "favour-peace-talks",
        "foreign-fighters",
        "infantry-fighting-vehicles",
        "killed-missing-deserted",
        "killed-missing-or-disabled",
        "killed-missing-or-permanently-wounded",
        "killed-or-permanently-wounded",
        "missing",
        "officers",
        "recruitment-gap",
        "regular-forces",
        "seriously-wounded-only",
        "support-war",
        "with-mortars",
        "with-rocket-launchers",
    ] | None
    """The part of the subject that is counted, or what the measure includes beyond its name."""

    place: str | None
    """The battle, region or ship the figure is limited to, if it is limited."""

    low: float | None
    """Lower end of the range; empty if none is given."""

    high: float | None
    """Upper end of the range; empty if none is given."""

    qualifier: Literal[
        "exact",
        "about",
        "between",
        "more-than",
        "up-to",
        "nearly",
    ]
    """How the figure was hedged. exact and about: low and high are equal. between: they differ.
    more-than: high is empty. up-to: low is empty, and the figure is at most high. nearly: low
    is empty, and the figure is just below high.
    """

    period_start: dt.date | None
    """First day counted."""

    period_end: dt.date | None
    """Last day counted."""

    period_precision: Literal[
        "day",
        "inferred",
    ] | None
    """day: the page gives the days. inferred: a day of the period was taken from the context.
    Empty if there is no period.
    """

    confidence: Literal[
        "high",
        "medium",
        "low",
    ]
    """How sure the reading of this figure is."""

    note: str | None
    """Anything else a reader should know. Plain text, without markup."""

    recorded_on: dt.date
    """The day this dataset first held the claim."""


class Organisations(TypedDict):
    """Bodies that report, speak or publish. A row says what a body is and which side it belongs
    to, not whether it is right.
    """

    organisation: str
    """Short, stable name of the body; other tables refer to it."""

    name: str
    """Name in English, as the body uses it."""

    kind: Literal[
        "military",
        "government",
        "government-ministry",
        "government-body",
        "head-of-state-office",
        "political-office",
        "parliament",
        "intelligence-service",
        "group-of-governments",
        "international-organisation",
        "occupation-authority",
        "private-military-company",
        "media",
        "media-count",
        "media-estimate",
        "open-source-count",
        "think-tank",
        "ngo",
        "company",
        "unknown",
    ]
    """What sort of body it is."""

    side: Literal[
        "ukraine",
        "russia",
        "third-party",
    ]
    """The belligerent the body belongs to, or third-party."""

    parent: str | None
    """The organisation that this one is part of, if it is in the table."""

    url: str | None
    """Home page of the body."""

    note: str | None
    """Anything else a reader should know. Plain text, without markup."""


class Sources(TypedDict):
    """Where a statement, report, reading or correction can be found."""

    source: str
    """Short, stable name of the source."""

    title: str
    """What it is, in our own words. Plain text, without markup."""

    publisher: str
    """Who published it."""

    url: str | None
    """Address of the page; empty if only a copy on another host is known."""

    published_on: dt.date | None
    """Day of publication."""

    published_on_precision: Literal[
        "day",
        "inferred",
    ] | None
    """day: the page gives the day. inferred: it was taken from the context. Empty if no day is
    known.
    """

    language: str | None
    """Language of the page, ISO 639-1."""

    licence: str | None
    """Licence of the page: an SPDX identifier; empty if none is stated."""

    note: str | None
    """Anything else a reader should know. Plain text, without markup."""


if TYPE_CHECKING:
    class LossCountsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `loss_counts`."""

        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        total: pd.Series[int]
        increment: pd.Series[int]
        qualifier: pd.Series[str]
        evidence: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "subject", "category", "qualifier", "evidence"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["total", "increment"], /
        ) -> pd.Series[int]: ...
        @overload
        def __getitem__(
            self, key: Literal["report_date", "recorded_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> LossCountsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class StatusCountsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `status_counts`."""

        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        status: pd.Series[str]
        total: pd.Series[int]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "subject", "category", "status"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["total"], /
        ) -> pd.Series[int]: ...
        @overload
        def __getitem__(
            self, key: Literal["report_date", "recorded_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> StatusCountsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class CorrectionsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `corrections`."""

        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        amount: pd.Series[int]
        kind: pd.Series[str]
        reason: pd.Series[str]
        source: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "subject", "category", "kind", "reason", "source"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["amount"], /
        ) -> pd.Series[int]: ...
        @overload
        def __getitem__(
            self, key: Literal["report_date", "recorded_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> CorrectionsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class SeriesFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `series`."""

        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        first_report: pd.Series[pd.Timestamp]
        last_report: pd.Series[pd.Timestamp]
        policy: pd.Series[str]
        cadence: pd.Series[str]
        gaps: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "subject", "category", "policy", "cadence", "gaps", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["first_report", "last_report"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> SeriesFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class ReportsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `reports`."""

        reporter: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        period_start: pd.Series[pd.Timestamp]
        period_end: pd.Series[pd.Timestamp]
        url: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "url"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["report_date", "period_start", "period_end", "recorded_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> ReportsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class CategoriesFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `categories`."""

        category: pd.Series[str]
        label_en: pd.Series[str]
        label_uk: pd.Series[str]
        definition: pd.Series[str]
        unit: pd.Series[str]
        merged_into: pd.Series[str]
        broader: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["category", "label_en", "label_uk", "definition", "unit", "merged_into", "broader"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> CategoriesFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class RecordsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `records`."""

        record: pd.Series[str]
        title: pd.Series[str]
        reporter: pd.Series[str]
        kind: pd.Series[str]
        maker: pd.Series[str]
        source: pd.Series[str]
        licence: pd.Series[str]
        kept: pd.Series[str]
        votes: pd.Series[bool]
        first_day: pd.Series[pd.Timestamp]
        last_day: pd.Series[pd.Timestamp]
        gaps: pd.Series[str]
        categories: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["record", "title", "reporter", "kind", "maker", "source", "licence", "kept", "gaps", "categories", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["first_day", "last_day"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: Literal["votes"], /
        ) -> pd.Series[bool]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> RecordsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class ReadingsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `readings`."""

        record: pd.Series[str]
        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        total: pd.Series[int]
        increment: pd.Series[int]
        correction: pd.Series[int]
        qualifier: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["record", "reporter", "subject", "category", "qualifier", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["total", "increment", "correction"], /
        ) -> pd.Series[int]: ...
        @overload
        def __getitem__(
            self, key: Literal["report_date"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> ReadingsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class RevisionsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `revisions`."""

        revision: pd.Series[int]
        revised_on: pd.Series[pd.Timestamp]
        version: pd.Series[str]
        table: pd.Series[str]
        key: pd.Series[str]
        column: pd.Series[str]
        old: pd.Series[str]
        new: pd.Series[str]
        reason: pd.Series[str]
        source: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["version", "table", "key", "column", "old", "new", "reason", "source"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["revision"], /
        ) -> pd.Series[int]: ...
        @overload
        def __getitem__(
            self, key: Literal["revised_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> RevisionsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class StatementsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `statements`."""

        statement: pd.Series[str]
        stated_on: pd.Series[pd.Timestamp]
        stated_on_precision: pd.Series[str]
        speaker: pd.Series[str]
        speaker_role: pd.Series[str]
        via: pd.Series[str]
        organisation: pd.Series[str]
        about: pd.Series[str]
        topic: pd.Series[str]
        summary: pd.Series[str]
        source: pd.Series[str]
        second_source: pd.Series[str]
        confidence: pd.Series[str]
        note: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["statement", "stated_on_precision", "speaker", "speaker_role", "via", "organisation", "about", "topic", "summary", "source", "second_source", "confidence", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["stated_on", "recorded_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> StatementsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class ClaimsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `claims`."""

        statement: pd.Series[str]
        claim: pd.Series[int]
        subject: pd.Series[str]
        measure: pd.Series[str]
        category: pd.Series[str]
        reporter: pd.Series[str]
        rate: pd.Series[str]
        basis: pd.Series[str]
        subset: pd.Series[str]
        place: pd.Series[str]
        low: pd.Series[float]
        high: pd.Series[float]
        qualifier: pd.Series[str]
        period_start: pd.Series[pd.Timestamp]
        period_end: pd.Series[pd.Timestamp]
        period_precision: pd.Series[str]
        confidence: pd.Series[str]
        note: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["statement", "subject", "measure", "category", "reporter", "rate", "basis", "subset", "place", "qualifier", "period_precision", "confidence", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["claim"], /
        ) -> pd.Series[int]: ...
        @overload
        def __getitem__(
            self, key: Literal["low", "high"], /
        ) -> pd.Series[float]: ...
        @overload
        def __getitem__(
            self, key: Literal["period_start", "period_end", "recorded_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> ClaimsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class OrganisationsFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `organisations`."""

        organisation: pd.Series[str]
        name: pd.Series[str]
        kind: pd.Series[str]
        side: pd.Series[str]
        parent: pd.Series[str]
        url: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["organisation", "name", "kind", "side", "parent", "url", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> OrganisationsFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class SourcesFrame(pd.DataFrame):
        """What checkers know of a pandas frame of `sources`."""

        source: pd.Series[str]
        title: pd.Series[str]
        publisher: pd.Series[str]
        url: pd.Series[str]
        published_on: pd.Series[pd.Timestamp]
        published_on_precision: pd.Series[str]
        language: pd.Series[str]
        licence: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["source", "title", "publisher", "url", "published_on_precision", "language", "licence", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["published_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> SourcesFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...


class Load(Protocol):
    """The type of `reported_losses.load`."""

    @overload
    def __call__(
        self,
        name: Literal["loss_counts"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> LossCountsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["loss_counts"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[LossCountsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["status_counts"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> StatusCountsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["status_counts"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[StatusCountsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["corrections"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> CorrectionsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["corrections"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[CorrectionsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["series"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> SeriesFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["series"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[SeriesColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["reports"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> ReportsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["reports"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[ReportsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["categories"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> CategoriesFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["categories"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[CategoriesColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["records"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> RecordsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["records"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[RecordsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["readings"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> ReadingsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["readings"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[ReadingsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["revisions"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> RevisionsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["revisions"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[RevisionsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["statements"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> StatementsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["statements"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[StatementsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["claims"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> ClaimsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["claims"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[ClaimsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["organisations"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> OrganisationsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["organisations"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[OrganisationsColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["sources"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> SourcesFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["sources"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[SourcesColumn],
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: TableName,
        *,
        engine: Literal["polars"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pl.DataFrame: ...

    @overload
    def __call__(
        self,
        name: TableName,
        *,
        engine: Literal["arrow"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> pa.Table: ...

    @overload
    def __call__(
        self,
        name: TableName,
        *,
        engine: Literal["duckdb"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
    ) -> duckdb.DuckDBPyRelation: ...
