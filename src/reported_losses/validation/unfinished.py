"""What a check says of a commit that was cut off, and of a journal that is none."""

from __future__ import annotations

from pathlib import Path

from reported_losses.definition.schema import Package
from reported_losses.issue import Issue
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.issues import build_issue
from reported_losses.writing.journal import JOURNAL, unfinished


def commit_issues(folder: Path, package: Package) -> list[Issue]:
    """Return the issue of a package folder in which there is a journal; nothing without one.

    Args:
        folder: Package folder.
        package: Its descriptor.
    """
    found = unfinished(folder, package)
    if found is None:
        return []
    code = "file/forged-journal" if found.refused else "file/unfinished-commit"
    return [build_issue(FILE_CODES[code], found.message, path=JOURNAL)]
