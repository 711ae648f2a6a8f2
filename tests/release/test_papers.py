"""The papers of a release: the citation has its version and day, the licences are unchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from released import small_source
from reported_losses.definition.location import package_dir
from reported_losses.errors import ReleaseError
from reported_losses.release.papers import papers_files
from reported_losses.release.source import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return small_source(tmp_path)


def test_the_citation_has_version_and_day_and_is_otherwise_as_in_the_checkout(
    source: Source,
) -> None:
    said = yaml.safe_load(papers_files(source)["CITATION.cff"])
    assert (said.pop("version"), said.pop("date-released")) == ("0.1.0", "2026-12-01")
    held = yaml.safe_load((package_dir() / "CITATION.cff").read_bytes())
    assert said == {n: v for n, v in held.items() if n not in {"version", "date-released"}}


def test_an_earlier_version_and_day_are_replaced(source: Source) -> None:
    once = papers_files(source)
    (source.folder / "CITATION.cff").write_bytes(once["CITATION.cff"])
    later = replace(source, date="2027-01-02", package=replace(source.package, version="0.2.0"))
    said = yaml.safe_load(papers_files(later)["CITATION.cff"])
    assert (said["version"], said["date-released"]) == ("0.2.0", "2027-01-02")
    assert papers_files(source) == once


def test_the_licences_are_those_of_the_checkout(source: Source) -> None:
    for name in ("LICENSE", "LICENSE-DATA"):
        assert papers_files(source)[name] == (package_dir() / name).read_bytes()


@pytest.mark.parametrize("name", ["CITATION.cff", "LICENSE", "LICENSE-DATA"])
def test_a_missing_paper_is_named(name: str, source: Source) -> None:
    (source.folder / name).unlink()
    with pytest.raises(ReleaseError, match=name):
        papers_files(source)


@pytest.mark.parametrize("text", [b"title: x\n", b"version: 1\nversion: 2\n", b"\xff"])
def test_a_citation_without_one_version_is_refused(text: bytes, source: Source) -> None:
    (source.folder / "CITATION.cff").write_bytes(text)
    with pytest.raises(ReleaseError, match=r"CITATION\.cff"):
        papers_files(source)
