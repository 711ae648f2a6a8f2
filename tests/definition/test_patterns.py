"""Patterns run in RE2: they mean what they mean to `re`, and none can take the time of a check."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reported_losses.definition.arrow_functions import matches, text_array
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.definition.patterns import MAX_STEPS, refusal, steps, whole
from reported_losses.definition.schema import Field, Table
from reported_losses.parsing.columns import bits
from reported_losses.parsing.table_cache import read_typed

ROOT = package_dir()
FIELDS = [
    (table, field)
    for table in load_package(ROOT).tables.values()
    for field in table.fields
    if field.pattern is not None
]
PATTERNS = sorted({field.pattern for _, field in FIELDS if field.pattern is not None})
TRICKY = [r"[]\s]\s", r"[a[]\s", r"[^]\s]+", r"\S\s\S", r"a|b", r"\[\s]", r"(a|aa|[a-z]+)+!"]
CHARACTERS = st.sampled_from('aZ09-/@: ;<>"[]!.\n\t\x0b\x1c\x85\xa0\u2003\u2028\u3000\u0663éЖ😀')
TEXTS = st.lists(st.text(CHARACTERS) | st.text(), min_size=1, max_size=5)


def by_re2(pattern: str, texts: list[str]) -> list[bool]:
    found: list[bool] = bits(matches(text_array(texts), whole(pattern))).tolist()
    return found


def by_re(pattern: str, texts: list[str]) -> list[bool]:
    return [re.match(rf"(?:{pattern})\Z", text) is not None for text in texts]


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=lambda one: one.name)
def test_the_shipped_texts_match_as_in_re(table: Table, field: Field) -> None:
    typed, _ = read_typed(ROOT, table)
    assert typed is not None
    texts = sorted(set(typed.data.column(field.name).to_pylist()) - {None})
    pattern = field.pattern or ""
    assert by_re2(pattern, texts) == by_re(pattern, texts) == [True] * len(texts)


@pytest.mark.parametrize("pattern", [*PATTERNS, *TRICKY])
@settings(max_examples=40)
@given(data=st.data())
def test_any_text_matches_as_in_re(pattern: str, data: st.DataObject) -> None:
    likely = st.from_regex(pattern) if pattern in PATTERNS else st.text(CHARACTERS)
    texts = data.draw(TEXTS | st.lists(likely, min_size=1, max_size=3))
    assert by_re2(pattern, texts) == by_re(pattern, texts)


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "a)|(b",
        r"\Qa",
        "(?=a)",
        r"(a)\1",
        "a**",
        "a{1001}",
        "(a{100}){100}",
        "(" * 5_000 + ")" * 5_000,
        "a" * 1_001,
        r"(\pL{100}|b){10}",
        "[",
        "\\",
    ],
    ids=lambda pattern: pattern[:20],
)
def test_a_pattern_that_re2_does_not_run_is_refused(pattern: str) -> None:
    assert refusal(pattern)


@given(st.text(st.sampled_from("ab()[]{}|*+?^$.,\\0123456789sSdpLQExz:-"), max_size=60) | st.text())
@example("(((((a{10}){10}){10}){10}){10}){10}")
@example("[" * 300)
def test_any_pattern_is_run_or_refused(pattern: str) -> None:
    steps(pattern)
    if refusal(pattern) is None:
        by_re2(pattern, ["", "a", "ab\n"])


@pytest.mark.parametrize("pattern", ["^(a|aa|[a-z]+)+!$", "(a*)*b", "(.*a){20}!"])
def test_a_pattern_that_would_go_back_for_ever_does_not(pattern: str) -> None:
    began = time.process_time()
    assert by_re2(pattern, ["a" * 60_000] * 10) == [False] * 10
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("pattern", "number"),
    [("", 0), ("abc", 3), ("[a-z]+", 1), ("(ab){3}c", 7), ("a{2,}", 2), ("a{1,9}", 9), (r"\pL", 4)],
)
def test_steps_are_counted_with_repetitions(pattern: str, number: int) -> None:
    assert steps(pattern) == number


def test_the_shipped_patterns_are_far_from_the_limit() -> None:
    assert max(map(steps, PATTERNS)) < MAX_STEPS / 5
