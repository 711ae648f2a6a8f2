"""What a release is made from: the tables of a package, typed, and what the release says of itself.

Each kind of file is written by a function from a `Source` to names and bytes. None of them reads a
clock, the network or the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.definition.schema import Package

if TYPE_CHECKING:
    import pyarrow as pa

    from reported_losses.definition.contents import Contents

Files = Mapping[str, bytes]
"""Files of a folder: from name to bytes. The names of a release have no folder."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The release before the one that is built.

    Attributes:
        folder: Its folder.
        contents: What its `CONTENTS.json` says.
        sha256: Digest of its `CONTENTS.json`, in hexadecimal digits.
    """

    folder: Path
    contents: Contents
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a release is made from.

    Attributes:
        folder: The package folder, with `datapackage.json`, `data/`, `schemas/`, `CHANGELOG.md`.
        package: Its descriptor.
        date: Day of the release, YYYY-MM-DD, as the changelog has it.
        tables: Each table of the package, typed as `load(name, engine="arrow")` gives it.
        previous: The release before; None for the first one.
    """

    folder: Path
    package: Package
    date: str
    tables: Mapping[str, pa.Table]
    previous: Previous | None = None
