"""A release: who may write runs no library, and nothing is published before all is judged."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parents[2] / ".github"
RELEASE, PAGES = (
    yaml.safe_load((GITHUB / f"workflows/{name}.yml").read_text(encoding="utf-8"))
    for name in ("release", "pages")
)
JOBS: dict[str, Any] = RELEASE["jobs"]
RELEASING = (GITHUB.parent / "docs/releasing.md").read_text(encoding="utf-8")


def needed(name: str) -> set[str]:
    """Return every job that has to succeed before a job."""
    needs = JOBS[name].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*map(needed, direct))


def text_of(job: Any) -> str:  # noqa: ANN401 - YAML
    return yaml.safe_dump(job["steps"])


def writes(job: Any) -> dict[str, str]:  # noqa: ANN401 - YAML
    return {right: level for right, level in job["permissions"].items() if level != "read"}


def test_each_job_may_do_what_it_is_for_and_nothing_else() -> None:
    assert RELEASE["permissions"] == PAGES["permissions"] == {}
    assert {name: writes(job) for name, job in JOBS.items() if writes(job)} == {
        "draft": {"contents": "write"},
        "attest": {"attestations": "write", "id-token": "write"},
        "publish": {"contents": "write"},
        "pypi": {"id-token": "write"},
        "site": {"actions": "write"},
    }
    assert {name: writes(job) for name, job in PAGES["jobs"].items()} == {
        "build": {},
        "deploy": {"id-token": "write", "pages": "write"},
    }


@pytest.mark.parametrize("job", [*JOBS.values(), *PAGES["jobs"].values()], ids=str)
def test_who_may_write_runs_no_library(job: Any) -> None:  # noqa: ANN401 - YAML
    if not writes(job):
        return
    for step in job["steps"]:
        assert re.match(
            r"python3 \.github/scripts/publish\.py |gh workflow run |$", step.get("run", "")
        )
        assert re.match(r"actions/|pypa/gh-action-pypi-publish@|$", step.get("uses", ""))
        assert "setup-python" not in step.get("uses", "")


def test_nothing_is_published_before_all_is_judged_and_attested() -> None:
    assert needed("draft") == needed("attest") == {"facts", "previous", "build", "judge", "compare"}
    assert needed("publish") == needed("draft") | {"draft", "attest"}
    assert needed("pypi") == needed("site") == needed("publish") | {"publish"}
    assert all("if" not in job for name, job in JOBS.items() if name != "facts")
    assert not any("continue-on-error" in str(job) for job in JOBS.values())


def test_what_is_published_is_what_was_compared() -> None:
    built = {run["name"] for run in JOBS["build"]["strategy"]["matrix"]["include"]}
    taken = set(re.findall(r"name: built-(\w+)", text_of(JOBS["compare"])))
    assert taken == built
    for name in ("draft", "attest", "publish", "pypi"):
        assert set(re.findall(r"name: built-(\w+)", text_of(JOBS[name]))) <= built


def test_the_two_builds_differ_in_all_that_must_not_matter() -> None:
    one, two = JOBS["build"]["strategy"]["matrix"]["include"]
    assert set(one) == set(two)
    assert all(one[name] != two[name] for name in one)
    for variable in ("TZ", "LC_ALL", "PYTHONHASHSEED"):
        assert "matrix." in JOBS["build"]["env"][variable]


def test_the_site_is_started_by_name_because_the_token_s_own_events_start_nothing() -> None:
    (command,) = re.findall(r"gh workflow run (\S+)", text_of(JOBS["site"]))
    assert (GITHUB / "workflows" / command).exists()
    assert set(PAGES[True]) == {"release", "workflow_dispatch"}  # YAML 1.1 reads `on` as true


def test_the_site_has_pages_documentation_and_data_in_one_folder() -> None:
    runs = [step["run"] for step in PAGES["jobs"]["build"]["steps"] if "run" in step]
    site = '"$RUNNER_TEMP/site'
    places = [
        next(number for number, run in enumerate(runs) if words in run and place in run)
        for words, place in (
            ("make docs", ""),
            ("reported_losses site --out", f'{site}" --docs build/docs'),
            ("site_data.py", site),
        )
    ]
    # `site` makes the folder with the documentation, and the data counts what is in it already.
    assert places == sorted(places)
    assert "path: ${{ runner.temp }}/site" in text_of(PAGES["jobs"]["build"])


def test_the_guide_names_every_job_environment_and_script() -> None:
    environments = {
        one if isinstance(one, str) else one["name"]
        for job in [*JOBS.values(), *PAGES["jobs"].values()]
        if (one := job.get("environment"))
    }
    assert environments == {"release", "pypi", "github-pages"}
    for name in [*JOBS, *environments]:
        assert f"`{name}`" in RELEASING
