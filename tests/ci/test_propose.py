"""Changes of the working tree become a pull request whose verdict is a status of its commit."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import propose
from ci.fake_programs import calls, write_program
from history_repository import BEFORE, DAY, Tree, figure, git, write_cut

pytestmark = [
    pytest.mark.posix,
    pytest.mark.slow,  # each runs whole checks in processes of their own
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("origin")
    write_cut(folder, BEFORE)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Base")
    return folder


@pytest.fixture
def clone(origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    git(tmp_path, "clone", "-q", "--bare", str(origin), "origin.git")
    git(tmp_path, "clone", "-q", "origin.git", "clone")
    (tmp_path / "body.md").write_text("What changed.\n", encoding="utf-8")
    write_program(tmp_path / "bin", "gh", {})
    monkeypatch.chdir(tmp_path / "clone")
    for name, value in {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "12",
        "GITHUB_REPOSITORY": "a/b", "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return Tree(tmp_path / "clone")


def run(tree: Tree, title: str = "Take in new reports") -> list[list[str]]:
    body = tree.folder.parent / "body.md"
    assert propose.main(["update/reports", title, str(body)]) == 0
    return calls(tree.folder.parent / "bin", "gh")


def test_a_good_change_is_proposed_with_a_green_status(clone: Tree) -> None:
    write_cut(clone.folder, DAY)
    (clone.folder / "stray.txt").write_text("not ours", encoding="utf-8")
    base, *told = git(clone.folder, "rev-parse", "HEAD"), *run(clone)
    commit = git(clone.folder.parent / "origin.git", "rev-parse", "update/reports")
    assert git(clone.folder, "rev-parse", "update/reports^") == base
    assert {
        name.split("/")[0] for name in git(clone.folder, "diff", "--name-only", base).splitlines()
    } == {"data"}
    assert [call[:2] for call in told] == [
        ["auth", "setup-git"], ["pr", "list"], ["pr", "create"], ["api", f"repos/a/b/statuses/{commit}"],
    ]  # fmt: skip
    assert "state=success" in told[3]
    assert told[2][told[2].index("--base") + 1] == "main"
    body = (clone.folder.parent / "pull-request.md").read_text(encoding="utf-8")
    assert "no issues" in body
    assert body.endswith("What changed.\n")


def test_a_bad_change_is_proposed_with_a_red_status(clone: Tree) -> None:
    clone.remove("loss_counts", figure("tanks", "2024-05-10"))
    told = run(clone)
    assert "state=failure" in told[-1]
    body = (clone.folder.parent / "pull-request.md").read_text(encoding="utf-8")
    assert "history/row-removed" in body.replace("&#95;", "_")


def test_a_check_that_cannot_run_is_an_error(clone: Tree) -> None:
    (clone.folder / "datapackage.json").unlink()
    clone.folder.joinpath("data/loss_counts.csv").unlink()
    assert "state=error" in run(clone)[-1]


def test_nothing_changed_is_nothing_proposed(clone: Tree) -> None:
    (clone.folder / "stray.txt").write_text("not ours", encoding="utf-8")
    assert run(clone) == []


def test_an_open_pull_request_is_edited(clone: Tree) -> None:
    write_program(clone.folder.parent / "bin", "gh", {"pr list": "31\n"})
    write_cut(clone.folder, DAY)
    told = run(clone, "--title $(touch ran) `x`")
    assert told[2][:3] == ["pr", "edit", "31"]
    assert not Path("ran").exists()
    assert git(clone.folder, "log", "-1", "--format=%s") == "--title $(touch ran) `x`"
