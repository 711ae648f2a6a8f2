"""A release is prepared as a whole, and only one that fits what was released and what changed."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest

import bad_cases
import prepare_release
from history_repository import Tree, git
from reported_losses.definition.location import package_dir
from reported_losses.validation.check import check

pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

DAY = dt.date(2026, 11, 29)
OLD = "## [0.1.0] - 2026-11-25\n\n- All.\n"
FIRST = "# Changelog\n\nWhat it is.\n\n## [Unreleased]\n\n### Data\n\n- All.\n"
LATER = f"# Changelog\n\n## [Unreleased]\n\n### Data\n\n- More.\n\n{OLD}"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with the tag of a release."""
    folder = tmp_path_factory.mktemp("released")
    bad_cases.build(folder)
    shutil.copy(package_dir() / "CITATION.cff", folder)
    path = folder / "datapackage.json"
    text = re.sub(r'"version": "[^"]*"', '"version": "0.1.0"', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## [Unreleased]\n\n{OLD}", "utf-8")
    (folder / ".gitignore").write_text(".commit.lock\n", encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Release 0.1.0")
    git(folder, "tag", "v0.1.0")
    return folder


@pytest.fixture
def tree(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Copy the repository, with lines under Unreleased."""
    folder = tmp_path / "checkout"
    shutil.copytree(released, folder)
    (folder / "CHANGELOG.md").write_text(LATER, encoding="utf-8")
    monkeypatch.chdir(folder)
    return Tree(folder)


def drones(row: dict[str, str]) -> bool:
    return row["category"] == "drones"


def prepare(version: str, date: dt.date | str = DAY) -> int:
    return prepare_release.main([version, str(date)])


def state(tree: Tree) -> str:
    return git(tree.folder, "diff")


def test_a_release_is_prepared_everywhere(tree: Tree) -> None:
    tree.change("categories", drones, definition="people")
    old = "Drones reported lost; counted with nothing else."
    tree.revise(
        version="0.1.1", table="categories", key="drones", column="definition", old=old,
        new="people", revised_on="2026-11-28",
    )  # fmt: skip
    assert prepare("0.2.0") == 0
    descriptor = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["version"], descriptor["created"]) == ("0.2.0", f"{DAY}T00:00:00Z")
    citation = Path("CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: 0.2.0\ndate-released: {DAY}\nlicense:" in citation
    changelog = Path("CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog == LATER.replace(
        "## [Unreleased]\n", f"## [Unreleased]\n\n## [0.2.0] - {DAY}\n"
    )
    assert [row["version"] for row in tree.rows("revisions")] == ["0.1.0", "0.2.0"]
    assert [issue.code for issue in check(tree.folder, base="v0.1.0")] == []


def test_the_day_of_the_release_before_is_replaced(tree: Tree) -> None:
    assert prepare("0.1.1") == 0
    text = Path("CHANGELOG.md").read_text(encoding="utf-8")
    Path("CHANGELOG.md").write_text(
        text.replace("[Unreleased]\n", "[Unreleased]\n\n- A.\n"), "utf-8"
    )
    git(tree.folder, "commit", "-q", "-a", "-m", "Release 0.1.1")
    git(tree.folder, "tag", "v0.1.1")
    assert prepare("0.1.2") == 0
    assert Path("CITATION.cff").read_text(encoding="utf-8").count("date-released: ") == 1


def test_the_first_release_may_have_the_version_that_there_is(tree: Tree) -> None:
    (tree.folder / "CHANGELOG.md").write_text(FIRST, encoding="utf-8")
    assert prepare("0.0.9") == 1
    assert prepare("0.1.0") == 0
    assert f"## [Unreleased]\n\n## [0.1.0] - {DAY}\n\n### Data" in Path("CHANGELOG.md").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("version", "date"),
    [
        ("0.1.0", DAY), ("0.0.9", DAY), ("0.2", DAY), ("v0.2.0", DAY), ("00.2.0", DAY),
        ("0.2.0", "2026-11-24"), ("0.2.0", "2999-01-01"), ("0.2.0", "29.11.2026"),
        ("0.2.0", "2026-02-30"),
    ],
)  # fmt: skip
def test_what_does_not_fit_changes_nothing(tree: Tree, version: str, date: dt.date | str) -> None:
    before = state(tree)
    assert prepare(version, date) == 1
    assert state(tree) == before


def test_a_version_that_is_too_low_for_what_changed_is_refused(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    row = tree.rows("organisations")[0]
    new = row | {"organisation": "zz-new", "name": "New", "url": "https://new.example"}
    tree.write("organisations", [*tree.rows("organisations"), new])
    assert prepare("0.1.1") == 1
    assert "0.2.0" in capsys.readouterr().err
    assert prepare("0.2.0") == 0


@pytest.mark.parametrize(
    "changelog",
    [f"# Changelog\n\n{OLD}", f"# Changelog\n\n## [Unreleased]\n\n{OLD}", "# Changelog\n",
     LATER.replace("0.1.0", "0.0.5")],
)  # fmt: skip
def test_a_changelog_that_tells_nothing_new_is_refused(tree: Tree, changelog: str) -> None:
    Path("CHANGELOG.md").write_text(changelog, encoding="utf-8")
    before = state(tree)
    assert prepare("0.2.0") == 1
    assert state(tree) == before


def test_a_release_whose_tag_is_not_here_is_refused(tree: Tree) -> None:
    git(tree.folder, "tag", "-d", "v0.1.0")
    assert prepare("0.2.0") == 1


def test_arguments_are_counted() -> None:
    assert prepare_release.main(["0.2.0"]) == 2
