"""Building a release: one folder with every file, made from a checkout that is ready for it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.definition.arguments import folder_path
from reported_losses.definition.contents import Contents, FileEntry, Link, read_contents
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import CONTENTS, DESCRIPTOR, SUMS, is_built, package_dir
from reported_losses.errors import BadArgumentError, ReleaseError
from reported_losses.files import read_inside, sha256
from reported_losses.parsing.budget import MAX_BYTES
from reported_losses.release.entries import table_entry
from reported_losses.release.folders import read_release, release_folder
from reported_losses.release.justified import judged, refuse_unjustified
from reported_losses.release.makers import Makers, all_makers
from reported_losses.release.place import put, refuse_place
from reported_losses.release.ready import Ready, ready
from reported_losses.release.schemas import schema_digest
from reported_losses.release.source import Files, Previous, Source
from reported_losses.release.sum_list import sums_bytes
from reported_losses.release.verify import sum_problems

if TYPE_CHECKING:
    import pyarrow as pa

    from reported_losses.definition.schema import Package

NONE = "none"
"""What stands for the release before the first one."""

_SOURCES = ("data", "schemas", "src")


def build(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    previous: str | os.PathLike[str] | None = None,
    makers: Makers | None = None,
) -> Path:
    """Build the release of a checkout: the same commit gives the same bytes.

    Args:
        folder: The checkout that this code belongs to, because the code that judges is released
            with the data.
        out: Folder to be made. It may exist if it is empty. There is nothing under its name until
            every file is in it.
        previous: The release before: its folder, the version of one that was fetched, or "none" for
            the first release, which may be left out.
        makers: What makes the files; that of this project by default.

    Returns:
        `out`.

    Raises:
        BadArgumentError: The folder is another one than that of this code, or `out` exists, is
            inside the sources, or cannot be written; or `previous` names no release, is missing,
            or is "none" although there was one.
        ReleaseError: The checkout is not ready: see `ready`, `judged` and `refuse_unjustified`; or
            the release before is damaged, or is another one than the changelog has.
        DescriptorError: The descriptor cannot be understood.
        MissingExtraError: A library is missing that writes one of the files.
    """
    home, place = folder_path("folder", folder), folder_path("out", out)
    if makers is None:
        _refuse_other_code(home)
    _refuse_sources(home, place)
    refuse_place(place)
    package = load_package(home)
    said = ready(home, package)
    before = _before(previous, said)
    held = dict(held_files(home, package))
    examined = judged(home, said.date)
    if before is not None:
        refuse_unjustified(home, package, said, before)
    tables = {name: examined.tables[name].data for name in package.tables}
    source = Source(home, package, said.date, tables, before)
    files = release_files(source, held, makers or all_makers())
    if held != dict(held_files(home, package)):
        raise ReleaseError(f"{home} was changed while the release was built; build it again")
    put(place, files)
    return place


def _refuse_other_code(home: Path) -> None:
    own = package_dir()
    if is_built(own):
        raise BadArgumentError(
            "a release is built by the code of a checkout, and this code is installed; run it in "
            "the checkout, with `pip install --editable .`"
        )
    if not own.samefile(home):
        raise BadArgumentError(f"this code belongs to {own}, and builds no other folder than that")


def _refuse_sources(home: Path, out: Path) -> None:
    """Refuse to write into what the release is made from."""
    place = Path(os.path.realpath(out))
    for name in _SOURCES:
        if place.is_relative_to(os.path.realpath(home / name)):
            raise BadArgumentError(f"out {out} is in {name}/, from which the release is made")


def _before(previous: str | os.PathLike[str] | None, said: Ready) -> Previous | None:
    """Return the release before, looked at as far as its sums go."""
    if previous is None or previous == NONE:
        if said.earlier is not None:
            raise BadArgumentError(
                f"previous is missing: {said.version} follows {said.earlier}",
                remedy=("previous", said.earlier),
            )
        return None
    folder = release_folder("previous", previous)
    problems = sum_problems(folder).problems
    if problems:
        raise ReleaseError(
            f"the release before, {folder}, is damaged: {problems[0].message}; fetch it again"
        )
    held = read_release(folder)
    if held.contents.version != said.earlier:
        raise ReleaseError(
            f"{folder} holds {held.contents.version}, and the changelog has "
            f"{said.earlier or 'no version'} before {said.version}"
        )
    return Previous(folder, held.contents, held.sha256)


def held_files(home: Path, package: Package) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and bytes of a package's descriptor, schemas and tables as they are now.

    Raises:
        ReleaseError: One cannot be read.
    """
    schemas = [package.schema_path(name) for name in package.tables]
    for path in (DESCRIPTOR, *schemas, *(table.path for table in package.tables.values())):
        try:
            yield path, read_inside(home, path, MAX_BYTES)
        except OSError as error:
            raise ReleaseError(f"{path} cannot be read: {error.strerror}") from None


def release_files(source: Source, held: Mapping[str, bytes], makers: Makers) -> Files:
    """Return every file of a release.

    Args:
        source: What it is made from.
        held: The files of the package, by path.
        makers: What makes the files.
    """
    package = source.package
    files = {f"{name}.csv": held[table.path] for name, table in package.tables.items()}
    tables = {**source.tables, **makers.computed(source)}
    for write in makers.writers:
        made = write(source, files, tables)
        assert not made.keys() & files.keys(), "two writers write one file"
        files |= made
    contents = _contents(source, files, tables, makers)
    listed = {name: one.sha256 for name, one in contents.files.items()}
    data = contents.to_bytes()
    read_contents(data)  # whoever fetches it reads it so
    return {**files, CONTENTS: data, SUMS: sums_bytes({**listed, CONTENTS: sha256(data)})}


def _contents(
    source: Source, files: Files, tables: Mapping[str, pa.Table], makers: Makers
) -> Contents:
    package, before = source.package, source.previous
    schemas = schema_digest(source.folder, package.tables)
    same = before is not None and before.contents.schema_sha256 == schemas
    return Contents(
        name=package.name,
        version=package.version,
        date=source.date,
        schema_version=before.contents.schema_version if before and same else package.version,
        schema_sha256=schemas,
        previous=None if before is None else Link(before.contents.version, before.sha256),
        libraries=makers.libraries,
        tables={name: table_entry(one, makers.logical_hash(one)) for name, one in tables.items()},
        files={name: FileEntry(len(data), sha256(data)) for name, data in files.items()},
    )
