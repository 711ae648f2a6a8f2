"""The release of this very checkout: the same bytes everywhere, and verified whole."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pytest

from released_checkout import released_checkout, run
from reported_losses.release.contents import CONTENTS, SUMS, read_contents

pytest.importorskip("reported_losses.release.described")
pytest.importorskip("reported_losses.release.sqlite")
pytest.importorskip("reported_losses.release.parquet")
pytest.importorskip("duckdb")

pytestmark = pytest.mark.slow

HERE = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "77"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases, built at different places by copies of the code at different places."""
    folders = []
    for name, environment in (("here", HERE), ("a longer name/there", THERE)):
        home = tmp_path_factory.mktemp("release") / name
        home.mkdir(parents=True)
        checkout = released_checkout(home)
        done = run(checkout, "build", "--out", "../release", **environment)
        assert (done.returncode, done.stderr) == (0, "")
        folders.append(home.parent / "release")
    return folders[0], folders[1]


def test_two_builds_are_the_same(built: tuple[Path, Path]) -> None:
    one, other = built
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    match, differing, errors = filecmp.cmpfiles(one, other, names, shallow=False)
    assert (match, differing, errors) == (names, [], [])


def test_it_holds_what_a_release_holds(built: tuple[Path, Path]) -> None:
    contents = read_contents((built[0] / CONTENTS).read_bytes())
    tables = {name for name in contents.tables if f"{name}.csv" in contents.files}
    assert contents.tables.keys() - tables == {"daily", "loss_counts_wide"}
    assert set(contents.files) == {
        *(f"{name}.csv" for name in tables),
        *(f"{name}.parquet" for name in contents.tables),
        *"reported-losses.sqlite reported-losses.duckdb schema.sql datapackage.json".split(),
        *"croissant.json dataset.jsonld CITATION.cff LICENSE LICENSE-DATA CHANGES.md".split(),
        "changes.parquet",
    }
    assert {path.name for path in built[0].iterdir()} == {*contents.files, CONTENTS, SUMS}
    assert contents.tables["reports"].days["ua-general-staff"][0] == "2022-02-24"


def test_it_is_verified_whole(built: tuple[Path, Path], tmp_path: Path) -> None:
    checkout = released_checkout(tmp_path)
    done = run(checkout, "verify", str(built[0]))
    assert (done.returncode, done.stderr) == (0, "")
    assert "not verified" not in done.stdout
    assert "every rule" in done.stdout
