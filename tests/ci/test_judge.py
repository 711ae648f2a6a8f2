"""The recomputed verdict: the base's code judges the data of a pull request, whatever else is in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import judge
from history_repository import BEFORE, DAY, REPORTER, Tree, figure, git, write_cut
from reported_losses.definition.site import SITE

pytestmark = [
    pytest.mark.posix,
    pytest.mark.slow,  # each runs whole checks in processes of their own
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

OLD = "2024-05-10"
TANKS = figure("tanks", OLD)
LAST = figure("tanks", DAY)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commit the reports up to the day before, with the package at the top of the repository."""
    folder = tmp_path_factory.mktemp("origin")
    write_cut(folder, BEFORE)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Base")
    return folder


@pytest.fixture
def pull(origin: Path, tmp_path: Path) -> Tree:
    """A copy of the repository with a branch for a pull request."""
    shutil.copytree(origin, tmp_path / "origin")
    git(tmp_path / "origin", "switch", "-q", "-c", "change")
    return Tree(tmp_path / "origin")


def verdict(
    pull: Tree, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str, list[dict[str, object]]]:
    """Commit the change as pull request 7, and judge it in a clone of the base."""
    origin, out = pull.folder, pull.folder.parent
    git(origin, "add", "-A", "-f")
    git(origin, "commit", "-q", "-m", "Change", "--allow-empty")
    git(origin, "update-ref", "refs/pull/7/head", "HEAD")
    git(out, "clone", "-q", "-b", "main", str(origin), "clone")
    monkeypatch.chdir(out / "clone")
    monkeypatch.setenv("NUMBER", "7")
    monkeypatch.setenv("BASE_SHA", git(origin, "rev-parse", "main"))
    monkeypatch.setenv("HEAD_SHA", git(origin, "rev-parse", "change"))
    assert judge.main([str(out / "verdict")]) == 0
    told = json.loads((out / "verdict/verdict.json").read_text(encoding="utf-8"))
    comment = (out / "verdict/comment.md").read_text(encoding="utf-8")
    suggested = json.loads((out / "verdict/suggestions.json").read_text(encoding="utf-8"))
    return told["outcome"], comment.replace("&#95;", "_"), suggested


