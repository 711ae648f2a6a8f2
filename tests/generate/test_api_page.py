"""The API page: each of its examples runs alone, as it is copied from the page."""

from __future__ import annotations

import doctest
import re

import pytest

import reported_losses as rl
from reported_losses.definition.location import package_dir

_ENTRY = re.compile(r"^#{3,4} `(?:rl\.)?([\w.]+)`\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^```pycon\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Return the name and the code of each example of the page."""
    page = (package_dir() / "docs/api.md").read_text(encoding="utf-8")
    return [(name, code) for name, text in _ENTRY.findall(page) for code in _EXAMPLE.findall(text)]


@pytest.mark.parametrize(("name", "code"), examples())
def test_an_example_runs_alone(name: str, code: str) -> None:
    test = doctest.DocTestParser().get_doctest(code, {}, name, None, None)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert not "".join(said)


def test_every_call_has_an_example() -> None:
    calls = {name for name in rl.__all__ if name.islower() and callable(getattr(rl, name))}
    assert calls <= {name for name, _ in examples()}
