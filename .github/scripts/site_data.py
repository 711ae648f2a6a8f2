"""Build the data of the project's site: `site_data.py ASSETS OUT`, in a checkout of `main`.

ASSETS holds one folder for each release, named by its version, with all its files. OUT then holds
`releases.json`, `data/<version>/`, and copies for the aliases, `data/latest/` and `data/stable/`.
`reported-losses index` verifies the releases and writes the list; where it finds one missing or
altered, nothing is made. The pages of the site are built before, into the same folder.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

INDEX = "releases.json"
ALIASES = ("latest", "stable")
MOST_BYTES = 1_000_000_000
"""Most bytes of a site that GitHub Pages publishes."""


def main(arguments: list[str]) -> int:
    """Build the data; return 1 if there cannot be a site of these releases."""
    assets, out = map(Path, arguments)
    with tempfile.TemporaryDirectory() as made:
        index = Path(made, INDEX)
        if not write_index(assets, index):
            print("::error title=site::A release is missing or is not as it was built; see above.")
            return 1
        folders = sources(json.loads(index.read_bytes()), assets)
        size = bytes_of([out, *folders.values()])
        print(f"{size:,} bytes in the pages and in {', '.join(folders)}")
        if size > MOST_BYTES:
            print(f"::error title=site::GitHub Pages takes {MOST_BYTES:,}: see docs/releasing.md")
            return 1
        for name, folder in folders.items():
            shutil.copytree(folder, out / "data" / name)  # and makes `out`
        shutil.copy(index, out)
    return 0


def write_index(assets: Path, index: Path) -> bool:
    """Verify the releases and write the list of them; return whether that was done."""
    command = [sys.executable, "-P", "-m", "reported_losses", "index", str(assets)]
    return subprocess.run([*command, "--out", str(index)], check=False).returncode == 0


def sources(index: dict[str, object], assets: Path) -> dict[str, Path]:
    """Return the folder that each folder of the site is a copy of.

    Args:
        index: What `releases.json` says.
        assets: Folder with one folder for each release.
    """
    releases = index["releases"]
    assert isinstance(releases, list)
    names = {str(one["version"]): str(one["version"]) for one in releases}
    names |= {alias: str(index[alias]) for alias in ALIASES}
    return {name: assets / version for name, version in names.items()}


def bytes_of(folders: Iterable[Path]) -> int:
    """Return the bytes of all files in some folders, and in the folders in them."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
