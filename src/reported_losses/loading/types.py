"""GENERATED from schemas/ by `make generated`: do not edit.

For type checkers and editors. One `...Frame` per table says which columns a pandas frame from
`load` has, and their types. The frames exist for checkers only: at run time `load` returns a
plain `pandas.DataFrame`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from reported_losses.definition.names import TableName

Engine = Literal["pandas", "polars", "arrow", "duckdb"]
DtypeBackend = Literal["numpy_nullable", "pyarrow"]
Value = str | float | dt.date | None  # an int and a bool are a float as well
Where = Value | Iterable[Value]

LossCountsColumn = Literal[
    "reporter",
    "subject",
    "category",
    "report_date",
    "total",
    "increment",
    "qualifier",
    "evidence",
    "increment_evidence",
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
    "qualifier",
    "gaps",
    "note",
]

ReportsColumn = Literal[
    "reporter",
    "report_date",
    "report_date_precision",
    "period_start",
    "period_end",
    "url",
    "greatest_losses",
    "recorded_on",
]

CategoriesColumn = Literal[
    "category",
    "label_en",
    "label_uk",
    "aliases",
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
    "derived_from",
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
    "stale",
    "source",
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
    "replaced_by",
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
    "derived_from",
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

StatementSourcesColumn = Literal[
    "statement",
    "source",
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
    "archived_url",
    "accessed_on",
    "published_on",
    "published_on_precision",
    "language",
    "licence",
    "note",
]


if TYPE_CHECKING:
    class LossCountsFrame(pd.DataFrame):
        """A pandas frame of `loss_counts`, for checkers."""

        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        total: pd.Series[int]
        increment: pd.Series[int]
        qualifier: pd.Series[str]
        evidence: pd.Series[str]
        increment_evidence: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "subject", "category", "qualifier", "evidence", "increment_evidence"], /
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
        """A pandas frame of `status_counts`, for checkers."""

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
        """A pandas frame of `corrections`, for checkers."""

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
        """A pandas frame of `series`, for checkers."""

        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        first_report: pd.Series[pd.Timestamp]
        last_report: pd.Series[pd.Timestamp]
        policy: pd.Series[str]
        cadence: pd.Series[str]
        qualifier: pd.Series[str]
        gaps: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "subject", "category", "policy", "cadence", "qualifier", "gaps", "note"], /
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
        """A pandas frame of `reports`, for checkers."""

        reporter: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        report_date_precision: pd.Series[str]
        period_start: pd.Series[pd.Timestamp]
        period_end: pd.Series[pd.Timestamp]
        url: pd.Series[str]
        greatest_losses: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["reporter", "report_date_precision", "url", "greatest_losses"], /
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
        """A pandas frame of `categories`, for checkers."""

        category: pd.Series[str]
        label_en: pd.Series[str]
        label_uk: pd.Series[str]
        aliases: pd.Series[str]
        definition: pd.Series[str]
        unit: pd.Series[str]
        merged_into: pd.Series[str]
        broader: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["category", "label_en", "label_uk", "aliases", "definition", "unit", "merged_into", "broader"], /
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
        """A pandas frame of `records`, for checkers."""

        record: pd.Series[str]
        title: pd.Series[str]
        reporter: pd.Series[str]
        kind: pd.Series[str]
        maker: pd.Series[str]
        source: pd.Series[str]
        derived_from: pd.Series[str]
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
            self, key: Literal["record", "title", "reporter", "kind", "maker", "source", "derived_from", "licence", "kept", "gaps", "categories", "note"], /
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
        """A pandas frame of `readings`, for checkers."""

        record: pd.Series[str]
        reporter: pd.Series[str]
        subject: pd.Series[str]
        category: pd.Series[str]
        report_date: pd.Series[pd.Timestamp]
        total: pd.Series[int]
        increment: pd.Series[int]
        correction: pd.Series[int]
        qualifier: pd.Series[str]
        stale: pd.Series[bool]
        source: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["record", "reporter", "subject", "category", "qualifier", "source", "note"], /
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
            self, key: Literal["stale"], /
        ) -> pd.Series[bool]: ...
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
        """A pandas frame of `revisions`, for checkers."""

        revision: pd.Series[int]
        revised_on: pd.Series[pd.Timestamp]
        version: pd.Series[str]
        table: pd.Series[str]
        key: pd.Series[str]
        column: pd.Series[str]
        old: pd.Series[str]
        new: pd.Series[str]
        replaced_by: pd.Series[str]
        reason: pd.Series[str]
        source: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["version", "table", "key", "column", "old", "new", "replaced_by", "reason", "source"], /
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
        """A pandas frame of `statements`, for checkers."""

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
        confidence: pd.Series[str]
        note: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["statement", "stated_on_precision", "speaker", "speaker_role", "via", "organisation", "about", "topic", "summary", "source", "confidence", "note"], /
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
        """A pandas frame of `claims`, for checkers."""

        statement: pd.Series[str]
        claim: pd.Series[int]
        subject: pd.Series[str]
        measure: pd.Series[str]
        category: pd.Series[str]
        reporter: pd.Series[str]
        derived_from: pd.Series[str]
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
            self, key: Literal["statement", "subject", "measure", "category", "reporter", "derived_from", "rate", "basis", "subset", "place", "qualifier", "period_precision", "confidence", "note"], /
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

    class StatementSourcesFrame(pd.DataFrame):
        """A pandas frame of `statement_sources`, for checkers."""

        statement: pd.Series[str]
        source: pd.Series[str]
        note: pd.Series[str]
        recorded_on: pd.Series[pd.Timestamp]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["statement", "source", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["recorded_on"], /
        ) -> pd.Series[pd.Timestamp]: ...
        @overload
        def __getitem__(
            self, key: list[str], /
        ) -> pd.DataFrame: ...
        @overload
        def __getitem__(
            self, key: pd.Series[bool] | slice, /
        ) -> StatementSourcesFrame: ...
        def __getitem__(self, key: Any, /) -> Any: ...

    class OrganisationsFrame(pd.DataFrame):
        """A pandas frame of `organisations`, for checkers."""

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
        """A pandas frame of `sources`, for checkers."""

        source: pd.Series[str]
        title: pd.Series[str]
        publisher: pd.Series[str]
        url: pd.Series[str]
        archived_url: pd.Series[str]
        accessed_on: pd.Series[pd.Timestamp]
        published_on: pd.Series[pd.Timestamp]
        published_on_precision: pd.Series[str]
        language: pd.Series[str]
        licence: pd.Series[str]
        note: pd.Series[str]

        @overload  # type: ignore[override]
        def __getitem__(
            self, key: Literal["source", "title", "publisher", "url", "archived_url", "published_on_precision", "language", "licence", "note"], /
        ) -> pd.Series[str]: ...
        @overload
        def __getitem__(
            self, key: Literal["accessed_on", "published_on"], /
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
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> LossCountsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["loss_counts"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[LossCountsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["status_counts"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> StatusCountsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["status_counts"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[StatusCountsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["corrections"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> CorrectionsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["corrections"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[CorrectionsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["series"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> SeriesFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["series"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[SeriesColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["reports"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> ReportsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["reports"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[ReportsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["categories"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> CategoriesFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["categories"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[CategoriesColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["records"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> RecordsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["records"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[RecordsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["readings"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> ReadingsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["readings"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[ReadingsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["revisions"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> RevisionsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["revisions"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[RevisionsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["statements"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> StatementsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["statements"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[StatementsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["claims"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> ClaimsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["claims"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[ClaimsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["statement_sources"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> StatementSourcesFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["statement_sources"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[StatementSourcesColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["organisations"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> OrganisationsFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["organisations"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[OrganisationsColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["sources"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> SourcesFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["sources"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[SourcesColumn] | Sequence[str],
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: TableName,
        *,
        engine: Literal["polars"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pl.DataFrame: ...

    @overload
    def __call__(
        self,
        name: TableName,
        *,
        engine: Literal["arrow"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> pa.Table: ...

    @overload
    def __call__(
        self,
        name: TableName,
        *,
        engine: Literal["duckdb"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str | None = None,
    ) -> duckdb.DuckDBPyRelation: ...

    @overload
    def __call__(
        self,
        name: Literal["daily", "loss_counts_wide"],
        *,
        engine: Literal["pandas"] = "pandas",
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str,
    ) -> pd.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["daily", "loss_counts_wide"],
        *,
        engine: Literal["polars"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str,
    ) -> pl.DataFrame: ...

    @overload
    def __call__(
        self,
        name: Literal["daily", "loss_counts_wide"],
        *,
        engine: Literal["arrow"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str,
    ) -> pa.Table: ...

    @overload
    def __call__(
        self,
        name: Literal["daily", "loss_counts_wide"],
        *,
        engine: Literal["duckdb"],
        dtype_backend: DtypeBackend | None = None,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Where] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        validate: bool = False,
        as_of: str | dt.date | None = None,
        version: str,
    ) -> duckdb.DuckDBPyRelation: ...
