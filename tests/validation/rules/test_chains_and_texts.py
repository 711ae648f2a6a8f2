"""References that go round, and broken texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.validation.rules.texts import flaw
from validation.rules.kit import broken, tables

NAMES = "abcdef"


def circles(towards: dict[str, str]) -> list[int]:
    """Return the first row of each circle, found step by step."""
    found = set()
    for name in towards:
        seen, here = [], name
        while here in towards and here not in seen:
            seen.append(here)
            here = towards[here]
        if here in seen:
            found.add(min(seen[seen.index(here) :]))
    return [NAMES.index(name) for name in sorted(found)]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES)))
def test_a_circle_is_reported_once(towards: dict[str, str]) -> None:
    rows = [{"category": name, "broader": towards.get(name, "")} for name in NAMES]
    assert broken("categories/broader-ends", tables(categories=rows)) == circles(towards)


@pytest.mark.parametrize(
    "text",
    [
        *("Gen?ral", "a\ufffdb", "1\u00a0000", "e\u0301t\u00e9", "т\u0061нк"),
        *("two  spaces", "a line\nbreak", "thin\u2009space", "Gen&eacute;ral", "a <b>word</b>"),
        *("NULL", "n/a", "GÃ©nÃ©ral", "Ð—ÐµÐ»ÐµÐ½"),
    ],
)
def test_a_broken_text(text: str) -> None:
    assert flaw(text)
    held = tables(sources=[{"title": text}, {"source": "b", "note": text}, {"source": "c"}])
    assert broken("sources/text-intact", held) == [0, 1]


@pytest.mark.parametrize(
    "text",
    [
        *("", "Why? Because.", "«Танк» T-90", "Général", "https://a.example/x?y=1", "1,200"),
        *("R&D; and more", "fewer < more", "None of them", "Ñuñoa", "São Paulo"),
        "https://a.example/x?y=1&copy;=2",
    ],
)
def test_an_intact_text(text: str) -> None:
    assert flaw(text) == ""
