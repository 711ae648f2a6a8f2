"""`parquet()`: a table as a Parquet file in the user's cache folder, verified at every call.

A digest kept beside a file proves nothing: whoever forges the file forges the digest. So the bytes
that the file must hold are made from the table each time. That costs some hundredths of a second,
and a file that somebody else wrote is compared, never parsed.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.definition.arguments import folder_path, text
from reported_losses.definition.descriptor import installed
from reported_losses.errors import CacheError
from reported_losses.files import NotRegularError, read_regular, write_together
from reported_losses.loading.arguments import choice
from reported_losses.loading.load import ENGINES, arrow
from reported_losses.loading.metadata import described, for_pandas

if TYPE_CHECKING:
    import pyarrow as pa


def parquet(name: str, *, engine: str | None = None, folder: str | Path | None = None) -> Path:
    """Return a Parquet file of a table, byte for byte what this call would write.

    Nothing in the folder is trusted. Each call makes the Parquet file's bytes from the table in
    memory and compares the file with them; a file that is missing or differs is written anew. The
    file's name contains a digest of its bytes, so another version of the data is another file.

    What happens after the call is outside its reach: whoever may write to the folder can replace
    the file before you open it. Use a folder that only you can write to, as the default one is.

    Args:
        name: Name of the table, one of `tables()`.
        engine: The library that will read the file; by default any. "pandas" gets its days as
            timestamps, because `pandas.read_parquet` reads days as Python objects, for which
            `frame.report_date == "2023-02-22"` is never true. For the others it is the same file.
        folder: Where to keep the file, `~` for the home folder; by default the folder
            `reported-losses` in the user's cache folder, or the folder in the environment variable
            REPORTED_LOSSES_CACHE.

    Returns:
        The file, with the columns and types of `load(name, engine="arrow")`, compressed with
        zstd. Its metadata has what `DataFrame.attrs` of `load` has: what the columns mean, units,
        keys, version, licence, citation. Treat it as read-only; copy it to keep it.

    Raises:
        UnknownNameError: There is no such table or engine.
        BadArgumentError: `folder` is not a path, or is an empty text.
        DataError: The table's file is damaged, or is installed and not as it was built.
        CacheError: The folder cannot be made or written to, or something other than an ordinary
            file is in the file's place. It is an `OSError` as well.

    >>> import reported_losses as rl
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rl.parquet("series", folder=folder).suffix
    '.parquet'
    """
    table = installed().table(text("name", name))
    chosen = None if folder is None else _expanded(folder_path("folder", folder))
    data = parquet_bytes(described(table, _for(engine, arrow(table))))
    digest = hashlib.sha256(data).hexdigest()[:16]
    try:
        kept_in = cache_dir(os.environ, sys.platform) if chosen is None else chosen
        path = kept_in / f"{name}-{digest}.parquet"
        if not _holds(path, data):
            kept_in.mkdir(parents=True, exist_ok=True)
            write_together({path: data})
    except NotRegularError as error:
        raise _unusable(f"{path} is {error.strerror}, not a file; remove it") from None
    # A home folder that is not known, and a path with a NUL character.
    except (OSError, RuntimeError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        place = folder or "the default folder"
        raise _unusable(f"no Parquet file can be kept in {place}: {reason}") from error
    return path


def _for(engine: str | None, data: pa.Table) -> pa.Table:
    if engine is not None and choice("engine", engine, ENGINES) == "pandas":
        return for_pandas(data)
    return data


def _expanded(folder: Path) -> Path:
    """Return a folder with `~` put as the home folder.

    Raises:
        CacheError: The home folder is not known.
    """
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise _unusable(f"no Parquet file can be kept in {folder}: {error}") from error


def _holds(path: Path, data: bytes) -> bool:
    """Return whether a file holds these bytes; never wait, nor read more than there should be.

    Raises:
        NotRegularError: It is not an ordinary file.
    """
    if path.is_symlink():
        raise NotRegularError(errno.EINVAL, "a link")
    try:
        return read_regular(path, len(data)) == data
    except NotRegularError:
        raise
    except OSError:  # missing, too large, or not readable: it is written anew
        return False


def _unusable(problem: str) -> CacheError:
    return CacheError(
        f"the cache folder cannot be used: {problem}; or name another folder, with folder= or in "
        "REPORTED_LOSSES_CACHE"
    )


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
