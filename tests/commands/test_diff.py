"""`reported-losses diff`: how it ends, and what it writes where."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from history_repository import Tree, git
from reported_losses.commands.cli import main
from reported_losses.definition.location import package_dir
from reported_losses.report.diff import DIFF_FORMS
from two_packages import figure, two_packages

Capture = pytest.CaptureFixture[str]
HOSTILE = "$(id) | `id` <b>x</b> ::error::x ##[error]x @x \x1b[31m"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Tree, Tree]:
    return two_packages(tmp_path)


def diff(old: Tree, new: Tree, *options: str) -> int:
    return main(["diff", str(old.folder), str(new.folder), *options])


@pytest.mark.parametrize("form", DIFF_FORMS)
def test_the_exit_code_says_whether_anything_differs(
    pair: tuple[Tree, Tree], form: str, capsys: Capture
) -> None:
    assert diff(*pair, "--format", form) == 0
    pair[1].change("loss_counts", figure, evidence="agreed")
    assert diff(*pair, "--format", form) == 1
    assert "agreed" in capsys.readouterr().out


@pytest.mark.parametrize("form", DIFF_FORMS)
@pytest.mark.parametrize("side", [0, 1])
def test_a_table_that_was_not_compared_makes_the_exit_code_2(
    pair: tuple[Tree, Tree], form: str, side: int, capsys: Capture
) -> None:
    (pair[side].folder / "data/reports.csv").write_bytes(b'a,"\n')
    pair[1].change("loss_counts", figure, total="211")
    assert diff(*pair, "--format", form) == 2
    printed = capsys.readouterr()
    assert "reports was not compared" in printed.err
    assert "211" in printed.out


@pytest.mark.parametrize("form", DIFF_FORMS)
def test_a_hostile_cell_has_no_effect(pair: tuple[Tree, Tree], form: str, capsys: Capture) -> None:
    pair[1].change("categories", lambda _: True, definition=HOSTILE)
    assert diff(*pair, "--format", form, "--all") == 1
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    if form in {"text", "markdown"}:
        assert "##[" not in printed
    if form in {"html", "markdown"}:
        assert "<b>" not in printed.partition("changelog")[0]


def test_the_report_goes_to_a_file(pair: tuple[Tree, Tree], tmp_path: Path) -> None:
    pair[1].change("loss_counts", figure, total="211")
    path = tmp_path / "diff.json"
    assert diff(*pair, "--format", "json", "--output", str(path)) == 1
    schema = json.loads((package_dir() / "schemas/report/diff.json").read_text("utf-8"))
    found = json.loads(path.read_text("utf-8"))
    jsonschema.validate(found, schema)
    assert (found["losses"], found["counts"]["changed"]) == (1, 1)
    assert diff(*pair, "--output", str(path)) == 2
    assert diff(*pair, "--output", str(path), "--force") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("{old}", "{old}"), "same folder"),
        (("{old}", "{new}", "--format", "sarif"), "markdown"),
        (("{old}", "{old}/data"), "datapackage.json"),
        (("no-such-branch", "{new}"), "no-such-branch"),
        (("--", "--output=x", "{new}"), "old"),
        (("{old}", "{new}", "--merge-base"), "in common"),
    ],
)
def test_a_wrong_call_is_refused_in_words(
    pair: tuple[Tree, Tree], arguments: tuple[str, ...], said: str, capsys: Capture
) -> None:
    old, new = (str(tree.folder) for tree in pair)
    assert main(["diff", *(one.format(old=old, new=new) for one in arguments)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err or "commit" in printed.err
    assert "internal fault" not in printed.err


def test_a_broken_descriptor_is_refused(pair: tuple[Tree, Tree], capsys: Capture) -> None:
    (pair[0].folder / "datapackage.json").write_text("[]", "utf-8")
    assert diff(*pair) == 2
    assert "datapackage.json" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_commits_are_compared_with_the_folder_we_are_in(
    pair: tuple[Tree, Tree], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    tree = pair[0]
    git(tree.folder, "init", "-q", "-b", "main")
    git(tree.folder, "add", "-A")
    git(tree.folder, "commit", "-q", "-m", "First")
    monkeypatch.chdir(tree.folder)
    assert main(["diff", "main"]) == 0
    tree.change("loss_counts", figure, total="211")
    assert main(["diff", "main"]) == 1
    git(tree.folder, "commit", "-q", "-a", "-m", "Second")
    assert main(["diff", "main~1", "main"]) == 1
    assert main(["diff", "main"]) == 0
    assert "210 → 211" in capsys.readouterr().out
