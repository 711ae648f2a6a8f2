"""The recipes of docs/using-the-data.md print what the page shows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from engines import page
from engines.conftest import Site
from engines.needs import MODULES, NODE, python
from reported_losses.generate.cookbook import with_outputs

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
    ("Keep your copy up to date", "py"),
}


def test_every_recipe_is_run_or_said_to_be_untested() -> None:
    assert page.languages() == {(title, "python") for title in HERE} | ENGINES | WHERE_R_IS | TEXT
    for title, _ in TEXT - {("Keep your copy up to date", "py")}:
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
