"""GitHub's files are valid, and the pull request of a fork gets no rights and no secrets."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import reported_losses as rl
from reported_losses.commands.cli import main

GITHUB = Path(__file__).parents[2] / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
ROOT = GITHUB.parent
CHECK = GITHUB / "workflows/check.yml"
FORMS = sorted(path for path in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if path.stem != "config")


def load(path: Path) -> Any:  # noqa: ANN401 - YAML
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow: Any) -> list[Any]:  # noqa: ANN401 - YAML
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_safe_for_forks(path: Path) -> None:
    workflow = load(path)
    triggers = workflow[True]  # YAML 1.1 reads `on` as true
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(triggers)
    assert workflow["permissions"] in ({"contents": "read"}, {})
    assert "secrets." not in path.read_text(encoding="utf-8") or "pull_request" not in triggers
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), "text of an event must not become a script"
        assert re.fullmatch(r"[\w-]+(/[\w-]+)+@v\d+|", step.get("uses", ""))
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_the_check_shows_every_form_a_pull_request_can_show() -> None:
    runs = " ".join(step.get("run", "") for step in steps(load(CHECK)))
    for form in ("github", "markdown", "sarif"):
        assert f"--format {form}" in runs


def test_only_the_upload_of_findings_may_write() -> None:
    rights = [job.get("permissions", {}) for job in load(CHECK)["jobs"].values()]
    written = [right for given in rights for right, level in given.items() if level != "read"]
    assert written == ["security-events"]


def test_the_suite_runs_on_every_python_and_on_the_lowest_versions() -> None:
    runs = load(CHECK)["jobs"]["suite"]["strategy"]["matrix"]["include"]
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = re.findall(r"Python :: (3\.\d+)", " ".join(facts["project"]["classifiers"]))
    newest = [run["python"] for run in runs if run["lock"] == "requirements-dev.lock"]
    assert newest == named
    assert [run["python"] for run in runs if run["lock"] == "requirements-lowest.txt"] == ["3.11"]
    assert all((ROOT / run["lock"]).exists() for run in runs)


def test_the_core_runs_on_windows_and_macos_without_a_posix_shell() -> None:
    job = load(CHECK)["jobs"]["systems"]
    runs = job["strategy"]["matrix"]["include"]
    assert {run["system"] for run in runs} == {"windows-latest", "macos-latest"}
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert "python -m pytest" in commands
    for command in commands:
        assert re.fullmatch(r"python -m [\w. -]+", command)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_is_well_formed(path: Path) -> None:
    form = load(path)
    assert {"name", "description", "body"} <= set(form)
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    labels = [field["attributes"]["label"] for field in fields]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert {field["type"] for field in fields} <= {"input", "textarea", "dropdown", "checkboxes"}


def test_the_version_is_printed_as_the_form_says(capsys: pytest.CaptureFixture[str]) -> None:
    form = load(GITHUB / "ISSUE_TEMPLATE/data_fix.yml")
    (field,) = [field for field in form["body"] if field.get("id") == "version"]
    (command,) = re.findall(r"`reported-losses ([^`]+)`", field["attributes"]["description"])
    with pytest.raises(SystemExit) as stop:
        main([command])
    assert stop.value.code == 0
    assert rl.__version__ in capsys.readouterr().out
