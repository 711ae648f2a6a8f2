"""`package()`: the dataset as frictionless reads it."""

from __future__ import annotations

import sys
from typing import Any

import frictionless
import pytest

import reported_losses as rl
from reported_losses.definition.descriptor import installed


@pytest.fixture(scope="module")
def package() -> Any:  # noqa: ANN401 - frictionless ships no types
    return rl.package()


def test_every_table_is_a_resource(package: Any) -> None:  # noqa: ANN401 - as above
    assert isinstance(package, frictionless.Package)
    assert tuple(package.resource_names) == rl.tables()
    assert (package.name, package.version) == ("reported-losses", rl.__version__)


@pytest.mark.parametrize("name", ["categories", "series", "corrections"])
def test_a_table_read_through_it_is_the_table(package: Any, name: str) -> None:  # noqa: ANN401 - as above
    resource = package.get_resource(name)
    assert resource.schema.field_names == list(installed().table(name).names)
    assert resource.schema.primary_key == list(installed().table(name).primary_key)
    expected = rl.load(name, engine="arrow").to_pylist()  # type: ignore[call-overload]  # any name
    assert [row.to_dict() for row in resource.read_rows()] == expected


def test_without_frictionless_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "frictionless", None)
    with pytest.raises(rl.MissingExtraError, match=r"pip install 'reported-losses\[validate\]'"):
        rl.package()
