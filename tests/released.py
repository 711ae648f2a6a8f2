"""Releases for tests: their sources, and folders with what describes them."""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import bad_cases
from reported_losses.definition.contents import Contents
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import CONTENTS, package_dir
from reported_losses.loading.load import arrow
from reported_losses.loading.parquet_cache import parquet_bytes
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.table_cache import read_typed
from reported_losses.release.described import described_files
from reported_losses.release.source import Files, Previous, Source

if TYPE_CHECKING:
    import pyarrow as pa

DAY = "2026-12-01"
CHANGELOG = "# Changelog\n\n## [0.1.0] - 2026-12-01\n\n### Data\n\n- Everything.\n"


def small_source(folder: Path) -> Source:
    """Write the small valid package into a folder, and return it as a source."""
    bad_cases.build(folder)
    for name in ("CITATION.cff", "LICENSE", "LICENSE-DATA"):
        shutil.copy(package_dir() / name, folder)
    (folder / "CHANGELOG.md").write_text(CHANGELOG, "utf-8", newline="\n")
    return source_of(folder)


def source_of(folder: Path) -> Source:
    """Read a package folder as a source."""
    package = load_package(folder)
    tables = {}
    for name, table in package.tables.items():
        typed, _ = read_typed(folder, table, Budget())
        assert typed is not None
        tables[name] = typed.data
    return Source(folder, package, DAY, tables)


@functools.cache
def shipped_source() -> Source:
    """Return the dataset of this checkout as a source."""
    package = load_package(package_dir())
    tables = {name: arrow(table) for name, table in package.tables.items()}
    return Source(package_dir(), package, DAY, tables)


def data_files(source: Source) -> Files:
    """Return each table as CSV and Parquet."""
    files: dict[str, bytes] = {}
    for name, table in source.package.tables.items():
        files[f"{name}.csv"] = (source.folder / table.path).read_bytes()
        files[f"{name}.parquet"] = parquet_bytes(source.tables[name])
    return files


def described(source: Source, tables: Mapping[str, pa.Table] | None = None) -> Files:
    """Return the data files of a source, and what describes them."""
    files = data_files(source)
    return {**files, **described_files(source, files, tables or source.tables)}


def write_release(folder: Path, files: Files) -> Path:
    """Write files as a release, listed in `CONTENTS.json`, and return its folder."""
    folder.mkdir()
    listed = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    for name, data in {**files, CONTENTS: json.dumps({"files": listed}).encode()}.items():
        (folder / name).write_bytes(data)
    return folder


def tool(name: str) -> str:
    """Return the command of a tool that is installed beside this Python."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found is not None, name
    return found


def after(source: Source, before: Path) -> Source:
    """Return a source with a release before it, of which only the folder is looked at."""
    version = load_package(before).version
    contents = Contents("reported-losses", version, DAY, version, "0" * 64, None, {}, {}, {})
    return replace(source, previous=Previous(before, contents, "0" * 64))
