"""`reported-losses sort`: what it writes, what it prints, and what it refuses."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bad_cases
from reported_losses.commands.cli import main
from reported_losses.validation.check import check

Capture = pytest.CaptureFixture[str]
Files = dict[str, bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "package"
    home.mkdir()
    bad_cases.build(home)
    assert main(["sort", str(home)]) == 0
    return home


def contents(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted((folder / "data").iterdir())}


@pytest.fixture
def original(folder: Path) -> Files:
    return contents(folder)


def shuffled(data: bytes, chance: random.Random) -> bytes:
    header, *rows = data.splitlines(keepends=True)
    chance.shuffle(rows)
    return b"".join([header, *rows])


def requoted(data: bytes, chance: random.Random) -> bytes:
    header, *rows = data.splitlines(keepends=True)
    for number, row in enumerate(rows):
        if b'"' not in row and chance.random() < 0.5:
            cells = row.removesuffix(b"\n").split(b",")
            rows[number] = b",".join(b'"%s"' % cell for cell in cells) + b"\n"
    return b"".join([header, *rows])


# In this order: those after know only LF, and line ends are replaced last.
SPOILING: list[Callable[[bytes, random.Random], bytes]] = [
    shuffled,
    requoted,
    lambda data, _: data.replace(b"\n", b"\n\n"),
    lambda data, _: b"\xef\xbb\xbf" + data,
    lambda data, _: data.removesuffix(b"\n"),
    lambda data, chance: data.replace(b"\n", chance.choice([b"\r\n", b"\r"])),
]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chance=st.randoms(use_true_random=False), data=st.data())
def test_a_spoilt_package_gets_its_bytes_back(
    folder: Path, original: Files, chance: random.Random, data: st.DataObject
) -> None:
    for path in sorted((folder / "data").iterdir()):
        ways = data.draw(st.lists(st.integers(0, len(SPOILING) - 1), max_size=3, unique=True))
        spoilt = original[path.name]
        for way in sorted(ways):
            spoilt = SPOILING[way](spoilt, chance)
        path.write_bytes(spoilt)
    assert main(["sort", str(folder)]) == 0
    assert contents(folder) == original
    assert check(folder) == []


def test_the_shipped_data_is_in_canonical_form(capsys: Capture) -> None:
    assert main(["sort", "--dry-run"]) == 0
    assert capsys.readouterr().out == "Every file is in canonical form.\n"


def test_a_dry_run_says_what_would_change_and_writes_nothing(folder: Path, capsys: Capture) -> None:
    path = folder / "data" / "loss_counts.csv"
    header, first, *rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"\xef\xbb\xbf" + b"".join([header, *rows, b"\n", first]))
    before = contents(folder)
    capsys.readouterr()
    assert main(["sort", str(folder), "--dry-run"]) == 1
    out = capsys.readouterr().out
    key = "/".join(first.decode().split(",")[:4])
    last = len(rows) + 3
    assert out.splitlines() == [
        "data/loss_counts.csv",
        "  byte-order mark removed",
        f"  blank lines removed: 1, first line {last - 1}",
        "  rows moved: 1",
        f"    line {last} → line 2: {key}",
        "Nothing was written.",
    ]
    assert contents(folder) == before


def test_it_names_only_files_that_change(folder: Path, capsys: Capture) -> None:
    for name in ("reports.csv", "series.csv"):
        path = folder / "data" / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    capsys.readouterr()
    assert main(["sort", str(folder)]) == 0
    out = capsys.readouterr().out
    named = {line for line in out.splitlines() if line.startswith("data/")}
    assert named == {"data/series.csv", "data/reports.csv"}
    assert out.count("CRLF line ends replaced by LF") == 2
    assert main(["sort", str(folder)]) == 0
    assert capsys.readouterr().out == "Every file is in canonical form.\n"


@pytest.mark.parametrize(
    ("find", "put", "code"),
    [
        (b",5600,600,", b",5600;600,", "file/ragged-row"),
        (b",5600,600,", b',"5600,600,', "file/unclosed-quote"),
        (b",5600,600,", b",5600\xa0,600,", "file/encoding"),
        (b"reporter,subject", b"subject,reporter", "file/column-order"),
        (b"reporter,subject", b"reporter;subject", "file/missing-column"),
    ],
)
def test_one_file_in_doubt_stops_them_all(
    folder: Path, capsys: Capture, find: bytes, put: bytes, code: str
) -> None:
    path = folder / "data" / "loss_counts.csv"
    data = path.read_bytes()
    assert find in data
    path.write_bytes(data.replace(find, put, 1))
    other = folder / "data" / "series.csv"
    other.write_bytes(other.read_bytes().replace(b"\n", b"\r\n"))
    before = contents(folder)
    capsys.readouterr()
    assert main(["sort", str(folder)]) == 1
    out = capsys.readouterr().out
    assert code in out
    assert out.startswith("data/loss_counts.csv:")
    assert out.endswith("Nothing was written.\n")
    assert contents(folder) == before


def test_a_missing_file_is_refused(folder: Path, capsys: Capture) -> None:
    (folder / "data" / "series.csv").unlink()
    assert main(["sort", str(folder)]) == 1
    assert "file/missing" in capsys.readouterr().out


def test_no_cell_is_changed(folder: Path) -> None:
    path = folder / "data" / "loss_counts.csv"
    data = path.read_bytes().replace(b",5600,600,", b", 5 600 ,=600,", 1)
    path.write_bytes(data)
    assert main(["sort", str(folder)]) == 0
    assert sorted(path.read_bytes().splitlines()) == sorted(data.splitlines())


def test_a_link_inside_the_package_stays_a_link(folder: Path) -> None:
    path, target = folder / "data" / "series.csv", folder / "kept.csv"
    path.rename(target)
    try:
        path.symlink_to(os.path.relpath(target, path.parent))
    except OSError:
        pytest.skip("this system has no symbolic links")
    data = target.read_bytes()
    target.write_bytes(data.replace(b"\n", b"\r\n"))
    assert main(["sort", str(folder)]) == 0
    assert path.is_symlink()
    assert target.read_bytes() == data


def test_a_folder_without_a_package_is_bad_usage(tmp_path: Path, capsys: Capture) -> None:
    assert main(["sort", str(tmp_path)]) == 2
    assert "internal fault" not in capsys.readouterr().err
