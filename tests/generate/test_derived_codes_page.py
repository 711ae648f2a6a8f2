"""The page on codes of fields: each line says what is asked, and leads to what to do."""

from __future__ import annotations

import re

import pytest

from reported_losses.definition.location import package_dir

_LINE = re.compile(
    r'^- <a id="[^"]+"></a>`([^`]+)`: (.+)\. \[What to do\]\(#(\w+)\)$', re.MULTILINE
)


@pytest.fixture(scope="module")
def page() -> str:
    text = (package_dir() / "docs/derived-codes.md").read_text(encoding="utf-8")
    return text.replace("\n  ", " ")


def test_each_code_says_what_is_asked_and_what_to_do(page: str) -> None:
    asked = {code: said for code, said, _ in _LINE.findall(page)}
    assert len(asked) == page.count("<a id=")
    assert asked["loss_counts.total.minimum"] == "0 or more"
    assert asked["loss_counts.subject.enum"] == "one of russia, ukraine"
    assert asked["loss_counts.total.type"].startswith("a whole number")
    assert asked["sources.language.pattern"] == "the form `^[a-z]{2}$`, such as `en`"


def test_what_to_do_stands_at_the_kind(page: str) -> None:
    kinds = {kind.lower() for kind in re.findall(r"^## `(\w+)`$", page, re.MULTILINE)}
    assert {place for _, _, place in _LINE.findall(page)} == kinds
