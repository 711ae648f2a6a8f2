"""Write the list of releases, `releases.json`, from the folders of all of them.

The folder holds one folder for each version. Every version of the changelog must be there, also
those that were withdrawn: a release is never deleted. The sums of each and the chain are verified
first. The changelog is that of the checkout around the current folder; a heading that ends with
[YANKED] is a withdrawn version, and the line `Withdrawn: ...` under it gives the reason.

Exit code: 0 if the list was written, 1 if a release is missing or damaged, 2 if the command was
used wrongly or failed.

Examples:
  reported-losses index site/data --out site/releases.json
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reported_losses.commands import _options

NAME = "index"
HELP = "write releases.json from the folders of all releases"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="folder with one folder for each version"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the list to write")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")


def run(args: argparse.Namespace) -> int:
    """Look at every release, write the list, and return the exit code."""
    from reported_losses.commands import _screen
    from reported_losses.definition.releases_list import read_index
    from reported_losses.errors import ReleaseError
    from reported_losses.release.folders import releases_in
    from reported_losses.release.index import releases_index
    from reported_losses.release.listing import index_problems
    from reported_losses.release.ready import read_entries
    from reported_losses.report.content import counted

    _options.refuse_output(args.out, "--out", force=args.force)
    folders = releases_in(args.folder)
    try:
        entries = read_entries(_options.package_folder(None))
        with _screen.progress("verifying"):
            problems = index_problems(entries, folders)
        for one in problems:
            _screen.note(f"{one.file} [{one.code}] {one.message}")
        if problems:
            return 1
        data = releases_index(entries, folders)
    except ReleaseError as error:
        _screen.note(f"reported-losses: {error}")
        return 1
    _options.write_output(args.out, data, "--out", force=args.force)
    index = read_index(data)
    _screen.say(
        f"{args.out}: {counted(len(index.releases), 'release')}, latest {index.latest}, "
        f"stable {index.stable}"
    )
    return 0
