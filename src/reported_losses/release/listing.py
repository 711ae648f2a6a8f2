"""Whether every release is there and whole, before they are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reported_losses.definition.changelog import CHANGELOG, Entry
from reported_losses.definition.contents import Contents
from reported_losses.release.chain import verify_chain
from reported_losses.release.problem import Problem
from reported_losses.release.verify import sum_problems


def index_problems(entries: Iterable[Entry], folders: Iterable[Path]) -> tuple[Problem, ...]:
    """Look for what keeps releases from being listed.

    Args:
        entries: The changelog.
        folders: Folders of all releases, each named after its version.

    Returns:
        What is wrong with the sums of each and with the chain; and versions that the changelog has
        and no folder, or the other way round, or that have another day.
    """
    held = list(folders)
    seen = {folder.name: sum_problems(folder) for folder in held}
    problems = [
        Problem(f"{name}/{one.file}", one.code, one.message)
        for name, files in seen.items()
        for one in files.problems
    ]
    said = {entry.version: entry for entry in entries if entry.version is not None}
    for version in sorted({*said, *seen}):
        contents = seen[version].contents if version in seen else None
        problems += _unlike(version, said.get(version), contents, there=version in seen)
    return (*problems, *verify_chain(held))


def _unlike(
    version: str, entry: Entry | None, contents: Contents | None, *, there: bool
) -> Iterator[Problem]:
    """Compare one version in the changelog with its folder."""
    if not there:
        message = f"{CHANGELOG} has {version}, and there is no folder of it; no release is deleted"
        yield Problem(f"{version}/", "missing", message)
    elif entry is None:
        yield Problem(f"{version}/", "unlisted", f"{CHANGELOG} has no {version}")
    elif entry.withdrawn == "":
        message = f"{CHANGELOG} does not say why {version} was withdrawn: add `Withdrawn: ...`"
        yield Problem(f"{version}/", "no-reason", message)
    elif contents is not None and (contents.version, contents.date) != (version, entry.date):
        message = (
            f"the folder {version} holds {contents.version} of {contents.date}, and {CHANGELOG} "
            f"has {version} of {entry.date}"
        )
        yield Problem(f"{version}/", "disagrees", message)
