"""What the dataset holds: its tables, what their columns mean, its version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from reported_losses.definition.descriptor import installed
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.history import HISTORIES
from reported_losses.definition.schema import Field, Table

if TYPE_CHECKING:
    from reported_losses.definition.names import TableName

__version__: str = installed().version


def tables() -> tuple[TableName, ...]:
    """Return the names of the tables.

    Returns:
        The names, as `load`, `path`, `parquet`, `describe` and `schema` take them; the main
        table first.

    >>> import reported_losses as rl
    >>> rl.tables()[0]
    'loss_counts'
    """
    return cast("tuple[TableName, ...]", tuple(installed().tables))


@dataclass(frozen=True, slots=True, repr=False)
class Description:
    """What a table or one of its columns is. Prints as text for people.

    Attributes:
        table: The table.
        field: The column; None for the whole table.
    """

    table: Table
    field: Field | None = None

    def __repr__(self) -> str:
        return _table(self.table) if self.field is None else _field(self.table, self.field)


def describe_table(table: str, column: str | None = None) -> Description:
    """Describe a table or a column that exists.

    Raises:
        UnknownNameError: There is no such table or column.
        BadArgumentError: A name is no text.
    """
    found = installed().table(table)
    return Description(found, None if column is None else found.field(column))


def rule(field: Field) -> str:
    """Return a column's constraints in words.

    >>> rule(installed().table("loss_counts").field("total"))
    'required; at least 0'
    """
    parts = ["required" if field.required else "may be missing"]
    if field.unique:
        parts.append("unique")
    if field.minimum is not None:
        parts.append(f"at least {field.minimum}")
    if field.maximum is not None:
        parts.append(f"at most {field.maximum}")
    if field.enum is not None:
        parts.append(f"one of {', '.join(field.enum)}")
    if field.pattern is not None:
        parts.append(f"like {field.pattern}")
    if field.min_length is not None:
        parts.append(f"{field.min_length} characters or more")
    if field.max_length is not None:
        parts.append(f"{field.max_length} characters or fewer")
    return "; ".join(parts)


def _table(table: Table) -> str:
    width = max(len(field.name) for field in table.fields)
    lines = [f"{table.name}: {table.title}", f"  {table.description}", "", "columns:"]
    for field in table.fields:
        mark = "*" if field.name in table.primary_key else " "
        needed = "" if field.required else ", may be missing"
        lines.append(f"{mark} {field.name:{width}}  {field.type}{needed}: {field.description}")
    lines += ["", f"* primary key: {', '.join(table.primary_key)}"]
    lines += [f"{', '.join(key.fields)} -> {key.table}" for key in table.foreign_keys]
    return "\n".join(lines)


def _arrow(field: Field) -> str:
    """Return the Arrow type that `load` gives a column."""
    kind = FIELD_TYPES[field.type].arrow
    return f"dictionary<{kind}, int32>" if field.categorical else kind


def _field(table: Table, field: Field) -> str:
    lines = [
        f"{table.name}.{field.name}: {field.title}",
        f"  {field.description}",
        f"  type: {field.type} (Arrow {_arrow(field)})",
        f"  {rule(field)}",
    ]
    lines += [f"  history: {field.history}: {HISTORIES[field.history].replace('`', '')}"]
    lines += [f"  unit: {field.unit}"] if field.unit else []
    lines += [f"  example: {field.example}"] if field.example is not None else []
    return "\n".join(lines)
