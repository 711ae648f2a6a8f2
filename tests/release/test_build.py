"""A release is built whole from a checkout that is ready, and from no other."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from history_repository import Tree
from reported_losses.definition.contents import read_contents
from reported_losses.definition.location import CONTENTS, SUMS, package_dir
from reported_losses.errors import BadArgumentError, ReleaseError
from reported_losses.release import place
from reported_losses.release.build import build
from reported_losses.release.verify import verify
from small_releases import (
    DAY,
    FIRST,
    MAKERS,
    add_row,
    change_value,
    checkout,
    copied,
    edit,
    release,
    say,
)

LATER = "2026-12-15"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that is ready, and its first release beside it."""
    folder = tmp_path_factory.mktemp("ready")
    release(checkout(folder / "checkout"), folder / FIRST)
    return folder


@pytest.fixture
def tree(ready: Path, tmp_path: Path) -> Tree:
    """A copy of the checkout, to be changed."""
    return Tree(copied(ready / "checkout", tmp_path / "checkout"))


def test_a_release_holds_everything_once(ready: Path) -> None:
    folder = ready / FIRST
    contents = read_contents((folder / CONTENTS).read_bytes())
    assert {path.name for path in folder.iterdir()} == {*contents.files, CONTENTS, SUMS}
    assert (contents.version, contents.date, contents.schema_version) == (FIRST, DAY, FIRST)
    assert contents.previous is None
    assert contents.tables["reports"].days["oryx"] == ("2022-03-01", "2022-03-09")
    assert contents.tables["organisations"].days == {}
    csv = (folder / "loss_counts.csv").read_bytes()
    assert csv == (ready / "checkout" / "data" / "loss_counts.csv").read_bytes()
    assert contents.tables["loss_counts"].rows == csv.count(b"\n") - 1
    assert not verify(folder, makers=MAKERS)


def test_sums_are_those_of_sha256sum(ready: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS],
        cwd=ready / FIRST,
        check=True,
        capture_output=True,
    )
    assert len(done.stdout.splitlines()) == len(list((ready / FIRST).iterdir())) - 1


