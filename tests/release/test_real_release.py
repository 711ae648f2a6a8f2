"""The release of this very checkout: the same bytes everywhere, and verified whole."""

from __future__ import annotations

import filecmp
import json
import shutil
from pathlib import Path

import pytest

from released_checkout import next_release, released_checkout, run
from reported_losses.definition.contents import read_contents
from reported_losses.definition.location import CONTENTS, SUMS
from reported_losses.release.folders import releases_in

# It builds three releases of the real data.
pytestmark = [pytest.mark.engines, pytest.mark.slow]

HERE = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "77"}


def build(checkout: Path, previous: str, environment: dict[str, str]) -> None:
    version = json.loads((checkout / "datapackage.json").read_bytes())["version"]
    out = ("--out", f"../{version}", "--previous", previous)
    done = run(checkout, "build", *out, **environment)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two releases one after the other, the second built twice: by copies at two places.

    Each folder has a folder for each version, and the copy.
    """
    here = tmp_path_factory.mktemp("release") / "here"
    there = tmp_path_factory.mktemp("release") / "a longer name" / "there"
    here.mkdir()
    there.mkdir(parents=True)
    released_checkout(here / "checkout")
    build(here / "checkout", "none", HERE)
    (first,) = releases_in(here)
    shutil.copytree(first, there / first.name)
    shutil.copytree(here / "checkout", there / "checkout")
    for folder, environment in ((here, HERE), (there, THERE)):
        next_release(folder / "checkout")
        build(folder / "checkout", f"../{first.name}", environment)
    return [here, there]


def test_two_builds_are_the_same(built: list[Path]) -> None:
    left, right = (releases_in(folder)[-1] for folder in built)
    names = sorted(path.name for path in left.iterdir())
    assert names == sorted(path.name for path in right.iterdir())
    assert filecmp.cmpfiles(left, right, names, shallow=False) == (names, [], [])


def test_it_holds_what_a_release_holds(built: list[Path]) -> None:
    for folder in releases_in(built[0]):
        contents = read_contents((folder / CONTENTS).read_bytes())
        tables = {name for name in contents.tables if f"{name}.csv" in contents.files}
        assert contents.tables.keys() - tables == {"daily", "loss_counts_wide"}
        assert set(contents.files) == {
            *(f"{name}.csv" for name in tables),
            *(f"{name}.parquet" for name in contents.tables),
            *"reported-losses.sqlite reported-losses.duckdb schema.sql datapackage.json".split(),
            *"croissant.json dataset.jsonld CITATION.cff LICENSE LICENSE-DATA CHANGES.md".split(),
            "changes.parquet",
        }
        assert {path.name for path in folder.iterdir()} == {*contents.files, CONTENTS, SUMS}
        assert contents.tables["reports"].days["ua-general-staff"][0] == "2022-02-24"


def test_it_is_verified_whole(built: list[Path]) -> None:
    done = run(built[0] / "checkout", "verify", str(built[0]), "--chain", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    facts = json.loads(done.stdout)
    assert facts["chain"] == {"releases": 2, "problems": []}
    for one in facts["releases"]:
        assert (one["problems"], one["not_verified"]) == ([], [])
        assert "every rule" in one["verified"]
