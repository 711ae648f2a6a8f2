"""What the benchmarks share: the rivals' way, and whole processes timed in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import reported_losses as rl

CHECKOUT = Path(rl.__file__ or "").parent.parent
UPSTREAM = Path(__file__).resolve().parents[2] / "shared" / "upstream" / "petro"
"""Where the rivals' files are unless a folder is named."""
NAMES = ("russia_losses_equipment.json", "russia_losses_personnel.json")


def rival_files(upstream: Path, made: Path) -> tuple[Path, str]:
    """Return the folder with the rivals' files, and what they are; make some if there are none."""
    if all((upstream / name).is_file() for name in NAMES):
        return upstream, "upstream files"
    wide = rl.daily(wide=True).reset_index()
    wide["date"] = wide.pop("report_date").dt.strftime("%Y-%m-%d")
    personnel = wide[["date", "personnel"]]
    for name, frame in zip(NAMES, (wide.drop(columns="personnel"), personnel), strict=True):
        frame.to_json(made / name, orient="records", indent=2)
    return made, "files made from this dataset"


def rival(folder: Path) -> str:
    """Return the code that reads the rivals' files."""
    return "; ".join(f"pandas.read_json({os.fspath(folder / name)!r})" for name in NAMES)


def medians_of(
    candidates: Mapping[str, str], runs: int, places: Mapping[str, Path] | None = None
) -> dict[str, float]:
    """Return the median wall time of each candidate's process, in milliseconds.

    They take turns, so that a busy moment of the machine hits all of them alike.

    Args:
        candidates: The code of each, by name.
        runs: How often each is run.
        places: Where a candidate imports the package from, if not from the checkout.
    """
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for turn in range(runs + 1):
        for name, code in candidates.items():
            place = (places or {}).get(name, CHECKOUT)
            environment = {**os.environ, "PYTHONPATH": os.fspath(place)}
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=environment)
            if turn:  # the first turn fills the caches of the system
                times[name].append(1000 * (time.perf_counter() - begin))
    return {name: round(statistics.median(values), 1) for name, values in times.items()}
