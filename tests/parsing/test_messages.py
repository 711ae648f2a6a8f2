"""Frequent accidents are named as what they are, and one accident gives one issue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

import bad_cases
from reported_losses.issue import Issue
from reported_losses.parsing.cast import cast
from reported_losses.parsing.issues import LISTED
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.validation.check import check
from small_table import HEADER, TABLE

MARKERS = ("<<<<<<< HEAD", "||||||| 0a1b2c3", "=======", ">>>>>>> new figures, checked")


def test_conflict_markers_are_named() -> None:
    rows = "\n".join(("a,k,,1", *(f"{marker}\nb,k,,2" for marker in MARKERS)))
    _, issues = parse_bytes(f"{HEADER}{rows}\n".encode(), TABLE)
    assert [(issue.code, issue.line) for issue in issues] == [
        ("file/ragged-row", line) for line in (3, 5, 7, 9)
    ]
    assert all("conflict marker" in issue.message for issue in issues)
    assert all("three marker lines" in str(issue.hint) for issue in issues)


def test_a_conflict_marker_in_place_of_the_header_is_named() -> None:
    _, (issue,) = parse_bytes(f"{MARKERS[0]}\n{HEADER}".encode(), TABLE)
    assert issue.code == "file/header"
    assert "conflict marker" in issue.message


@pytest.mark.parametrize("line", ["<<<<<<<", "======", "========", "> a", "=======,"])
def test_other_short_lines_are_no_conflict_markers(line: str) -> None:
    _, (issue,) = parse_bytes(f"{HEADER}{line}\n".encode(), TABLE)
    assert issue.code == "file/ragged-row"
    assert "conflict" not in issue.message


@pytest.mark.parametrize(
    ("text", "encoding", "likely"),
    [
        ("танки, Україна", "cp1251", "Windows-1251"),
        ("Генеральний штаб «ЗСУ», 5 café", "cp1251", "Windows-1251"),  # noqa: RUF001 - Ukrainian
        ("café", "cp1252", "Windows-1252"),
        ("Müller: “Straße”, naïve", "cp1252", "Windows-1252"),
        ("figurés", "latin-1", "Windows-1252"),
    ],
)
def test_the_likely_encoding_is_named(text: str, encoding: str, likely: str) -> None:
    data = f'{HEADER}a,k,,1\n"{text}",k,,1\n'.encode(encoding, "ignore")
    _, (issue,) = parse_bytes(data, TABLE)
    assert (issue.code, issue.line) == ("file/encoding", 3)
    assert likely in issue.message
    assert likely in str(issue.hint)


@pytest.mark.parametrize("tail", [b"a\x81b,k,,1\n", "é,k,,1\n".encode() + b"a\xe9b,k,,1\n"])
def test_a_damaged_file_is_not_given_an_encoding(tail: bytes) -> None:
    _, issues = parse_bytes(HEADER.encode() + tail, TABLE)
    assert issues[0].code == "file/encoding"
    assert "Windows" not in issues[0].message


def test_a_long_word_takes_linear_time() -> None:
    _, issues = parse_bytes(HEADER.encode() + b"a" * 2_000_000 + b"\xe9", TABLE)
    assert "Windows-1252" in issues[0].message


def test_reading_stops_after_too_many_faulty_quotes() -> None:
    rows = 'a"b,k,,1\n' * (LISTED + 9)
    _, issues = parse_bytes((HEADER + rows).encode(), TABLE)
    assert len(issues) == LISTED + 1
    assert {issue.code for issue in issues} == {"file/stray-quote"}
    assert f"beyond line {LISTED + 2}" in issues[-1].message


def typed(rows: list[str]) -> list[Issue]:
    text, issues = parse_bytes((HEADER + "".join(f"{row}\n" for row in rows)).encode(), TABLE)
    assert text is not None
    assert issues == []
    return cast(text)[1]


def grouped(number: int) -> str:
    return f'"{number:,}"' if number > 999 else str(number)


DAYS = [dt.date(2022, 2, 24) + dt.timedelta(days=number) for number in range(1_500)]


@pytest.mark.parametrize(
    ("write", "column", "first", "count"),
    [
        (lambda n, day: f"a{n:04},k,{day:%d/%m/%Y},{n}", "day", "2022-02-24", 1_500),
        (lambda n, day: f"a{n:04},k,{day},{grouped(n)}", "total", "1000", 500),
        (lambda n, day: f"a{n:04},k,{day},{n}.0", "total", "0", 1_500),
        (lambda n, day: f"a{n:04},k,{day if n % 10 else ''},{n / 2}", "total", "0", 1_500),
    ],
    ids=["dates", "separators", "decimals", "halves"],
)
def test_a_reformatted_column_is_one_issue(
    write: Callable[[int, dt.date], str], column: str, first: str, count: int
) -> None:
    (issue,) = typed([write(number, day) for number, day in enumerate(DAYS)])
    assert (issue.code, issue.column) == (f"small.{column}.type", column)
    assert f"{count:,} cells" in issue.message
    assert first in str(issue.hint)
    assert "spreadsheet" in str(issue.hint)


@pytest.mark.parametrize(
    ("bad", "good", "issues"), [(20, 0, 20), (21, 0, 1), (90, 10, 1), (89, 11, 89)]
)
def test_few_bad_cells_are_listed_one_by_one(bad: int, good: int, issues: int) -> None:
    rows = [f"a{number:03},k,,x" for number in range(bad)]
    rows += [f"b{number:03},k,,1" for number in range(good)] + [f"c{n:03},k,," for n in range(200)]
    assert len(typed(rows)) == issues


@pytest.mark.parametrize(
    ("table", "column", "put"),
    [
        ("categories", "unit", "item "),
        ("categories", "category", " tanks-and-more"),
        ("loss_counts", "category", "tanks "),
        ("claims", "subject", "russia\u200b"),
        ("organisations", "kind", "\u00a0government"),
        ("reports", "reporter", "ua-general-staff "),
    ],
)
def test_white_space_is_one_issue(table: str, column: str, put: str, tmp_path: Path) -> None:
    tables = bad_cases.build(tmp_path)
    bad_cases.apply(tmp_path, tables, {"table": table, "line": 2, "column": column, "put": put})
    own = [issue for issue in check(tmp_path) if issue.table == table]
    code = "file/invisible-character" if "\u200b" in put else "file/whitespace"
    assert [(issue.code, issue.line, issue.column) for issue in own] == [(code, 2, column)]
