"""The static types hold: good code passes mypy strict and pyright, each mistake is caught."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import reported_losses as rl

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).with_name("examples.py")
SOURCES = Path(rl.__file__ or "").parent.parent

MISTAKES = """\
import reported_losses as rl

counts = rl.load("loss_counts")
rl.load("loss_count")  # no such table
rl.load("loss_counts", engine="spark")  # no such engine
rl.load("loss_counts", as_of=2026)  # no day
rl.load("loss_counts", where="tanks")  # no mapping
rl.load("loss_counts", columns=[3])  # no column
rl.load("loss_counts", where={"total": object()})  # no value
rl.load("loss_counts", start=2023)  # no day
rl.load("loss_counts", engine="arrow", end=2023)  # no day
rl.compare("tanks", engine="spark")  # no such engine
rl.compare("tanks", as_of=2026)  # no day
rl.compare(["tanks"])  # one category
rl.claims(subject=3)  # no subject
rl.claims(engine="spark")  # no such engine
rl.claims(engine="polars").groupby("subject")  # a method of another library
counts["totl"]  # no such column
rl.load("series")["total"]  # a column of another table
counts["total"].str.upper()  # a number is no text
rl.daily(5)  # no category
rl.daily("tanks", wide=True, value="totals")  # no such value
rl.periods("tanks", every="day")  # no such step
rl.timeline()  # no category named
rl.load_all()  # no such function
rl.load("daily")  # only of a release
rl.fetch(1)  # no version
rl.describe("series").columns  # no such attribute
key: rl.Keys  # no such type
"""


def mypy_errors(path: Path) -> set[int]:
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--show-error-end", "--no-pretty",
         "--no-error-summary", "--config-file", os.devnull, "--cache-dir", path.parent / "cache",
         "--disable-error-code", "import-untyped", path],
        capture_output=True, text=True, check=False, env={**os.environ, "MYPYPATH": str(SOURCES)},
    )  # fmt: skip
    assert run.returncode in {0, 1}, run.stderr
    lines = [line.split(":") for line in run.stdout.splitlines() if ": error:" in line]
    assert all(Path(parts[0]).name == path.name for parts in lines), run.stdout
    return {int(parts[1]) for parts in lines}


def pyright_errors(path: Path) -> set[int]:
    settings = {
        "include": [path.name],
        "extraPaths": [str(SOURCES)],
        "typeCheckingMode": "strict",
        "reportMissingTypeStubs": False,
        "reportUnknownMemberType": False,
        "reportUnusedExpression": False,
    }
    project = path.parent / "pyrightconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable,
         "--project", project],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode in {0, 1}, run.stdout + run.stderr
    found = json.loads(run.stdout)["generalDiagnostics"]
    errors = [issue for issue in found if issue["severity"] == "error"]
    assert all(Path(issue["file"]) == path for issue in errors), errors
    return {issue["range"]["start"]["line"] + 1 for issue in errors}


CHECKERS = pytest.mark.parametrize("errors", [mypy_errors, pyright_errors])


@CHECKERS
def test_good_code_passes(errors: object, tmp_path: Path) -> None:
    assert callable(errors)
    path = tmp_path / "examples.py"
    path.write_bytes(EXAMPLES.read_bytes())
    assert errors(path) == set()


@CHECKERS
def test_each_mistake_is_caught_in_its_line(errors: object, tmp_path: Path) -> None:
    assert callable(errors)
    path = tmp_path / "mistakes.py"
    path.write_text(MISTAKES, encoding="utf-8")
    lines = MISTAKES.splitlines()
    assert errors(path) == {number for number, line in enumerate(lines, 1) if "  # " in line}
