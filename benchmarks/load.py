"""Loading against reading two upstream JSON files: whole processes; then calls in one process.

`python benchmarks/load.py [--upstream DIR] [--runs N] [--json]`

The rivals' way is `pandas.read_json` of an equipment file and a personnel file, one column
per category, as bare repositories publish them. DIR holds two such files; without it, two
files of the same form are made from this dataset's totals. Each run is a process of its own,
the candidates take turns, so that a busy moment of the machine hits all of them alike.

Then one process makes the usual calls again and again: what a notebook pays once its tables are in
memory. The rival's warm call reads its files again, for it keeps nothing. All figures are medians.

"installed" loads the same tables from a copy laid out as in a wheel, whose descriptor states size,
digest and rows, so that its files are verified; "arrow" and "pandas" read the checkout.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from _processes import CHECKOUT, UPSTREAM, medians_of, rival, rival_files

from reported_losses.definition.location import package_dir

GOALS = {"arrow": 0.5, "pandas": 1.05}
GOAL_IMPORT_MS = 15
WARM = {
    "rl.load('loss_counts')": 15,
    "rl.load('loss_counts', where={'reporter': 'oryx'}, start='2023-01-01')": 15,
    "rl.load('loss_counts', engine='polars')": None,
    "rl.daily('tanks')": 12,
    "rl.compare('tanks')": 25,
    "rl.compare('personnel')": None,
    "rl.claims()": 25,
}
"""Warm calls, each with its goal in milliseconds."""
INSTALLED = "installed "


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--upstream", type=Path, default=UPSTREAM, metavar="DIR")
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder, whose = rival_files(args.upstream, Path(made))
        wheel = _installed(Path(made))
        medians = _medians(_candidates(folder), wheel, args.runs)
        warm = _warm([rival(folder), *WARM], args.runs)
    if args.json:
        print(json.dumps({"processes": medians, "warm": warm}))
    else:
        _print(medians, whose)
        _print_warm(warm)


def _candidates(folder: Path) -> dict[str, str]:
    load = "import reported_losses as rl; rl.load('loss_counts', engine={!r})"
    return {
        "bare python": "pass",
        "import reported_losses": "import reported_losses",
        "rival": f"import pandas; {rival(folder)}",
        **{engine: load.format(engine) for engine in ("arrow", "polars", "duckdb", "pandas")},
        **{f"{INSTALLED}{engine}": load.format(engine) for engine in GOALS},
    }


def _warm(calls: list[str], runs: int) -> dict[str, float]:
    """Return the median time of each call in one process, in milliseconds."""
    code = f"""
import json, statistics, time, pandas, reported_losses as rl
times = {{call: [] for call in {calls!r}}}
for turn in range({runs + 2}):
    for call, taken in times.items():
        run = compile(call, "call", "exec")
        begin = time.perf_counter()
        exec(run)
        if turn > 1:
            taken.append(1000 * (time.perf_counter() - begin))
print(json.dumps({{call: statistics.median(taken) for call, taken in times.items()}}))
"""
    environment = {**os.environ, "PYTHONPATH": os.fspath(CHECKOUT)}
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True
    )
    return {call: round(float(taken), 1) for call, taken in json.loads(run.stdout).items()}


def _medians(candidates: dict[str, str], wheel: Path, runs: int) -> dict[str, float]:
    """Return the median wall time of each candidate's process, in milliseconds."""
    return medians_of(
        candidates, runs, {name: wheel for name in candidates if name.startswith(INSTALLED)}
    )


def _installed(folder: Path) -> Path:
    """Lay the package out as a wheel does, and return the folder to import it from."""
    site = folder / "site"
    with zipfile.ZipFile(build_wheel(folder / "wheel")) as archive:
        archive.extractall(site)
    # Both sides start with compiled code.
    compileall.compile_dir(site, quiet=1)
    return site


def build_wheel(out: Path) -> Path:
    """Build the wheel of the checkout."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*command, os.fspath(out)], cwd=package_dir(), check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


def _print(medians: dict[str, float], files: str) -> None:
    theirs = medians["rival"]
    print(f"load, whole processes, median; the rival reads two {files}")
    for name, value in medians.items():
        print(f"  {name:24}{value:8.1f} ms  {value / theirs:5.2f} x rival")
    extra = medians["import reported_losses"] - medians["bare python"]
    print(f"  import over bare Python: {extra:.1f} ms (goal: {GOAL_IMPORT_MS} or less)")
    for engine in GOALS:
        cost = medians[f"{INSTALLED}{engine}"] - medians[engine]
        print(f"  verifying installed data, {engine}: {cost:.1f} ms")
    for engine, goal in GOALS.items():
        ratio = medians[engine] / theirs
        print(f"  {engine} against the rival: {ratio:.2f} (goal: {goal} or less)")


def _print_warm(warm: dict[str, float]) -> None:
    (_, theirs), *calls = warm.items()
    print(f"calls in one process, median; the rival reads its files in {theirs:.1f} ms")
    for call, value in calls:
        goal = "" if WARM[call] is None else f" (goal: {WARM[call]} or less)"
        print(f"  {value:6.1f} ms  {value / theirs:5.2f} x rival  {call}{goal}")


if __name__ == "__main__":
    main()
