"""The files of a package as a whole: strays, and tables that are one file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import bad_cases
from released import described, small_source, write_release
from reported_losses.issue import Severity
from reported_losses.validation.check import check


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bad_cases.build(tmp_path)
    return tmp_path


def codes(folder: Path) -> list[tuple[str, str | None]]:
    return [(issue.code, issue.path) for issue in check(folder)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("data/old.csv", "file/stray-table"),
        ("data/OLD.CSV", "file/stray-table"),
        ("data/old/series.csv", "file/stray-table"),
        ("data/series.json", "file/stray-table"),
        ("schemas/old.json", "file/stray-table"),
        ("data/series.csv~", "file/stray"),
        ("data/.DS_Store", "file/stray"),
        ("schemas/README.md", "file/stray"),
    ],
)
def test_a_stray_file_is_an_issue(folder: Path, name: str, code: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"")
    (issue,) = check(folder)
    assert (issue.code, issue.path, issue.table) == (code, name, None)
    assert (issue.severity is Severity.ERROR) == (code == "file/stray-table")


def test_what_lies_outside_the_two_folders_is_no_business_of_the_check(folder: Path) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "a.csv").write_bytes(b"")
    (folder / "a.json").write_bytes(b"")
    assert codes(folder) == []


def test_a_table_checked_alone_says_nothing_of_strays(folder: Path) -> None:
    (folder / "data" / "old.csv").write_bytes(b"")
    assert check(folder, tables=["series"]) == []


@pytest.mark.posix
@pytest.mark.parametrize(
    "name", [b"a\xff.csv", b"a\nb.csv", "a\u202eb.csv".encode(), b"\x1b[31m.csv"]
)
def test_the_name_of_a_stray_file_is_shown_safely(folder: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(folder / "data") + b"/" + name)).write_bytes(b"")
    (issue,) = check(folder)
    assert issue.code == "file/stray-table"
    for text in (issue.path, issue.message, issue.found):
        assert text is not None
        assert text.isprintable()


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return write_release(tmp_path / "0.1.0", described(small_source(tmp_path / "source")))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("old.csv", "file/stray-table"),
        ("old.json", "file/stray-table"),
        ("data/old.csv", "file/stray-table"),
        ("old.parquet", "file/stray"),
        ("notes.txt", "file/stray"),
    ],
)
def test_a_file_that_is_not_of_the_release_is_a_stray(release: Path, name: str, code: str) -> None:
    (release / name).parent.mkdir(exist_ok=True)
    (release / name).write_bytes(b"")
    assert codes(release) == [(code, name)]


def test_a_table_of_a_release_is_in_the_descriptor_too(release: Path) -> None:
    contents = json.loads((release / "CONTENTS.json").read_bytes())
    contents["files"]["old.csv"] = {}
    (release / "CONTENTS.json").write_text(json.dumps(contents), "utf-8")
    (release / "old.csv").write_bytes(b"")
    assert codes(release) == [("file/stray-table", "old.csv")]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"files": []}', b'{"files": {"a": 1}, "files": 1}'])
def test_of_damaged_contents_nothing_is_taken_as_listed(release: Path, data: bytes) -> None:
    (release / "CONTENTS.json").write_bytes(data)
    strays = {path: code for code, path in codes(release)}
    assert strays["croissant.json"] == "file/stray-table"
    assert strays["series.parquet"] == "file/stray"
    assert not {"series.csv", "datapackage.json", "CONTENTS.json"} & set(strays)


@pytest.mark.posix
def test_thousands_of_strays_are_counted(folder: Path) -> None:
    for number in range(1_100):
        (folder / "data" / f"{number}.csv").write_bytes(b"")
    issues = check(folder)
    assert len(issues) == 1_001
    assert {issue.code for issue in issues} == {"file/stray-table"}


@pytest.mark.posix
def test_two_tables_with_one_file_are_an_issue_and_two_names_of_a_file_are_not(
    folder: Path,
) -> None:
    data = folder / "data"
    os.link(data / "series.csv", folder / "cached.csv")  # as installers do
    assert codes(folder) == []
    (data / "status_counts.csv").unlink()
    os.link(data / "revisions.csv", data / "status_counts.csv")
    assert ("file/same-file", "data/revisions.csv") in codes(folder)


@pytest.mark.posix
def test_the_file_that_a_link_leads_to_is_no_stray(folder: Path) -> None:
    path = folder / "data" / "series.csv"
    path.rename(folder / "data" / "real.csv")
    path.symlink_to("real.csv")
    assert codes(folder) == []
