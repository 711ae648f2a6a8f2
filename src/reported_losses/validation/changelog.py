"""Whether the changelog has a heading for the version of every revision.

Rules see columns and no files, and only a checkout has `CHANGELOG.md` beside its descriptor; so
this is judged by `check` alone, and only where the file is there.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reported_losses.definition.changelog import CHANGELOG, read_changelog
from reported_losses.definition.schema import Package
from reported_losses.files import read_inside
from reported_losses.issue import Issue
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.issues import build_issue
from reported_losses.validation.failures import Failure, in_source_order
from reported_losses.validation.file_failures import FileSource, issues_of
from reported_losses.validation.keys import Rows
from reported_losses.validation.needed_shape import NOT_JUDGED
from reported_losses.validation.words import Source, Words

_MOST_BYTES = 16 * 1024 * 1024
_TEXT = FILE_CODES["file/not-in-changelog"]


def changelog_issues(
    folder: Path, package: Package, revisions: Columns, source: FileSource, budget: Budget
) -> list[Issue]:
    """Return the issue of each revision of a version for which the changelog has no heading.

    A version without a heading is not released yet if it is the package's or above it, and is
    listed as unreleased.

    Args:
        folder: Package folder.
        package: Its descriptor.
        revisions: The table, without cells that fail.
        source: Its file.
        budget: Counts the issues listed, over all tables of the package.
    """
    version = revisions["version"]
    if not version.valid.any():
        return []
    try:
        headings = _headings(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        problem = f"{CHANGELOG} {error.strerror}; {_TEXT.code} could not be judged"
        return [build_issue(NOT_JUDGED, problem, table=revisions.name, path=CHANGELOG)]
    wrong = [not _listed(text, package.version, headings) for text in version.texts]
    mask = version.valid & np.array(wrong, dtype=np.bool_)[version.values]
    failure = Failure(_TEXT, revisions.name, in_source_order(revisions, mask), _told)
    return issues_of(failure, source, budget)


def _headings(folder: Path) -> set[str | None]:
    text = read_inside(folder, CHANGELOG, _MOST_BYTES).decode("utf-8", "replace")
    return {entry.version for entry in read_changelog(text)}


def _listed(version: str, current: str, headings: set[str | None]) -> bool:
    ahead = _numbers(version) >= _numbers(current)
    return version in headings or (ahead and None in headings)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _told(rows: Rows, source: Source) -> list[Words]:
    return [_words(source.cell(row, "version")) for row in rows.tolist()]


def _words(version: str) -> Words:
    message = f"{CHANGELOG} has no heading for version {version}"
    return Words(message, _TEXT.expected, _TEXT.fix, version, "version")
