"""The chain of releases: each names the digest of the one before, so no past can be rewritten.

A release is a link by its `CONTENTS.json`, which holds the digest of every other file. Whoever
changes a release and all its sums changes that digest as well, and the next release still has the
old one. Only the newest release is held by nothing yet but the list of releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from reported_losses.definition.location import CONTENTS
from reported_losses.definition.versions import parsed
from reported_losses.errors import ReleaseError
from reported_losses.release.folders import Released, read_release
from reported_losses.release.problem import Problem


def verify_chain(folders: Iterable[Path]) -> tuple[Problem, ...]:
    """Compare the digest of every release with what the next one says of it.

    Args:
        folders: Folders of releases, in any order. Only their `CONTENTS.json` are read.

    Returns:
        The problems, in order of version; empty if the chain is whole from the first release on.
        Its codes are `unreadable`, `twice`, `missing`, `unlinked` and `rewritten`.

    >>> verify_chain([])
    ()
    """
    held: list[Released] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            held.append(read_release(folder))
        except ReleaseError as error:
            problems.append(Problem(f"{folder.name}/{CONTENTS}", "unreadable", str(error)))
    held.sort(key=lambda one: parsed(one.contents.version))
    versions = {one.contents.version for one in held}
    for before, one in pairwise([None, *held]):
        problems += () if one is None else _judged(before, one, versions)
    return tuple(problems)


def _judged(before: Released | None, one: Released, versions: set[str]) -> Iterator[Problem]:
    """Judge one link by the release that lies before it here; None for the first."""
    own, link = one.contents.version, one.contents.previous
    version = None if before is None else before.contents.version
    if own == version:
        yield _problem(own, "twice", f"{own} is in {one.folder} and in another folder")
    elif link is None and version is not None:
        yield _problem(own, "rewritten", f"{own} says that no release came before it")
    elif link is not None and link.version not in versions:
        yield _problem(link.version, "missing", f"{own} follows {link.version}, which is not here")
    elif link is not None and link.version != version:
        said = f"{own} follows {link.version}, so {version} does not belong to the chain"
        yield _problem(str(version), "unlinked", said)
    elif link is not None and before is not None and link.sha256 != before.sha256:
        yield _problem(
            link.version,
            "rewritten",
            f"{version} was rewritten after {own} came out: its {CONTENTS} has the SHA-256 "
            f"{before.sha256[:16]}, and {own} says {link.sha256[:16]}",
        )


def _problem(version: str, code: str, message: str) -> Problem:
    return Problem(f"{version}/{CONTENTS}", code, message)
