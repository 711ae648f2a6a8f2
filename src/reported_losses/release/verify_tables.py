"""Verifying what is inside the files of a release: tables, databases, and the rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.definition.contents import MAX_FILE, Contents, TableEntry
from reported_losses.definition.descriptor import installed, load_package
from reported_losses.definition.location import CONTENTS, DESCRIPTOR, package_dir
from reported_losses.definition.schema import Package, Table
from reported_losses.errors import (
    BadArgumentError,
    DescriptorError,
    ReleaseError,
    ReportedLossesError,
)
from reported_losses.files import read_regular
from reported_losses.issue import Issue
from reported_losses.parsing.cast import cast
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.release.databases import database_problems
from reported_losses.release.entries import table_entry
from reported_losses.release.makers import Makers
from reported_losses.release.problem import Problem
from reported_losses.release.schemas import schema_digest
from reported_losses.validation.check import examine

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_ISSUES = 20


@dataclass(frozen=True, slots=True)
class Inner:
    """What was found inside the files.

    Attributes:
        problems: What is wrong.
        seen: What was verified, in words.
        unseen: What was not, and why, in words.
    """

    problems: tuple[Problem, ...]
    seen: tuple[str, ...]
    unseen: tuple[str, ...]


def verify_tables(
    folder: Path, contents: Contents, sound: Collection[str], makers: Makers
) -> Inner:
    """Compare every table with what the release says of it, and judge all of them.

    Args:
        folder: Folder of the release.
        contents: What it says of itself.
        sound: Files that are those that are listed; no other is looked into.
        makers: What reads the tables.
    """
    if not {CONTENTS, DESCRIPTOR} <= set(sound):
        why = f"{CONTENTS} or {DESCRIPTOR} is not as listed"
        return Inner((), (), (f"tables and rules, because {why}",))
    try:
        package = load_package(folder)
        digest = schema_digest(folder, package.tables)
    except DescriptorError as error:
        return Inner((Problem(DESCRIPTOR, "unreadable", str(error)),), (), ("tables and rules",))
    problems = [*_of_descriptor(package, contents, digest)]
    for name, entry in contents.tables.items():
        for file, read in _readers(package.tables.get(name), name, contents, makers):
            if file not in contents.files:
                problems.append(Problem(file, "unlisted", f"{name} has no file {file}"))
            elif file in sound:
                problems += _of_values(folder, file, read, entry, makers)
    counted, uncounted, found = database_problems(folder, contents, sound)
    wrong, unjudged = _of_rules(folder, contents, package, sound)
    rows = sum(one.rows for one in contents.tables.values())
    seen = (f"{len(contents.tables)} tables with {rows:,} rows", *counted)
    return Inner(
        (*problems, *found, *wrong),
        seen if unjudged else (*seen, "every rule"),
        (*uncounted, *((f"the rules, because {unjudged}",) if unjudged else ())),
    )


def _of_descriptor(package: Package, contents: Contents, digest: str) -> Iterator[Problem]:
    if package.version != contents.version:
        message = f"the version is {package.version}, and {CONTENTS} has {contents.version}"
        yield Problem(DESCRIPTOR, "version", message)
    if digest != contents.schema_sha256:
        message = f"the schemas are not those of which {CONTENTS} has the digest"
        yield Problem(DESCRIPTOR, "schemas", message)
    for name in package.tables.keys() - contents.tables.keys():
        yield Problem(CONTENTS, "unlisted", f"the table {name} is not in {CONTENTS}")


def _readers(
    table: Table | None, name: str, contents: Contents, makers: Makers
) -> Iterator[tuple[str, Callable[[bytes], pa.Table]]]:
    """Yield each file that holds a table, and what reads it; a computed table has no CSV."""
    yield f"{name}.parquet", makers.read_parquet
    if table is not None or f"{name}.csv" in contents.files:
        yield f"{name}.csv", partial(_read_csv, table)


def _read_csv(table: Table | None, data: bytes) -> pa.Table:
    if table is None:
        raise ReleaseError(f"{DESCRIPTOR} does not describe it")
    text, issues = parse_bytes(data, table)
    typed, more = (None, []) if text is None else cast(text)
    if typed is None or issues or more:
        raise ReleaseError([*issues, *more][0].message)
    return typed.data


def _of_values(
    folder: Path,
    file: str,
    read: Callable[[bytes], pa.Table],
    entry: TableEntry,
    makers: Makers,
) -> Iterator[Problem]:
    """Compare the values in one file with what the release says of them."""
    from pyarrow import ArrowException

    try:
        data = read(read_regular(folder / file, MAX_FILE))
        found = table_entry(data, makers.logical_hash(data))
    except (ArrowException, OSError, ReportedLossesError, TypeError, ValueError) as error:
        yield Problem(file, "unreadable", f"{file} cannot be read as a table: {error}")
        return
    if found.rows != entry.rows:
        message = f"{file} has {found.rows:,} rows, and {CONTENTS} says {entry.rows:,}"
        yield Problem(file, "rows", message)
    if found.days != entry.days:
        yield Problem(file, "days", f"{file} has other days of reporters than {CONTENTS} says")
    if found.logical != entry.logical:
        message = (
            f"the values of {file} have the digest {found.logical[:16]}, and {CONTENTS} says "
            f"{entry.logical[:16]}"
        )
        yield Problem(file, "values", message)


def _of_rules(
    folder: Path, contents: Contents, package: Package, sound: Collection[str]
) -> tuple[list[Problem], str]:
    """Judge the tables by every rule of this code; or say why they were not judged."""
    own = installed()
    if contents.schema_sha256 != schema_digest(package_dir(), own.tables):
        return [], (
            f"the code is of version {own.version} and has other schemas than {contents.version}: "
            f"install reported-losses=={contents.version} and verify again"
        )
    unsound = {table.path for table in package.tables.values()} - set(sound)
    if unsound:
        return [], _why_unsound(folder, contents.version, unsound)
    try:
        found = examine(folder, today=contents.date).issues
        # What is no file of the release is named already.
        issues = [one for one in found if one.path is None or one.path in sound]
    except BadArgumentError as error:
        return [Problem(CONTENTS, "date", str(error))], ""
    # A file that is not listed is a problem of its own already.
    issues = [one for one in issues if one.path in contents.files or not _stray(one)]
    problems = [
        Problem(one.path or DESCRIPTOR, "check", f"line {one.line or 1}: {one.code}: {one.message}")
        for one in issues[:_MOST_ISSUES]
    ]
    if len(issues) > len(problems):
        more = f"and {len(issues) - len(problems):,} more; `reported-losses check {folder}`"
        problems.append(Problem(DESCRIPTOR, "check", more))
    return problems, ""


def _why_unsound(folder: Path, version: str, paths: Collection[str]) -> str:
    """Say why the rules were not judged: CSV files that are not there are no damage."""
    if any(os.path.lexists(folder / path) for path in paths):
        return "not every CSV file is as listed"
    fetch = f"`reported-losses fetch {version} --files all` fetches every file"
    return f"{len(paths):,} CSV files were not fetched; {fetch}"


def _stray(issue: Issue) -> bool:
    return issue.code.startswith("file/stray")