@pytest.mark.posix
def test_the_same_commit_gives_the_same_bytes(tree: Tree, ready: Path, tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        made = release(tree, tmp_path / "again")
    finally:
        os.umask(old)
    assert stat.S_IMODE(made.stat().st_mode) == 0o755
    for path in (ready / FIRST).iterdir():
        assert (made / path.name).read_bytes() == path.read_bytes()
        assert stat.S_IMODE((made / path.name).stat().st_mode) == 0o644


def broken(tree: Tree) -> None:
    tree.change("loss_counts", lambda row: row["category"] == "tanks", total="7")


def unrecorded(tree: Tree) -> None:
    tree.remove("organisations", lambda row: row["organisation"] == "oryx")


def unreadable_changelog(tree: Tree) -> None:
    (tree.folder / "CHANGELOG.md").write_bytes(b"\xff\n")


NOT_READY: dict[str, Callable[[Tree], object]] = {
    "figures that fail a rule": broken,
    "a reference that is gone": unrecorded,
    "a stray file": lambda tree: (tree.folder / "data" / "more.csv").write_text("a\n", "utf-8"),
    "another version in the descriptor": lambda tree: edit(
        tree, "datapackage.json", '"version": "0.1.0"', '"version": "0.1.1"'
    ),
    "another day in the descriptor": lambda tree: edit(
        tree, "datapackage.json", f"{DAY}T00", "2026-12-02T00"
    ),
    "a descriptor without a day": lambda tree: edit(
        tree, "datapackage.json", r'"created": "[^"]*",\s*', ""
    ),
    "another version in the citation": lambda tree: edit(tree, "CITATION.cff", FIRST, "0.0.9"),
    "another day in the citation": lambda tree: edit(tree, "CITATION.cff", DAY, "2026-12-02"),
    "a citation without a day": lambda tree: edit(tree, "CITATION.cff", "date-released.*\n", ""),
    "no citation": lambda tree: (tree.folder / "CITATION.cff").unlink(),
    "no changelog": lambda tree: (tree.folder / "CHANGELOG.md").unlink(),
    "a changelog that is not UTF-8": unreadable_changelog,
    "a heading without a day": lambda tree: edit(tree, "CHANGELOG.md", f" - {DAY}", ""),
    "a heading with no such day": lambda tree: edit(tree, "CHANGELOG.md", DAY, "2026-11-31"),
    "only a section Unreleased": lambda tree: edit(
        tree, "CHANGELOG.md", rf"\[{FIRST}\] - {DAY}", "[Unreleased]"
    ),
    "something unreleased": lambda tree: edit(
        tree, "CHANGELOG.md", "# Changelog\n", "# Changelog\n\n## [Unreleased]\n\n- A line.\n"
    ),
    "a withdrawn version": lambda tree: edit(tree, "CHANGELOG.md", DAY, f"{DAY} [YANKED]"),
    "nothing said": lambda tree: edit(tree, "CHANGELOG.md", "- What changed.\n", ""),
    "versions out of order": lambda tree: edit(
        tree, "CHANGELOG.md", "- What changed.\n", f"- What.\n\n## [0.1.0] - {DAY}\n\n- What.\n"
    ),
    "days out of order": lambda tree: edit(
        tree, "CHANGELOG.md", "- What changed.\n", "- W.\n\n## [0.0.9] - 2026-12-02\n\n- W.\n"
    ),
    "a report after the release": lambda tree: say_all(tree, "2022-03-08"),
}


def say_all(tree: Tree, day: str) -> None:
    (tree.folder / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    say(tree, FIRST, day)


@pytest.mark.parametrize("fault", NOT_READY)
def test_a_checkout_that_is_not_ready_is_refused(fault: str, tree: Tree, tmp_path: Path) -> None:
    NOT_READY[fault](tree)
    with pytest.raises(ReleaseError):
        release(tree, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"checkout"}


def test_an_empty_section_unreleased_is_no_obstacle(tree: Tree, tmp_path: Path) -> None:
    edit(tree, "CHANGELOG.md", "# Changelog\n", "# Changelog\n\n## [Unreleased]\n")
    assert release(tree, tmp_path / "out").is_dir()


def drop_pattern(tree: Tree) -> None:
    """Take a constraint out of a schema, as only a MAJOR version may."""
    path = tree.folder / "schemas" / "organisations.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    (field,) = (one for one in schema["fields"] if one["name"] == "note")
    del field["constraints"]["pattern"]
    path.write_text(json.dumps(schema), encoding="utf-8")


def nothing(_tree: Tree) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "version", "body", "built"),
    [
        (nothing, "0.1.1", "- Code.", True),
        (nothing, "0.2.0", "- Code.", False),
        (nothing, "0.2.0", "- MINOR: a rule is new.", True),
        (nothing, "0.2.0", "- MAJOR: a rule is new.", False),
        (nothing, "1.0.0", "MAJOR: a column means another thing.", True),
        (nothing, "0.0.9", "- Code.", False),
        (change_value, "0.1.1", "- Data.", True),
        (add_row, "0.1.1", "- Data.", False),
        (add_row, "0.2.0", "- Data.", True),
        (add_row, "1.0.0", "- Data. MAJOR", False),
        (drop_pattern, "0.2.0", "- MINOR: no.", False),
        (drop_pattern, "1.0.0", "- Schema.", True),
    ],
)
def test_the_version_fits_what_changed(
    change: Callable[[Tree], object],
    version: str,
    body: str,
    built: bool,  # noqa: FBT001 - a column of the table above
    ready: Path,
    tree: Tree,
    tmp_path: Path,
) -> None:
    change(tree)
    say(tree, version, LATER, body)
    if not built:
        with pytest.raises(ReleaseError):
            release(tree, tmp_path / "out", ready / FIRST)
        assert not (tmp_path / "out").exists()
        return
    made = read_contents((release(tree, tmp_path / "out", ready / FIRST) / CONTENTS).read_bytes())
    assert made.previous is not None
    assert made.previous.version == FIRST
    assert made.schema_version == (version if change is drop_pattern else FIRST)


def remove_row(tree: Tree) -> None:
    tree.remove("categories", lambda row: row["category"] == "drones")


def change_fixed(tree: Tree) -> None:
    tree.change("organisations", lambda row: row["organisation"] == "oryx", kind="media")


def revise(tree: Tree, version: str) -> None:
    old = "open-source-count"
    told = {"table": "organisations", "key": "oryx", "column": "kind", "old": old, "new": "media"}
    change_fixed(tree)
    tree.revise(**told, version=version)


def revise_too_early(tree: Tree) -> None:
    revise(tree, FIRST)


@pytest.mark.parametrize("change", [remove_row, change_fixed, revise_too_early])
@pytest.mark.parametrize("version", ["0.2.0", "1.0.0"])
def test_nothing_released_is_lost(
    change: Callable[[Tree], object], version: str, ready: Path, tree: Tree, tmp_path: Path
) -> None:
    change(tree)
    say(tree, version, LATER, "MINOR: more.\nMAJOR: much more.")
    with pytest.raises(ReleaseError, match=r"against 0\.1\.0"):
        release(tree, tmp_path / "out", ready / FIRST)


def test_a_revision_is_a_reason(ready: Path, tree: Tree, tmp_path: Path) -> None:
    revise(tree, "0.2.0")
    say(tree, "0.2.0", LATER)
    assert release(tree, tmp_path / "out", ready / FIRST).is_dir()


@pytest.fixture
def second(tree: Tree) -> Tree:
    """A checkout that is ready for a second release."""
    change_value(tree)
    say(tree, "0.1.1", LATER)
    return tree


