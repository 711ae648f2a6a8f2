"""What is generated is what the code would generate now; `make generated` mends it."""

from __future__ import annotations

import inspect
from typing import get_overloads

import pytest

from reported_losses.definition import names
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.generate import GENERATED
from reported_losses.loading import types as loading_types
from reported_losses.loading.load import BACKENDS, ENGINES, load


@pytest.mark.parametrize("name", GENERATED)
def test_the_file_is_fresh(name: str) -> None:
    path = package_dir() / name
    assert path.read_text(encoding="utf-8") == GENERATED[name](installed())


def test_the_static_signature_is_the_real_one() -> None:
    real = list(inspect.signature(load).parameters)

    def call() -> None:
        """Stands for the method, in whose place `typing` keeps a dummy."""

    call.__module__, call.__qualname__ = loading_types.__name__, "Load.__call__"
    overloads = get_overloads(call)
    assert len(overloads) > len(installed().tables)
    for overload in overloads:
        assert list(inspect.signature(overload).parameters) == ["self", *real]


def test_the_static_choices_are_the_real_ones() -> None:
    assert loading_types.Engine.__args__ == ENGINES  # type: ignore[attr-defined]
    assert loading_types.DtypeBackend.__args__ == BACKENDS  # type: ignore[attr-defined]
    assert names.TableName.__args__ == tuple(installed().tables)  # type: ignore[attr-defined]
