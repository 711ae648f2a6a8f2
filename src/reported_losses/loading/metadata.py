"""What a table says of itself, for files and frames: columns, units, keys, version, licence.

Parquet and Arrow hold it in the schema's metadata, pandas in `DataFrame.attrs`. Nothing of it
changes a value. What is kept for pandas is JSON, because pandas writes `attrs` to Parquet as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

from reported_losses.definition.citation import cited
from reported_losses.definition.descriptor import installed
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Package, Table

if TYPE_CHECKING:
    import pyarrow as pa

_LOGICAL = {"integer": "int64", "number": "float64", "boolean": "bool"}
"""pandas' names for the values of types that it holds otherwise if they may be missing."""


class Texts(dict[str, str]):
    """Texts by name, to be read and not changed: a copy is the same object.

    pandas copies `attrs` deeply whenever it makes a frame or a column, even for `frame["total"]`,
    and copying thirty texts one by one would take longer than the rest of that.
    """

    def __deepcopy__(self, _: object) -> Texts:
        return self

    def __reduce__(self) -> tuple[type, tuple[dict[str, str]]]:
        return dict, (dict(self),)  # who unpickles a frame may not have this package


def attrs(table: Table, package: Package | None = None) -> dict[Hashable | None, Any]:
    """Return what a pandas frame of a table keeps in `attrs`.

    Two frames of one table have equal `attrs`, which `pandas.concat` keeps.

    Args:
        table: Descriptor of the table.
        package: The package that it is of; by default the installed one.

    Returns:
        A new dict of texts, `table`, `title`, `description`, `primary_key`, `version`, `licence`
        and `citation`, and of texts by name: `columns` (what each means), `units` (of the columns
        that have one) and `foreign_keys` (the table that the columns refer to).

    >>> from reported_losses.definition.descriptor import installed
    >>> found = attrs(installed().table("loss_counts"))
    >>> found["primary_key"], found["foreign_keys"]["reporter, report_date"]
    ('reporter, subject, category, report_date', 'reports')
    """
    package = package or installed()
    return {
        "table": table.name,
        "title": table.title,
        "description": table.description,
        "columns": Texts({field.name: field.description for field in table.fields}),
        "units": Texts({field.name: field.unit for field in table.fields if field.unit}),
        "primary_key": ", ".join(table.primary_key),
        "foreign_keys": Texts({", ".join(key.fields): key.table for key in table.foreign_keys}),
        "version": package.version,
        "licence": package.raw["licenses"][0]["name"],
        "citation": cited(package),
    }


def described(table: Table, data: pa.Table) -> pa.Table:
    """Return a table's data with its description in the Arrow schema; the columns are the same.

    Args:
        table: Descriptor of the table.
        data: The data: some or all of its columns.

    Returns:
        The data. Each field has `title`, `description` and `unit`. The schema has `table`,
        `title`, `description`, `primary_key`, `foreign_keys`, `version`, `licence` and
        `citation`, and for pandas the types of the columns and the `attrs` of the frame.
    """
    import pyarrow as pa

    known = [table.field(name) for name in data.column_names]
    pairs = zip(data.schema, known, strict=True)
    fields = [held.with_metadata(_of_field(field)) for held, field in pairs]
    schema = pa.schema(fields, metadata=_of_table(table) | {"pandas": _for_pandas(known)})
    return pa.Table.from_arrays(data.columns, schema=schema)


def for_pandas(data: pa.Table) -> pa.Table:
    """Return data with its days as timestamps, because pandas reads days as Python objects."""
    import pyarrow as pa

    for place, held in enumerate(data.schema):
        if pa.types.is_date32(held.type):
            days = data.column(place).cast(pa.timestamp("us"))
            data = data.set_column(place, held.name, days)
    return data


def _of_table(table: Table) -> dict[str, str]:
    said = attrs(table)
    found = {
        str(name): value if isinstance(value, str) else _json(value)
        for name, value in said.items()
        if name not in {"columns", "units"}  # the fields have them
    }
    # The key under which pandas writes `attrs` and looks for them.
    return found | {"PANDAS_ATTRS": _json(said)}


def _of_field(field: Field) -> dict[str, str]:
    found = {"title": field.title, "description": field.description}
    return found | ({"unit": field.unit} if field.unit else {})


def _for_pandas(fields: Iterable[Field]) -> str:
    """Return pandas' metadata: the types that the Arrow schema does not tell, and no index.

    Those are the types of numbers and booleans that may be missing. A text that repeats is a
    dictionary in the Arrow schema, which is enough for pandas.
    """
    told = (field for field in fields if field.type in _LOGICAL and not field.required)
    return _json(
        {
            "index_columns": [],
            "column_indexes": [],
            "columns": [_column(field) for field in told],
            "creator": {"library": "reported-losses", "version": installed().version},
            "pandas_version": "2.2.0",  # the version whose format this is
        }
    )


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "field_name": field.name,
        "pandas_type": _LOGICAL[field.type],
        "numpy_type": FIELD_TYPES[field.type].pandas_nullable,
        "metadata": None,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