@pytest.mark.parametrize("previous", [None, "none"])
def test_the_release_before_must_be_named(
    previous: str | None, second: Tree, tmp_path: Path
) -> None:
    with pytest.raises(BadArgumentError, match=r"previous='0\.1\.0'"):
        release(second, tmp_path / "out", previous)


@pytest.mark.parametrize("previous", ["0.0.5", "nowhere", Path("nowhere"), ""])
def test_a_release_before_that_is_not_there(
    previous: str | Path, second: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", str(tmp_path / "cache"))
    with pytest.raises(BadArgumentError):
        release(second, tmp_path / "out", previous)


def test_a_release_before_is_found_in_the_cache(
    ready: Path, second: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", str(tmp_path / "cache"))
    copied(ready / FIRST, tmp_path / "cache" / "releases" / FIRST)
    made = release(second, tmp_path / "out", FIRST)
    assert read_contents((made / CONTENTS).read_bytes()).previous is not None


@pytest.mark.parametrize("name", ["loss_counts.csv", "reports.parquet", CONTENTS, SUMS])
def test_a_damaged_release_before_is_refused(
    name: str, ready: Path, second: Tree, tmp_path: Path
) -> None:
    before = copied(ready / FIRST, tmp_path / FIRST)
    data = (before / name).read_bytes()
    (before / name).write_bytes(data[:-1])
    with pytest.raises(ReleaseError, match="damaged"):
        release(second, tmp_path / "out", before)


def test_another_release_than_that_of_the_changelog_is_refused(
    ready: Path, second: Tree, tmp_path: Path
) -> None:
    edit(second, "CHANGELOG.md", rf"## \[{FIRST}\]", "## [0.0.9]")
    with pytest.raises(ReleaseError, match=r"0\.0\.9 before"):
        release(second, tmp_path / "out", ready / FIRST)
    (second.folder / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    say(second, "0.1.1", LATER)
    with pytest.raises(ReleaseError, match="no version before"):
        release(second, tmp_path / "out", ready / FIRST)


def test_a_withdrawn_release_stays_in_the_chain(ready: Path, second: Tree, tmp_path: Path) -> None:
    edit(second, "CHANGELOG.md", DAY, f"{DAY} [YANKED]\n\nWithdrawn: wrong.")
    with pytest.raises(BadArgumentError):
        release(second, tmp_path / "out")
    assert release(second, tmp_path / "out", ready / FIRST).is_dir()


def a_file(out: Path) -> None:
    out.write_text("mine", encoding="utf-8")


def a_full_folder(out: Path) -> None:
    out.mkdir()
    a_file(out / "mine")


def a_link(out: Path) -> None:
    out.parent.joinpath("target").mkdir()
    out.symlink_to("target")


@pytest.mark.posix
@pytest.mark.parametrize("make", [a_file, a_full_folder, a_link])
def test_nothing_that_exists_is_replaced(
    make: Callable[[Path], None], tree: Tree, tmp_path: Path
) -> None:
    make(tmp_path / "out")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadArgumentError):
        release(tree, tmp_path / "out")
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_filled(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert (release(tree, tmp_path / "out") / CONTENTS).is_file()


@pytest.mark.parametrize(
    "out", ["data/0.1.0", "schemas", "data", "src/x", "nowhere/0.1.0", "data/../schemas/x"]
)
def test_places_that_are_refused(out: str, tree: Tree) -> None:
    before = sorted(tree.folder.rglob("*"))
    with pytest.raises(BadArgumentError):
        release(tree, tree.folder / out)
    assert sorted(tree.folder.rglob("*")) == before


@pytest.mark.posix
def test_an_unwritable_place_is_refused(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(BadArgumentError):
        release(tree, tmp_path / "out")


@pytest.mark.posix
@pytest.mark.parametrize("call", ["fsync", "rename", "chmod", "write_new"])
def test_a_device_that_fails_leaves_nothing(
    call: str, tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place if call == "write_new" else os, call, fail)
    with pytest.raises(BadArgumentError, match="No space"):
        release(tree, tmp_path / "out")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["checkout"]


def test_a_checkout_that_changes_meanwhile_is_refused(tree: Tree, tmp_path: Path) -> None:
    def change(*_: object) -> dict[str, bytes]:
        change_value(tree)
        return {}

    makers = replace(MAKERS, writers=(*MAKERS.writers, change))
    with pytest.raises(ReleaseError, match="changed while"):
        build(tree.folder, tmp_path / "out", makers=makers)
    assert not (tmp_path / "out").exists()


def test_the_code_builds_its_own_checkout_alone(tree: Tree, tmp_path: Path) -> None:
    with pytest.raises(BadArgumentError, match=str(package_dir())):
        build(tree.folder, tmp_path / "out")
