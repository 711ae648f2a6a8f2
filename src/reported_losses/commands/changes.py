"""Show what changed between two releases, one line for each difference.

Examples:
  reported-losses changes --since 0.1.0
  reported-losses changes --since 0.1.0 --until 0.2.0 --json
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _options, _releases

NAME = "changes"
HELP = "show what changed between two releases"

ROWS = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--since", required=True, metavar="VERSION", help="the release that you have"
    )
    parser.add_argument(
        "--until",
        default="latest",
        metavar="VERSION",
        help="the release you want (default: latest)",
    )
    _options.add_head(parser, ROWS, "differences")
    _releases.add_site(parser)
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the differences, the oldest release first."""
    from reported_losses.commands import _rows, _screen
    from reported_losses.release.changed_rows import changed_rows

    found = changed_rows(args.since, args.until, args.base_url, offline=args.offline)
    if found.rows.num_rows or args.json:
        _rows.print_first(args, found.rows, ROWS, "differences")
    elif found.first == found.latest:
        _screen.note(f"{found.first} is the latest release: nothing changed since.")
    else:
        _screen.note(f"Nothing changed from {found.first} to {found.last}.")
    return 0
