"""Limits on size bound time and memory for any file."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reported_losses.parsing.budget import LIMITS, NO_SIZE, Budget, Size
from reported_losses.parsing.cast import cast
from reported_losses.parsing.issues import LISTED, LISTED_IN_ALL
from reported_losses.parsing.quoting import MAX_CELL_BYTES
from reported_losses.parsing.read_table import parse_bytes, read
from small_table import HEADER, TABLE

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("tail", "codes"),
    [
        (b"x" * 10 * MEGABYTE + b",k,,1\n", {"file/field-too-long"}),
        (b'"' + b"x" * 10 * MEGABYTE + b'",k,,1\n', {"file/field-too-long"}),
        (b'"' + b"x\n" * MEGABYTE, {"file/unclosed-quote"}),
        (b'"' * (MEGABYTE // 10 * 4) + b"\n", {"file/unclosed-quote", "file/field-too-long"}),
        (b"," * MEGABYTE + b"\n", {"file/ragged-row"}),
        (b"x" * (MAX_CELL_BYTES + 1) + b",k,,1\n", {"file/field-too-long"}),
        (b"\n" * MEGABYTE, {"file/blank-line"}),
        (b'"\n' * (MEGABYTE // 10), {"file/ragged-row"}),
    ],
    ids=["bare", "quoted", "open", "quotes", "columns", "just-over", "blank", "alternating"],
)
def test_hostile_rows_cost_little(tail: bytes, codes: set[str]) -> None:
    data = HEADER.encode() + tail
    _, issues = parse_bytes(data, TABLE)
    assert {issue.code for issue in issues} <= codes
    assert issues
    assert all(len(issue.found or "") <= 80 for issue in issues)


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b"\n" * 9 * MEGABYTE, "at most 3,500,000 lines"),
        (b"\r" * 9 * MEGABYTE, "at most 3,500,000 lines"),
        (b"," * 40 * MEGABYTE, "at most 36,000,000 cells"),
        (b'"",' * 15 * MEGABYTE, "at most 500,000 quotes"),
    ],
    ids=["lines", "returns", "cells", "quotes"],
)
def test_what_is_over_a_limit_is_not_read_and_the_limit_is_named(data: bytes, limit: str) -> None:
    began = time.process_time()
    text, (issue,) = parse_bytes(HEADER.encode() + data, TABLE)
    assert time.process_time() - began < 2
    assert text is None
    assert issue.code == "file/too-large"
    assert (issue.expected or "").startswith(limit)


TEN = (HEADER + "".join(f"{n},k,,1\n" for n in range(10))).encode()


@pytest.mark.parametrize("part", Size._fields)
def test_limits_are_for_all_tables_together(part: str) -> None:
    fields = tuple(
        replace(field, pattern="[a-z0-9]*") if field.type == "string" else field
        for field in TABLE.fields
    )
    table = replace(TABLE, fields=fields)
    data = TEN.replace(b"0,k,,1", b'"0,0",k,,1')
    text, _ = parse_bytes(data, table)
    assert text is not None
    size = getattr(text.size, part)
    assert size > 0
    budget = Budget(LIMITS._replace(**{part: 2 * size}))
    for _ in range(2):
        text, issues = parse_bytes(data, table, budget)
        assert text is not None
        assert issues == []
    text, (issue,) = parse_bytes(data, table, budget)
    assert text is None
    assert issue.code == "file/too-large"
    # A table without any of it is read all the same.
    assert budget.spend(NO_SIZE, table) is None


def test_issues_are_listed_up_to_a_limit_for_all_tables_together() -> None:
    data = (HEADER + "".join(f"{n},k,,{'x' * (n % 2)}1\n" for n in range(3_000))).encode()
    text, _ = parse_bytes(data, TABLE)
    assert text is not None
    budget = Budget()
    numbers = []
    for _ in range(25):
        _, issues = cast(replace(text, faulty={}), budget)
        numbers.append(len(issues))
    assert numbers[0] == LISTED + 1
    assert numbers[-1] == 2
    assert sum(numbers) <= LISTED_IN_ALL + 2 * len(numbers)


@pytest.mark.posix
@pytest.mark.parametrize(
    "tail",
    [b"," * 10 * MEGABYTE, b"\n" * 3 * MEGABYTE, b'"x",' * (MEGABYTE // 5)],
    ids=["commas", "blank", "quoted"],  # pytest puts the id into the environment of subprocesses
)
def test_hostile_bytes_take_bounded_memory(tail: bytes, tmp_path: Path) -> None:
    def peak(data: bytes) -> int:
        (tmp_path / "data").write_bytes(data)
        code = (
            f"import sys; sys.path[:0] = {sys.path!r}\n"
            "import pathlib, resource, small_table\n"
            "from reported_losses.parsing.read_table import parse_bytes\n"
            "data = pathlib.Path('data').read_bytes()\n"
            "parse_bytes(data, small_table.TABLE)\n"
            "unit = 1 if sys.platform == 'darwin' else 1024\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)"
        )
        command = [sys.executable, "-c", code]
        return int(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)

    head = HEADER.encode()
    assert peak(head + tail) - peak(head) < 60 * len(tail)


def test_a_cell_at_the_limit_passes() -> None:
    text, issues = parse_bytes(HEADER.encode() + b"x" * MAX_CELL_BYTES + b",k,,1\n", TABLE)
    assert text is not None
    assert issues == []


@pytest.mark.parametrize("columns", [1_001, 1_000_000])
def test_a_header_of_too_many_columns(columns: int) -> None:
    text, (issue,) = parse_bytes(b",".join([b"name"] * columns) + b"\n", TABLE)
    assert text is None
    assert issue.code == "file/too-many-columns"


def test_a_header_line_without_end() -> None:
    text, issues = parse_bytes(b"name" * MEGABYTE, TABLE)
    assert text is None
    assert {issue.code for issue in issues} == {"file/too-many-columns", "file/final-newline"}


def link_out(path: Path) -> None:
    other = path.parent.parent.parent / "other.csv"
    other.write_text(HEADER, encoding="utf-8")
    path.symlink_to(other)


def folder_out(path: Path) -> None:
    other = path.parent.parent.parent / "other"
    path.parent.rename(other)
    (other / path.name).write_text(HEADER, encoding="utf-8")
    path.parent.symlink_to(other)


@pytest.mark.parametrize(
    ("put", "code"),
    [
        pytest.param(Path.exists, "file/missing", id="nothing"),
        pytest.param(lambda path: path.mkdir(), "file/not-regular", id="folder"),
        *(
            pytest.param(put, code, id=name, marks=pytest.mark.posix)
            for put, code, name in (
                (lambda path: path.symlink_to("/dev/zero"), "file/leaves-package", "device"),
                (lambda path: path.symlink_to(path), "file/unreadable", "loop"),
                (link_out, "file/leaves-package", "link"),
                (folder_out, "file/leaves-package", "linked-folder"),
            )
        ),
    ],
)
def test_only_ordinary_files_are_read(
    tmp_path: Path, put: Callable[[Path], object], code: str
) -> None:
    path = tmp_path / "package" / TABLE.path
    path.parent.mkdir(parents=True)
    put(path)
    text, (issue,) = read(tmp_path / "package", TABLE)
    assert text is None
    assert (issue.code, issue.path) == (code, TABLE.path)


@pytest.mark.posix
def test_a_link_inside_the_package_is_followed(tmp_path: Path) -> None:
    path = tmp_path / TABLE.path
    path.parent.mkdir()
    (path.parent / "real.csv").write_text(f"{HEADER}a,k,,1\n", encoding="utf-8")
    path.symlink_to("real.csv")
    text, issues = read(tmp_path, TABLE)
    assert text is not None
    assert issues == []
