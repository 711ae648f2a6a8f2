"""Print how fresh the dataset is: for each reporter the last report, gaps, evidence, increments.

An increment is what the reporter printed for the day; few records have any since August 2025.
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _options

NAME = "status"
HELP = "print how fresh the dataset is, by reporter"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    _options.add_today(parser)
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the status."""
    from reported_losses.commands import _screen
    from reported_losses.loading.status import status

    found = status(_options.given_today(args))
    if args.json:
        _screen.write_json(_screen.plain(found))
    else:
        _screen.say(str(found))
    return 0
