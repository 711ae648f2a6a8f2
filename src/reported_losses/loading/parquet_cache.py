"""`parquet()`: a table as a Parquet file in the user's cache folder, verified at every use."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.dataset.descriptor import Table, installed
from reported_losses.dataset.location import package_dir
from reported_losses.files import write_together
from reported_losses.loading.load import arrow

if TYPE_CHECKING:
    import pyarrow as pa

# Part of the address: a change in how the file is written makes a new one.
FORM = "1"


def parquet(name: str, *, folder: Path | None = None) -> Path:
    """Return a Parquet file of a table, written at the first call and verified at later ones.

    The file's address holds a digest of the table's CSV and schema, so that another version
    of the data is another file; a digest of its own stands beside it, and a file that does
    not match it is written anew.

    Args:
        name: Name of the table.
        folder: Where to keep the file; by default the folder `reported-losses` in the user's
            cache folder, or the one that the environment variable REPORTED_LOSSES_CACHE names.

    Returns:
        The file. Treat it as read-only; copy it to keep it.

    Raises:
        UnknownNameError: There is no such table.
        DataError: The table cannot be loaded.
    """
    table = installed().table(name)
    place = cache_dir(os.environ, sys.platform) if folder is None else folder
    path = place / f"{name}-{_address(table)}.parquet"
    seal = path.with_suffix(".sha256")
    if not _sealed(path, seal):
        data = parquet_bytes(arrow(table))
        place.mkdir(parents=True, exist_ok=True)
        write_together({path: data, seal: _digest(data).encode()})
    return path


def parquet_bytes(data: pa.Table) -> bytes:
    """Return a typed table as Parquet: the same table gives the same bytes."""
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(data, out, compression="zstd")
    return out.getvalue()


def cache_dir(environment: Mapping[str, str], platform: str) -> Path:
    """Return the folder for cached files, by the custom of the platform.

    >>> cache_dir({"XDG_CACHE_HOME": "/x"}, "linux").as_posix()
    '/x/reported-losses'
    """
    if chosen := environment.get("REPORTED_LOSSES_CACHE"):
        return Path(chosen)
    if platform == "win32" and (local := environment.get("LOCALAPPDATA")):
        return Path(local) / "reported-losses" / "Cache"
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "reported-losses"
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "reported-losses"


def _address(table: Table) -> str:
    import pyarrow as pa

    folder = package_dir()
    parts = [
        (folder / table.path).read_bytes(),
        (folder / "schemas" / f"{table.name}.json").read_bytes(),
        f"{FORM} {pa.__version__}".encode(),
    ]
    return _digest("".join(_digest(part) for part in parts).encode())[:16]


def _sealed(path: Path, seal: Path) -> bool:
    try:
        return _digest(path.read_bytes()) == seal.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
