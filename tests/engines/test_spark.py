"""Values and types of every released table are the same in Spark, and its recipe runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from engines.needs import python
from engines.page import code_of, with_output
from engines.tables import KINDS, NAMES, expected, plain, types
from reported_losses.definition.location import package_dir

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("engines")]

SPARK = dict(zip(KINDS, ("string", "bigint", "double", "date", "boolean"), strict=True))
SECTION = "PySpark"


@dataclass(frozen=True)
class Run:
    """What one run of Spark gave: the folder with its files."""

    folder: Path

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def table(self, name: str) -> pa.Table:
        with pa.OSFile(os.fspath(self.folder / f"{name}.arrow")) as file:
            return pa.ipc.open_file(file).read_all()


@pytest.fixture(scope="module")
def run(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Start Spark once, for it takes many seconds."""
    out = tmp_path_factory.mktemp("spark")
    work = out / "work"  # Spark leaves files where it runs
    shutil.copytree(release_folder, work)
    script = package_dir() / "tests/engines/spark_run.py"
    done = subprocess.run(
        [python(), script, release_folder, out],
        input=code_of(SECTION, "python"),
        cwd=work,
        env=os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Run(out)


@pytest.mark.parametrize("name", NAMES)
def test_spark(name: str, run: Run, release_folder: Path) -> None:
    due = expected(name, release_folder)
    assert json.loads(run.text("types.json"))[name] == types(due, SPARK)
    assert plain(run.table(name)).equals(due)


def test_the_recipe_prints_what_the_page_shows(run: Run) -> None:
    with_output(SECTION, "python", lambda _: run.text("recipe.txt").rstrip())
