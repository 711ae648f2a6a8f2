"""Generated pages have lines of readable length, and wrapping changes no meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reported_losses.definition.descriptor import installed
from reported_losses.generate import GENERATED
from reported_losses.generate.markdown import WIDTH, wrapped

PAGES = [name for name in GENERATED if name.endswith(".md")]
WORDS = [
    *("total(t)", "loss_counts", "-", "+", "*", "#", "##", ">", "1.", "12)", "=", "---", "***"),
    *("`a - b`", "`^[a-z]+( [a-z]+)*$`", "word", "a-hyphenated-word"),
]


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_long(name: str) -> None:
    longest = max(GENERATED[name](installed()).splitlines(), key=len)
    assert len(longest) <= 200, longest


def rendered(text: str) -> str:
    html: str = MarkdownIt().render(text)
    return html.replace("\n", " ")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join))
def test_wrapping_changes_no_meaning(text: str) -> None:
    text = f"First {text}"
    assert rendered(wrapped(text)) == rendered(text)
    assert rendered(wrapped(text, "- ", "  ")) == rendered(f"- {text}")


def test_lines_are_as_wide_as_they_may_be() -> None:
    lines = wrapped("word " * 100, "- ", "  ").splitlines()
    assert all(WIDTH - 5 < len(line) <= WIDTH for line in lines[:-1])
