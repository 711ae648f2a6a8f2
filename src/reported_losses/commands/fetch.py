"""Fetch files of a release, and verify them.

The files go into the cache, where `rl.load(..., version=...)` finds them, or into the folder that
--to names. A file gets its name when its size and digest are those of the release. Files that are
there are verified again, and replaced if they are wrong.

Exit code: 0 if every file is there and right; 2 if one cannot be fetched, verified or written.

Examples:
  reported-losses fetch
  reported-losses fetch 0.1.0 --tables loss_counts daily
  reported-losses fetch 0.1.0 --files reported-losses.sqlite --to losses
  reported-losses fetch 0.1.0 --files all --to reported-losses-0.1.0
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _releases

NAME = "fetch"
HELP = "fetch files of a release, and verify them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "version",
        nargs="?",
        default="latest",
        metavar="VERSION",
        help="a version, latest or stable (default: latest)",
    )
    parser.add_argument(
        "--tables", nargs="+", metavar="NAME", help="only these tables, as Parquet (default: all)"
    )
    parser.add_argument(
        "--files",
        nargs="+",
        metavar="NAME",
        help="other files by name, such as reported-losses.sqlite; all for every file",
    )
    parser.add_argument("--to", metavar="DIR", help="folder to write to (default: the cache)")
    _releases.add_site(parser)


def run(args: argparse.Namespace) -> int:
    """Fetch, and print the folder."""
    from reported_losses.commands import _screen
    from reported_losses.release.fetch import ALL, Order, bring

    files = ALL if args.files == [ALL] else args.files
    order = Order(args.tables, files, args.to, args.base_url, offline=args.offline)
    found = bring(args.version, order)
    if found.withdrawn:
        _screen.note(f"warning: {found.withdrawn}")
    _screen.say(str(found.folder))
    return 0
