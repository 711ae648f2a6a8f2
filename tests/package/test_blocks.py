"""Every block of code in the documentation is run by a test, or it is said here why not."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import february
import loopback
import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.loading.load import arrow
from reported_losses.loading.metadata import described
from reported_losses.loading.parquet_cache import parquet_bytes
from reported_losses.release import addresses
from served_releases import Release, changes_file, descriptor, release, site

ROOT = package_dir()
FILES = ("README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in ROOT.glob("docs/*.md")))
OUTPUT = {"text"}

GENERATED = "tests/loading/test_generated.py runs it and compares what it prints"
PARSED = "tests/package/test_guides.py parses its commands"
GOLDEN = "tests/report/test_golden.py makes it"
RECIPES = "tests/engines/test_recipes.py runs it, or the page says that it is not tested"
DOCTEST = "a doctest, run where it stands in the code"
TESTED = {
    ("CONTRIBUTING.md", "console"): "tests/commands/test_contributing.py runs it",
    ("README.md", "python"): "tests/package/test_readme.py runs it",
    ("README.md", "sh"): "tests/package/test_readme.py parses its commands",
    ("docs/adding-a-report.md", "python"): "below",
    ("docs/api.md", "pycon"): DOCTEST,
    ("docs/citing.md", "python"): "below",
    ("docs/cookbook.md", "python"): GENERATED,
    ("docs/corrections.md", "python"): "below",
    ("docs/databases.md", "sql"): "tests/release/test_sql.py runs it",
    ("docs/fetching.md", "python"): "below",
    ("docs/index.md", "python"): "below",
    ("docs/loading.md", "python"): "tests/package/test_readme.py runs it",
    ("docs/report-formats.md", "json"): GOLDEN,
    ("docs/report-formats.md", "markdown"): GOLDEN,
    ("docs/report-formats.md", "xml"): GOLDEN,
    ("docs/start.md", "python"): GENERATED,
    **dict.fromkeys(
        [("docs/using-the-data.md", name) for name in "js julia py python r sh sql".split()],
        RECIPES,
    ),
    **{
        (page, "sh"): PARSED
        for page in (
            "CONTRIBUTING.md", "docs/checking.md", "docs/citing.md", "docs/cli.md",
            "docs/fetching.md", "docs/index.md", "docs/releases.md", "docs/site.md", "docs/start.md", "docs/versions.md",
        )
    },
}  # fmt: skip
NOT_RUN = {
    ("docs/api.md", "python"): "signatures, which nobody runs",
    ("docs/checking.md", "yaml"): "a workflow for another repository",
    ("docs/databases.md", "sh"): "needs programs; tests/release/test_sql.py asks the same files",
    ("docs/parquet.md", "sh"): "tests/release/test_logical.py takes the same digest in Python",
    ("docs/releases.md", "markdown"): "a section of a changelog, as an example",
    ("docs/releasing.md", "markdown"): "a section of a changelog, as an example",
    ("docs/releasing.md", "sh"): "publishes a release",
}


def blocks(file: str, language: str) -> list[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_every_block_is_run_or_it_is_said_why_not() -> None:
    opened = re.compile(r"^ *```([a-z]+)$", re.MULTILINE)
    found = {
        (file, language)
        for file in FILES
        for language in opened.findall((ROOT / file).read_text(encoding="utf-8"))
        if language not in OUTPUT
    }
    assert not set(TESTED) & set(NOT_RUN)
    assert found == set(TESTED) | set(NOT_RUN)


def test_the_tests_that_are_named_exist() -> None:
    named = {name for said in TESTED.values() for name in re.findall(r"tests/\S+\.py", said)}
    assert named
    assert all((ROOT / name).is_file() for name in named)


def run(file: str, **names: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the page needs
    found = blocks(file, "python")
    assert found
    for code in found:
        exec(compile(code, file, "exec", dont_inherit=True), names)  # noqa: S102 - it is our own
    return names


@pytest.mark.parametrize("file", ["docs/citing.md", "docs/corrections.md", "docs/index.md"])
def test_the_python_runs(file: str) -> None:
    assert run(file)["rl"] is rl


def test_a_report_is_read() -> None:
    report = run("docs/adding-a-report.md", data=february.text().encode())["report"]
    assert str(report.report_date) == february.DAY
    assert not report.problems


def a_release(version: str, previous: Release | None = None, **state: str) -> Release:
    """Return a release that has what docs/fetching.md asks for."""
    name = "loss_counts"
    data = arrow(installed().table(name))
    tanks = data.filter(pc.equal(data["category"].cast(pa.string()), "tanks"))
    counts = parquet_bytes(described(installed().table(name), tanks))
    files = {
        "datapackage.json": json.dumps(json.loads(descriptor()) | {"version": version}).encode(),
        "loss_counts.parquet": counts,
        "daily.parquet": counts,
        "reported-losses.sqlite": b"SQLite format 3\0",
        "changes.parquet": changes_file(
            [] if previous is None else [(version, name, "added", "tanks")]
        ),
    }
    return release(version, files, previous, **state)


def test_fetching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", os.fspath(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    first = a_release("0.1.0", status="superseded")
    with loopback.server(site(a_release("0.2.0", first), first)) as address:
        monkeypatch.setattr(addresses, "BASE", address)
        run("docs/fetching.md")
    assert (tmp_path / "losses/reported-losses.sqlite").is_file()
    loaded: Any = rl.load
    assert set(loaded("loss_counts", version="0.1.0")["category"]) == {"tanks"}
