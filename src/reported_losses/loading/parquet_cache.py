"""`parquet()`: a table as a Parquet file in the user's cache folder, verified at every use."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.dataset.descriptor import installed
from reported_losses.dataset.location import package_dir
from reported_losses.dataset.schema import Table
from reported_losses.files import write_together
from reported_losses.loading.load import arrow

if TYPE_CHECKING:
    import pyarrow as pa

# Part of the digest in the file's name: raise it when files are written differently.
FORM = "1"


def parquet(name: str, *, folder: str | Path | None = None) -> Path:
    """Return a Parquet file of a table; the first call writes it, later calls verify it.

    The file's name contains a digest of the table's CSV and schema, so another version of the
    data is another file. A second file beside it holds a digest of the Parquet file; if the two
    do not match, the file is written again.

    Args:
        name: Name of the table, one of `tables()`.
        folder: Where to keep the file; by default the folder `reported-losses` in the user's
            cache folder, or the folder in the environment variable REPORTED_LOSSES_CACHE.

    Returns:
        The file, with the columns and types of `load(name, engine="arrow")`, compressed with
        zstd. Treat it as read-only; copy it to keep it.

    Raises:
        UnknownNameError: There is no such table.
        DataError: The table's file is damaged.
        OSError: The file cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     parquet("series", folder=Path(folder)).suffix
    '.parquet'
    """
    table = installed().table(name)
    kept_in = cache_dir(os.environ, sys.platform) if folder is None else Path(folder)
    path = kept_in / f"{name}-{_address(table)}.parquet"
    digest_path = path.with_suffix(".sha256")
    if not _matches(path, digest_path):
        data = parquet_bytes(arrow(table))
        kept_in.mkdir(parents=True, exist_ok=True)
        write_together({path: data, digest_path: _digest(data).encode()})
    return path


def parquet_bytes(data: pa.Table) -> bytes:
    """Return a typed table as Parquet; the same table gives the same bytes."""
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(data, out, compression="zstd")
    return out.getvalue()


def cache_dir(environment: Mapping[str, str], platform: str) -> Path:
    """Return the folder for cached files that is usual on the platform.

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


def _matches(path: Path, digest_path: Path) -> bool:
    try:
        return _digest(path.read_bytes()) == digest_path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
