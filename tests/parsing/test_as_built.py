"""`as_built`: what a descriptor states of a file is compared with the file."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

import reported_losses as rl
from reported_losses.parsing import as_built
from reported_losses.parsing.as_built import not_as_built, refuse, refuse_damaged, verified
from reported_losses.parsing.file_version import FileVersion
from reported_losses.parsing.read_table import read
from small_table import HEADER, TABLE

DATA = HEADER.encode() + b"a,k,,1\nb,k,,1\n"
BUILT = rl.Built(len(DATA), hashlib.sha256(DATA).hexdigest(), 2)
STATED = dataclasses.replace(TABLE, built=BUILT)


def write(folder: Path, data: bytes) -> Path:
    path = folder / TABLE.path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("built", "data", "rows", "found", "expected"),
    [
        (None, b"", 0, None, None),
        (BUILT, DATA, 2, None, None),
        (BUILT, DATA, None, None, None),
        (rl.Built(size=1), b"xy", None, "2 bytes", "1 bytes"),
        (rl.Built(rows=7), b"", 1_234, "1,234 rows", "7 rows"),
        (
            rl.Built(sha256="0" * 64),
            b"",
            None,
            "SHA-256 e3b0c44298fc1c14",
            "SHA-256 0000000000000000",
        ),
        (rl.Built(3, "0" * 64, 1), b"xy", 1, "2 bytes, 1 rows", "3 bytes, 1 rows"),
        (
            rl.Built(2, "0" * 64),
            b"xy",
            None,
            "2 bytes, SHA-256 769a4e6d0003189c",
            "2 bytes, SHA-256 0000000000000000",
        ),
    ],
)
def test_what_differs_is_said(
    built: rl.Built | None, data: bytes, rows: int | None, found: str | None, expected: str | None
) -> None:
    issues = not_as_built(dataclasses.replace(TABLE, built=built), data, rows)
    assert len(issues) == (found is not None)
    for issue in issues:
        assert issue.code == as_built.CODE
        assert (issue.found, issue.expected) == (found, expected)


def test_reading_compares_and_reads_on(tmp_path: Path) -> None:
    write(tmp_path, DATA)
    assert read(tmp_path, STATED)[1] == []
    write(tmp_path, DATA[: DATA.rindex(b"b,")])
    text, issues = read(tmp_path, STATED)
    assert text is not None
    assert [issue.code for issue in issues] == [as_built.CODE]
    assert issues[0].found == f"{len(DATA) - 7:,} bytes, 1 rows"
    assert read(tmp_path, TABLE)[1] == []


def test_a_file_is_digested_once_for_each_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digested: list[int] = []

    def counted(table: rl.Table, data: bytes) -> list[rl.Issue]:
        digested.append(len(data))
        return not_as_built(table, data)

    monkeypatch.setattr(as_built, "not_as_built", counted)
    monkeypatch.setattr(FileVersion, "settled", lambda _self, _now: True)
    monkeypatch.setattr(as_built, "_VERIFIED", {})
    path = write(tmp_path, DATA)
    for _ in range(3):
        assert verified(tmp_path, STATED) == []
    assert digested == [len(DATA)]
    path.write_bytes(DATA + b"c,k,,1\n")
    for _ in range(2):
        assert [issue.code for issue in verified(tmp_path, STATED)] == [as_built.CODE]
    assert len(digested) == 3
    path.unlink()
    assert [issue.code for issue in verified(tmp_path, STATED)] == ["file/missing"]
    assert verified(tmp_path, TABLE) == []


def test_a_file_changed_just_now_is_digested_again(tmp_path: Path) -> None:
    write(tmp_path, DATA)
    assert verified(tmp_path, STATED) == []
    write(tmp_path, DATA.replace(b"a,", b"x,"))
    assert [issue.code for issue in verified(tmp_path, STATED)] == [as_built.CODE]


def test_only_damage_asks_to_reinstall(tmp_path: Path) -> None:
    write(tmp_path, DATA[:-1])
    issues = read(tmp_path, STATED)[1]
    with pytest.raises(
        rl.DataError, match=r"not the file that was built.*and 1 more.*reinstall"
    ) as caught:
        refuse(STATED, issues)
    assert {issue.code for issue in caught.value.issues} == {as_built.CODE, "file/final-newline"}
    for table in (TABLE, STATED):
        others = [issue for issue in issues if issue.code != as_built.CODE]
        with pytest.raises(rl.DataError, match="reported-losses check"):
            refuse(table, others)
        refuse_damaged(table, others)
        refuse(table, [])
    refuse_damaged(TABLE, issues)
    with pytest.raises(rl.DataError, match="reinstall"):
        refuse_damaged(STATED, issues)
