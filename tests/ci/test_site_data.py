"""The site holds every release as it was built, or there is no site."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

import bad_cases
import site_data
from reported_losses.definition.contents import Contents, FileEntry, Link, TableEntry
from reported_losses.definition.location import package_dir

CHANGELOG = """# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-20

- More.

## [0.1.1] - 2026-11-12 [YANKED]

Withdrawn: two days were swapped.

## [0.1.0] - 2026-11-10

- All.
"""
RELEASES = {"0.1.0": "2026-11-10", "0.1.1": "2026-11-12", "0.2.0": "2026-12-20"}


def write_release(folder: Path, version: str, date: str, previous: Link | None) -> Link:
    """Write a release of one small file, and return its link of the chain."""
    folder.mkdir(parents=True)
    files = {"reports.csv": f"version\n{version}\n".encode(), "LICENSE": b"MIT\n"}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    contents = Contents(
        name="reported-losses",
        version=version,
        date=date,
        schema_version="0.1.0",
        schema_sha256="0" * 64,
        previous=previous,
        libraries={"pyarrow": "25.0.0"},
        tables={"reports": TableEntry(1, "1" * 64, {"oryx": ("2022-03-19", "2025-07-19")})},
        files={name: FileEntry(len(data), digests[name]) for name, data in files.items()},
    ).to_bytes()
    digests["CONTENTS.json"] = hashlib.sha256(contents).hexdigest()
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    files |= {"CONTENTS.json": contents, "SHA256SUMS": sums.encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return Link(version, digests["CONTENTS.json"])


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write three releases, the second withdrawn, and the changelog of a checkout."""
    link = None
    for version, date in RELEASES.items():
        link = write_release(tmp_path / "assets" / version, version, date, link)
    bad_cases.build(tmp_path)  # the command looks for the changelog in the package around it
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(package_dir() / "src"))
    return tmp_path / "assets"


def main(assets: Path) -> int:
    return site_data.main([str(assets), str(assets.parent / "site")])


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_release_is_there_with_the_aliases_and_the_list(assets: Path) -> None:
    assert main(assets) == 0
    site = assets.parent / "site"
    assert {path.name for path in site.iterdir()} == {"data", "releases.json"}
    assert {path.name for path in (site / "data").iterdir()} == {*RELEASES, "latest", "stable"}
    copies = {"latest": "0.2.0", "stable": "0.1.0", **{one: one for one in RELEASES}}
    for name, version in copies.items():
        assert held(site / "data" / name) == held(assets / version)
    index = json.loads((site / "releases.json").read_bytes())
    assert (index["latest"], index["stable"]) == ("0.2.0", "0.1.0")
    assert [(one["version"], one["status"], one["reason"]) for one in index["releases"]] == [
        ("0.2.0", "current", None),
        ("0.1.1", "withdrawn", "two days were swapped."),
        ("0.1.0", "superseded", None),
    ]


def test_pages_that_are_there_stay_and_count_into_the_size(
    assets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = assets.parent / "site/days/2023-02-22.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"<p>" * 100_000)
    assert main(assets) == 0
    assert page.stat().st_size == 300_000
    (size,) = re.findall(r"([\d,]+) bytes in the pages", capsys.readouterr().out)
    assert int(size.replace(",", "")) > 300_000
    monkeypatch.setattr(site_data, "MOST_BYTES", 300_000)
    (assets.parent / "site/releases.json").unlink()
    assert main(assets) == 1
    assert not (assets.parent / "site/releases.json").exists()


def fail(assets: Path, fault: str) -> None:
    """Put a fault into the releases."""
    old, new = assets / "0.1.0", assets / "0.2.0"
    changelog = assets.parent / "CHANGELOG.md"
    if fault == "release missing":
        old.rename(assets.parent / "elsewhere")
    elif fault == "release unknown":
        changelog.write_text(CHANGELOG.replace("[0.1.1]", "[0.1.3]"), encoding="utf-8")
    elif fault == "file missing":
        (old / "reports.csv").unlink()
    elif fault == "file altered":
        (old / "reports.csv").write_bytes(b"version\n9.9.9\n")
    elif fault == "file added":
        (old / "stray.csv").touch()
    elif fault == "under another name":
        old.rename(assets / "spare")
        new.rename(old)
        (assets / "spare").rename(new)
    elif fault == "no contents":
        (old / "CONTENTS.json").unlink()
    elif fault == "no reason":
        changelog.write_text(CHANGELOG.replace("Withdrawn: two", "Two"), encoding="utf-8")
    else:
        assert fault == "rewritten with all sums"
        for path in old.iterdir():
            path.unlink()
        old.rmdir()
        write_release(old, "0.1.0", "2026-11-09", None)


@pytest.mark.parametrize(
    "fault",
    ["release missing", "release unknown", "file missing", "file altered", "file added",
     "under another name", "no contents", "no reason", "rewritten with all sums"],
)  # fmt: skip
def test_there_is_no_site_of_releases_that_are_not_as_they_were_built(
    assets: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fail(assets, fault)
    assert main(assets) == 1
    assert not (assets.parent / "site").exists()
    assert "::error title=site::" in capsys.readouterr().out


def test_a_site_larger_than_what_is_published_is_not_built(
    assets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_data, "MOST_BYTES", 100)
    assert main(assets) == 1
    assert not (assets.parent / "site").exists()