def test_a_good_day_passes(pull: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    write_cut(pull.folder, DAY)
    outcome, comment, suggested = verdict(pull, monkeypatch)
    assert (outcome, suggested) == ("clean", [])
    assert "no issues" in comment
    assert "loss_counts" in comment.split("no issues")[1]


def test_a_swapped_digit_is_found_and_the_line_suggested(
    pull: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_cut(pull.folder, DAY)
    (row,) = [row for row in pull.rows("loss_counts") if LAST(row)]
    right = pull.folder.joinpath("data/loss_counts.csv").read_text(encoding="utf-8").split("\n")
    total = row["total"]
    pull.change("loss_counts", LAST, total=total[:-2] + total[-1] + total[-2])
    pull.change("readings", LAST, total=total[:-2] + total[-1] + total[-2])
    outcome, comment, suggested = verdict(pull, monkeypatch)
    line = pull.line("loss_counts", LAST)
    assert outcome == "issues"
    assert f"data/loss_counts.csv:<!-- -->{line}" in comment
    assert [(one["path"], one["line"]) for one in suggested] == [("data/loss_counts.csv", line)]
    assert f"\n{right[line - 1]}\n" in str(suggested[0]["body"])


def test_a_silent_edit_of_an_old_figure_is_found(
    pull: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull.change("loss_counts", TANKS, qualifier="more-than")
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "issues"
    assert "history/value-changed" in comment


def delete_statement(tree: Tree) -> None:
    name = tree.rows("statements")[3]["statement"]
    for table in ("statements", "claims", "statement_sources"):
        rows = tree.rows(table)
        tree.write(table, [row for row in rows if row["statement"] != name])


def backdate(tree: Tree) -> None:
    write_cut(tree.folder, DAY)
    tree.change("loss_counts", LAST, recorded_on="2026-11-01")


def loosen_policy(tree: Tree) -> None:
    tree.change(
        "series",
        lambda row: (row["reporter"], row["category"]) == (REPORTER, "tanks"),
        policy="restated",
    )


def delete_day(tree: Tree) -> None:
    for table in ("loss_counts", "readings", "reports"):
        tree.remove(table, lambda row: (row["reporter"], row["report_date"]) == (REPORTER, OLD))
    for table in ("series", "records"):
        rows = tree.rows(table)
        for row in rows:
            if row["reporter"] == REPORTER:
                row["gaps"] = " ".join(filter(None, (row["gaps"], f"{OLD}/{OLD}")))
        tree.write(table, rows)


@pytest.mark.parametrize(
    ("change", "code", "table"),
    [
        (delete_statement, "history/row-removed", "statements"),
        (delete_day, "history/coverage-shrunk", "series"),
        (backdate, "history/recorded-on-changed", "loss_counts"),
        (loosen_policy, "history/rules-weakened", "series"),
    ],
)
def test_what_a_change_hides_stands_in_the_comment(
    pull: Tree,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Tree], None],
    code: str,
    table: str,
) -> None:
    change(pull)
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "issues"
    rows = [row for row in comment.splitlines() if f"<code>{code}</code>" in row]
    assert any(f"<code>data/{table}.csv:" in row and "| error |" in row for row in rows)


def test_a_change_of_the_gate_itself_has_no_say(
    pull: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    evil = f"import pathlib; pathlib.Path({str(ran)!r}).touch(); raise SystemExit(0)\n"
    for name in (
        "reported_losses.py", "src/reported_losses/__init__.py", "numpy.py", "json.py",
        "sitecustomize.py", ".github/scripts/judge.py", "data/json.py", "schemas/numpy.py",
    ):  # fmt: skip
        pull.folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        pull.folder.joinpath(name).write_text(evil, encoding="utf-8")
    (row,) = [row for row in pull.rows("loss_counts") if TANKS(row)]
    pull.remove("loss_counts", lambda one: one == row)
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "issues"
    assert "history/row-removed" in comment
    assert not ran.exists()


def test_a_weakened_schema_is_found(pull: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pull.folder / "schemas/loss_counts.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema.pop("foreignKeys")
    path.write_text(json.dumps(schema), encoding="utf-8")
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "issues"
    assert "history/schema-weakened" in comment


def link(target: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        shutil.rmtree(folder / "data")
        (folder / "data").symlink_to(target)

    return make


def link_table(folder: Path) -> None:
    (folder / "data/loss_counts.csv").unlink()
    (folder / "data/loss_counts.csv").symlink_to("/etc/passwd")


def put(name: str, text: str = "x\n") -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return make


def many(folder: Path) -> None:
    for number in range(judge.MAX_FILES):
        put(f"data/t{number}.csv")(folder)


@pytest.mark.parametrize(
    "make",
    [
        link("/"),
        link("schemas"),
        link_table,
        put("data/<img src=x> @a $(touch b) ::error::.csv"),
        put("data/a\x1b[31m\n# b.csv"),
        put("data/-rf.csv"),
        put("data/a/b/c/d/e.csv"),
        put("schemas/.hidden"),
        many,
    ],
)
def test_what_is_no_data_is_not_taken(
    pull: Tree, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    make(pull.folder)
    outcome, comment, suggested = verdict(pull, monkeypatch)
    assert (outcome, suggested) == ("not-run", [])
    assert comment.isascii()
    assert not set("<>@$#[\x1b") & set(comment)
    assert comment.count("\n") == 1


@pytest.mark.parametrize("limit", ["MAX_FILE", "MAX_ALL"])
def test_too_much_data_is_not_taken(
    pull: Tree, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(judge, limit, 1_000_000)
    put("data/bomb.csv", "1,2,3\n" * 200_000)(pull.folder)
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "not-run"
    assert "data/bomb.csv" in comment


def test_a_descriptor_that_is_gone_is_said(pull: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    (pull.folder / "datapackage.json").unlink()
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "not-run"
    assert "could not run" in comment


def test_what_the_check_found_stays_where_nothing_can_be_compared(
    pull: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("data/loss_counts.csv", "a,b\n1\n\x00")(pull.folder)
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "issues"
    assert "file/" in comment


def test_a_hostile_cell_has_no_effect(pull: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "<img src=x> @somebody #1 `x` [a](https://b.example) ::error::x $(id)"
    pull.change("sources", lambda row: row == pull.rows("sources")[0], title=hostile, url=hostile)
    pull.change("loss_counts", TANKS, qualifier=hostile)
    outcome, comment, _ = verdict(pull, monkeypatch)
    assert outcome == "issues"
    # Codes link to the page that explains them.
    others = re.sub(rf"\[(<code>[a-z_./-]+</code>)\]\({SITE}/docs/[^)]+\)", r"\1", comment)
    assert others != comment
    assert not re.search(r"<img|@somebody|\]\(https|\n::", others)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(others)
    assert not re.search("<a |<img", html)


def test_a_pull_request_that_moved_on_is_not_judged(
    pull: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict(pull, monkeypatch)
    monkeypatch.setenv("HEAD_SHA", "c" * 40)
    judge.main(["again"])
    assert json.loads(Path("again/verdict.json").read_text())["outcome"] == "not-run"


@pytest.mark.parametrize("sha", ["", "main", "--output=x", "a" * 39, "$(id)"])
def test_only_commits_are_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sha: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (("NUMBER", "7"), ("BASE_SHA", "a" * 40), ("HEAD_SHA", sha)):
        monkeypatch.setenv(name, value)
    judge.main(["verdict"])
    assert json.loads(Path("verdict/verdict.json").read_text())["outcome"] == "not-run"


def test_the_check_sees_no_token(pull: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        seen.append(dict(options["env"]))  # type: ignore[call-overload]
        assert command[:3] == [sys.executable, "-P", "-m"]
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("ACTIONS_RUNTIME_TOKEN", "secret")
    monkeypatch.setattr(subprocess, "run", run)
    judge.run(pull.folder, "check")
    assert "secret" not in seen[0].values()
