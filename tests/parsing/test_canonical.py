"""Canonical form: what it changes, what it keeps, and what it refuses."""

from __future__ import annotations

import csv
import io
import random
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reported_losses.definition.schema import Field, Table
from reported_losses.issue import Issue
from reported_losses.parsing.canonical import Canonical, canonical_csv, canonical_form, sort_key

FIELDS = (
    Field("name", "", "", "string", required=True),
    Field("number", "", "", "integer", required=True),
    Field("note", "", "", "string"),
)
TABLE = Table("small", "", "", "data/small.csv", FIELDS, ("name", "number"))
BOM = b"\xef\xbb\xbf"
HEADER = b"name,number,note\n"

TEXTS = st.text(st.sampled_from('ab,"\n é数 ='), max_size=4)
# A key cell that ends with white space has no place in the order.
KEYS = TEXTS.filter(lambda text: text and text.strip() == text)
ROWS = st.lists(
    st.tuples(KEYS, st.integers(-12, 120).map(str), TEXTS),
    max_size=8,
    unique_by=lambda row: row[:2],
)


def canonical(data: bytes, table: Table = TABLE) -> Canonical:
    result = canonical_form(data, table)
    assert isinstance(result, Canonical)
    return result


def requoted(rows: list[tuple[str, ...]], chance: random.Random) -> bytes:
    """Write rows as CSV with some needless quotes."""

    def cell(text: str) -> str:
        must = any(mark in text for mark in ',"\n')
        return '"' + text.replace('"', '""') + '"' if must or chance.random() < 0.5 else text

    return HEADER + "".join(f"{','.join(map(cell, row))}\n" for row in rows).encode()


@given(
    ROWS,
    st.randoms(use_true_random=False),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([b"", BOM]),
)
@example([("a", "1", "x\ny")], random.Random(1), "\r\n", BOM)  # noqa: S311 - no secret
def test_any_form_of_the_same_rows_gives_the_same_bytes(
    rows: list[tuple[str, ...]], chance: random.Random, ending: str, mark: bytes
) -> None:
    original = canonical_csv(TABLE, rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    spoilt = requoted(shuffled, chance)
    if not any("\n" in cell for row in rows for cell in row):
        spoilt = re.sub(rb"\n", lambda _: b"\n" * chance.choice([1, 1, 2]), spoilt)
    spoilt = spoilt.replace(b"\n", ending.encode())
    spoilt = mark + spoilt
    if chance.random() < 0.5:
        spoilt = spoilt.removesuffix(ending.encode())
    assert canonical(spoilt).data == original


@given(ROWS)
def test_a_second_time_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    once = canonical_csv(TABLE, rows)
    assert canonical(once) == Canonical(once, (), ())
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(
        [TABLE.names, *sorted(rows, key=lambda row: (row[0], int(row[1])))]
    )
    assert once == written.getvalue().encode()
    (header, *cells) = csv.reader(io.StringIO(once.decode(), newline=""))
    assert header == list(TABLE.names)
    assert sorted(map(tuple, cells)) == sorted(rows)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_moves_say_where_each_row_went(
    rows: list[tuple[str, ...]], chance: random.Random
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    flat = [(name.strip("\n") or "a", number, "") for name, number, _ in shuffled]
    flat = list({row[:2]: row for row in flat if not set(',"\n') & set(row[0])}.values())
    before = HEADER + "".join(f"{','.join(row)}\n" for row in flat).encode()
    result = canonical(before)
    old, new = before.decode().split("\n"), result.data.decode().split("\n")
    for move in result.moves:
        assert old[move.line - 1] == new[move.new_line - 1]
        assert new[move.new_line - 1].startswith(move.key.replace("/", ","))
    moved = {old[move.line - 1] for move in result.moves}
    assert [line for line in old if line not in moved] == [
        line for line in new if line not in moved
    ]


def test_a_block_at_the_end_moves_as_few_rows_as_it_has() -> None:
    rows = [("a", str(number), "") for number in range(100)]
    block = rows[40:55]
    before = (
        HEADER + "".join(f"{','.join(row)}\n" for row in rows[:40] + rows[55:] + block).encode()
    )
    moves = canonical(before).moves
    assert [move.new_line for move in moves] == list(range(42, 57))
    assert [move.line for move in moves] == list(range(87, 102))


def test_integers_are_ordered_as_numbers_and_other_cells_as_text() -> None:
    rows = [("a", text, "") for text in ("10", "9", "-2", "x", "", "007")]
    assert [row[1] for row in sorted(rows, key=sort_key(TABLE))] == [
        "",
        "007",
        "x",
        "-2",
        "9",
        "10",
    ]


def test_every_cell_keeps_its_text() -> None:
    before = HEADER + "b,2, =1+1 \na,1,\u202e\n".encode()
    assert canonical(before).data == HEADER + "a,1,\u202e\nb,2, =1+1 \n".encode()


@pytest.mark.parametrize(
    ("row", "code"),
    [(" b ,2,", "file/whitespace"), ("b,x,", "small.number.type"), ("b,1e3,", "small.number.type")],
)
def test_a_key_without_a_value_is_refused(row: str, code: str) -> None:
    """It has no place in the order, and sorting would move its row away from its own."""
    refused = canonical_form(HEADER + f"a,1,\n{row}\nc,1,\n".encode(), TABLE)
    assert isinstance(refused, list)
    assert {(issue.code, issue.line) for issue in refused} == {(code, 3)}


def test_rows_of_equal_keys_keep_their_order() -> None:
    before = HEADER + b"b,1,\na,1,2\na,1,1\n"
    assert canonical(before).data == HEADER + b"a,1,2\na,1,1\nb,1,\n"


def test_what_was_mended_is_listed() -> None:
    before = BOM + (HEADER + b'b,1,\n\n"a",1,').replace(b"\n", b"\r\n")
    result = canonical(before)
    assert sorted((issue.code, issue.line) for issue in result.mended) == [
        ("file/blank-line", 3),
        ("file/byte-order-mark", 1),
        ("file/final-newline", 4),
        ("file/line-ends", 1),
        ("file/quoting", 4),
    ]
    assert [(move.line, move.new_line) for move in result.moves] in ([(4, 2)], [(2, 3)])


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "file/empty", 1),
        (BOM, "file/byte-order-mark", 1),
        (HEADER + b"b,1\na,1,\n", "file/ragged-row", 2),
        (HEADER + b'b,1,"x\na,1,\n', "file/unclosed-quote", 2),
        (HEADER + b'b,1,x"y\na,1,\n', "file/stray-quote", 2),
        (HEADER + b"b,1,\xff\n", "file/encoding", 2),
        (HEADER + b"b,1,\0\n", "file/nul", 2),
        (HEADER + b"b,1,x\ry\n", "file/line-ends", 2),
        (b"name,note,number\nb,,1\na,,1\n", "file/column-order", 1),
        (b"name,number,note,more\nb,1,,\n", "file/extra-column", 1),
        (b"name,number\nb,1\n", "file/missing-column", 1),
        (b"name;number;note\nb;1;\n", "file/header", 1),
    ],
)
def test_a_file_whose_cells_are_in_doubt_is_refused(data: bytes, code: str, line: int) -> None:
    result = canonical_form(data, TABLE)
    assert isinstance(result, list)
    assert all(isinstance(issue, Issue) for issue in result)
    assert [(issue.code, issue.line) for issue in result] == [(code, line)]


def test_a_row_of_another_length_is_no_row() -> None:
    with pytest.raises(ValueError, match="3 columns"):
        canonical_csv(TABLE, [("a", "1")])
