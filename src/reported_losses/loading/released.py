"""A table of a release that was fetched: read from the cache, verified, never fetched here."""

from __future__ import annotations

import datetime as dt
import functools
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported_losses.definition.arguments import text
from reported_losses.definition.contents import MAX_CONTENTS, Contents, read_contents
from reported_losses.definition.descriptor import read_package
from reported_losses.definition.json_files import JsonFiles
from reported_losses.definition.location import CONTENTS, DESCRIPTOR
from reported_losses.definition.schema import Package, Table
from reported_losses.errors import (
    BadArgumentError,
    CacheError,
    DescriptorError,
    ReleaseError,
    UnknownNameError,
    WithdrawnReleaseWarning,
    unknown_name,
)
from reported_losses.loading.metadata import attrs
from reported_losses.loading.parquet_file import read_parquet
from reported_losses.loading.releases_folder import (
    fetched_versions,
    is_version,
    kept,
    kept_list,
    releases_folder,
    verified,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from reported_losses.loading.engines import Converter

_PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Released:
    """A release in the cache.

    Attributes:
        folder: Its folder.
        contents: What it holds.
        package: Its own descriptor; the installed one may be of another version.
    """

    folder: Path
    contents: Contents
    package: Package

    @property
    def tables(self) -> list[str]:
        """Names of the tables that it has as Parquet, those that are computed included."""
        files = self.contents.files
        return [name for name in self.contents.tables if f"{name}{_PARQUET}" in files]

    def data(self, name: str) -> pa.Table:
        """Return the Parquet file of a table, as it is.

        Raises:
            UnknownNameError: The release has no such table.
            CacheError: The file was not fetched, or is damaged.
        """
        if name not in self.tables:
            kind = f"table in release {self.contents.version}"
            raise unknown_name(kind, name, self.tables)
        file = f"{name}{_PARQUET}"
        data = verified(self.folder, file, self.contents.files[file])
        if data is None:
            version = self.contents.version
            raise _unusable(version, f"{file} was not fetched", f"{version} --tables {name}")
        return read_parquet(data, file)

    def table(self, name: str) -> tuple[Table, pa.Table]:
        """Return a table's descriptor, and its data with the types that `load` gives.

        Raises:
            UnknownNameError: As for `data`.
            CacheError: As for `data`.
            ReleaseError: The file does not have the columns of the descriptor.
        """
        from reported_losses.loading.released_types import described_by, typed

        data = self.data(name)
        table = self.package.tables.get(name) or described_by(name, data)
        return table, typed(table, data)

    def names(self, table: str, column: str) -> list[str]:
        """Return the distinct texts of a column; those of the installed table if not fetched."""
        from reported_losses.loading.select import held_names
        from reported_losses.parsing.columns import column_of

        try:
            _, data = self.table(table)
            return column_of(data.column(column), "string").held()
        except (CacheError, UnknownNameError):
            return held_names(table, column)

    def converter(self, convert: Converter) -> Converter:
        """Return a converter that lets pandas' `attrs` tell of this release."""

        def converted(table: Table, data: pa.Table) -> Any:  # noqa: ANN401 - of the engine
            found = convert(table, data)
            if hasattr(found, "attrs"):
                found.attrs = attrs(table, self.package)
            return found

        return converted


def released(version: object) -> Released:
    """Return a release that was fetched.

    Args:
        version: `MAJOR.MINOR.PATCH`.

    Raises:
        BadArgumentError: It is no version.
        UnknownNameError: It was not fetched.
        CacheError: What was fetched is damaged.
    """
    wanted = text("version", version)
    fetched = fetched_versions()
    if not is_version(wanted):
        some = f"; fetched: {', '.join(fetched)}" if fetched else ""
        raise BadArgumentError(f"version is a number such as 0.1.0, not {wanted!r:.60}{some}")
    folder = releases_folder() / wanted
    data = kept(folder / CONTENTS, MAX_CONTENTS)
    if data is None:
        remark = f"`reported-losses fetch {wanted}` fetches it."
        raise unknown_name("fetched release", wanted, fetched, remark=remark)
    try:
        contents = read_contents(data, CONTENTS)
        if contents.version != wanted:
            raise _unusable(wanted, f"its {CONTENTS} is that of {contents.version}")
        return Released(folder, contents, _package(folder, contents))
    except (ReleaseError, DescriptorError) as error:
        raise _unusable(wanted, str(error)) from None


def warn_if_withdrawn(version: str) -> None:
    """Warn the caller's caller of a release that was withdrawn, as far as the kept list tells."""
    index = None
    with suppress(CacheError):  # without a list nothing is known, and the release is there
        index = kept_list()
    said = None if index is None else index.withdrawal(version)
    if said is not None:
        warnings.warn(said, WithdrawnReleaseWarning, stacklevel=3)


def opened(
    name: str, version: object, *, as_of: str | dt.date | None, validate: bool
) -> tuple[Released, Table, pa.Table]:
    """Return a release, and one of its tables with the types that `load` gives.

    Args:
        name: Name of the table; "daily" and "loss_counts_wide" are tables of a release as well.
        version: `MAJOR.MINOR.PATCH`.
        as_of: As for `load`; undone is what the release's `revisions` have.
        validate: As for `load`; it is refused.

    Raises:
        BadArgumentError: It is no version, `validate` is set, or as for `as_of`.
        UnknownNameError: The release was not fetched, or has no such table.
        CacheError: The table or, for `as_of`, `revisions` was not fetched or is damaged.
    """
    if validate:
        raise BadArgumentError(
            "validate checks the installed data; a release was checked when it was built, and "
            f"`reported-losses verify {version}` recomputes that"
        )
    release = released(version)
    table, data = release.table(text("name", name))
    if as_of is not None:
        from reported_losses.loading.released_types import earlier

        if "revisions" not in release.package.tables:
            raise BadArgumentError(f"release {version} has no revisions to undo")
        data = earlier((table, data), release.table("revisions"), as_of)
    return release, table, data


def _package(folder: Path, contents: Contents) -> Package:
    entry = contents.files.get(DESCRIPTOR)
    data = None if entry is None else verified(folder, DESCRIPTOR, entry)
    if data is None:
        raise _unusable(contents.version, f"{DESCRIPTOR} is missing or damaged")
    return _read_package(data)


@functools.lru_cache(maxsize=8)
def _read_package(data: bytes) -> Package:
    """Read a descriptor whose schemas are in it."""

    def source(name: str, limit: int) -> bytes:
        if name != DESCRIPTOR or len(data) > limit:
            raise FileNotFoundError(2, "it is not in the descriptor")
        return data

    return read_package(JsonFiles(source))


def _unusable(version: str, problem: str, wanted: str | None = None) -> CacheError:
    return CacheError(
        f"release {version} cannot be loaded: {problem} or is damaged; run "
        f"`reported-losses fetch {wanted or version}`"
    )
