"""Build the data of the project's site: `site_data.py ASSETS OUT`, in a checkout of `main`.

ASSETS holds one folder for each release, named by its version, with all its files. OUT then holds
`releases.json`, `data/<version>/`, and copies for the aliases, `data/latest/` and `data/stable/`.
A release of the changelog that is missing, one that the changelog lacks, and a file that is not as
it was built end the script, as they end `reported-losses index`; nothing is written then. The rest
of the site is built by others, beside `data/`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from reported_losses.errors import ReportedLossesError
from reported_losses.release.folders import releases_in
from reported_losses.release.index import INDEX, index_problems, read_index, releases_index
from reported_losses.release.ready import read_entries

DATA = "data"
MOST_BYTES = 1_000_000_000
"""Most bytes of a site that GitHub Pages publishes."""


def main(arguments: list[str]) -> int:
    """Build the data; return 1 if there cannot be a site of these releases."""
    assets, out = map(Path, arguments)
    try:
        found = site_data(assets, out)
    except ReportedLossesError as error:
        found = [str(error)]
    for problem in found:
        print(f"::error title=site::{problem}")
    return int(bool(found))


def site_data(assets: Path, out: Path) -> list[str]:
    """Copy every release, its aliases and the list of releases into a new folder.

    Args:
        assets: Folder with one folder for each release.
        out: The folder to make.

    Returns:
        Why nothing was copied; empty if all was.

    Raises:
        ReleaseError: The changelog cannot be read, or there can be no list of these releases.
    """
    entries, folders = read_entries(Path()), releases_in(assets)
    problems = index_problems(entries, folders)
    if problems:
        return [f"{one.file}: {one.message}" for one in problems]
    data = releases_index(entries, folders)
    index = read_index(data)
    copied = {folder.name: folder for folder in folders}
    copied |= {"latest": copied[index.latest], "stable": copied[index.stable]}
    size = bytes_of(copied.values())
    if size > MOST_BYTES:
        return [f"{size:,} bytes, and GitHub Pages takes {MOST_BYTES:,}: see docs/releasing.md"]
    for name, folder in copied.items():
        shutil.copytree(folder, out / DATA / name)
    (out / INDEX).write_bytes(data)
    print(f"{len(folders)} releases, {size:,} bytes; latest {index.latest}, stable {index.stable}")
    return []


def bytes_of(folders: Iterable[Path]) -> int:
    """Return the bytes of all files in some folders."""
    return sum(path.stat().st_size for folder in folders for path in folder.iterdir())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
