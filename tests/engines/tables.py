"""The tables of a release as every engine must give them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import COMPUTED, arrow

NAMES = (*installed().tables, *COMPUTED)

KINDS = ("string", "int64", "double", "date32[day]", "bool")
"""Arrow types of columns; a dictionary is a string here."""


def plain(data: pa.Table) -> pa.Table:
    """Return a table with texts as texts, in one piece and without metadata."""
    fields = [pa.field(one.name, _plain_type(one.type)) for one in data.schema]
    return data.cast(pa.schema(fields)).combine_chunks()


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    return kind


def expected(name: str, folder: Path) -> pa.Table:
    """Return a table as it was before it was released; a computed one as Arrow reads it."""
    if name in installed().tables:
        return plain(arrow(installed().table(name)))
    return plain(pq.read_table(folder / f"{name}.parquet"))


def types(data: pa.Table, kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the types that an engine must give to the columns.

    Args:
        data: What `expected` returns.
        kinds: The engine's type for each of `KINDS`.
    """
    return {field.name: kinds[str(field.type)] for field in data.schema}
