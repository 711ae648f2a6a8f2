"""GitHub's files are valid, and the pull request of a fork gets no rights and no secrets."""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import paste
import reported_losses as rl
from reported_losses.commands.cli import main, parser
from reported_losses.definition.descriptor import load_package

GITHUB = Path(__file__).parents[2] / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
ROOT = GITHUB.parent
ACTION = ROOT / "action.yml"
REPOSITORY = "reported-losses/reported-losses"
CHECK = GITHUB / "workflows/check.yml"
RELEASING = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")
FORMS = sorted(path for path in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if path.stem != "config")


def load(path: Path) -> Any:  # noqa: ANN401 - YAML
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow: Any) -> list[Any]:  # noqa: ANN401 - YAML
    jobs = workflow["jobs"].values() if "jobs" in workflow else [workflow["runs"]]
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_safe_for_forks(path: Path) -> None:
    workflow = load(path)
    triggers = set(workflow[True])  # YAML 1.1 reads `on` as true
    assert not {"pull_request_target", "issue_comment"} & triggers
    assert workflow["permissions"] in ({"contents": "read"}, {})
    assert "secrets." not in path.read_text(encoding="utf-8")
    assert workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        assert "permissions" in job or workflow["permissions"] == {"contents": "read"}
        # What may write runs in this repository alone.
        if triggers != {"pull_request", "push", "workflow_dispatch"} and "needs" not in job:
            assert f"github.repository == '{REPOSITORY}'" in job["if"]


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_no_text_of_an_event_becomes_a_script(path: Path) -> None:
    for step in steps(load(path)):
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.search(r"\buses:", line) and not re.search(r"uses: \./ # ", line):
            pinned = re.search(
                r"uses: ([\w-]+(?:/[\w-]+)+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", line
            )
            assert pinned, line
    for step in steps(load(path)):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_an_action_has_one_version_everywhere() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in [*WORKFLOWS, ACTION])
    used = set(re.findall(r"uses: (\S+)@(\S+ # \S+)", texts))
    assert len({name for name, _ in used}) == len(used)


# The tools that these two need are only among those of `dev`.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "schema"),
    [*((path, "github-workflows") for path in WORKFLOWS), (ACTION, "github-actions")],
    ids=lambda value: getattr(value, "stem", None),
)
def test_a_file_is_of_the_schema_that_github_has_for_it(path: Path, schema: str) -> None:
    from check_jsonschema import builtin_schemas as schemas

    text = path.read_text(encoding="utf-8").replace("\non:", '\n"on":')
    jsonschema.validate(yaml.safe_load(text), schemas.get_builtin_schema(f"vendor.{schema}"))


