"""Take in the counts of Oryx and of the Russian Ministry of Defence from upstream files.

Without --write it only says what would change. Exit code: 0 if nothing would change or
everything was written, 1 if something would change, 2 if an input is not as expected.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from reported_losses import _paths
from reported_losses.issue import BadArgumentError

NAME = "import-counts"
HELP = "take in other reporters' counts from upstream files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--upstream", type=Path, required=True, metavar="DIR", help="folder of the upstream files"
    )
    parser.add_argument(
        "--package", type=Path, metavar="DIR", help="package folder (default: the one you are in)"
    )
    parser.add_argument("--write", action="store_true", help="write the tables")
    parser.add_argument(
        "--recorded-on", metavar="DATE", help="the day new rows are first held (default: today)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from reported_losses.commands.reconcile import differences
    from reported_losses.intake import other_counts

    folder = arguments.package or _paths.containing_package(Path.cwd()) or _paths.package_dir()
    text = arguments.recorded_on or dt.datetime.now(dt.UTC).date().isoformat()
    try:
        recorded_on = dt.date.fromisoformat(text)
    except ValueError:
        raise BadArgumentError(f"{text!r} is not a date YYYY-MM-DD") from None
    outcome = other_counts.take_in(folder, arguments.upstream, recorded_on)
    if not outcome.changes:
        _say("Nothing would change.")
        return 0
    _say(differences(outcome.changes))
    if not arguments.write:
        _say("Nothing was written; --write writes it.")
        return 1
    other_counts.write(folder, outcome)
    _say(f"Written to {folder / 'data'}.")
    return 0


def _say(text: str) -> None:
    print(text)  # noqa: T201 - a command prints
