"""Each kind of character is recognised alike by Python and by Arrow, and as Unicode sorts it."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.definition.arrow_functions import matches
from reported_losses.parsing.characters import (
    BLANK,
    CONTROL,
    FORMULA_RE2,
    INVISIBLE,
    Ranges,
    formula_like,
    python_class,
    re2_class,
)
from reported_losses.parsing.columns import bits
from reported_losses.parsing.invisible import unseen, unseen_in_file
from reported_losses.parsing.read_table import parse_bytes
from small_table import HEADER, TABLE

EVERY = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
TEXTS = st.text(st.sampled_from("ab1=+-@＝＠\t\r\n\0\v \u00a0\u3000\x85\u200b"), max_size=6)  # noqa: RUF001


def holds(texts: list[str], pattern: str) -> list[bool]:
    found: list[bool] = bits(matches(pa.array(texts), pattern)).tolist()
    return found


@pytest.mark.parametrize(
    "ranges", [CONTROL, INVISIBLE, BLANK], ids=["control", "invisible", "blank"]
)
def test_both_engines_see_the_same_characters(ranges: Ranges) -> None:
    ours = {chr(code) for low, high in ranges for code in range(low, high + 1)}
    python = re.compile(python_class(ranges))
    assert {char for char in EVERY if python.fullmatch(char)} == ours
    arrow = holds(EVERY, re2_class(ranges))
    assert {char for char, found in zip(EVERY, arrow, strict=True) if found} == ours


def test_categories_of_unicode_are_covered() -> None:
    every = "".join(EVERY)
    control, invisible, blank = (
        set(re.findall(python_class(ranges), every)) for ranges in (CONTROL, INVISIBLE, BLANK)
    )
    kinds: dict[str, set[str]] = {}
    for char in EVERY:
        kinds.setdefault(unicodedata.category(char), set()).add(char)
    assert control == kinds["Cc"] - {"\n"}
    assert kinds["Zs"] | kinds["Zl"] | kinds["Zp"] <= blank
    assert not invisible & kinds["Ll"]


@given(st.text(max_size=30) | TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_file_is_searched_as_its_text_is(text: str) -> None:
    assert unseen_in_file(text.encode()) == unseen(text)


def test_a_character_at_the_end_of_a_chunk_is_seen() -> None:
    for length in range((1 << 20) - 4, (1 << 20) + 2):
        assert unseen_in_file(("é" * length + "\u200b").encode())
        assert not unseen_in_file(("é" * (length + 1)).encode())


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_formula_is_the_same_to_both_engines(text: str) -> None:
    (found,) = holds([text], FORMULA_RE2)
    assert (found or text.startswith(("\t", "\r"))) == formula_like(text)


@pytest.mark.parametrize("text", ["\t1", "\r1", " \u3000=1", "\0=1", "\v@a", "\x85-1", "\n+1"])
def test_what_a_spreadsheet_skips_does_not_hide_a_formula(text: str) -> None:
    assert formula_like(text)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("a ", "file/whitespace"),
        ("\u00a0a", "file/whitespace"),
        ("\ta", "file/control-character"),
        ("a\x85", "file/control-character"),
        ("\u2028a", "file/invisible-character"),
        ("\x1b\u200ba ", "file/control-character"),
        ("a\u200b", "file/invisible-character"),
        ("=1", "file/formula"),
    ],
)
def test_a_cell_has_one_issue_for_its_characters(cell: str, code: str) -> None:
    text, issues = parse_bytes(f"{HEADER}{cell},k,,1\n".encode(), TABLE)
    assert text is not None
    assert [issue.code for issue in issues] == [code]
    assert set(text.faulty) == ({"name"} if code != "file/formula" else set())


def test_small_modules_are_imported_without_arrow() -> None:
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "from reported_losses.parsing.file_codes import FILE_CODES\n"
        "from reported_losses.parsing.invisible import shown\n"
        "from reported_losses.parsing.characters import formula_like\n"
        "assert not {'numpy', 'pyarrow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
