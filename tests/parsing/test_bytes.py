"""Any file gives a table, issues, or both; reading never raises and never waits."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reported_losses.parsing.cast import cast
from reported_losses.parsing.columns import from_arrow
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.issues import LISTED
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import quoted
from small_table import HEADER, TABLE

ALPHABET = 'ab,"\n\r\t =+-@0123\0\x1bé\u202e\u200b\ufeff'
CELLS = st.text(st.sampled_from(',"ab=\n1- é'), max_size=5)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6)


def written(rows: list[tuple[str, ...]]) -> str:
    return HEADER + "".join(",".join(map(quoted, row)) + "\n" for row in rows)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), max_size=60).map(str.encode) | st.binary(max_size=60))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\n")
@example(b'"')
@example(b'a,b,c,d\n"')
@example(b"a,b,c,d\n,,,\n\n")
def test_any_bytes_are_read(tail: bytes) -> None:
    for data in (tail, HEADER.encode() + tail):
        text, issues = parse_bytes(data, TABLE)
        assert all(issue.code in FILE_CODES for issue in issues)
        assert text is not None or issues
        if text is not None:
            assert text.data.num_rows == len(text.lines)
            typed, _ = cast(text)
            assert from_arrow(TABLE, typed.data, typed.invalid).rows == text.rows


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_canonical_bytes_give_back_their_cells_and_positions(rows: list[tuple[str, ...]]) -> None:
    source = written(rows)
    text, issues = parse_bytes(source.encode(), TABLE)
    assert text is not None
    assert not {issue.code for issue in issues} - {"file/whitespace", "file/formula"}
    assert list(zip(*text.data.to_pydict().values(), strict=True)) == rows
    lines = source.split("\n")
    for number, row in enumerate(rows):
        for name, cell in zip(TABLE.names, row, strict=True):
            line, position = text.position(number, name)
            rest = "\n".join(lines[line - 1 :])[position - 1 :]
            assert rest.startswith(quoted(cell))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab,"\n1'), max_size=40))
def test_what_passes_means_the_same_to_another_strict_reader(tail: str) -> None:
    source = HEADER + tail + "\n"
    text, issues = parse_bytes(source.encode(), TABLE)
    if text is None or any(issue.code == "file/blank-line" for issue in issues):
        return
    other = list(csv.reader(io.StringIO(source, newline=""), strict=True))[1:]
    rows = [list(row) for row in zip(*text.data.to_pydict().values(), strict=True)]
    assert rows == other


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_no_issue_means_canonical_bytes(rows: list[tuple[str, ...]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    source = HEADER + out.getvalue()
    text, issues = parse_bytes(source.encode(), TABLE)
    assert text is not None
    assert list(zip(*text.data.to_pydict().values(), strict=True)) == rows
    if not issues:
        assert source == written(rows)


@pytest.mark.parametrize(
    ("tail", "line_and_position"),
    [
        ('"one\ntwo",k,,x\nb,k,,y\n', (4, 6)),
        ('"one\ntwo",k,,1\n\nb,k,,y\n', (5, 6)),
        ('"a\n\nb",k,,1\n"c\nd",k,,y\n', (6, 7)),
    ],
)
def test_lines_are_those_of_the_file(tail: str, line_and_position: tuple[int, int]) -> None:
    text, _ = parse_bytes((HEADER + tail).encode(), TABLE)
    assert text is not None
    _, issues = cast(text)
    assert (issues[-1].line, issues[-1].position) == line_and_position


def test_faults_that_leave_the_cells_readable_hide_nothing() -> None:
    data = "\ufeffname,kind,total,day,more\r\n\r\na ,k,\u0661,,\r\n=b,k,1,2023-02-30,".encode()
    text, issues = parse_bytes(data, TABLE)
    assert text is not None
    _, more = cast(text)
    assert [(issue.code, issue.line) for issue in sorted(issues + more)] == [
        ("file/line-ends", 1),
        ("file/byte-order-mark", 1),
        ("file/extra-column", 1),
        ("file/blank-line", 2),
        ("file/whitespace", 3),
        ("small.total.type", 3),
        ("file/formula", 4),
        ("small.day.type", 4),
        ("file/final-newline", 4),
    ]


def test_an_open_quote_is_found_where_it_opens() -> None:
    rows = "".join(f'"a,{number}",k,,1\n' for number in range(9))
    spoilt = rows.replace('"a,3"', '"a,3')
    text, issues = parse_bytes((HEADER + spoilt).encode(), TABLE)
    assert text is None
    assert (issues[0].code, issues[0].line, issues[0].position) == ("file/unclosed-quote", 5, 1)


def test_a_long_list_of_faults_is_closed_by_a_count() -> None:
    rows = "a,b,c\n" * (LISTED + 7)
    text, issues = parse_bytes((HEADER + rows).encode(), TABLE)
    assert text is None
    assert len(issues) == LISTED + 1
    assert {issue.code for issue in issues} == {"file/ragged-row"}
    assert "7 more" in issues[-1].message


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ("a,k,2023-02-22,522,810", "522810"),
        ("a,k,2023-02-22,1,522,810", "1522810"),
        ("a,12,2023-02-22,522,810", "522810"),
        ("a,k,2023-02-22,522,81", None),
        ("a,k,2023-02-22,1,,,,,,,", None),
    ],
)
def test_a_number_split_by_its_separators_is_put_together(row: str, meant: str | None) -> None:
    _, (issue,) = parse_bytes(f"{HEADER}{row}\n".encode(), TABLE)
    assert issue.code == "file/ragged-row"
    assert meant is None or meant in str(issue.hint)
    assert meant is not None or "separators" not in str(issue.hint)


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("name;kind;day;total", "file/header"),
        ("a,k,2023-02-22,1", "file/header"),
        ("name,kind,total", "file/missing-column"),
        ("name,kind,day,totals", "file/missing-column"),
        ("name,kind,day,total,total", "file/duplicate-column"),
        ("name,kind,day,Total ", "file/missing-column"),
        ("name\tkind\tday\ttotal", "file/header"),
        ("", "file/header"),
    ],
)
def test_a_wrong_header_is_explained(first: str, code: str) -> None:
    text, issues = parse_bytes(f"{first}\na,k,,1\n".encode(), TABLE)
    assert text is None
    assert code in {issue.code for issue in issues}
    assert {issue.line for issue in issues} == {1}


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\ufeff", "\u2066", "\u00ad", "\u3164"])
def test_unseen_characters_are_shown_escaped(mark: str) -> None:
    _, (issue,) = parse_bytes(f"{HEADER}a{mark}b,k,,1\n".encode(), TABLE)
    assert issue.code == "file/invisible-character"
    assert issue.found is not None
    assert issue.found.isascii()
    assert issue.found.isprintable()


@pytest.mark.parametrize("text", ["-1", "-12.5"])
def test_a_negative_number_is_no_formula(text: str) -> None:
    _, issues = parse_bytes(f"{HEADER}{text},k,,-1\n".encode(), TABLE)
    assert "file/formula" not in {issue.code for issue in issues}


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "+1", "-1-1", "- 1", "-a", "@SUM(A1)", "＝1"])  # noqa: RUF001 - spreadsheets run the wide sign too
def test_formula_leading_texts_are_refused(text: str) -> None:
    _, issues = parse_bytes(f"{HEADER}{text},k,,-1\n".encode(), TABLE)
    assert "file/formula" in {issue.code for issue in issues}
    assert {issue.column for issue in issues} == {"name"}


def test_cells_that_straddle_the_blocks_of_the_fast_reader_survive() -> None:
    pieces = ("a", "b,c", 'd"e', "f\ng", "é", "", "x" * 997, "\n\n", '",\n"')
    rows = [
        tuple(pieces[(number * step) % len(pieces)] for step in (1, 2, 4, 5))
        for number in range(9_000)
    ]
    source = written(rows).encode()
    assert len(source) > 3 << 20
    text, _ = parse_bytes(source, TABLE)
    assert text is not None
    assert list(zip(*text.data.to_pydict().values(), strict=True)) == rows
    line, position = text.position(8_999, "total")
    assert source.decode().split("\n")[line - 1][position - 1 :].startswith(quoted(rows[-1][3])[:1])


def test_cells_beyond_the_limit_are_counted_after_those_listed() -> None:
    # Two faulty cells in each row: the limit falls between two cells of one row or two rows.
    for extra in (1, 2):
        rows = "a ,k ,,1\n" * (LISTED // 2) + "a ,k ,,1\n" * extra
        first = "a,k ,,1\n"  # one faulty cell, so that the limit falls inside a row
        _, issues = parse_bytes((HEADER + first + rows).encode(), TABLE)
        assert len(issues) == LISTED + 1
        assert issues[:-1] == sorted(issues[:-1])
        assert issues[0].line == 2
        assert f"{2 * extra + 1} more" in issues[-1].message
        assert issues[-1].line == LISTED // 2 + 2
