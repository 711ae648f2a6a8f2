"""The list of releases: status and aliases; and whatever the network sends instead is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.definition.changelog import Entry
from reported_losses.definition.location import CONTENTS
from reported_losses.definition.releases_list import Index, read_index
from reported_losses.errors import ReleaseError
from reported_losses.release.folders import read_release
from reported_losses.release.index import releases_index
from reported_losses.release.listing import index_problems
from small_releases import three

DATES = {"0.1.0": "2026-12-01", "0.2.0": "2026-12-15", "0.2.1": "2027-01-20"}


def entries(**withdrawn: str) -> list[Entry]:
    """The changelog; `v0_2_0` is the name of a version."""
    reasons = {name[1:].replace("_", "."): reason for name, reason in withdrawn.items()}
    return [Entry(None, None, None, "")] + [
        Entry(version, date, reasons.get(version), "- What.")
        for version, date in reversed(DATES.items())
    ]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return three(tmp_path_factory.mktemp("index"))


def index(releases: list[Path], **withdrawn: str) -> Index:
    return read_index(releases_index(entries(**withdrawn), releases))


def statuses(found: Index) -> dict[str, str]:
    return {one.version: one.status for one in found.releases}


def test_the_newest_is_first_and_current(releases: list[Path]) -> None:
    found = index(releases)
    assert statuses(found) == {"0.2.1": "current", "0.2.0": "superseded", "0.1.0": "superseded"}
    assert [one.version for one in found.releases] == ["0.2.1", "0.2.0", "0.1.0"]
    assert (found.latest, found.stable) == ("0.2.1", "0.2.0")
    newest, held = found.releases[0], read_release(releases[-1])
    assert newest.date == DATES["0.2.1"]
    assert newest.schema_version == "0.1.0"
    assert newest.path == "data/0.2.1/"
    assert newest.contents.sha256 == held.sha256
    assert newest.contents.bytes == (releases[-1] / CONTENTS).stat().st_size
    assert newest.last_reports["oryx"] == "2022-03-09"
    # The computed table is not counted.
    assert newest.rows == sum(
        path.read_bytes().count(b"\n") - 1 for path in releases[-1].glob("*.csv")
    )


def test_the_order_of_the_folders_does_not_matter(releases: list[Path]) -> None:
    assert releases_index(entries(), releases) == releases_index(entries(), releases[::-1])


def test_what_is_withdrawn_is_no_alias(releases: list[Path]) -> None:
    found = index(releases, v0_2_1="Days were swapped.")
    assert statuses(found) == {"0.2.1": "withdrawn", "0.2.0": "current", "0.1.0": "superseded"}
    assert found.releases[0].reason == "Days were swapped."
    # 0.1.0 is only 14 days older, but there is no older one.
    assert (found.latest, found.stable) == ("0.2.0", "0.1.0")
    found = index(releases, v0_2_0="Wrong.", v0_1_0="Wrong.")
    assert (found.latest, found.stable) == ("0.2.1", "0.2.1")


def test_without_a_release_there_is_no_list(releases: list[Path]) -> None:
    with pytest.raises(ReleaseError):
        releases_index(entries(), [])
    with pytest.raises(ReleaseError):
        index(releases, v0_1_0="Wrong.", v0_2_0="Wrong.", v0_2_1="Wrong.")
    with pytest.raises(ReleaseError):
        releases_index(entries()[:-1], releases)


def problems(releases: list[Path], changelog: list[Entry]) -> set[tuple[str, str]]:
    return {(one.file, one.code) for one in index_problems(changelog, releases)}


def test_every_version_has_its_folder(releases: list[Path], tmp_path: Path) -> None:
    assert not problems(releases, entries())
    assert problems(releases[:-1], entries()) == {("0.2.1/", "missing")}
    assert ("0.1.0/", "missing") in problems(releases[1:], entries())
    assert problems(releases, entries()[:-1]) == {("0.1.0/", "unlisted")}
    assert problems(releases, entries(v0_2_0="")) == {("0.2.0/", "no-reason")}
    other = [*entries()[:-1], Entry("0.1.0", "2026-12-02", None, "- What.")]
    assert problems(releases, other) == {("0.1.0/", "disagrees")}
    shutil.copytree(releases[-1].parent, tmp_path / "all")
    (tmp_path / "all" / "0.2.0" / "reports.csv").write_bytes(b"")
    folders = sorted((tmp_path / "all").iterdir())
    assert problems(folders, entries()) == {("0.2.0/reports.csv", "altered")}


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "another project": lambda raw: raw.update(name="other"),
    "a keyword more": lambda raw: raw.update(more=1),
    "a keyword less": lambda raw: raw.pop("stable"),
    "no releases": lambda raw: raw.update(releases=[]),
    "too many releases": lambda raw: raw.update(releases=raw["releases"] * 2_000),
    "one twice": lambda raw: raw["releases"].insert(0, raw["releases"][0]),
    "the oldest first": lambda raw: raw["releases"].reverse(),
    "no current one": lambda raw: raw["releases"][0].update(status="superseded"),
    "two current ones": lambda raw: raw["releases"][1].update(status="current"),
    "an unknown latest": lambda raw: raw.update(latest="9.0.0"),
    "an old latest": lambda raw: raw.update(latest="0.1.0"),
    "an unknown stable": lambda raw: raw.update(stable="../../etc"),
    "a path upwards": lambda raw: raw["releases"][0].update(path="../0.2.1/"),
    "an absolute path": lambda raw: raw["releases"][0].update(path="/data/0.2.1/"),
    "an address as path": lambda raw: raw["releases"][0].update(path="file:///data/0.2.1/"),
    "the path of another": lambda raw: raw["releases"][0].update(path="data/0.2.0/"),
    "a version that is none": lambda raw: raw["releases"][0].update(version="0.2.1-x"),
    "an unknown status": lambda raw: raw["releases"][0].update(status="good"),
    "a reason without need": lambda raw: raw["releases"][0].update(reason="x"),
    "an empty reason": lambda raw: raw["releases"][0].update(reason=""),
    "withdrawn without reason": lambda raw: raw["releases"][1].update(status="withdrawn"),
    "a long reason": lambda raw: raw["releases"][1].update(status="withdrawn", reason="x" * 501),
    "a reason with escapes": lambda raw: raw["releases"][1].update(
        status="withdrawn", reason="\x1b[2J"
    ),
    "a day that is none": lambda raw: raw["releases"][0].update(date="2026-02-30"),
    "a last report that is none": lambda raw: raw["releases"][0].update(last_reports={"x": "now"}),
    "a reporter that is no name": lambda raw: raw["releases"][0].update(
        last_reports={"a b": "2026-12-01"}
    ),
    "a number as text": lambda raw: raw["releases"][0].update(rows="7"),
    "rows below zero": lambda raw: raw["releases"][0].update(rows=-1),
    "a digest that is none": lambda raw: raw["releases"][0]["contents"].update(sha256="x"),
    "a huge file": lambda raw: raw["releases"][0]["contents"].update(bytes=10**12),
    "a release that is a list": lambda raw: raw["releases"].append([]),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_list_that_is_wrong_is_refused(fault: str, releases: list[Path]) -> None:
    raw = json.loads(releases_index(entries(), releases))
    WRONG[fault](raw)
    with pytest.raises(ReleaseError):
        read_index(json.dumps(raw).encode())


def test_a_reason_of_several_lines_is_refused_before_it_is_published(
    releases: list[Path],
) -> None:
    with pytest.raises(ReleaseError):
        releases_index(entries(v0_1_0="one\ntwo"), releases)


@given(
    st.binary(max_size=100) | st.sampled_from([b"[" * 100_000, b" " * 5_000_000, b'{"a":1e999}'])
)
def test_whatever_is_sent_instead_is_refused(data: bytes) -> None:
    with pytest.raises(ReleaseError):
        read_index(data)
