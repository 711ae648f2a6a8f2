"""What GitHub reads is in order, and a fork's pull request cannot reach anything."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parents[2] / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
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
    runs = " ".join(step.get("run", "") for step in steps(load(GITHUB / "workflows/check.yml")))
    for form in ("github", "markdown", "sarif"):
        assert f"--format {form}" in runs


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