@pytest.mark.slow
def test_zizmor_finds_nothing() -> None:
    command = [
        str(Path(sys.executable).parent / "zizmor"),
        "--offline",
        "--no-progress",
        "--persona=regular",
        *map(str, [*WORKFLOWS, ACTION]),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_workflow_that_is_waited_for_exists() -> None:
    names = {load(path)["name"] for path in WORKFLOWS}
    assert len(names) == len(WORKFLOWS)
    waited = [name for path in WORKFLOWS for name in _waited_for(load(path))]
    assert waited == ["check"]
    assert set(waited) <= names


def _waited_for(workflow: Any) -> list[str]:  # noqa: ANN401 - YAML
    run = workflow[True].get("workflow_run") if isinstance(workflow[True], dict) else None
    return run["workflows"] if run else []


def test_what_judges_may_not_write_and_what_writes_checks_nothing_out_of_a_fork() -> None:
    jobs = load(GITHUB / "workflows/comment.yml")["jobs"]
    assert set(jobs["judge"]["permissions"].values()) == {"read"}
    assert jobs["post"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    for step in steps({"jobs": jobs}):
        assert not {"ref", "repository"} & set(step.get("with", {}))
        # Our own artifact, of this run: not one that the pull request's workflow wrote.
        assert not {"run-id", "github-token"} & set(step.get("with", {}))
    tokens = [step["name"] for step in jobs["judge"]["steps"] if "token" in str(step.get("env"))]
    assert tokens == ["Find the pull request"]


def test_every_script_that_a_workflow_runs_exists_and_every_script_is_run() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in [*WORKFLOWS, ACTION])
    texts += "".join(path.read_text(encoding="utf-8") for path in GITHUB.glob("scripts/*.sh"))
    named = set(re.findall(r"\.github/scripts/([\w.]+)", texts))
    held = {path.name for path in GITHUB.glob("scripts/*") if path.is_file()}
    assert named <= held
    imported, by_hand = {"github_api.py", "markdown_texts.py"}, {"prepare_release.py"}
    assert held - named == imported | by_hand
    assert by_hand <= set(re.findall(r"\.github/scripts/([\w.]+)", RELEASING))


def test_every_command_that_is_named_is_understood() -> None:
    files = [*WORKFLOWS, *GITHUB.glob("scripts/*"), *GITHUB.glob("ISSUE_TEMPLATE/*.yml")]
    files += [ACTION, GITHUB / "pull_request_template.md", ROOT / ".pre-commit-hooks.yaml"]
    known = commands()
    seen = set()
    for path in files:
        if path.is_dir():
            continue
        text = path.read_text(encoding="utf-8")
        pattern = (
            r"(?:`reported-losses|-m reported_losses|entry: reported-losses) ([a-z-]+)([^`\n]*)"
        )
        for name, rest in re.findall(pattern, text):
            if name.startswith("-"):
                continue
            assert name in known, (path.name, name)
            options = set(re.findall(r"(?<![\w-])--[a-z-]+", rest))
            assert options <= known[name], (path.name, name, options - known[name])
            seen.add(name)
    site = (GITHUB / "scripts/site_data.py").read_text(encoding="utf-8")
    assert '"-m", "reported_losses", "index"' in site
    assert set(re.findall(r'"(--[a-z-]+)"', site)) <= known["index"]
    for script, name in (("paste.py", "add"), ("propose.py", "check")):
        text = (GITHUB / "scripts" / script).read_text(encoding="utf-8")
        assert re.search(rf'"-m", "reported_losses", "{name}"', text.replace(",\n", ", "))
        assert set(re.findall(r'"(--[a-z-]+)"', text)) & known[name] or name == "add"
    for call in re.findall(r"run\(head, (.*)\)", (GITHUB / "scripts/judge.py").read_text("utf-8")):
        name, *rest = re.findall(r'"([a-z-]+)"', call)
        assert {one for one in rest if one.startswith("--")} <= known[name]
        seen.add(name)
    assert {f"--{name}" for name in paste.LABELS} <= known["add"]
    assert {"check", "update", "diff", "explain"} <= seen


def commands() -> dict[str, set[str]]:
    """Return the options of every command."""
    (group,) = (
        action
        for action in parser()._actions  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    return {
        name: {option for action in one._actions for option in action.option_strings}  # noqa: SLF001
        for name, one in group.choices.items()
    }


def test_the_check_comments_where_a_pull_request_can_show_it() -> None:
    job = load(CHECK)["jobs"]["data"]
    (step,) = (step for step in job["steps"] if step.get("uses") == "./")
    assert step["with"]["base"] == "${{ github.event.pull_request.base.sha }}"
    assert set(step["with"]) <= set(load(ACTION)["inputs"])
    (checkout,) = (step for step in job["steps"] if "checkout" in step.get("uses", ""))
    assert checkout["with"]["fetch-depth"] == 0
    scripts = (GITHUB / "scripts/check.sh").read_text(encoding="utf-8")
    for form in ("github", "markdown", "sarif"):
        assert f"--format {form}" in scripts


def test_the_hook_runs_on_every_file_of_the_package_and_on_nothing_else() -> None:
    (hook,) = load(ROOT / ".pre-commit-hooks.yaml")
    package = load_package(ROOT)
    paths = [table.path for table in package.tables.values()] + [
        "schemas/series.json",
        "datapackage.json",
    ]
    assert all(re.search(hook["files"], path) for path in paths)
    assert not any(re.search(hook["files"], path) for path in ("README.md", "src/data/a.csv"))
    assert hook["pass_filenames"] is False
    assert (
        hook["entry"].split()[0]
        in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
            "scripts"
        ]
    )


def test_the_repository_is_the_one_that_the_package_names() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert facts["project"]["urls"]["Homepage"] == f"https://github.com/{REPOSITORY}"


def test_no_form_gives_the_label_that_only_a_maintainer_gives() -> None:
    condition = load(GITHUB / "workflows/add-report.yml")["jobs"]["add"]["if"]
    (label,) = re.findall(r"label\.name == '(\w+)'", condition)
    assert all(label not in load(path)["labels"] for path in FORMS)


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
