"""The gate against frictionless and plain pandera: whole processes, time and memory.

`python benchmarks/check.py [--sizes N ...] [--runs N] [--quick] [--json]`

Measured on the shipped package and on made-up packages of as many figures as asked. frictionless
checks fields and keys only; plain pandera checks fields, keys, references and the two main rules
of series, in the way one would write them by hand over pandas. The gate checks all of that and
every other rule. Candidates take turns; of several runs the median counts. Wall time is what one
waits for; processor time says the same on a busy machine. Memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Package, Table

SIZES = (300_000, 3_000_000)
GOALS = {"shipped": 4, 300_000: 10, 3_000_000: 30}
GOAL_BYTES_A_ROW = 400
FIRST, DAYS = dt.date(2022, 2, 24), 1641
TODAY = "2026-11-22"


class Cost(NamedTuple):
    """What one process took: seconds waited, seconds of processor, bytes at its peak."""

    wall: float
    processor: float
    peak: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--quick", action="store_true", help="the gate alone")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.plain:
        plain_pandera(args.plain)
        return
    results = list(_results(args))
    if args.json:
        print(json.dumps(results))
    else:
        for result in results:
            _print(result)


def _results(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as made:
        for size in ("shipped", *args.sizes):
            folder = package_dir()
            if size != "shipped":
                folder = Path(made) / str(size)
                make(folder, int(size))
            runs = args.runs if size == "shipped" or int(size) <= SIZES[0] else 1
            costs = _measured(folder, runs, quick=args.quick)
            yield {"size": size, "rows": _rows(folder), "costs": costs}
            if size != "shipped":
                shutil.rmtree(folder)


def _rows(folder: Path) -> int:
    paths = (folder / table.path for table in load_package(folder).tables.values())
    return sum(path.read_bytes().count(b"\n") - 1 for path in paths)


def _measured(folder: Path, runs: int, *, quick: bool) -> dict[str, Cost]:
    python = sys.executable
    gate = [python, "-m", "reported_losses", "check", os.fspath(folder), "--today", TODAY]
    rivals = {
        "frictionless": [python, "-m", "frictionless", "validate", "datapackage.json"],
        "plain pandera": [python, __file__, "--plain", os.fspath(folder)],
    }
    candidates = {"gate": gate} | ({} if quick else rivals)
    costs: dict[str, list[Cost]] = {name: [] for name in candidates}
    for _ in range(runs):
        for name, command in candidates.items():
            costs[name].append(_cost(command, folder))
    return {
        name: Cost(
            statistics.median(cost.wall for cost in all_of),
            statistics.median(cost.processor for cost in all_of),
            max(cost.peak for cost in all_of),
        )
        for name, all_of in costs.items()
    }


def _cost(command: list[str], folder: Path) -> Cost:
    paths = [os.path.abspath(path) for path in sys.path if path]  # noqa: PTH100 - as strings
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {' '.join(command)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def _print(result: dict[str, Any]) -> None:
    size, rows, costs = result["size"], result["rows"], result["costs"]
    print(f"{size if size == 'shipped' else format(size, ',')}: {rows:,} rows")
    gate = costs["gate"]
    for name, cost in costs.items():
        ratio = "" if name == "gate" else f"  {cost.wall / gate.wall:5.1f} times the gate's wait"
        ratio += "" if name == "gate" else f", {cost.processor / gate.processor:5.1f} its processor"
        print(
            f"  {name:14} {cost.wall:7.2f} s waited {cost.processor:7.2f} s processor "
            f"{rows / cost.wall:10,.0f} rows/s {cost.peak / 1e6:7,.0f} MB "
            f"{cost.peak / rows:6,.0f} bytes a row{ratio}"
        )
    goal = GOALS.get(size)
    if goal and "frictionless" in costs:
        met = costs["frictionless"].wall / gate.wall >= goal
        print(f"  goal: frictionless takes {goal} times as long: {'met' if met else 'missed'}")
    if size == SIZES[-1]:
        met = gate.peak / rows < GOAL_BYTES_A_ROW
        print(f"  goal: under {GOAL_BYTES_A_ROW} bytes a row: {'met' if met else 'missed'}")


def make(folder: Path, figures: int) -> None:
    """Write a made-up package: one reporter, as many daily series as the figures need.

    Args:
        folder: Folder to create.
        figures: About how many rows `loss_counts` gets.
    """
    home = package_dir()
    (folder / "data").mkdir(parents=True)
    shutil.copy(home / "datapackage.json", folder)
    shutil.copytree(home / "schemas", folder / "schemas")
    tables = load_package(folder).tables
    days = [(FIRST + dt.timedelta(number)).isoformat() for number in range(DAYS)]
    names = [f"category-{number:05}" for number in range(max(figures // DAYS, 1))]
    rows: dict[str, Iterator[dict[str, object]]] = {
        "organisations": iter([{"organisation": "body", "name": "A body", "kind": "military"}]),
        "categories": ({"category": n, "label_en": n, "definition": "Made up."} for n in names),
        "series": ({"category": n, "first_report": days[0]} for n in names),
        "reports": ({"report_date": d, "period_start": days[0], "period_end": d} for d in days),
        "loss_counts": _figures(names, days),
    }
    for name, table in tables.items():
        with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(table.names) + "\n")
            file.writelines(_line(table, row) for row in rows.get(name, ()))


_COMMON = {
    "reporter": "body",
    "subject": "russia",
    "side": "ukraine",
    "unit": "items",
    "policy": "cumulative",
    "cadence": "daily",
    "qualifier": "exact",
    "evidence": "single",
    "recorded_on": TODAY,
}


def _line(table: Table, row: dict[str, object]) -> str:
    return ",".join(str(row.get(name, _COMMON.get(name, ""))) for name in table.names) + "\n"


def _figures(names: list[str], days: list[str]) -> Iterator[dict[str, object]]:
    random = np.random.default_rng(1)
    for name in names:
        steps = random.poisson(random.uniform(1, 600), DAYS)
        totals = np.cumsum(steps).tolist()
        for number, (day, total, step) in enumerate(zip(days, totals, steps.tolist(), strict=True)):
            increment = step if number else ""
            yield {"category": name, "report_date": day, "total": total, "increment": increment}


def plain_pandera(folder: Path) -> None:
    """Check a package with pandas and pandera's own checks, as one would by hand."""
    import pandas as pd

    package = load_package(folder)
    frames = {name: _frame(folder, table) for name, table in package.tables.items()}
    for name, table in package.tables.items():
        _plain_schema(table).validate(frames[name], lazy=True)
        for key in table.foreign_keys:
            own = frames[name].dropna(subset=list(key.fields))
            asked = pd.MultiIndex.from_frame(own[list(key.fields)])
            held = pd.MultiIndex.from_frame(frames[key.table][list(key.references)])
            if not asked.isin(held).all():
                sys.exit(f"{name}: {key.fields} dangle")
    _plain_rules(package, frames)


