"""Verifying a release: its files against its sums, and its tables against what it says of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.arguments import folder_path
from reported_losses.definition.contents import MAX_FILE, MAX_FILES, Contents, read_contents
from reported_losses.definition.location import CONTENTS, SUMS
from reported_losses.errors import BadArgumentError, ReleaseError
from reported_losses.files import read_regular, sha256
from reported_losses.parsing.invisible import shown
from reported_losses.release.makers import Makers
from reported_losses.release.problem import Problem
from reported_losses.release.sum_list import read_sums

_MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the files of a release.

    Attributes:
        problems: What is wrong with them, in order.
        contents: What `CONTENTS.json` says; None if it cannot be read.
        sound: Files that are what both lists say.
    """

    problems: tuple[Problem, ...]
    contents: Contents | None
    sound: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a verification.

    Attributes:
        problems: What is wrong, in order of file; empty if nothing is.
        contents: What the release says of itself; None if that cannot be read.
        seen: What was verified, in words.
        unseen: What was not, and why, in words.
    """

    problems: tuple[Problem, ...]
    contents: Contents | None
    seen: tuple[str, ...]
    unseen: tuple[str, ...]


def verify(folder: str | os.PathLike[str], *, makers: Makers | None = None) -> tuple[Problem, ...]:
    """Verify a release: sums, tables, databases, and the rules.

    Args:
        folder: Folder of the release.
        makers: What reads its tables; that of this project by default.

    Returns:
        The problems, in order of file; empty if there are none. Codes are listed in
        `docs/releases.md`. A file that is not the one listed is not looked into.

    Raises:
        BadArgumentError: There is no such folder.
    """
    return verification(folder, makers=makers).problems


def verification(
    folder: str | os.PathLike[str], *, makers: Makers | None = None, partial: bool = False
) -> Verified:
    """Verify a release as `verify` does, and say what was looked at.

    Args:
        folder: As for `verify`.
        makers: As for `verify`.
        partial: Whether the folder may hold some files of the release only. Then files that are
            missing are told of and are no problem; `CONTENTS.json` must be there.
    """
    from reported_losses.release.makers import all_makers
    from reported_losses.release.verify_tables import verify_tables

    home = folder_path("folder", folder)
    files = sum_problems(home)
    absent = [one for one in files.problems if partial and _may_be_absent(one)]
    wrong = {*files.problems} - {*absent}
    number = f"{len(files.sound) + 1:,} files"
    if files.contents is None:
        why = ("tables, because CONTENTS.json is not readable",)
        return Verified(tuple(sorted(wrong)), None, (), why)
    inner = verify_tables(home, files.contents, files.sound, makers or all_makers())
    unseen = ((f"{len(absent):,} files that are not here",) if absent else ()) + inner.unseen
    return Verified(
        tuple(sorted({*wrong, *inner.problems})), files.contents, (number, *inner.seen), unseen
    )


def _may_be_absent(problem: Problem) -> bool:
    return problem.code == _MISSING and problem.file != CONTENTS


def sum_problems(folder: Path) -> Seen:
    """Compare the files of a release with its two lists, `SHA256SUMS` and `CONTENTS.json`.

    Of three digests of a file, one computed and two listed, the one that differs from the others
    names what was altered: the file, or a list.

    Args:
        folder: Folder of the release.

    Raises:
        BadArgumentError: The folder cannot be listed.
    """
    digests, problems = _digests(folder)
    contents, wrong = _contents(folder, digests)
    sums, more = _sums(folder, digests)
    problems += [*wrong, *more]
    listed = (
        None if contents is None else {name: one.sha256 for name, one in contents.files.items()}
    )
    found = {one.file for one in problems}
    names = {*digests, *(listed or {}), *(sums or {})} - {SUMS}
    for name in sorted(names - found - {CONTENTS}):
        problems += _of_file(name, digests.get(name), listed, sums)
    if sums is not None and CONTENTS not in found:
        problems += _of_contents(
            digests.get(CONTENTS), sums.get(CONTENTS), {one.file for one in problems}
        )
    sound = set(digests) - {one.file for one in problems} - {SUMS}
    return Seen(tuple(sorted(set(problems))), contents, frozenset(sound))


def _digests(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Return the digests of the ordinary files, and what else is in the folder."""
    digests: dict[str, str] = {}
    problems = []
    for name in _names(folder):
        try:
            digests[name] = sha256(read_regular(folder / name, MAX_FILE))
        except OSError as error:
            file = shown(name, 200)
            what = "a link" if (folder / name).is_symlink() else error.strerror
            problems.append(Problem(name, "not-a-file", f"{file} is not read: {what}"))
    return digests, problems


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            # Whatever comes after so many is not listed either, and one of them says so.
            names = [one.name for one, _ in zip(entries, range(2 * MAX_FILES), strict=False)]
    except OSError as error:
        raise BadArgumentError(
            f"{folder} is not the folder of a release: {error.strerror}"
        ) from None
    return sorted(names)


def _contents(folder: Path, digests: Mapping[str, str]) -> tuple[Contents | None, list[Problem]]:
    if CONTENTS not in digests:
        return None, _gone(CONTENTS)
    try:
        return read_contents(read_regular(folder / CONTENTS, MAX_FILE)), []
    except (OSError, ReleaseError) as error:
        return None, [Problem(CONTENTS, "unreadable", str(error))]


def _sums(folder: Path, digests: Mapping[str, str]) -> tuple[dict[str, str] | None, list[Problem]]:
    if SUMS not in digests:
        return None, _gone(SUMS)
    try:
        return read_sums(read_regular(folder / SUMS, MAX_FILE)), []
    except (OSError, ReleaseError) as error:
        return None, [Problem(SUMS, "unreadable", str(error))]


def _gone(name: str) -> list[Problem]:
    return [Problem(name, _MISSING, f"{name} is missing")]


def _of_file(
    name: str,
    actual: str | None,
    listed: Mapping[str, str] | None,
    sums: Mapping[str, str] | None,
) -> Iterator[Problem]:
    """Compare a file with the lists that can be read."""
    said = {file: of.get(name) for file, of in ((CONTENTS, listed), (SUMS, sums)) if of is not None}
    wrong = [file for file, digest in said.items() if digest != actual]
    if not wrong:
        return
    if len(wrong) < len(said):
        yield Problem(wrong[0], "disagrees", f"{wrong[0]} does not say of {shown(name)} what it is")
        return
    if actual is None:
        yield from _gone(name)
    elif set(said.values()) == {None}:
        yield Problem(name, "extra", f"{shown(name, 200)} does not belong to the release")
    else:
        digests = ", ".join(f"{file} {str(digest)[:16]}" for file, digest in said.items())
        message = (
            f"{shown(name)} was altered: its SHA-256 is {actual[:16]}, and should be: {digests}"
        )
        yield Problem(name, "altered", message)


def _of_contents(actual: str | None, stated: str | None, blamed: Collection[str]) -> list[Problem]:
    """Compare `CONTENTS.json` with its line in `SHA256SUMS`, the only other place that knows it."""
    if actual == stated:
        return []
    message = f"the SHA-256 of {CONTENTS} is {str(actual)[:16]}, and {SUMS} has {str(stated)[:16]}"
    altered = Problem(CONTENTS, "altered", message)
    if CONTENTS in blamed:
        return [altered]
    return [altered, Problem(SUMS, "disagrees", f"{message}; one of the two was altered")]
