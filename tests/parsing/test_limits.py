"""Limits on size bound time and memory for any file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reported_losses.parsing.quoting import MAX_CELL_BYTES
from reported_losses.parsing.read_table import parse_bytes, read
from small_table import HEADER, TABLE

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("tail", "codes"),
    [
        (b"x" * 10 * MEGABYTE + b",k,,1\n", {"file/field-too-long"}),
        (b'"' + b"x" * 10 * MEGABYTE + b'",k,,1\n', {"file/field-too-long"}),
        (b'"' + b"x\n" * 5 * MEGABYTE, {"file/unclosed-quote"}),
        (b'"' * 10 * MEGABYTE + b"\n", {"file/unclosed-quote", "file/field-too-long"}),
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


@pytest.mark.posix
@pytest.mark.parametrize(
    "tail",
    [b"," * 10 * MEGABYTE, b"\n" * 10 * MEGABYTE, b'"x",' * MEGABYTE],
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