def _frame(folder: Path, table: Table) -> Any:  # noqa: ANN401 - pandas is imported late
    import pandas as pd

    dtypes = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "str"}
    return pd.read_csv(
        folder / table.path,
        dtype={f.name: dtypes[f.type] for f in table.fields if f.type != "date"},
        parse_dates=[f.name for f in table.fields if f.type == "date"],
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values=[""],
    )


def _plain_schema(table: Table) -> Any:  # noqa: ANN401 - pandera is imported late
    import pandas as pd
    import pandera.pandas as pandera

    columns = {}
    for field in table.fields:
        checks = []
        if field.enum:
            checks.append(pandera.Check.isin(field.enum))
        if field.pattern:
            checks.append(pandera.Check.str_matches(field.pattern))
        if field.minimum is not None:
            date = field.type == "date"
            least = pd.Timestamp(field.minimum) if date else field.minimum
            checks.append(pandera.Check.ge(least))
        columns[field.name] = pandera.Column(
            checks=checks, nullable=not field.required, unique=field.unique
        )
    return pandera.DataFrameSchema(columns, strict=True, unique=list(table.primary_key))


def _plain_rules(package: Package, frames: dict[str, Any]) -> None:
    figures, corrections = frames["loss_counts"], frames["corrections"]
    key = list(package.table("loss_counts").primary_key)
    merged = figures.merge(corrections[[*key, "amount"]], on=key, how="left")
    series = frames["series"].set_index(key[:-1])["policy"]
    policy = merged.join(series, on=key[:-1])["policy"]
    groups = merged.groupby(key[:-1], observed=True)
    step = groups["total"].diff()
    next_day = groups["report_date"].diff().dt.days == 1
    amount = merged["amount"].fillna(0)
    falls = (step - amount < 0) & (policy == "cumulative")
    contradicts = next_day & (step != merged["increment"] + amount)
    if falls.fillna(value=False).any() or contradicts.fillna(value=False).any():
        sys.exit("a rule is broken")


if __name__ == "__main__":
    main()
