"""A copy of this checkout that is ready for its first release, whatever the changelog says now."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from reported_losses.definition.location import package_dir
from reported_losses.definition.versions import Part, bumped

DAY, LATER = "2099-01-01", "2099-02-01"
"""Days after every day in the data; no clock is read."""

_COPIED = ("src", "data", "schemas")
_FILES = ("datapackage.json", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA")


def released_checkout(folder: Path) -> Path:
    """Copy the checkout, and make its files say that its version is released on DAY."""
    home = package_dir()
    for name in _COPIED:
        shutil.copytree(
            home / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*")
        )
    for name in _FILES:
        shutil.copy(home / name, folder)
    version = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["version"]
    (folder / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    _of_one_version(folder / "data" / "revisions.csv", version)
    _say(folder, version, DAY)
    return folder


def next_release(folder: Path) -> None:
    """Change a note in such a copy, and make it ready for its second release."""
    version = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["version"]
    path = folder / "data" / "organisations.csv"
    rows = _rows(path)
    rows[0]["note"] = "Changed."
    _write(path, rows)
    _say(folder, bumped(version, Part.PATCH), LATER)


def _say(folder: Path, version: str, day: str) -> None:
    descriptor, citation = folder / "datapackage.json", folder / "CITATION.cff"
    _put(descriptor, r'"version": "[^"]*"', f'"version": "{version}"')
    _put(descriptor, r'"created": "[^"]*"', f'"created": "{day}T00:00:00Z"')
    _put(citation, r"(?m)^version: .*", f"version: {version}")
    cited = re.sub(r"date-released:.*\n", "", citation.read_text(encoding="utf-8"))
    citation.write_text(f"{cited}date-released: '{day}'\n", encoding="utf-8")
    heading = f"# Changelog\n\n## [{version}] - {day}\n\n- What changed.\n"
    _put(folder / "CHANGELOG.md", "# Changelog\n", heading)


def _put(path: Path, pattern: str, text: str) -> None:
    after, number = re.subn(pattern, text, path.read_text(encoding="utf-8"), count=1)
    assert number == 1
    path.write_text(after, encoding="utf-8")


def _of_one_version(path: Path, version: str) -> None:
    """Let every revision be of the version that is released: there is no earlier one here."""
    rows = _rows(path)
    if rows:
        _write(path, [{**row, "version": version} for row in rows])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode())


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command by the code of a copy."""
    return subprocess.run(
        [sys.executable, "-m", "reported_losses", *arguments],
        cwd=checkout,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(checkout / "src"), **environment},
    )
