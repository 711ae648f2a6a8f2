"""Build a release: one folder with tables, databases, descriptions, sums and contents.

It is built from the checkout that this command runs from, and refused unless the check finds
nothing, every file says the same version and day, nothing is left under Unreleased in the
changelog, and what changed since the release before fits the version. The folder appears when it
is complete. The same commit gives the same bytes.

Exit code: 0 if the folder was written, 1 if the checkout or the release before is not fit for it,
2 if the command was used wrongly or failed.

Examples:
  reported-losses build --out dist/0.1.0
  reported-losses build --out dist/0.2.0 --previous 0.1.0
"""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "build"
HELP = "build a release from the checkout"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder to make; new, or empty"
    )
    parser.add_argument(
        "--previous",
        metavar="DIR|VERSION",
        help="the release before: its folder, or the version of one that was fetched; none for the "
        "first release",
    )


def run(args: argparse.Namespace) -> int:
    """Build, say what was built, and return the exit code."""
    from reported_losses.commands import _screen
    from reported_losses.definition.location import package_dir
    from reported_losses.errors import ReleaseError
    from reported_losses.release.build import build
    from reported_losses.release.folders import read_release

    try:
        with _screen.progress("building"):
            out = build(package_dir(), args.out, previous=args.previous)
    except ReleaseError as error:
        _screen.note(f"reported-losses: not built: {error}")
        return 1
    held = read_release(out)
    size = sum(one.bytes for one in held.contents.files.values())
    _screen.say(
        f"{held.contents.name} {held.contents.version} of {held.contents.date}: "
        f"{len(held.contents.files) + 2} files, {size:,} bytes, in {out}\n"
        f"CONTENTS.json has the SHA-256 {held.sha256}"
    )
    return 0
