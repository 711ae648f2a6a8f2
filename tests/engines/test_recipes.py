"""The recipes of docs/using-the-data.md print what the page shows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import loopback
from engines import page
from engines.conftest import Site
from engines.needs import MODULES, NODE, python
from reported_losses.definition.changelog import Entry
from reported_losses.definition.contents import read_contents
from reported_losses.definition.location import CONTENTS
from reported_losses.generate.cookbook import with_outputs
from reported_losses.release import addresses
from reported_losses.release.index import releases_index

KEEP = "Keep your copy up to date"
HERE = ("pandas", "polars", "DuckDB", "Arrow", "SQLite")
"""Sections whose Python runs in this environment."""
ENGINES = {
    ("Download and verify", "sh"),
    ("DuckDB over HTTP", "python"),
    ("JavaScript", "js"),
    ("PySpark", "python"),  # in test_spark.py
    ("SQLite", "sh"),
}
WHERE_R_IS = {("R", "r")}
TEXT = {
    ("R with arrow", "r"),
    ("Julia", "julia"),
    ("Warehouses", "sql"),
}


def test_every_recipe_is_run_or_said_to_be_untested() -> None:
    here = {(title, "python") for title in HERE} | {(KEEP, "py")}
    assert page.languages() == here | ENGINES | WHERE_R_IS | TEXT
    for title, _ in TEXT:
        assert "not tested" in page.sections()[title]


def here(site: Site, text: str) -> str:
    """Let a section or its code use the server on this machine instead of the public one."""
    return text.replace(page.SITE, site.address)


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("title", HERE)
def test_python(title: str, site: Site) -> None:
    def filled(section: str) -> str:
        return with_outputs(here(site, section)).replace(site.address, page.SITE)

    page.compare(title, filled)


@pytest.mark.usefixtures("workplace")
def test_polars_asks_for_parts(site: Site) -> None:
    with_outputs(here(site, page.sections()["polars"]))
    assert site.asked
    assert all(wanted.startswith("bytes=") for wanted in site.asked)


def run(command: Sequence[str | Path], code: str | None = None) -> str:
    done = subprocess.run(
        command, input=code, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.engines
@pytest.mark.usefixtures("engines")
def test_download(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page.with_output("Download and verify", "sh", lambda code: shell(here(site, code)))
    Path("loss_counts.parquet").write_bytes(b"<html>")
    with pytest.raises(AssertionError, match="FAILED"):
        shell("sha256sum --check --ignore-missing SHA256SUMS 2>&1 | grep FAILED >&2; exit 1")


def shell(code: str) -> str:
    return run(["bash", "-eu", "-c", code])


@pytest.mark.engines
@pytest.mark.usefixtures("engines", "workplace")
def test_sqlite_on_the_command_line() -> None:
    page.with_output("SQLite", "sh", shell)


@pytest.mark.engines
@pytest.mark.usefixtures("engines", "workplace")
def test_javascript(site: Site) -> None:
    Path("node_modules").symlink_to(MODULES, target_is_directory=True)

    def node(code: str) -> str:
        Path("recipe.mjs").write_text(here(site, code), encoding="utf-8")
        return run([*NODE, "recipe.mjs"])

    page.with_output("JavaScript", "js", node)
    assert any(wanted.startswith("bytes=") for wanted in site.asked)


@pytest.mark.engines
@pytest.mark.usefixtures("engines")
def test_duckdb_over_http(site: Site, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # DuckDB keeps its extensions in the home folder; the package has the one for HTTP.
    monkeypatch.setenv("HOME", os.fspath(workplace))
    run([python(), "-c", "import duckdb_extensions as e; e.import_extension('httpfs')"])
    page.with_output(
        "DuckDB over HTTP", "python", lambda code: run([python(), "-"], here(site, code))
    )
    assert any(wanted.startswith("bytes=") for wanted in site.asked)


@pytest.mark.engines
@pytest.mark.skipif(
    shutil.which("Rscript") is None, reason="Rscript is not installed: the recipe for R is not run"
)
@pytest.mark.usefixtures("workplace")
def test_r() -> None:
    page.with_output("R", "r", lambda code: run(["Rscript", "-e", code]))


@pytest.mark.engines
def test_a_copy_is_kept_up_to_date(
    two_releases: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", os.fspath(tmp_path))
    first, second = (read_contents((one / CONTENTS).read_bytes()) for one in two_releases)
    entries = [Entry(one.version, one.date, None, "") for one in (second, first)]
    answers = {"/releases.json": loopback.file(releases_index(entries, two_releases))} | {
        f"/data/{contents.version}/{path.name}": loopback.file(path.read_bytes())
        for contents, folder in zip((first, second), two_releases, strict=True)
        for path in folder.iterdir()
    }
    code = page.code_of(KEEP, "py").replace("0.1.0", first.version).replace("0.2.0", second.version)
    names: dict[str, Any] = {}
    with loopback.server(answers) as address:
        monkeypatch.setattr(addresses, "BASE", address)
        exec(compile(code, page.PATH, "exec", dont_inherit=True), names)  # noqa: S102 - it is our own
    assert {path.name for path in names["folder"].iterdir()} >= {"loss_counts.parquet", CONTENTS}
    assert set(names["changed"]["version"]) == {second.version}
