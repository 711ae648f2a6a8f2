"""A released Parquet file with the types that `load` gives, and as it was on an earlier day."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pyarrow as pa

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import ReleaseError
from reported_losses.parsing.columns import column_of
from reported_losses.parsing.text_table import TextTable

_CATEGORICAL = pa.dictionary(pa.int32(), pa.string())


def typed(table: Table, data: pa.Table) -> pa.Table:
    """Return data with exactly the columns and types of a table, without metadata.

    Args:
        table: Descriptor of the table.
        data: What its Parquet file holds.

    Raises:
        ReleaseError: The columns are others, or cannot have these types.

    >>> table = Table("x", "", "", "x.csv", (Field("total", "", "", "integer"),), ("total",))
    >>> typed(table, pa.table({"total": pa.array([1], pa.int32())})).schema.field(0).type
    DataType(int64)
    """
    if tuple(data.column_names) != table.names:
        raise ReleaseError(
            f"{table.name} has the columns {', '.join(data.column_names)[:200]}, and its "
            f"descriptor {', '.join(table.names)[:200]}"
        )
    try:
        columns = [_column(field, data.column(field.name)) for field in table.fields]
    except pa.ArrowException as error:
        raise ReleaseError(f"{table.name} does not fit its descriptor: {error}") from None
    return pa.Table.from_arrays(columns, names=list(table.names))


def _column(field: Field, column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = _CATEGORICAL if field.categorical else pa.type_for_alias(FIELD_TYPES[field.type].arrow)
    if column.type == kind:
        return column
    if field.categorical:
        return column.cast(pa.string()).dictionary_encode()
    return column.cast(kind)


def described_by(name: str, data: pa.Table) -> Table:
    """Return the descriptor of a computed table, from what its Parquet file says of itself."""
    said = _texts(data.schema.metadata)
    about = {name: _names(said.get(name)) for name in ("columns", "units")}
    # pandas is told of each number and truth value that may be missing.
    missing = {one.get("name") for one in _names(said.get("pandas")).get("columns", ())}
    key = tuple(filter(None, said.get("primary_key", "").split(", ")))
    return Table(
        name,
        said.get("title", ""),
        said.get("description", ""),
        f"{name}.parquet",
        tuple(
            Field(
                held.name,
                "",
                about["columns"].get(held.name, ""),
                _kind(held),
                unit=about["units"].get(held.name),
                required=held.name not in missing,
                categorical=pa.types.is_dictionary(held.type),
            )
            for held in data.schema
        ),
        key or tuple(data.column_names[:1]),
    )


def _names(text: str | None) -> dict[str, Any]:
    """Return what is said under names, in JSON."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _kind(held: pa.Field) -> str:
    if pa.types.is_dictionary(held.type):
        return "string"
    for name, kind in FIELD_TYPES.items():
        if pa.type_for_alias(kind.arrow) == held.type:
            return name
    raise ReleaseError(f"the column {held.name} has the type {held.type}, which is not known")


def _texts(metadata: dict[bytes, bytes] | None) -> dict[str, str]:
    return {
        name.decode("utf-8", "replace"): value.decode("utf-8", "replace")
        for name, value in (metadata or {}).items()
    }


def earlier(
    held: tuple[Table, pa.Table], revisions: tuple[Table, pa.Table], day: str | dt.date
) -> pa.Table:
    """Return a table as the dataset held it at the end of a day before its release.

    Args:
        held: The table: its descriptor and data.
        revisions: The release's table `revisions`, likewise.
        day: The day, as `load` takes it.

    Raises:
        BadArgumentError: As for `load`.
        DataError: A revision does not fit the table.
    """
    from reported_losses.loading.as_of import as_of
    from reported_losses.parsing.as_built import refuse
    from reported_losses.parsing.cast import cast

    then, issues = cast(as_of(_as_text(*held), _as_text(*revisions), day))
    refuse(held[0], issues)
    return then.data


def _as_text(table: Table, data: pa.Table) -> TextTable:
    """Return a table with its cells as files spell them."""
    texts = {field.name: _cells(field, data.column(field.name)) for field in table.fields}
    lines = np.arange(2, data.num_rows + 2, dtype=np.int64)
    return TextTable(table, table.path, pa.table(texts), lines)


def _cells(field: Field, column: pa.ChunkedArray) -> pa.Array:
    """Return a column as texts, empty where there is no value; categories stay a dictionary."""
    values = column_of(column, field.type)
    cells = pa.array([values.text(row) for row in range(len(column))], pa.string())
    return cells.dictionary_encode() if field.categorical else cells
