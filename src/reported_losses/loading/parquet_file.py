"""A Parquet file of a release, read into Arrow."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from reported_losses.errors import ReleaseError

if TYPE_CHECKING:
    import pyarrow as pa

MAX_ROWS = 20_000_000
"""Most rows of a file that is read; a small file can claim to have billions."""


def read_parquet(data: bytes, name: str = "the Parquet file") -> pa.Table:
    """Read the bytes of a Parquet file.

    Args:
        data: The bytes; their digest was compared already.
        name: Name of the file, for messages.

    Returns:
        The table, in one chunk, with the types that the file states. The metadata of its schema
        is that of the file.

    Raises:
        ReleaseError: They are no Parquet file, or one of more than 20 million rows.

    >>> import pyarrow as pa
    >>> from reported_losses.loading.parquet_cache import parquet_bytes
    >>> read_parquet(parquet_bytes(pa.table({"total": [1]})), "x.parquet").num_rows
    1
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # `read_table` would import pandas. Threads of Arrow that are left when a process ends
        # abort it now and then.
        file = pq.ParquetFile(pa.BufferReader(data), pre_buffer=False)
        if file.metadata.num_rows > MAX_ROWS:
            raise ReleaseError(
                f"{name} has {file.metadata.num_rows:,} rows; at most {MAX_ROWS:,} are read"
            )
        found = _whole(file.read(use_threads=False))
        found.validate(full=True)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        reason = str(error).partition("\n")[0]
        raise ReleaseError(f"{name} cannot be read as Parquet: {reason}; fetch it again") from None
    return found.replace_schema_metadata(_said(file.metadata.metadata or {}))


def _said(metadata: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return what a file says, and what the Arrow schema in it says for Arrow and pandas alone."""
    import pyarrow as pa

    stored = metadata.get(b"ARROW:schema")
    if stored is None:
        return metadata
    schema = pa.ipc.read_schema(pa.py_buffer(base64.b64decode(stored)))
    return {**(schema.metadata or {}), **metadata}


def _whole(data: pa.Table) -> pa.Table:
    """Return a table with one chunk per column, of which a file without rows has none."""
    import pyarrow as pa

    columns = [one if one.num_chunks else pa.nulls(0, one.type) for one in data.columns]
    made = pa.Table.from_arrays(columns, schema=data.schema)
    return made.unify_dictionaries().combine_chunks()
