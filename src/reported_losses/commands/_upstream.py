"""What the commands that read upstream files have in common: options, questions, closing words."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from reported_losses.commands._screen import say
from reported_losses.dataset import location as _paths
from reported_losses.errors import BadArgumentError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of such a command."""
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


def package_folder(arguments: argparse.Namespace) -> Path:
    """Return the package folder asked for, else the one around us, else the installed one."""
    folder: Path | None = arguments.package or _paths.containing_package(Path.cwd())
    return folder or _paths.package_dir()


def recorded_on(arguments: argparse.Namespace) -> dt.date:
    """Return the day asked for; today, by the clock, where none was."""
    return day(arguments.recorded_on or dt.datetime.now(dt.UTC).date().isoformat())


def day(text: str) -> dt.date:
    """Read a date; raise BadArgumentError for what is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadArgumentError(f"{text!r} is not a date YYYY-MM-DD") from None


def finish(
    arguments: argparse.Namespace, changes: str, write: Callable[[], None], folder: Path
) -> int:
    """Say what would change, write it if told to, and return the exit code.

    Args:
        arguments: The command's arguments.
        changes: What would change, in words; empty where nothing would.
        write: Writes it.
        folder: Package folder it is written to.
    """
    if not changes:
        say("Nothing would change.")
        return 0
    say(changes)
    if not arguments.write:
        say("Nothing was written; --write writes it.")
        return 1
    write()
    say(f"Written to {folder / 'data'}.")
    return 0
