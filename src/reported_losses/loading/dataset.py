"""`dataset()`: a table as an Arrow stream, for any library that takes one, without pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reported_losses.definition.descriptor import installed
from reported_losses.loading.arguments import text
from reported_losses.loading.load import arrow
from reported_losses.loading.metadata import described

if TYPE_CHECKING:
    import pyarrow as pa


class Dataset:
    """A table of the dataset, held in Arrow's memory, for libraries that speak Arrow.

    It has the two methods of the Arrow PyCapsule interface and little more: give it to the library
    you work with.

    Attributes:
        name: Name of the table.
        schema: The Arrow schema. Its metadata has version, licence, citation and keys; each field
            has `title`, `description` and `unit`.
    """

    __slots__ = ("_data", "name")

    def __init__(self, name: str, data: pa.Table) -> None:
        self.name = name
        self._data = data

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema."""
        return self._data.schema

    def __len__(self) -> int:
        return int(self._data.num_rows)

    def __repr__(self) -> str:
        width = max(len(field.name) for field in self.schema)
        lines = [f"{self.name}: {len(self):,} rows, {len(self.schema)} columns"]
        lines += [f"  {field.name:{width}}  {_short(field.type)}" for field in self.schema]
        return "\n".join(lines)

    def __arrow_c_schema__(self) -> object:
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._data.__arrow_c_stream__(requested_schema)


def _short(kind: pa.DataType) -> str:
    """Return an Arrow type without the type of its codes: `dictionary<string>`."""
    from pyarrow import types

    return f"dictionary<{kind.value_type}>" if types.is_dictionary(kind) else str(kind)


def dataset(name: str) -> Dataset:
    """Return a table that any library which speaks Arrow can take.

    The object has `__arrow_c_stream__` and `__arrow_c_schema__`: `polars.DataFrame(it)`,
    `pyarrow.table(it)`, `pandas.DataFrame.from_arrow(it)` (pandas 3) and `FROM it` in DuckDB read
    it. Do not use `polars.from_arrow(it)`, which gives a Series of structs, or
    `pandas.DataFrame(it)`, which fails. Nothing is copied, and nothing imports pandas. Types are
    those of `load(name, engine="arrow")`.

    Args:
        name: Name of the table, one of `tables()`.

    Returns:
        The table. It prints as its name, rows and columns; `len` gives the rows, and `schema` the
        Arrow schema with what the columns mean.

    Raises:
        UnknownNameError: There is no such table.
        BadArgumentError: `name` is not a text.
        DataError: The table's file is damaged, or is installed and not as it was built.

    >>> import reported_losses as rl
    >>> counts = rl.dataset("statement_sources")
    >>> counts.schema.field("source").type.value_type
    DataType(string)
    """
    table = installed().table(text("name", name))
    return Dataset(name, described(table, arrow(table)))
