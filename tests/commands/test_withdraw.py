"""`reported-losses withdraw`: the row goes, the revision comes, and the rest stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import bad_cases
from history_repository import Tree
from reported_losses.commands.cli import main
from reported_losses.validation.check import check

REASON = ("--reason", "Held twice.", "--recorded-on", "2026-11-24")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    (tmp_path / "here").mkdir()
    bad_cases.build(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "base")
    return Tree(tmp_path / "here")


def contents(tree: Tree) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((tree.folder / "data").iterdir())}


def withdraw(tree: Tree, *arguments: str) -> int:
    return main(["withdraw", *arguments, "--package", str(tree.folder)])


def test_a_row_is_withdrawn_and_the_check_accepts_it(tree: Tree) -> None:
    assert withdraw(tree, "categories", "drones", *REASON, "--replaced-by", "tanks") == 0
    assert [row["category"] for row in tree.rows("categories")] == ["personnel", "tanks"]
    revision = tree.rows("revisions")[-1]
    assert revision["old"].startswith('{"category": "drones", "label_en": "Drones"')
    assert {name: revision[name] for name in ("revision", "revised_on", "version", "column")} == {
        "revision": "2",
        "revised_on": "2026-11-24",
        "version": "0.1.0",
        "column": "",
    }
    assert (revision["replaced_by"], revision["reason"]) == ("tanks", "Held twice.")
    assert check(tree.folder, base=tree.folder.parent / "base") == []


def test_after_a_release_the_next_version_is_named(tree: Tree) -> None:
    (tree.folder / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [0.1.0]\n", "utf-8")
    assert withdraw(tree, "categories", "drones", *REASON) == 0
    assert tree.rows("revisions")[-1]["version"] == "0.1.1"


def test_a_dry_run_writes_nothing(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(tree)
    assert withdraw(tree, "categories", "drones", *REASON, "--dry-run") == 0
    assert '"category": "drones"' in capsys.readouterr().out
    assert contents(tree) == before


def test_what_the_gate_finds_afterwards_is_told_and_refuses_nothing(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    row = tree.rows("readings")[0]
    key = "/".join(
        row[name] for name in ("record", "reporter", "subject", "category", "report_date")
    )
    assert withdraw(tree, "readings", key, *REASON) == 1
    assert "loss_counts/" in capsys.readouterr().out
    assert row not in tree.rows("readings")


def test_a_figure_that_a_claim_repeats_is_refused(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = tree.rows("claims")[0]
    figure = {"reporter": "ua-general-staff", "subject": "russia", "category": "tanks"}
    tree.change("claims", lambda row: row == claim, **figure, period_end="2022-03-03")
    before = contents(tree)
    assert withdraw(tree, "loss_counts", "ua-general-staff/russia/tanks/2022-03-03", *REASON) == 2
    assert f"claims {claim['statement']}/{claim['claim']}" in capsys.readouterr().err
    assert contents(tree) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("categories", "tanks", *REASON), "series oryx/russia/tanks"),
        (("loss_counts", "oryx/russia/tanks/2022-03-01", *REASON), "status_counts oryx/russia"),
        (("categories", "drone", *REASON), "drones"),
        (("category", "drones", *REASON), "categories"),
        (("categories", "drones", "--reason", " "), "reason"),
        (("categories", "drones", *REASON, "--replaced-by", "drones"), "replaced_by"),
        (("categories", "drones", *REASON, "--replaced-by", "boats"), "replaced_by"),
        (("revisions", "1", *REASON), "revision"),
    ],
)
def test_what_cannot_be_withdrawn_is_refused(
    tree: Tree, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    before = contents(tree)
    assert withdraw(tree, *arguments) == 2
    assert said in capsys.readouterr().err
    assert contents(tree) == before
