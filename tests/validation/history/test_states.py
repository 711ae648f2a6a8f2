"""A state is a folder or the very commit that is named, and everything else is refused."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import bad_cases
from history_repository import git
from reported_losses.definition.location import package_dir
from reported_losses.errors import BadArgumentError, DataError, DescriptorError
from reported_losses.validation.history.states import two_states
from reported_losses.writing.journal import JOURNAL

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package in a repository with two branches, in which we are."""
    folder = tmp_path / "repository" / "package"
    folder.mkdir(parents=True)
    bad_cases.build(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "First")
    git(folder, "tag", "first")
    git(folder, "checkout", "-q", "-b", "side")
    (folder / "CHANGELOG.md").write_text("side", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Side")
    git(folder, "checkout", "-q", "main")
    (folder / "CHANGELOG.md").write_text("main", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Second")
    monkeypatch.chdir(folder / "data")
    return folder


def pages(old: str, new: str | Path, **options: bool) -> list[str | None]:
    return [state.page("CHANGELOG.md") for state in two_states(old, new, **options)]


def test_a_commit_is_the_very_one_that_is_named(package: Path) -> None:
    assert pages("side", "main") == ["side", "main"]
    assert pages("side", package) == ["side", "main"]
    assert pages("main", "first") == ["main", None]
    assert pages("HEAD", "HEAD") == ["main", "main"]


def test_the_commit_in_common_is_taken_on_request(package: Path) -> None:
    assert pages("main", "side", merge_base=True) == [None, "side"]
    assert pages("side", package, merge_base=True) == [None, "main"]
    with pytest.raises(BadArgumentError):
        two_states(package, "main", merge_base=True)


@pytest.mark.parametrize("name", ["", "--output=x", "-h", "no such", "main..side", "a\0b", "$(id)"])
def test_what_is_neither_is_refused(package: Path, name: str) -> None:
    for pair in ((name, package), (package, name)):
        with pytest.raises(BadArgumentError, match=r"old|new"):
            two_states(*pair)
    assert not (package / "data" / "x").exists()


@pytest.mark.parametrize("value", [None, 5, b"main", ["main"], True])
def test_other_types_are_refused(package: Path, value: object) -> None:
    with pytest.raises(BadArgumentError, match="new"):
        two_states(package, value)  # type: ignore[arg-type]


def test_a_path_is_never_a_commit(package: Path) -> None:
    with pytest.raises(BadArgumentError, match=r"datapackage\.json"):
        two_states(package, Path("main"))


@pytest.mark.posix
def test_one_folder_by_two_names_is_refused(package: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(package)
    for name in (package, link, os.fspath(package / "data" / "..")):
        with pytest.raises(BadArgumentError, match="same folder"):
            two_states(package, name)


def test_outside_of_a_checkout_there_are_no_commits(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    built = "reported_losses.validation.history.states.package_dir"
    monkeypatch.setattr(built, lambda: tmp_path / "_package")
    with pytest.raises(BadArgumentError, match="no package here"):
        two_states("main", package)


def test_a_broken_descriptor_is_said(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path / "broken")
    (tmp_path / "broken/datapackage.json").write_text("{", "utf-8")
    for pair in ((tmp_path / "broken", package), (package, tmp_path / "broken")):
        with pytest.raises(DescriptorError):
            two_states(*pair)


def test_tables_that_are_being_replaced_are_refused(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path / "cut-off")
    (tmp_path / "cut-off" / JOURNAL).write_text("{", "utf-8")
    with pytest.raises(DataError):
        two_states(package, tmp_path / "cut-off")


def test_the_installed_package_is_a_state_too(package: Path) -> None:
    old, new = two_states(package, package_dir())
    assert (old.name, new.name) == (os.fspath(package), os.fspath(package_dir()))
