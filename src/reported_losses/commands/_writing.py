"""What the commands that write tables share: which package they may change, and holding it."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reported_losses.writing.commit import Commit


PATH_HELP = "package folder (default: the one around the current folder)"


def add_package(parser: argparse.ArgumentParser) -> None:
    """Declare --package."""
    parser.add_argument("--package", type=Path, metavar="DIR", help=PATH_HELP)


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Declare --dry-run."""
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would change, write nothing"
    )


def editable_folder(path: Path | None, option: str = "--package DIR") -> Path:
    """Return the package folder that a command may change; never the installed one.

    Args:
        path: The folder that was given; None for the one around the current folder.
        option: What gives the folder, for the message.

    Raises:
        BadArgumentError: There is no such folder, or it is one that was built: an installed
            package or a release, whose files nobody edits.
        DescriptorError: Its descriptor cannot be read.
    """
    from reported_losses.definition.descriptor import load_package
    from reported_losses.definition.location import containing_package, is_built
    from reported_losses.errors import BadArgumentError

    folder = path or containing_package(Path.cwd())
    if folder is None:
        raise BadArgumentError(f"no package folder here; change into a checkout or give {option}")
    package = load_package(folder)
    if is_built(folder.resolve()) or any(table.built for table in package.tables.values()):
        raise BadArgumentError(
            f"{folder} was built, as an installed package is, and its files are not edited; "
            f"change into a checkout or give {option}. To edit a copy of it, remove bytes, hash "
            "and rows from every resource in the copy's datapackage.json"
        )
    return folder


@contextlib.contextmanager
def held(folder: Path, command: str, *, write: bool) -> Iterator[Commit | None]:
    """Hold a package folder from before its tables are read until they are written.

    Args:
        folder: Package folder.
        command: Name of the command.
        write: Whether the command writes. A dry run holds nothing and changes nothing.

    Yields:
        What replaces the tables; None in a dry run.

    Raises:
        WritingError: The folder cannot be held.
        DataError: In a dry run, if the tables are only partly replaced.
    """
    from reported_losses.commands._screen import note
    from reported_losses.definition.descriptor import load_package
    from reported_losses.writing.commit import writing
    from reported_losses.writing.journal import refuse_unfinished

    if not write:
        refuse_unfinished(folder, load_package(folder))
        yield None
        return
    with writing(folder, command) as commit:
        if commit.recovered:
            note(f"reported-losses: {commit.recovered}")
        yield commit
