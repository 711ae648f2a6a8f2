"""Reported loss counts and statements of the Russia-Ukraine war, typed and checked.

Everything public is here and is imported by its first use, so that importing the
package costs next to nothing and pulls in no dataframe library.

>>> import reported_losses as rl
>>> rl.load("loss_counts").shape[1]
9
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reported_losses.dataset.describe import citation, describe, tables
    from reported_losses.errors import (
        BadArgumentError,
        DataError,
        DescriptorError,
        MissingExtraError,
        ReportedLossesError,
        UnknownNameError,
    )
    from reported_losses.issue import Issue, Severity
    from reported_losses.loading.claims import claims
    from reported_losses.loading.compare import compare
    from reported_losses.loading.daily import daily
    from reported_losses.loading.load import path
    from reported_losses.loading.parquet_cache import parquet
    from reported_losses.loading.types import Load
    from reported_losses.validation.check import check
    from reported_losses.validation.pandera_schemas import schema

    load: Load
    __version__: str

_PUBLIC = {
    "BadArgumentError": "errors",
    "DataError": "errors",
    "DescriptorError": "errors",
    "Issue": "issue",
    "MissingExtraError": "errors",
    "ReportedLossesError": "errors",
    "Severity": "issue",
    "UnknownNameError": "errors",
    "__version__": "dataset.describe",
    "check": "validation.check",
    "citation": "dataset.describe",
    "claims": "loading.claims",
    "compare": "loading.compare",
    "daily": "loading.daily",
    "describe": "dataset.describe",
    "load": "loading.load",
    "parquet": "loading.parquet_cache",
    "path": "loading.load",
    "schema": "validation.pandera_schemas",
    "tables": "dataset.describe",
}

__all__ = [
    "BadArgumentError",
    "DataError",
    "DescriptorError",
    "Issue",
    "MissingExtraError",
    "ReportedLossesError",
    "Severity",
    "UnknownNameError",
    "__version__",
    "check",
    "citation",
    "claims",
    "compare",
    "daily",
    "describe",
    "load",
    "parquet",
    "path",
    "schema",
    "tables",
]


if not TYPE_CHECKING:  # or checkers would take any name for one that exists

    def __getattr__(name: str) -> object:
        if name not in _PUBLIC:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        import importlib

        value = getattr(importlib.import_module(f"{__name__}.{_PUBLIC[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
