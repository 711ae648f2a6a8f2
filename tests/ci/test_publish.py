"""A release is drafted with its files, compared with what GitHub holds, and then published."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

import publish

pytestmark = pytest.mark.posix

TAG = "v1.2.0"
FILES = {"CHANGES.md": "# What changed\n", "loss_counts.csv": "a\n1\n", "CONTENTS.json": "{}\n"}

# Stands for gh: its releases are folders, and a published one has a file `published` beside it.
GH = """#!{python}
import json, pathlib, shutil, sys
home, arguments = pathlib.Path({home!r}), sys.argv[1:]
with (home / "calls").open("a") as file:
    file.write(json.dumps(arguments) + "\\n")
if arguments[0] == "api":
    print((home / "immutable").read_text(), end="")
    sys.exit()
step, tag = arguments[1:3]
release, published = home / tag, home / f"{{tag}}.published"
if step != "create" and not release.exists():
    sys.exit((home / "failure").read_text() if (home / "failure").exists() else "release not found")
if step == "view":
    print(json.dumps({{"isDraft": not published.exists()}}))
elif step == "delete":
    shutil.rmtree(release)
elif step == "download":
    shutil.copytree(release, arguments[arguments.index("--dir") + 1], dirs_exist_ok=True)
elif step == "edit":
    published.touch()
elif step == "create":
    release.mkdir()
    for name in arguments[arguments.index("--notes-file") + 2:]:
        shutil.copy(name, release)
"""


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a `gh` on the path, and return the folder of what it holds."""
    home = tmp_path / "github"
    for folder in (home, tmp_path / "bin", tmp_path / "built"):
        folder.mkdir()
    program = tmp_path / "bin/gh"
    program.write_text(GH.format(python=sys.executable, home=str(home)), encoding="utf-8")
    program.chmod(0o755)
    for name, text in FILES.items():
        (tmp_path / "built" / name).write_text(text, encoding="utf-8")
    (home / "immutable").write_text("true\n", encoding="utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    for name, value in {
        "GITHUB_REF_NAME": TAG, "GITHUB_REPOSITORY": "a/b", "RUNNER_TEMP": str(tmp_path),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return home


def calls(github: Path) -> list[list[str]]:
    return [json.loads(line) for line in (github / "calls").read_text("utf-8").splitlines()]


def run(github: Path, step: str) -> int:
    return publish.main([step, str(github.parent / "built")])


def test_a_draft_has_every_file_and_is_published(github: Path) -> None:
    assert run(github, "draft") == 0
    assert {path.name: path.read_text("utf-8") for path in (github / TAG).iterdir()} == FILES
    assert not (github / f"{TAG}.published").exists()
    (create,) = (call for call in calls(github) if call[1] == "create")
    assert {"--draft", "--verify-tag"} <= set(create)
    assert run(github, "publish") == 0
    assert (github / f"{TAG}.published").exists()


def test_an_earlier_draft_is_replaced(github: Path) -> None:
    assert run(github, "draft") == 0
    (github / TAG / "stray.csv").touch()
    assert run(github, "draft") == 0
    assert not (github / TAG / "stray.csv").exists()


def test_a_published_release_is_not_touched(github: Path) -> None:
    assert run(github, "draft") == 0
    assert run(github, "publish") == 0
    assert run(github, "draft") == 1
    assert not any(call[1] == "delete" for call in calls(github))


def test_publishing_again_changes_nothing(github: Path) -> None:
    assert run(github, "draft") == 0
    assert [run(github, "publish"), run(github, "publish")] == [0, 0]
    assert sum(call[1] == "edit" for call in calls(github)) == 1


@pytest.mark.parametrize("fault", ["altered", "missing", "stray", "no draft"])
def test_what_is_not_as_it_was_built_is_not_published(github: Path, fault: str) -> None:
    if fault != "no draft":
        assert run(github, "draft") == 0
    if fault == "altered":
        (github / TAG / "loss_counts.csv").write_text("a\n2\n", encoding="utf-8")
    if fault == "missing":
        (github / TAG / "loss_counts.csv").unlink()
    if fault == "stray":
        (github / TAG / "stray.csv").touch()
    assert run(github, "publish") == 1
    assert not (github / f"{TAG}.published").exists()


def test_a_release_that_can_still_be_changed_is_a_failure(github: Path) -> None:
    (github / "immutable").write_text("false\n", encoding="utf-8")
    assert run(github, "draft") == 0
    assert run(github, "publish") == 1


def test_an_answer_that_says_nothing_stops_before_anything_is_done(github: Path) -> None:
    (github / "failure").write_text("HTTP 502", encoding="utf-8")
    assert run(github, "draft") == 1
    assert [call[1] for call in calls(github)] == ["view"]


def test_notes_are_cut_to_what_github_takes(github: Path) -> None:
    changes = github.parent / "built/CHANGES.md"
    changes.write_text("- a line\n" * 20_000, encoding="utf-8")
    assert run(github, "draft") == 0
    notes = (github.parent / "notes.md").read_text("utf-8")
    assert len(notes) <= publish.MAX_NOTES
    assert notes.endswith("CHANGES.md has the rest.\n")
