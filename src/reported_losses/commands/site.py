"""Build the site: one folder of static pages to look at with a browser, offline as well.

It has the explorer, a CSV and a JSON file for each of its views, a page for each report day, with a
JSON file of the same contents, and a calendar of them. With --docs it has the documentation, too;
without it, links to the documentation lead to the published one.
The folder appears when it is complete. The same data gives the same bytes.

Exit code: 0 if the folder was written, 2 if the command was used wrongly or failed.

Examples:
  reported-losses site --out build/site
  reported-losses site --out build/site --docs build/docs
"""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "site"
HELP = "build the site: the explorer and a page of every report day"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder to make; new, or empty"
    )
    parser.add_argument(
        "--docs",
        type=Path,
        metavar="DIR",
        help="documentation to be part of the site, as `make docs` builds it",
    )


def run(args: argparse.Namespace) -> int:
    """Build, and say what was built."""
    from reported_losses.commands import _screen
    from reported_losses.site.build import build_site

    with _screen.progress("building"):
        files = build_site(args.out, docs=args.docs)
    size = sum(map(len, files.values()))
    _screen.say(f"{len(files):,} files, {size:,} bytes, in {args.out}; open {args.out}/index.html")
    return 0
