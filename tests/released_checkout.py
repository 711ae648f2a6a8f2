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

DAY = "2099-01-01"
"""After every day in the data; no clock is read."""

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
    _put(folder / "datapackage.json", r'"created": "[^"]*"', f'"created": "{DAY}T00:00:00Z"')
    citation = re.sub(r"date-released:.*\n", "", (folder / "CITATION.cff").read_text("utf-8"))
    (folder / "CITATION.cff").write_text(f"{citation}date-released: {DAY}\n", encoding="utf-8")
    changelog = f"# Changelog\n\n## [{version}] - {DAY}\n\n- Everything.\n"
    (folder / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    _of_one_version(folder / "data" / "revisions.csv", version)
    return folder


def _put(path: Path, pattern: str, text: str) -> None:
    after, number = re.subn(pattern, text, path.read_text(encoding="utf-8"), count=1)
    assert number == 1
    path.write_text(after, encoding="utf-8")


def _of_one_version(path: Path, version: str) -> None:
    """Let every revision be of the version that is released: there is no earlier one here."""
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    if rows:
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "version": version} for row in rows)
        path.write_text(out.getvalue(), encoding="utf-8")


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
