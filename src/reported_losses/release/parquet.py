"""The Parquet files of a release: small, the same bytes for the same values, and self-describing.

`docs/how-made.md` says why they are as they are; `benchmarks/parquet.py` measures the choices.
"""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from reported_losses.definition.schema import Table
from reported_losses.loading.metadata import attrs, described
from reported_losses.release.computed import (
    computed_descriptors,
    computed_tables,
    sorted_table,
)
from reported_losses.release.source import Files, Source

__all__ = ["computed_tables", "parquet_files", "writing_options"]

_LEVEL = 19
_FOR_PANDAS = (b"pandas", b"PANDAS_ATTRS")


def parquet_files(source: Source) -> Files:
    """Write every table, and the computed ones, as Parquet.

    Args:
        source: What the release is made from.

    Returns:
        `<table>.parquet` for each table of the package, `daily.parquet` and
        `loss_counts_wide.parquet`. The same values give the same bytes with the same version of
        pyarrow, in whatever order, chunks and dictionaries they are held.

    Raises:
        ReleaseError: As for `computed_tables`.
    """
    tables = {**source.package.tables, **computed_descriptors(source)}
    data = {**source.tables, **computed_tables(source)}
    return {f"{name}.parquet": parquet_bytes(tables[name], one) for name, one in data.items()}


def parquet_bytes(table: Table, data: pa.Table) -> bytes:
    """Write one table as the Parquet file of a release.

    Args:
        table: Descriptor of the table.
        data: The data, with the types that `load` gives.
    """
    data = sorted_table(table, data)
    out = io.BytesIO()
    with pq.ParquetWriter(out, data.schema, **writing_options(table)) as writer:
        writer.write_table(data, row_group_size=max(data.num_rows, 1))
        writer.add_key_value_metadata(_metadata(table, data))
    return out.getvalue()


def writing_options(table: Table) -> dict[str, Any]:
    """Return how pyarrow writes a table: the choices that `benchmarks/parquet.py` measures.

    Args:
        table: Descriptor of the table.

    Returns:
        Arguments of `pyarrow.parquet.ParquetWriter`.

    >>> from reported_losses.definition.descriptor import installed
    >>> writing_options(installed().table("reports"))["column_encoding"]["report_date"]
    'DELTA_BINARY_PACKED'
    """
    return {
        "compression": "zstd",
        "compression_level": _LEVEL,
        "data_page_version": "1.0",
        "use_dictionary": [field.name for field in table.fields if field.categorical],
        "column_encoding": _encodings(table),
        # A file has one row group. Only where rows are sorted can a reader skip pages.
        "write_statistics": list(table.primary_key),
        "write_page_index": True,
        "sorting_columns": [
            pq.SortingColumn(table.names.index(name)) for name in table.primary_key
        ],
        "store_schema": False,  # `_metadata` does it in less room
    }


def _encodings(table: Table) -> dict[str, str]:
    """Return the encoding of each column that is no dictionary.

    Differences are small where the rows of a series are neighbours in order of days.
    """
    by_day = table.field(table.primary_key[-1]).type == "date"
    return {
        field.name: "DELTA_BINARY_PACKED"
        if by_day and field.type in {"integer", "date"}
        else "PLAIN"
        for field in table.fields
        if not field.categorical
    }


def _metadata(table: Table, data: pa.Table) -> dict[bytes, bytes]:
    """Return the metadata of the file: for everybody as text, for Arrow and pandas in a schema.

    Arrow takes types and metadata from the schema alone if there is one. pyarrow would write
    the whole metadata into both.
    """
    said = described(table, data).schema.metadata
    schema = data.schema.with_metadata({key: said.pop(key) for key in _FOR_PANDAS})
    for key in ("columns", "units"):
        said[key.encode()] = json.dumps(
            attrs(table)[key], ensure_ascii=False, separators=(",", ":")
        ).encode()
    return {**said, b"ARROW:schema": base64.b64encode(schema.serialize().to_pybytes())}
