"""The static types hold: good code passes mypy strict and pyright, each mistake is caught."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
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


Errors = set[tuple[str, int]]
"""The file and the line of each error."""


def mypy_errors(paths: list[Path]) -> Errors:
    folder = paths[0].parent
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--show-error-end", "--no-pretty",
         "--no-error-summary", "--config-file", os.devnull, "--cache-dir", folder / "cache",
         "--disable-error-code", "import-untyped", *paths],
        capture_output=True, text=True, check=False, env={**os.environ, "MYPYPATH": str(SOURCES)},
    )  # fmt: skip
    assert run.returncode in {0, 1}, run.stderr
    lines = [line.split(":") for line in run.stdout.splitlines() if ": error:" in line]
    return {(Path(parts[0]).name, int(parts[1])) for parts in lines}


def pyright_errors(paths: list[Path]) -> Errors:
    settings = {
        "include": [path.name for path in paths],
        "extraPaths": [str(SOURCES)],
        "typeCheckingMode": "strict",
        "reportMissingTypeStubs": False,
        "reportUnknownMemberType": False,
        "reportUnusedExpression": False,
    }
    project = paths[0].parent / "pyrightconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable,
         "--project", project],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode in {0, 1}, run.stdout + run.stderr
    found = json.loads(run.stdout)["generalDiagnostics"]
    return {
        (Path(issue["file"]).name, issue["range"]["start"]["line"] + 1)
        for issue in found
        if issue["severity"] == "error"
    }


# One run of each for both files: most of the time goes into the libraries that they import.
@pytest.mark.parametrize("errors", [mypy_errors, pyright_errors])
def test_good_code_passes_and_each_mistake_is_caught_in_its_line(
    errors: Callable[[list[Path]], Errors], tmp_path: Path
) -> None:
    good, bad = tmp_path / "examples.py", tmp_path / "mistakes.py"
    good.write_bytes(EXAMPLES.read_bytes())
    bad.write_text(MISTAKES, encoding="utf-8")
    lines = enumerate(MISTAKES.splitlines(), 1)
    assert errors([good, bad]) == {(bad.name, number) for number, line in lines if "  # " in line}
