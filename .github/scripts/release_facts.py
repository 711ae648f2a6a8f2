"""Say which release a tag is, or why it is none: `release_facts.py`, in the checkout of the tag.

Environment: `GITHUB_REF_NAME`, the tag. Outputs: `version`, and `previous`, the version that was
released before it, withdrawn or not, or `none`. Needs the package on the path and no library;
whether the rest fits as well is for `reported-losses build`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from github_api import put_output
from reported_losses.definition.changelog import CHANGELOG, Entry, read_changelog

MAIN = "origin/main"


def main() -> int:
    """Print what is wrong with the tag, or put out the facts of its release."""
    folder, tag = Path(), os.environ["GITHUB_REF_NAME"]
    entries = read_changelog((folder / CHANGELOG).read_text(encoding="utf-8"))
    described = json.loads((folder / "datapackage.json").read_bytes())["version"]
    found = [*problems(tag, described, entries), *off_main(folder)]
    for problem in found:
        print(f"::error title=release::{problem}")
    if found:
        return 1
    version, *earlier = released(entries)
    put_output(version=version, previous=earlier[0] if earlier else "none")
    return 0


def problems(tag: str, described: str, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield why a tag is not the release that the checkout describes.

    Args:
        tag: The tag.
        described: The version in `datapackage.json`.
        entries: The sections of the changelog, newest first.
    """
    newest = next(iter(released(entries)), "none")
    if tag != f"v{described}":
        yield f"the tag is {tag!r}, and datapackage.json has version {described}"
    if newest != described:
        yield f"datapackage.json has version {described}, and {CHANGELOG} begins with {newest}"


def released(entries: Sequence[Entry]) -> list[str]:
    """Return the versions that have a section, newest first."""
    return [entry.version for entry in entries if entry.version is not None]


def off_main(folder: Path) -> Iterator[str]:
    """Yield a problem if the commit that is checked out is not one of the main branch."""
    command = ["git", "merge-base", "--is-ancestor", "HEAD", MAIN]
    if subprocess.run(command, cwd=folder, check=False).returncode:
        yield f"the commit of the tag is not on {MAIN}; merge it first"


if __name__ == "__main__":
    sys.exit(main())
