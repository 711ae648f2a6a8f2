"""Typed Arrow tables converted for pandas, polars and DuckDB; nothing is computed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import MissingExtraError
from reported_losses.loading.metadata import attrs

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl

Converter = Callable[[Table, pa.Table], Any]


def converter(engine: str, backend: str) -> Converter:
    """Return the function that converts a table's Arrow data for an engine.

    Args:
        engine: One of `load.ENGINES`.
        backend: One of `load.BACKENDS`; only used for pandas.

    Returns:
        A function that takes the table's descriptor and its data.

    Raises:
        MissingExtraError: The engine's library is not installed.
    """
    if engine == "pandas":
        return to_pandas_arrow if backend == "pyarrow" else to_pandas
    if engine == "arrow":
        return lambda _, data: data
    require(engine)
    return to_polars if engine == "polars" else to_duckdb


def to_pandas(table: Table, data: pa.Table) -> pd.DataFrame:
    """Return a pandas frame with the dtypes that `field_types` lists."""
    import pandas as pd

    fields = [table.field(name) for name in data.column_names]
    nullable = {
        pa.type_for_alias(kind.arrow): pd.api.types.pandas_dtype(kind.pandas_nullable)
        for kind in FIELD_TYPES.values()
        if kind.pandas != kind.pandas_nullable
    }
    frame = pd.DataFrame(
        {field.name: _series(field, data.column(field.name), nullable) for field in fields},
        copy=True,  # Arrow's memory is read-only
    )
    frame.attrs = attrs(table)
    return frame


def _series(field: Field, column: pa.ChunkedArray, nullable: dict[Any, Any]) -> Any:  # noqa: ANN401 - a Series of the field's type
    if field.type == "date":
        # Arrow would convert the days into Python objects, one by one.
        return column.cast(pa.timestamp("us")).to_pandas()
    series = column.to_pandas(types_mapper=None if field.required else nullable.get)
    if series.dtype == object:
        # Arrow leaves a column without any text as objects.
        series = series.astype(text_dtype())
    return series


def text_dtype() -> Any:  # noqa: ANN401 - of NumPy before pandas 3, and of pandas since
    """Return the dtype that pandas gives to texts."""
    import pandas as pd

    return pd.Series([""]).dtype


def to_pandas_arrow(table: Table, data: pa.Table) -> pd.DataFrame:
    """Return a pandas frame of Arrow-backed columns."""
    import pandas as pd

    frame: pd.DataFrame = data.to_pandas(types_mapper=pd.ArrowDtype)
    frame.attrs = attrs(table)
    return frame


def to_polars(table: Table, data: pa.Table) -> pl.DataFrame:
    """Return a polars frame: `Enum` if the schema lists the values, `Categorical` for keys.

    A key of another table is not an `Enum`, because two `Enum`s join only if they list the same
    values, and each table lists its own.
    """
    import polars as pl

    frame = pl.DataFrame(pl.from_arrow(data))
    return frame.with_columns(
        pl.col(field.name).cast(pl.Categorical if field.enum is None else pl.Enum(list(field.enum)))
        for field in map(table.field, data.column_names)
        if field.categorical
    )


def to_duckdb(table: Table, data: pa.Table) -> duckdb.DuckDBPyRelation:
    """Return a relation on DuckDB's default connection, named after the table."""
    import duckdb

    return duckdb.from_arrow(data).set_alias(table.name)


def require(library: str) -> None:
    """Refuse to go on without a library that an extra of its name installs.

    Args:
        library: "polars" or "duckdb".

    Raises:
        MissingExtraError: It is not installed.
    """
    import importlib.util

    if importlib.util.find_spec(library) is None:
        raise MissingExtraError(
            f"{library} is not installed: pip install 'reported-losses[{library}]'"
        )
