"""Whether what changed since the release before justifies the version, and may change at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from reported_losses.definition.changelog import CHANGELOG
from reported_losses.definition.schema import Package
from reported_losses.definition.versions import Part, bumped, part_between
from reported_losses.errors import ReleaseError
from reported_losses.issue import Issue
from reported_losses.release.ready import Ready
from reported_losses.release.source import Previous
from reported_losses.validation.check import Examination, examine
from reported_losses.validation.history.base import folder_base
from reported_losses.validation.history.diff import Diff, diff_tables

_SHOWN = 3


def judged(folder: Path, date: str) -> Examination:
    """Check a checkout as of the day of its release.

    Args:
        folder: The checkout.
        date: Day of the release, which is taken as today.

    Returns:
        What the check read.

    Raises:
        ReleaseError: The check finds anything, be it a warning.
    """
    examined = examine(folder, today=date)
    if examined.issues:
        raise ReleaseError(
            f"the data has {_told(examined.issues)}; "
            f"`reported-losses check --today {date}` lists all"
        )
    return examined


def refuse_unjustified(folder: Path, package: Package, ready: Ready, before: Previous) -> None:
    """Refuse a release that its version does not fit, or that loses what was released.

    Too low a version is refused. A higher one than the data asks for may be right, because a
    difference of data shows neither rules nor meanings: then the changelog says so, in a line of
    the section that begins with `MINOR:` or `MAJOR:`.

    Args:
        folder: The checkout.
        package: Its descriptor.
        ready: What it says of its release.
        before: The release before.

    Raises:
        ReleaseError: The version is not higher, is lower than the changes demand, or is higher
            without a word; or `check` against the release before finds something, except in
            tables whose schemas change as only a new MAJOR version may.
    """
    old, new = before.contents.version, ready.version
    part = part_between(old, new)
    if part is None:
        raise ReleaseError(f"the version {new} is not higher than {old}, the release before")
    diff = diff_tables(folder_base(before.folder), folder_base(folder, package))
    demanded = diff.part or Part.PATCH
    if part < demanded:
        raise ReleaseError(
            f"the version is {new}, but what changed since {old} demands "
            f"{bumped(old, demanded)} or later ({demanded.name}); `reported-losses diff "
            f"{before.folder} .` shows what changed"
        )
    if part > demanded and not _explained(part, ready.entry.body):
        raise ReleaseError(
            f"the version is {new}, but the data since {old} demands only "
            f"{bumped(old, demanded)} ({demanded.name}); if rules or meanings changed, say so in "
            f"{CHANGELOG}, in a line that begins with `{part.name}:`"
        )
    _refuse_losses(folder, ready, before, _remade(diff) if part is Part.MAJOR else set())


def _explained(part: Part, body: str) -> bool:
    return re.search(rf"^[ \t]*(?:[-*] )?{part.name}: *\S", body, re.MULTILINE) is not None


def _remade(diff: Diff) -> set[str]:
    """Return the tables whose schemas change as only a new MAJOR version may."""
    return {change.table for change in diff.schemas if change.part is Part.MAJOR}


def _refuse_losses(folder: Path, ready: Ready, before: Previous, remade: set[str]) -> None:
    issues = examine(folder, today=ready.date, base=before.folder).issues
    lost = [issue for issue in issues if not _of_schema(issue, remade)]
    if lost:
        raise ReleaseError(
            f"against {before.contents.version} the data has {_told(lost)}; `reported-losses check "
            f"--base {before.folder}` lists all"
        )


def _of_schema(issue: Issue, remade: set[str]) -> bool:
    # The table of an issue about one that is gone stands in its message only.
    table = issue.table or issue.message.partition(":")[0]
    return issue.code.startswith("history/") and table in remade


def _told(issues: Sequence[Issue]) -> str:
    """Return the number of issues and the first ones in words."""
    number = f"{len(issues):,} problem{'s' * (len(issues) > 1)}"
    said = [
        f"{issue.path or 'package'}{f':{issue.line}' if issue.line else ''} {issue.code} "
        f"{issue.message}"
        for issue in issues[:_SHOWN]
    ]
    return f"{number}: {'; '.join(said)}"
