"""The one reader of upstream CSV files, as numbers and as texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from reported_losses.errors import UpstreamError
from reported_losses.intake.text import text_rows, web_address
from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.parsing.invisible import unseen

HEADER = ("name", "note")
Reader = Callable[[Path, tuple[str, ...]], Iterable[object]]


def put(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("reader", [csv_rows, text_rows])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: the header lacks name, note; expected name,note"),
        ("note,name\n", "line 1: the header has its columns in another order"),
        ("name,note,more\n", "line 1: the header has the unknown more"),
        ("name,note\na,b\nd\n", "line 3: has 1 cells where the header has 2"),
        ('name,note\na,"b"c\n', "line 2: is not CSV"),
        ("name,note\na,\0\n", "NUL"),
    ],
)
def test_both_kinds_of_files_are_refused_with_the_same_message(
    reader: Reader, text: str, problem: str, tmp_path: Path
) -> None:
    with pytest.raises(UpstreamError) as caught:
        list(reader(put(tmp_path, text), HEADER))
    assert problem in str(caught.value)
    assert str(caught.value).endswith("Nothing was written.")


def test_only_files_of_texts_may_lack_the_final_newline(tmp_path: Path) -> None:
    path = put(tmp_path, "name,note\na, b ")
    assert [row for _, row in text_rows(path, HEADER)] == [{"name": "a", "note": "b"}]
    with pytest.raises(UpstreamError, match="cut short"):
        list(csv_rows(path, HEADER))


def test_a_row_is_located_by_the_line_on_which_it_begins(tmp_path: Path) -> None:
    path = put(tmp_path, 'name,note\na,"b\nc"\nd,e\n')
    assert [location for location, _ in csv_rows(path, HEADER)] == [
        Location(path, "line 2"),
        Location(path, "line 4"),
    ]


@pytest.mark.parametrize("character", [chr(code) for code in range(0x3000) if unseen(chr(code))])
def test_texts_have_no_character_that_check_calls_invisible(character: str, tmp_path: Path) -> None:
    path = put(tmp_path, f"name,note\na,b{character}c\n")
    with pytest.raises(UpstreamError, match=r"note|NUL|line"):
        list(text_rows(path, HEADER))


@pytest.mark.parametrize("text", ["http://[", "https://a", "ftp://a.example/", "https://a.b/c d"])
def test_what_is_no_web_address_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(UpstreamError, match="address"):
        web_address(Location(tmp_path), text)
