"""The base is found in git or in a folder, read as data, and refused in words."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import bad_cases
from history_repository import git
from reported_losses.definition.descriptor import load_package
from reported_losses.errors import BadArgumentError, DescriptorError
from reported_losses.issue import Issue
from reported_losses.validation.check import check
from reported_losses.validation.history.base import opened_base

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package in a subfolder of a repository, committed twice."""
    folder = tmp_path / "repository" / "some folder"
    folder.mkdir(parents=True)
    bad_cases.build(folder)
    git(folder.parent, "init", "-q", "-b", "main")
    commit(folder, "First")
    (folder / "CHANGELOG.md").write_text("## [Unreleased]\n", "utf-8")
    commit(folder, "Second")
    return folder


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def refusal(folder: Path, base: str | Path) -> str:
    with pytest.raises(BadArgumentError) as caught, opened_base(folder, base):
        pass
    return str(caught.value)


def test_a_commit_gives_the_bytes_that_it_holds(package: Path) -> None:
    table = load_package(package).table("series")
    path = package / table.path
    was = path.read_bytes()
    path.write_bytes(was + b"changed\n")
    for ref in ("HEAD", "main", git(package, "rev-parse", "HEAD"), "HEAD~1"):
        with opened_base(package, ref) as base:
            assert base.data(table) == was
            assert base.data(load_package(package).table("reports")) != was
    with opened_base(package, "HEAD") as base:
        assert base.page("CHANGELOG.md") == "## [Unreleased]\n"
    with opened_base(package, "HEAD~1") as base:
        assert base.page("CHANGELOG.md") is None


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "-h",
        "--help",
        "--output=x",
        "no such",
        "main..main",
        "HEAD:some",
        "a\0b",
        "a\nb",
        "x" * 400,
    ],
)
def test_a_name_that_is_no_commit_is_refused(package: Path, ref: str) -> None:
    assert "commit" in refusal(package, ref)
    assert not (package / "x").exists()


def test_a_folder_that_is_no_package_is_refused(package: Path, tmp_path: Path) -> None:
    assert "datapackage.json" in refusal(package, tmp_path)
    assert "commit" in refusal(package, str(tmp_path))


def test_a_package_outside_a_repository_has_no_commits(tmp_path: Path) -> None:
    bad_cases.build(tmp_path)
    assert "repository" in refusal(tmp_path, "main")
    git(tmp_path, "init", "-q")
    assert "main" in refusal(tmp_path, "main")


def test_without_git_a_folder_still_is_a_base(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.fspath(package / "data"))
    assert "git is not installed" in refusal(package, "main")
    assert check(package, base=package) == []


def test_a_commit_from_before_the_package_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "README").write_text("Nothing yet\n", "utf-8")
    commit(tmp_path, "Before")
    bad_cases.build(tmp_path)
    assert "not there yet" in refusal(tmp_path, "main")


def test_a_shallow_clone_says_what_to_run(package: Path, tmp_path: Path) -> None:
    git(package, "checkout", "-q", "-b", "other", "HEAD~1")
    (package / "note.txt").write_text("On a branch\n", "utf-8")
    commit(package, "Other")
    address = (package.parent).as_uri()
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", address, "clone")
    clone = tmp_path / "clone" / package.name
    assert "git fetch --unshallow" in refusal(clone, "origin/main")
    assert "git fetch --unshallow" in refusal(clone, "HEAD~1")
    assert check(clone, base="HEAD") == []
    git(clone, "fetch", "-q", "--unshallow")
    with opened_base(clone, "origin/main") as base:
        assert base.commit == git(package, "rev-parse", "main~1")


def test_a_branch_that_only_the_origin_has_is_named_in_full(package: Path, tmp_path: Path) -> None:
    git(package, "branch", "side")
    git(tmp_path, "clone", "-q", package.parent.as_uri(), "clone")
    clone = tmp_path / "clone" / package.name
    said = refusal(clone, "side")
    assert "origin/side" in said
    assert "git fetch" not in said
    assert "git fetch" in refusal(clone, "no-such-branch")


def test_nothing_of_the_repository_is_run(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path / 'sprung'}'\ncat\n", "utf-8")
    trap.chmod(0o755)
    (package / ".gitattributes").write_text("*.csv filter=trap diff=trap\n", "utf-8")
    commit(package, "Attributes")
    for name in ("core.fsmonitor", "filter.trap.smudge", "diff.trap.textconv", "core.pager"):
        git(package, "config", name, os.fspath(trap))
    hooks = Path(git(package, "rev-parse", "--absolute-git-dir")) / "hooks"
    for name in ("post-checkout", "pre-commit", "post-index-change"):
        shutil.copy(trap, hooks / name)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.setenv(name, os.fspath(tmp_path / "elsewhere"))
    (package / "data/series.csv").write_bytes(b"")
    with opened_base(package, "HEAD") as base:
        for table in base.package.tables.values():
            assert isinstance(base.data(table), bytes)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.posix
def test_a_link_in_the_base_leads_nowhere(package: Path) -> None:
    path = package / "data/series.csv"
    good = path.read_bytes()
    path.unlink()
    path.symlink_to("/etc/hosts")
    commit(package, "A link")
    path.unlink()
    path.write_bytes(good)
    with opened_base(package, "HEAD") as base:
        issue = base.data(base.package.table("series"))
    assert isinstance(issue, Issue)
    assert issue.code == "file/not-regular"
    assert [issue.code for issue in check(package, base="HEAD")] == ["history/base-unreadable"]


def test_a_descriptor_that_cannot_be_understood_is_an_issue(package: Path) -> None:
    path = package / "schemas/series.json"
    good = path.read_bytes()
    path.write_bytes(b"{")
    commit(package, "Broken")
    path.write_bytes(good)
    with pytest.raises(DescriptorError), opened_base(package, "HEAD"):
        pass
    assert [issue.code for issue in check(package, base="HEAD")] == ["history/base-unreadable"]
