"""All files that describe a release together."""

from __future__ import annotations

from pathlib import Path

import pytest

from released import data_files, small_source
from reported_losses.release.described import described_files
from reported_losses.release.source import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return small_source(tmp_path)


def test_the_files_are_those_of_a_release(source: Source) -> None:
    found = described_files(source, data_files(source), source.tables)
    assert set(found) == {
        "datapackage.json", "croissant.json", "dataset.jsonld", "CITATION.cff", "LICENSE", "LICENSE-DATA",
    }  # fmt: skip
    for name, data in found.items():
        assert data.endswith(b"\n"), name
        assert b"\r" not in data, name


def test_the_same_source_gives_the_same_bytes_in_any_order(source: Source) -> None:
    files = data_files(source)
    found = described_files(source, files, source.tables)
    turned = {name: files[name] for name in sorted(files, reverse=True)}
    assert described_files(source, turned, source.tables) == found


def test_where_the_package_lies_is_no_part_of_the_files(source: Source) -> None:
    found = described_files(source, data_files(source), source.tables)
    assert all(str(source.folder).encode() not in data for data in found.values())
