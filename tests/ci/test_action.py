"""The steps of `action.yml`, run as GitHub runs them, in a repository of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ci.fake_github import BOT, HEAD, REPOSITORY, Github, served
from history_repository import BEFORE, DAY, Tree, figure, git, write_cut

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.posix,
    pytest.mark.slow,  # each runs whole checks in processes of their own
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed"),
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
def tree(origin: Path, tmp_path: Path) -> Tree:
    shutil.copytree(origin, tmp_path / "work")
    return Tree(tmp_path / "work")


class Job:
    """What the steps of one job write, and what they printed."""

    def __init__(self, work: Path, **environment: str) -> None:
        self.work, self.temp = work, work.parent / "temp"
        self.temp.mkdir(exist_ok=True)
        self.files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        kept = {
            name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ
        }
        self.environment = {
            **kept, "RUNNER_TEMP": str(self.temp), "PYTHONUTF8": "1", **environment,
            **{name: str(path) for name, path in self.files.items()},
        }  # fmt: skip
        self.code, self.printed = 0, ""

    def step(self, name: str, **inputs: str) -> None:
        """Run a step with the texts that its `env` names, as bash of GitHub does."""
        (step,) = (one for one in ACTION["runs"]["steps"] if one["name"] == name)
        known = {one: str(facts["default"]) for one, facts in ACTION["inputs"].items()} | inputs
        values = {
            "github.action_path": str(ROOT), "github.token": "secret",
            **{f"inputs.{one}": text for one, text in known.items()},
            **{f"steps.{one}": text for one, text in self.outputs.items()},
        }  # fmt: skip
        given = {
            variable: re.sub(r"\$\{\{ (.+?) \}\}", lambda found: values[found[1]], text)
            for variable, text in step["env"].items()
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.work, env={**self.environment, **given}, check=False, capture_output=True, text=True,
        )  # fmt: skip
        self.code, self.printed = done.returncode, done.stdout
        assert "secret" not in done.stdout + done.stderr
        assert "command not found" not in done.stderr

    @property
    def outputs(self) -> dict[str, str]:
        path = self.files["GITHUB_OUTPUT"]
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        told = dict(line.split("=", 1) for line in lines)
        step = {"python": "prepare"}
        return {f"{step.get(name, 'check')}.outputs.{name}": text for name, text in told.items()}

    @property
    def summary(self) -> str:
        return self.files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")


def checked(tree: Tree, **inputs: str) -> Job:
    job = Job(tree.folder)
    job.step("Prepare", python=sys.executable)
    job.step("Check", **inputs)
    return job


def sarif(job: Job) -> Any:  # noqa: ANN401 - JSON
    return json.loads(Path(job.outputs["check.outputs.sarif"]).read_text(encoding="utf-8"))


def test_a_clean_package_passes(tree: Tree) -> None:
    job = checked(tree)
    assert (job.code, job.outputs["check.outputs.outcome"]) == (0, "clean")
    assert "no issues" in job.summary
    assert sarif(job)["runs"][0]["results"] == []


def test_a_lost_row_is_annotated_summarised_and_in_the_sarif(tree: Tree) -> None:
    tree.remove("loss_counts", figure("tanks", "2024-05-10"))
    job = checked(tree, base="HEAD")
    assert (job.code, job.outputs["check.outputs.outcome"]) == (1, "issues")
    assert "::error file=data/loss_counts.csv,line=" in job.printed
    assert "history/row-removed" in job.printed
    assert "history/row-removed" in job.summary
    codes = {one["ruleId"] for one in sarif(job)["runs"][0]["results"]}
    assert "history/row-removed" in codes


def test_without_a_base_nothing_is_compared(tree: Tree) -> None:
    tree.change("sources", bool, title="A title of somebody")
    assert checked(tree).code == 0


@pytest.mark.parametrize(
    "inputs",
    [
        {"base": "no-such-ref"},
        {"base": "--output=ran"},
        {"base": "$(touch ran)"},
        {"base": "`touch ran`; touch ran"},
        {"path": "no such folder"},
        {"path": "--output=ran"},
        {"path": "$(touch ran)"},
        {"fail-on": "never"},
        {"fail-on": "error; touch ran"},
    ],
)
def test_inputs_of_any_kind_are_texts(tree: Tree, inputs: dict[str, str]) -> None:
    job = checked(tree, **inputs)
    assert (job.code, job.outputs["check.outputs.outcome"]) == (2, "not-run")
    assert "::error title=reported-losses check::" in job.printed
    assert not (tree.folder / "ran").exists()
    assert "check.outputs.sarif" not in job.outputs


def test_warnings_fail_where_they_are_asked_to(tree: Tree) -> None:
    row = next(row for row in tree.rows("sources"))
    other = {"title": "A page that nobody names", "url": "https://page.example/nobody"}
    tree.write(
        "sources", [*tree.rows("sources"), {**row, "source": "zz-nobody-names-this", **other}]
    )
    assert checked(tree).code == 0
    job = checked(tree, **{"fail-on": "warning"})
    assert job.code == 1
    assert "::warning file=data/sources.csv" in job.printed


def test_hostile_texts_give_no_commands(tree: Tree) -> None:
    hostile = '"x\n::error::forged\n::stop-commands::a"'
    path = tree.folder / "data/loss_counts.csv"
    text = path.read_text(encoding="utf-8").split("\n")
    text[1] = text[1].replace(",russia,", f",{hostile},")
    path.write_text("\n".join(text), encoding="utf-8")
    job = checked(tree)
    assert job.code == 1
    for line in job.printed.splitlines():
        assert re.match(r"::(error|warning|notice) (file|title)=", line)
    assert "\n::" not in job.summary


def test_code_in_the_package_is_not_run(tree: Tree) -> None:
    for name in ("reported_losses.py", "numpy.py", "json.py"):
        (tree.folder / name).write_text("raise SystemExit(0)\n", encoding="utf-8")
    tree.remove("loss_counts", figure("tanks", "2024-05-10"))
    assert checked(tree, base="HEAD").code == 1


def test_it_comments_on_its_pull_request(tree: Tree) -> None:
    write_cut(tree.folder, DAY)
    last = figure("tanks", DAY)
    (row,) = [row for row in tree.rows("loss_counts") if last(row)]
    swapped = row["total"][:-2] + row["total"][-1] + row["total"][-2]
    tree.change("loss_counts", last, total=swapped)
    event = {
        "repository": {"default_branch": "main"},
        "pull_request": {"number": 7, "head": {"sha": HEAD}},
    }
    (tree.folder.parent / "event.json").write_text(json.dumps(event), encoding="utf-8")
    with served(Github()) as github:
        job = Job(
            tree.folder, GITHUB_API_URL=github.root, GITHUB_REPOSITORY=REPOSITORY,
            GITHUB_SERVER_URL="https://github.com", GITHUB_RUN_ID="12", API_PAUSE="0",
            GITHUB_EVENT_PATH=str(tree.folder.parent / "event.json"),
        )  # fmt: skip
        job.step("Prepare", python=sys.executable)
        job.step("Check", base="HEAD")
        job.step("Comment", base="HEAD")
    assert job.code == 0
    (one,) = github.comments
    assert one["user"]["login"] == BOT
    assert "increment-matches" in one["body"]
    (review,) = github.reviews
    assert f",{row['total']}," in review["comments"][0]["body"]


@pytest.mark.engines
def test_it_makes_a_python_of_its_own(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    job = Job(tree.folder)
    job.step("Prepare")
    assert job.code == 0
    job.step("Check")
    assert (job.code, job.outputs["check.outputs.outcome"]) == (0, "clean")
