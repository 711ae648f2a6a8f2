"""Reported loss counts and statements of the Russia-Ukraine war, typed and checked.

Everything public is here and is imported by its first use, so that importing the
package costs next to nothing and pulls in no dataframe library.

>>> import reported_losses as rl
>>> rl.load("loss_counts").shape[1]
9
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reported_losses.about import citation, describe, tables
    from reported_losses.cache import parquet
    from reported_losses.check import check
    from reported_losses.claims import claims
    from reported_losses.compare import compare
    from reported_losses.daily import daily
    from reported_losses.issue import (
        BadArgumentError,
        DataError,
        DescriptorError,
        Issue,
        MissingExtraError,
        ReportedLossesError,
        Severity,
        UnknownNameError,
    )
    from reported_losses.load import path
    from reported_losses.models import Load
    from reported_losses.schemas import schema

    load: Load
    __version__: str

_PUBLIC = {
    "BadArgumentError": "issue",
    "DataError": "issue",
    "DescriptorError": "issue",
    "Issue": "issue",
    "MissingExtraError": "issue",
    "ReportedLossesError": "issue",
    "Severity": "issue",
    "UnknownNameError": "issue",
    "__version__": "about",
    "check": "check",
    "citation": "about",
    "claims": "claims",
    "compare": "compare",
    "daily": "daily",
    "describe": "about",
    "load": "load",
    "parquet": "cache",
    "path": "load",
    "schema": "schemas",
    "tables": "about",
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


class _Package(ModuleType):
    """Keeps `rl.load` the function: the import system binds the module `load` over it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _PUBLIC or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
