"""A tag is a release only where descriptor and changelog say so, and the commit is on main."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import release_facts
from history_repository import git
from reported_losses.definition.changelog import read_changelog

OLD = (
    "\n## [1.1.0] - 2026-11-02 [YANKED]\n\nWithdrawn: wrong.\n\n## [1.0.0] - 2026-10-01\n\n- All.\n"
)
GOOD = f"# Changelog\n\n## [Unreleased]\n\n## [1.1.1] - 2026-12-01\n\n- More.\n{OLD}"


@pytest.mark.parametrize(
    ("tag", "described", "changelog", "wrong"),
    [
        ("v1.1.1", "1.1.1", GOOD, 0),
        ("v1.1.1", "1.1.1", GOOD.replace("## [Unreleased]\n\n", ""), 0),
        ("v1.1.2", "1.1.1", GOOD, 1),
        ("1.1.1", "1.1.1", GOOD, 1),
        ("v1.1.1-rc1", "1.1.1", GOOD, 1),
        ("v1.1.1", "1.0.0", GOOD, 2),
        ("v1.1.2", "1.1.2", GOOD, 1),
        ("v1.0.0", "1.0.0", "# Changelog\n\n## [Unreleased]\n\n- All.\n", 1),
        ("v1.0.0", "1.0.0", "", 1),
    ],
)
def test_a_tag_agrees_with_descriptor_and_changelog(
    tag: str, described: str, changelog: str, wrong: int
) -> None:
    found = list(release_facts.problems(tag, described, read_changelog(changelog)))
    assert len(found) == wrong


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a checkout of a release, and return the file of the step's outputs."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "CHANGELOG.md").write_text(GOOD, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps({"version": "1.1.1"}), encoding="utf-8")
    git(folder, "init", "-q", "-b", "work")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Release 1.1.1")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "outputs"))
    monkeypatch.setenv("GITHUB_REF_NAME", "v1.1.1")
    return tmp_path / "outputs"


def test_the_release_before_is_named_though_it_was_withdrawn(outputs: Path) -> None:
    assert release_facts.main() == 0
    assert outputs.read_text(encoding="utf-8") == "version=1.1.1\nprevious=1.1.0\n"


def test_the_first_release_has_none_before_it(outputs: Path) -> None:
    Path("CHANGELOG.md").write_text("## [1.1.1] - 2026-12-01\n\n- All.\n", encoding="utf-8")
    assert release_facts.main() == 0
    assert outputs.read_text(encoding="utf-8") == "version=1.1.1\nprevious=none\n"


def test_a_commit_beside_main_is_no_release(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(Path(), "commit", "-q", "--allow-empty", "-m", "Never merged")
    assert release_facts.main() == 1
    assert not outputs.exists()
    assert capsys.readouterr().out.startswith("::error title=release::")
