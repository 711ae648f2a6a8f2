"""Take in statements, organisations and estimates from a folder of upstream files.

Says what is merged, split and left out. Without --write it only says what would change. Exit
code: 0 if nothing would change or everything was written, 1 if something would change, 2 if an
input is not as expected.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from reported_losses import _paths
from reported_losses.issue import BadArgumentError

NAME = "import-statements"
HELP = "take in statements from upstream files"


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
    parser.add_argument("--verbose", action="store_true", help="name every row merged and left out")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from reported_losses.intake import import_statements as importer

    folder = arguments.package or _paths.containing_package(Path.cwd()) or _paths.package_dir()
    text = arguments.recorded_on or dt.datetime.now(dt.UTC).date().isoformat()
    try:
        recorded_on = dt.date.fromisoformat(text)
    except ValueError:
        raise BadArgumentError(f"{text!r} is not a date YYYY-MM-DD") from None
    result = importer.run(arguments.upstream, folder, recorded_on)
    _say(importer.describe(result, verbose=arguments.verbose))
    if not result:
        _say("Nothing would change.")
        return 0
    if not arguments.write:
        _say("Nothing was written; --write writes it.")
        return 1
    importer.write(folder, result)
    _say(f"Written to {folder / 'data'}.")
    return 0


def _say(text: str) -> None:
    print(text)  # noqa: T201 - a command prints
