"""The two states that a difference is taken of, each a package folder or a commit."""

from __future__ import annotations

import os
from pathlib import Path

from reported_losses.definition.location import (
    DESCRIPTOR,
    containing_package,
    is_built,
    package_dir,
)
from reported_losses.errors import BadArgumentError
from reported_losses.validation.history.base import Base, commit_base, folder_base, is_package
from reported_losses.validation.history.git import common_commit, named_commit
from reported_losses.writing.journal import refuse_unfinished


def two_states(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    merge_base: bool = False,
) -> tuple[Base, Base]:
    """Open two states of a package.

    Args:
        old: The earlier one: a package folder, or the name of a commit. A text is a folder if
            there is a package folder of that name. A commit is looked for in the repository
            of the package around the current folder, else of the checkout that runs.
        new: The later one, likewise.
        merge_base: Whether the earlier state is the commit that `old` and `new` have in common;
            a folder stands for `HEAD`.

    Returns:
        Both states.

    Raises:
        BadArgumentError: One is neither such a folder nor such a commit, or both are one folder.
        DataError: The tables of a folder are only partly replaced.
        DescriptorError: A descriptor cannot be understood.
    """
    names = {"old": _name("old", old), "new": _name("new", new)}
    folders = [is_package(name) for name in names.values()]
    if all(folders) and _same(*names.values()):
        raise BadArgumentError(f"old and new are the same folder, {names['new']!r}")
    if merge_base and folders[0]:
        raise BadArgumentError(f"old is a folder, {names['old']!r}, so no commit is in common")
    other = "HEAD" if folders[1] else names["new"]
    states = [
        _folder(name) if folder else _commit(argument, name, other if common else None)
        for (argument, name), folder, common in zip(
            names.items(), folders, (merge_base, False), strict=True
        )
    ]
    return states[0], states[1]


def _name(argument: str, value: object) -> str:
    if isinstance(value, (str, os.PathLike)):
        name = os.fspath(value)
        if isinstance(name, str) and name:
            if isinstance(value, str) or is_package(name):
                return name
            raise BadArgumentError(
                f"{argument} {name!r} is not a package folder: it has no {DESCRIPTOR}"
            )
    raise BadArgumentError(
        f"{argument} is a package folder or the name of a commit, not {str(value)[:60]!r} "
        f"({type(value).__name__})"
    )


def _same(old: str, new: str) -> bool:
    try:
        return Path(old).samefile(new)
    except OSError:
        return False


def _folder(name: str) -> Base:
    state = folder_base(Path(name))
    refuse_unfinished(Path(name), state.package)
    return state


def _commit(argument: str, name: str, other: str | None) -> Base:
    home = containing_package(Path.cwd()) or package_dir()
    if is_built(home):
        raise BadArgumentError(
            f"{argument} {name!r} is no package folder, and there is no package here in whose git "
            "repository it could be a commit; change to one, or name a folder"
        )
    try:
        found = named_commit(home, name) if other is None else common_commit(home, name, other)
    except BadArgumentError as error:
        raise BadArgumentError(f"{argument}: {str(error).removeprefix('base ')}") from None
    return commit_base(home, name, *found)
