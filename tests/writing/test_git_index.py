"""A journal that git tracks was sent by somebody: it is seen in every form of git's index."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import bad_cases
from reported_losses.commands.cli import main
from reported_losses.writing.git_index import tracks
from reported_losses.writing.journal import JOURNAL

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *command: str) -> str:
    settings = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
    ]
    done = subprocess.run(
        ["git", *settings, *command], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def repository(folder: Path, digest: str = "sha1") -> Path:
    """A repository with some files of similar names, in which nothing is tracked yet."""
    folder.mkdir()
    try:
        git(folder, "init", f"--object-format={digest}")
    except subprocess.CalledProcessError:
        pytest.skip(f"this git has no {digest}")
    (folder / "package").mkdir()
    for name in ("a", ".commit.jso", ".commit.json5", "x" * 200, "ü", "package/.commit.jsn"):
        (folder / name).write_text("x", encoding="utf-8")
    return folder


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("below", [".", "package"])
def test_a_tracked_file_is_seen(tmp_path: Path, digest: str, version: str, below: str) -> None:
    folder = repository(tmp_path / "repository", digest)
    place = folder / below
    assert not tracks(place, JOURNAL)
    git(folder, "add", ".")
    git(folder, "update-index", f"--index-version={version}")
    assert not tracks(place, JOURNAL)
    (place / JOURNAL).write_text("x", encoding="utf-8")
    assert not tracks(place, JOURNAL)
    # The third version has entries with more flags.
    git(folder, "add", "-N" if version == "3" else "--force", f"{below}/{JOURNAL}")
    assert tracks(place, JOURNAL)
    assert not tracks(folder / ("package" if below == "." else "."), JOURNAL)
    git(folder, "add", ".")
    git(folder, "commit", "-m", "x")
    assert tracks(place, JOURNAL)
    git(folder, "worktree", "add", str(tmp_path / "tree"))
    assert tracks(tmp_path / "tree" / below, JOURNAL)
    git(folder, "rm", "--quiet", f"{below}/{JOURNAL}")
    assert not tracks(place, JOURNAL)


def test_another_spelling_is_the_same_file_for_some_systems(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repository")
    (folder / ".Commit.JSON").write_text("x", encoding="utf-8")
    git(folder, "add", ".")
    assert tracks(folder, JOURNAL)


@pytest.mark.parametrize("data", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\7" + bytes(300), b"x" * 99])
def test_an_index_that_is_not_understood_is_not_trusted(tmp_path: Path, data: bytes) -> None:
    (tmp_path / ".git").mkdir()
    assert not tracks(tmp_path, JOURNAL)
    (tmp_path / ".git/index").write_bytes(data)
    assert tracks(tmp_path, JOURNAL)


def test_a_split_index_is_not_trusted(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repository")
    git(folder, "add", ".")
    git(folder, "update-index", "--split-index")
    assert tracks(folder, JOURNAL)


def test_a_tracked_journal_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = repository(tmp_path / "repository")
    bad_cases.build(folder)
    (folder / JOURNAL).write_text(json.dumps({"tables": {"series": "0" * 64}}), encoding="utf-8")
    git(folder, "add", "--force", ".")
    assert main(["sort", str(folder)]) == 2
    assert "git tracks it" in capsys.readouterr().err
    git(folder, "rm", "--cached", "--quiet", JOURNAL)
    assert main(["sort", str(folder)]) == 0
    assert "undid a commit" in capsys.readouterr().err


def test_our_own_files_are_ignored_by_git() -> None:
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        pytest.skip("this is no checkout")
    for name in (".commit.lock", JOURNAL, f"{JOURNAL}.new", "data/.series.csv.new"):
        assert git(root, "check-ignore", name).strip() == name
