"""What the commands that read upstream files share: their options and how they end."""

from __future__ import annotations

import argparse
import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reported_losses.commands import _options, _writing

if TYPE_CHECKING:
    from reported_losses.intake.changes import Changes, Outcome
    from reported_losses.writing.commit import Commit

Held: TypeAlias = "AbstractContextManager[Commit | None]"

_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of such a command."""
    parser.add_argument(
        "--upstream", type=Path, required=True, metavar="DIR", help="folder of the upstream files"
    )
    _writing.add_package(parser)
    parser.add_argument("--write", action="store_true", help="write the tables")
    parser.add_argument(
        "--recorded-on",
        metavar="DATE",
        help="recorded_on of new rows, YYYY-MM-DD (default: today)",
    )


def package_folder(args: argparse.Namespace) -> Path:
    """Return the package folder to read and write."""
    return _writing.editable_folder(args.package)


def recorded_on(args: argparse.Namespace) -> dt.date:
    """Return the day of --recorded-on; by default today, by the clock."""
    return _options.day(args.recorded_on, "--recorded-on") or _options.today()


def held(args: argparse.Namespace, command: str, *, write: bool) -> Held:
    """Hold the package folder while its tables are read and written."""
    return _writing.held(package_folder(args), command, write=write)


def finish(commit: Commit | None, changes: str, outcome: Outcome) -> int:
    """Print what would change, write it if asked to, and return the exit code.

    Args:
        commit: Replaces the tables; None in a dry run.
        changes: What would change, as text; empty if nothing would.
        outcome: The changes.
    """
    from reported_losses.commands._screen import say
    from reported_losses.intake.changes import write

    if not changes:
        say("Nothing would change.")
        return 0
    say(changes)
    if commit is None:
        say("Nothing was written. Add --write to write it.")
        return 1
    write(commit, outcome)
    say(f"Written to {commit.folder / 'data'}.")
    return 0


def changes_text(changes: Changes) -> str:
    """Return the numbers of changed rows as text, with the first few keys; empty if none."""
    lines: list[str] = []
    for table in changes.added:
        changed = [
            f"{key} {column}: {old} → {new}" for key, column, old, new in changes.changed[table]
        ]
        for kind, keys in (
            ("new", changes.added[table]),
            ("no longer supported", changes.removed[table]),
            ("changed", changed),
        ):
            if keys:
                lines.append(f"{table}: {len(keys):,} {kind}")
                lines += [f"  {key}" for key in keys[:_SHOWN]]
                lines += [f"  … and {len(keys) - _SHOWN:,} more"] if len(keys) > _SHOWN else []
    return "\n".join(lines)
