"""What the commands that write tables share: holding the package, and telling of what was found."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reported_losses.writing.commit import Commit


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
