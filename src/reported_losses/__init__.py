"""Reported loss counts and statements of the Russia-Ukraine war, typed and checked.

There are three ways in.

**Load** the data into Python. `load` gives a table as it is, typed, for pandas, polars, Arrow or
DuckDB. `daily` gives one reporter's figures day by day, `timeline` what most people want of one
category, `periods` sums by week, month, quarter or year; `compare` puts reporters side by side, and
`claims` has the figures of statements with speaker and source. `plot` draws a count. `tables` and
`describe` say what there is, and `status` how fresh it is. `schema` checks your own frames with
pandera, and `models` has a pandera model per table for annotations.

>>> import reported_losses as rl
>>> counts = rl.load("loss_counts")
>>> tanks = rl.daily("tanks").set_index("report_date")
>>> int(tanks.loc["2023-02-22", "total"])
3334

**Contribute** a figure, a statement or a correction: edit the CSV files of a checkout, and `check`
returns every problem as an `Issue` with file, line and column, or an empty list. `diff` gives
what changed between two states, as frames.

>>> [issue for issue in rl.check() if issue.severity == "error"]
[]

**Download** the files, for other tools and languages. `releases` lists what was released, `fetch`
fetches files of a release and verifies them, `url` gives the address of one, and `changes` what
changed since. Of the installed data, `path` is a table's CSV file and `parquet` a Parquet file;
`package` is the whole dataset for frictionless. The repository is a Data Package:
`datapackage.json`, `schemas/` and `data/` need no Python. `citation` says how to cite it.

>>> rl.path("loss_counts").name
'loss_counts.csv'

Importing this package loads no dataframe library; each name is imported when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reported_losses.definition.citation import citation
    from reported_losses.definition.describe import Description, tables
    from reported_losses.definition.names import TableName
    from reported_losses.definition.schema import Built, Field, ForeignKey, Table
    from reported_losses.errors import (
        BadArgumentError,
        CacheError,
        DataError,
        DescriptorError,
        EmptySelectionWarning,
        FetchError,
        MissingExtraError,
        ReleaseError,
        ReportedLossesError,
        UnknownNameError,
        WithdrawnReleaseWarning,
    )
    from reported_losses.issue import Issue, Key, Severity
    from reported_losses.loading.claims import claims
    from reported_losses.loading.compare import compare
    from reported_losses.loading.coverage import Coverage
    from reported_losses.loading.daily import daily
    from reported_losses.loading.dataset import Dataset, dataset
    from reported_losses.loading.describe import describe
    from reported_losses.loading.describe_category import CategoryDescription
    from reported_losses.loading.describe_reporter import ReporterDescription
    from reported_losses.loading.diff import Differences, diff
    from reported_losses.loading.frictionless_package import package
    from reported_losses.loading.load import path
    from reported_losses.loading.parquet_cache import parquet
    from reported_losses.loading.periods import periods
    from reported_losses.loading.plot import plot
    from reported_losses.loading.status import ReporterStatus, Status, status
    from reported_losses.loading.timeline import timeline
    from reported_losses.loading.types import Load
    from reported_losses.release.addresses import url
    from reported_losses.release.changed_rows import changes
    from reported_losses.release.fetch import fetch
    from reported_losses.release.releases import releases
    from reported_losses.validation import models
    from reported_losses.validation.check import check
    from reported_losses.validation.pandera_schemas import TableSchema
    from reported_losses.validation.schema import schema

    load: Load
    __version__: str

_PUBLIC = {
    "BadArgumentError": "errors",
    "Built": "definition.schema",
    "CacheError": "errors",
    "CategoryDescription": "loading.describe_category",
    "Coverage": "loading.coverage",
    "DataError": "errors",
    "Dataset": "loading.dataset",
    "Description": "definition.describe",
    "DescriptorError": "errors",
    "Differences": "loading.diff",
    "EmptySelectionWarning": "errors",
    "FetchError": "errors",
    "Field": "definition.schema",
    "ForeignKey": "definition.schema",
    "Issue": "issue",
    "Key": "issue",
    "MissingExtraError": "errors",
    "ReleaseError": "errors",
    "ReportedLossesError": "errors",
    "ReporterDescription": "loading.describe_reporter",
    "ReporterStatus": "loading.status",
    "Severity": "issue",
    "Status": "loading.status",
    "Table": "definition.schema",
    "TableName": "definition.names",
    "TableSchema": "validation.schema",
    "UnknownNameError": "errors",
    "WithdrawnReleaseWarning": "errors",
    "__version__": "definition.describe",
    "changes": "release.changed_rows",
    "check": "validation.check",
    "citation": "definition.citation",
    "claims": "loading.claims",
    "compare": "loading.compare",
    "daily": "loading.daily",
    "dataset": "loading.dataset",
    "describe": "loading.describe",
    "diff": "loading.diff",
    "fetch": "release.fetch",
    "load": "loading.load",
    "models": "validation.models",
    "package": "loading.frictionless_package",
    "parquet": "loading.parquet_cache",
    "path": "loading.load",
    "periods": "loading.periods",
    "plot": "loading.plot",
    "releases": "release.releases",
    "schema": "validation.schema",
    "status": "loading.status",
    "tables": "definition.describe",
    "timeline": "loading.timeline",
    "url": "release.addresses",
}

__all__ = [
    "BadArgumentError",
    "Built",
    "CacheError",
    "CategoryDescription",
    "Coverage",
    "DataError",
    "Dataset",
    "Description",
    "DescriptorError",
    "Differences",
    "EmptySelectionWarning",
    "FetchError",
    "Field",
    "ForeignKey",
    "Issue",
    "Key",
    "MissingExtraError",
    "ReleaseError",
    "ReportedLossesError",
    "ReporterDescription",
    "ReporterStatus",
    "Severity",
    "Status",
    "Table",
    "TableName",
    "TableSchema",
    "UnknownNameError",
    "WithdrawnReleaseWarning",
    "__version__",
    "changes",
    "check",
    "citation",
    "claims",
    "compare",
    "daily",
    "dataset",
    "describe",
    "diff",
    "fetch",
    "load",
    "models",
    "package",
    "parquet",
    "path",
    "periods",
    "plot",
    "releases",
    "schema",
    "status",
    "tables",
    "timeline",
    "url",
]


if not TYPE_CHECKING:  # or checkers would accept any name

    def __getattr__(name: str) -> object:
        if name not in _PUBLIC:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        import importlib

        module = importlib.import_module(f"{__name__}.{_PUBLIC[name]}")
        value = module if name == "models" else getattr(module, name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return list(__all__)
