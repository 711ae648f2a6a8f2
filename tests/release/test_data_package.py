"""`datapackage.json` of a release: the folder is a package that every tool opens as it is."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import frictionless
import pytest

from released import data_files, described, small_source, write_release
from reported_losses.definition.descriptor import load_package
from reported_losses.loading.diff import diff
from reported_losses.release.about import json_bytes
from reported_losses.release.data_package import data_package
from reported_losses.release.source import Source
from reported_losses.validation.check import check


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return small_source(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def release(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_release(tmp_path_factory.mktemp("release") / "0.1.0", described(source))


def test_the_tables_are_those_of_the_source_with_flat_paths(source: Source, release: Path) -> None:
    package = load_package(release)
    assert list(package.tables) == list(source.package.tables)
    for name, table in package.tables.items():
        old = source.package.tables[name]
        assert table.path == f"{name}.csv"
        assert (table.fields, table.primary_key) == (old.fields, old.primary_key)
        assert table.foreign_keys == old.foreign_keys


def test_each_resource_says_what_its_file_is_like(source: Source, release: Path) -> None:
    for name, table in load_package(release).tables.items():
        data = (release / f"{name}.csv").read_bytes()
        assert table.built is not None
        assert table.built.size == len(data)
        assert table.built.sha256 == hashlib.sha256(data).hexdigest()
        assert table.built.rows == source.tables[name].num_rows


def test_the_days_are_those_of_the_data(source: Source) -> None:
    said = json.loads(data_package(source, data_files(source)))["temporal"]
    days = source.tables["reports"]["report_date"].to_pylist()
    assert said["start"] <= min(days).isoformat()
    assert said["end"] >= max(days).isoformat()


def test_the_folder_checks_clean_by_itself_and_as_a_base(source: Source, release: Path) -> None:
    assert check(release) == []
    assert check(source.folder, base=release) == []
    assert not diff(release, source.folder)


def test_a_cut_table_is_not_as_built(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cut"
    shutil.copytree(release, folder)
    lines = (folder / "loss_counts.csv").read_bytes().splitlines(keepends=True)
    (folder / "loss_counts.csv").write_bytes(b"".join(lines[:-1]))
    assert "file/not-as-built" in {issue.code for issue in check(folder, tables=["loss_counts"])}


def test_a_weaker_schema_is_found_on_its_line(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "weaker"
    shutil.copytree(release, folder)
    said = json.loads((folder / "datapackage.json").read_bytes())
    (table,) = (one for one in said["resources"] if one["name"] == "organisations")
    (field,) = (one for one in table["schema"]["fields"] if one["name"] == "note")
    del field["constraints"]["pattern"]
    (folder / "datapackage.json").write_bytes(json_bytes(said))
    found = {issue.code: issue for issue in check(folder, base=release)}
    # It is a release by what it says, so the same version may not have other contents.
    assert set(found) == {"history/schema-weakened", "history/version-not-bumped"}
    issue = found["history/schema-weakened"]
    assert issue.path == "datapackage.json"
    assert issue.line is not None
    lines = (folder / "datapackage.json").read_text("utf-8").splitlines()[: issue.line]
    assert '"name": "note"' in lines[-1]
    assert [line for line in lines if '"path"' in line][
        -1
    ].strip() == '"path": "organisations.csv",'


def test_frictionless_finds_the_folder_valid(release: Path) -> None:
    report = frictionless.validate(str(release / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])
    assert len(report.tasks) == len(load_package(release).tables)


@pytest.mark.skipif(
    importlib.util.find_spec("check_datapackage") is None, reason="needs Python 3.12"
)
def test_check_datapackage_finds_the_descriptor_valid(release: Path) -> None:
    # Not as a script, beside which another library has one that is called like a module.
    code = "import sys; from check_datapackage.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", str(release / "datapackage.json")],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
