"""A Parquet file of a release, read into Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reported_losses.errors import ReleaseError

if TYPE_CHECKING:
    import pyarrow as pa


def read_parquet(data: bytes, name: str) -> pa.Table:
    """Read the bytes of a Parquet file.

    Args:
        data: The bytes; their digest was compared already.
        name: Name of the file, for messages.

    Returns:
        The table, in one chunk, with the types and the metadata that the file states.

    Raises:
        ReleaseError: They are no Parquet file.

    >>> import pyarrow as pa
    >>> from reported_losses.loading.parquet_cache import parquet_bytes
    >>> read_parquet(parquet_bytes(pa.table({"total": [1]})), "x.parquet").num_rows
    1
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # read_table would import pandas
        found = pq.ParquetFile(pa.BufferReader(data)).read()
    except (pa.ArrowException, OSError) as error:
        raise ReleaseError(f"{name} is not a Parquet file that can be read: {error}") from None
    return found.unify_dictionaries().combine_chunks()
