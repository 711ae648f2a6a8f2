"""What a release changed: one row per difference, and a page that says the same to people."""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from history_repository import Tree
from released import CHANGELOG, after, described, small_source, source_of, write_release
from reported_losses.errors import ReleaseError
from reported_losses.loading.diff import diff
from reported_losses.release.changes import COLUMNS, PAGE, TABLE, changes_files
from reported_losses.release.source import Files
from two_packages import TOTAL, figure, withdraw


def table(files: Files) -> pa.Table:
    with pq.ParquetFile(io.BytesIO(files[TABLE])) as file:
        return file.read()


def test_the_first_release_has_its_section_and_an_empty_table(tmp_path: Path) -> None:
    files = changes_files(small_source(tmp_path))
    page = files[PAGE].decode()
    assert page.startswith("# reported-losses 0.1.0, 2026-12-01\n")
    assert "- Everything." in page
    held = table(files)
    assert held.column_names == list(COLUMNS)
    assert held.num_rows == 0
    assert set(held.schema.types) == {pa.string()}


def test_a_version_without_a_section_is_refused(tmp_path: Path) -> None:
    source = small_source(tmp_path)
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n\n- Everything.\n", "utf-8")
    with pytest.raises(ReleaseError, match=r"0\.1\.0"):
        changes_files(source)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a release, and a package in which rows and values changed since."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "new").mkdir()
    before = write_release(folder / "old", described(small_source(folder / "new")))
    new = Tree(folder / "new")
    (row,) = new.change("loss_counts", figure, total="211")
    key = new.key("loss_counts", row)
    new.revise(table="loss_counts", key=key, column="total", old="210", new="211")
    new.change("categories", lambda one: one["category"] == "tanks", label_en="Tanks, all")
    new.remove("statement_sources", lambda _: True)
    descriptor = (folder / "new" / "datapackage.json").read_text("utf-8")
    (folder / "new" / "datapackage.json").write_text(
        descriptor.replace('"version": "0.1.0"', '"version": "0.1.1"'), "utf-8"
    )
    section = "## [0.1.1] - 2026-12-01\n\n### Data\n\n- One figure.\n\n## [0.1.0]"
    (folder / "new" / "CHANGELOG.md").write_text(CHANGELOG.replace("## [0.1.0]", section), "utf-8")
    return before, folder / "new"


def test_each_difference_is_a_row(two: tuple[Path, Path]) -> None:
    before, now = two
    rows = table(changes_files(after(source_of(now), before))).to_pylist()
    assert {row["version"] for row in rows} == {"0.1.1"}
    (revised,) = (row for row in rows if row["kind"] == "revised")
    assert (revised["table"], revised["column"]) == ("loss_counts", "total")
    assert (revised["old"], revised["new"]) == ("210", "211")
    assert set(TOTAL) <= set(revised["key"].split("/"))
    assert revised["reason"] == "The page was read again."
    (added,) = (row for row in rows if row["kind"] == "added")
    assert (added["table"], added["column"], added["old"]) == ("revisions", None, None)
    assert json.loads(added["new"])["new"] == "211"
    assert all(row["kind"] and row["table"] for row in rows)


def test_the_rows_are_those_of_diff_in_its_order(two: tuple[Path, Path]) -> None:
    before, now = two
    rows = table(changes_files(after(source_of(now), before))).to_pylist()
    differences = diff(before, now)
    cells = Counter(row["table"] for row in rows if row["column"])
    for name in differences.tables:
        assert cells[name] == len(differences.changed(name))
    added = Counter(row["table"] for row in rows if row["kind"] == "added")
    assert added["revisions"] == len(differences.added("revisions"))
    order = ["removed", "changed", "withdrawn", "revised", "added", "grown", "derived", "free"]
    kinds = [order.index(row["kind"]) for row in rows if row["kind"] in order]
    assert kinds == sorted(kinds)


def test_a_row_that_is_gone_is_kept_whole(two: tuple[Path, Path]) -> None:
    before, now = two
    rows = table(changes_files(after(source_of(now), before))).to_pylist()
    gone = [row for row in rows if row["kind"] == "removed"]
    assert 0 < len(gone) == len(diff(before, now).removed("statement_sources"))
    for row in gone:
        assert "/".join(json.loads(row["old"]).values()).startswith(row["key"])
        assert row["new"] is None


def test_the_page_has_this_versions_section_alone_and_the_differences(
    two: tuple[Path, Path],
) -> None:
    before, now = two
    page = changes_files(after(source_of(now), before))[PAGE].decode()
    assert page.startswith("# reported-losses 0.1.1, 2026-12-01\n")
    assert "- One figure." in page
    assert "- Everything." not in page
    assert "Compared with 0.1.0" in page
    assert "211" in page


def test_where_the_folders_lie_is_no_part_of_the_files(two: tuple[Path, Path]) -> None:
    before, now = two
    files = changes_files(after(source_of(now), before))
    assert all(str(now.parent).encode() not in data for data in files.values())
    assert changes_files(after(source_of(now), before)) == files


def test_a_table_that_cannot_be_read_is_a_row(two: tuple[Path, Path], tmp_path: Path) -> None:
    before, now = two
    shutil.copytree(before, tmp_path / "old")
    (tmp_path / "old" / "series.csv").write_bytes(b"reporter\n")
    rows = table(changes_files(after(source_of(now), tmp_path / "old"))).to_pylist()
    (row,) = (one for one in rows if one["kind"] == "not compared")
    assert row["table"] == "series"
    assert row["reason"]


def test_a_withdrawn_row_has_its_reason(two: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(two[0], tmp_path / "old")
    folder = tmp_path / "new"
    folder.mkdir()
    small_source(folder)
    new = Tree(folder)
    (row,) = new.remove("loss_counts", figure)
    cells = {name: text for name, text in row.items() if text}
    withdraw(new, "loss_counts", new.key("loss_counts", row), json.dumps(cells))
    rows = table(changes_files(after(source_of(folder), tmp_path / "old"))).to_pylist()
    (gone,) = (one for one in rows if one["table"] == "loss_counts" and one["kind"] == "withdrawn")
    assert json.loads(gone["old"]) == cells
    assert gone["reason"] == "The page was read again."
