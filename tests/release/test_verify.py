"""Whatever is altered in a release, its verification names the file."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reported_losses.definition.location import CONTENTS, SUMS
from reported_losses.errors import BadArgumentError, ReleaseError
from reported_losses.release.sum_list import read_sums, sums_bytes
from reported_losses.release.verify import sum_problems, verification, verify
from small_releases import MAKERS, checkout, copied, digest, release, reseal


@functools.cache
def _made() -> tuple[Path, Mapping[str, bytes]]:
    """A release, and the bytes of its files; made once for all examples."""
    home = Path(tempfile.mkdtemp())
    folder = release(checkout(home / "checkout"), home / "0.1.0")
    return folder, {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module", autouse=True)
def _cleared() -> object:
    yield
    shutil.rmtree(_made()[0].parent)
    _made.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(_made()[0], tmp_path / "release")


def named(folder: Path) -> set[tuple[str, str]]:
    return {(one.file, one.code) for one in verify(folder, makers=MAKERS)}


def test_a_release_is_verified_whole() -> None:
    verified = verification(_made()[0], makers=MAKERS)
    assert not verified.problems
    assert not verified.unseen
    assert verified.contents is not None
    assert "every rule" in verified.seen
    assert f"{len(_made()[1])} files" in verified.seen


@settings(max_examples=250)
@given(st.data())
def test_any_flipped_byte_is_named(data: st.DataObject) -> None:
    folder, files = _made()
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda one: one != files[name][place]))
    flipped = bytearray(files[name])
    flipped[place] = value
    (folder / name).write_bytes(flipped)
    try:
        problems = sum_problems(folder).problems
    finally:
        (folder / name).write_bytes(files[name])
    blamed = {one.file for one in problems}
    assert name in blamed
    # Only the two lists can be taken for each other.
    assert blamed == {name} or {name} | blamed == {CONTENTS, SUMS}


@settings(max_examples=200)
@given(st.sampled_from((CONTENTS, SUMS)), st.data())
def test_a_flipped_byte_in_a_list_blames_no_other_file(name: str, data: st.DataObject) -> None:
    folder, files = _made()
    place = data.draw(st.integers(0, len(files[name]) - 1))
    flipped = bytearray(files[name])
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    (folder / name).write_bytes(flipped)
    try:
        problems = sum_problems(folder).problems
    finally:
        (folder / name).write_bytes(files[name])
    assert name in {one.file for one in problems} <= {CONTENTS, SUMS}


def test_tables_are_not_blamed_for_a_list_that_was_altered(folder: Path) -> None:
    data = (folder / CONTENTS).read_bytes()
    (folder / CONTENTS).write_bytes(data.replace(b'"rows": ', b'"rows": 7', 1))
    assert {file for file, _ in named(folder)} == {CONTENTS, SUMS}


EVERY_FILE = pytest.mark.parametrize(
    "name", ["loss_counts.csv", "loss_counts.parquet", "datapackage.json", CONTENTS, SUMS]
)


@EVERY_FILE
@pytest.mark.parametrize(
    "change", [lambda _: b"", lambda data: data[:-1], lambda data: data + b"\n"]
)
def test_another_length_is_named(name: str, change: Callable[[bytes], bytes], folder: Path) -> None:
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    assert name in {file for file, _ in named(folder)}


@EVERY_FILE
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    assert (name, "missing") in named(folder)


@EVERY_FILE
def test_a_renamed_file_is_missing_and_extra(name: str, folder: Path) -> None:
    (folder / name).rename(folder / "other.csv")
    assert {(name, "missing"), ("other.csv", "extra")} <= named(folder)


@pytest.mark.parametrize("name", ["more.csv", ".hidden", "loss_counts.CSV", "a\nb\x1b[2J"])
def test_an_extra_file_is_named(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"x")
    assert named(folder) == {(name, "extra")}
    (problem,) = verify(folder, makers=MAKERS)
    assert problem.message.isprintable()


@pytest.mark.posix
@EVERY_FILE
@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder"])
def test_what_is_no_file_is_not_read(name: str, kind: str, folder: Path, tmp_path: Path) -> None:
    path = folder / name
    shutil.copy(path, tmp_path / "same")
    path.unlink()
    match kind:
        case "link":
            path.symlink_to(tmp_path / "same")  # with the very bytes
        case "dangling":
            path.symlink_to("nowhere")
        case "pipe":
            os.mkfifo(path)
        case _:
            path.mkdir()
    assert (name, "not-a-file") in named(folder)


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    os.truncate(folder / "loss_counts.csv", 300_000_000)
    assert ("loss_counts.csv", "not-a-file") in named(folder)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadArgumentError):
        verify(tmp_path / "nowhere", makers=MAKERS)
    assert named(tmp_path) == {(CONTENTS, "missing"), (SUMS, "missing")}


# What follows was rewritten with all its sums.


def set_contents(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    contents = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
    change(contents)
    (folder / CONTENTS).write_text(json.dumps(contents, indent=1), encoding="utf-8")
    reseal(folder)


def test_other_values_in_one_format_are_named(folder: Path) -> None:
    data = pq.ParquetFile(folder / "organisations.parquet").read()
    names = pa.array(["Another", *data["name"].to_pylist()[1:]])
    data = data.set_column(data.column_names.index("name"), "name", names)
    pq.write_table(data, folder / "organisations.parquet")
    reseal(folder)
    assert named(folder) == {("organisations.parquet", "values")}


def test_fewer_rows_are_named(folder: Path) -> None:
    data = pq.ParquetFile(folder / "reports.parquet").read()
    pq.write_table(data.slice(1), folder / "reports.parquet")
    reseal(folder)
    assert named(folder) == {("reports.parquet", code) for code in ("rows", "values", "days")}


def test_what_is_no_table_is_named(folder: Path) -> None:
    (folder / "reports.parquet").write_bytes(b"<html></html>")
    reseal(folder)
    assert named(folder) == {("reports.parquet", "unreadable")}


def test_figures_that_fail_a_rule_are_named(folder: Path) -> None:
    path = folder / "loss_counts.csv"
    text = path.read_text(encoding="utf-8").replace("tanks,2022-03-02,210", "tanks,2022-03-02,219")
    assert text.encode() != path.read_bytes()
    path.write_text(text, encoding="utf-8", newline="")
    reseal(folder)
    assert {("loss_counts.csv", "values"), ("loss_counts.csv", "check")} <= named(folder)


def test_a_database_with_other_rows_is_named(folder: Path) -> None:
    database = sqlite3.connect(folder / "reported-losses.sqlite")
    database.execute("INSERT INTO reports VALUES (7)")
    database.commit()
    database.close()
    reseal(folder)
    assert named(folder) == {("reported-losses.sqlite", "rows")}
    (folder / "reported-losses.sqlite").write_bytes(b"none")
    reseal(folder)
    assert named(folder) == {("reported-losses.sqlite", "unreadable")}


def test_a_database_that_cannot_be_opened_here_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "reported-losses.duckdb").write_bytes(b"none")
    reseal(folder)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    verified = verification(folder, makers=MAKERS)
    assert not verified.problems
    assert any("duckdb" in one for one in verified.unseen)


def test_another_version_is_named(folder: Path) -> None:
    set_contents(folder, lambda raw: raw.update(version="0.1.7"))
    assert named(folder) == {("datapackage.json", "version")}


def test_a_day_that_does_not_exist_is_named(folder: Path) -> None:
    set_contents(folder, lambda raw: raw.update(date="2026-02-30"))
    assert (CONTENTS, "date") in named(folder)


def test_a_table_without_its_file_is_named(folder: Path) -> None:
    (folder / "reports.parquet").unlink()
    reseal(folder)
    assert named(folder) == {("reports.parquet", "unlisted")}


def test_other_schemas_than_those_of_the_code_are_not_judged(folder: Path) -> None:
    path = folder / "organisations-schema.json"
    path.write_text(path.read_text("utf-8").replace('"title": "', '"title": "A ', 1), "utf-8")
    reseal(folder)
    assert named(folder) == {("datapackage.json", "schemas")}

    from reported_losses.definition.descriptor import load_package
    from reported_losses.release.schemas import schema_digest

    digest_now = schema_digest(folder, load_package(folder).tables)

    def change(raw: dict[str, object]) -> None:
        raw["schema"] = {"version": "0.1.0", "sha256": digest_now}

    set_contents(folder, change)
    verified = verification(folder, makers=MAKERS)
    assert not verified.problems
    assert "every rule" not in verified.seen
    assert any("rules" in one for one in verified.unseen)


_NAMES = st.from_regex(r"[a-zA-Z0-9._-]{1,20}", fullmatch=True)


@given(st.dictionaries(_NAMES, st.binary(max_size=4).map(digest), max_size=5))
def test_sums_are_read_as_they_are_written(digests: dict[str, str]) -> None:
    assert read_sums(sums_bytes(digests)) == digests


@given(st.binary(max_size=200))
@example(b"0" * 64 + b"  ../x\n")
@example((b"0" * 64 + b"  a\n") * 2)
@example(b"0" * 64 + b" *a\n")
@example(b"0" * 64 + b"  a\r\n")
def test_other_sums_are_refused(data: bytes) -> None:
    if data:
        with pytest.raises(ReleaseError):
            read_sums(data)
