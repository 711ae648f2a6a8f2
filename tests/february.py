"""A small package that ends the day before a report, and that report as text."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from faults.cut import cut
from faults.sheets import shipped
from history_repository import Tree
from reported_losses.definition.location import package_dir

FIRST, BEFORE, DAY, NEXT = "2023-02-10", "2023-02-21", "2023-02-22", "2023-02-23"
RECORDED = "2026-11-25"
URL = "https://www.mil.gov.ua/en/news/2023/02/22/losses/"
PAGE = "https://news.example/2023/02/22/losses"

# Total and printed increment of the report of 2023-02-22.
FIGURES: Mapping[str, tuple[int, int]] = {
    "personnel": (145_060, 620),
    "tanks": (3_334, 8),
    "APV": (6_569, 7),
    "artillery systems": (2_345, 7),
    "MLRS": (471, 0),
    "Anti-aircraft warfare systems": (243, 0),
    "aircraft": (299, 0),
    "helicopters": (287, 0),
    "UAV operational-tactical level": (2_026, 3),
    "cruise missiles": (873, 0),
    "warships / boats": (18, 0),
    "vehicles and fuel tanks": (5_212, 2),
    "special equipment": (226, 0),
}


@functools.cache
def _built() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="february-"))
    cut(shipped(package_dir()), "february", FIRST, BEFORE).write(folder)
    return folder


def package(folder: Path) -> Tree:
    """Write the package; on it `check` finds nothing."""
    shutil.copytree(_built(), folder)
    return Tree(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data").iterdir())}


def text(changes: Mapping[str, tuple[int, int | None]] | None = None, end: str = "22.02.23") -> str:
    """Return the report as the ministry's list, with other figures where they are given."""
    lines = [f"The total combat losses of the enemy from 24.02.22 to {end} were approximately:"]
    for label, (total, increment) in (dict(FIGURES) | dict(changes or {})).items():
        hedge = "about " if label == "personnel" else ""
        printed = "" if increment is None else f" (+{increment})"
        lines.append(f"{label} \N{FIGURE DASH} {hedge}{total}{printed},")
    return "\n".join(lines) + "\n"


WITHOUT_INCREMENTS = {label: (total, None) for label, (total, _) in FIGURES.items()}
# A report of the day after, made up.
FOLLOWING = {
    label: (total + (500 if label == "personnel" else 3), 500 if label == "personnel" else 3)
    for label, (total, _) in FIGURES.items()
}


def copy(source: Path, folder: Path) -> Tree:
    """Return a copy of a package, to be changed."""
    shutil.copytree(source, folder)
    return Tree(folder)
