"""What the dataset is: its tables, what their columns mean, its version, how to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from reported_losses.dataset.descriptor import Field, Table, installed
from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.errors import unknown_name

if TYPE_CHECKING:
    from reported_losses.dataset.names import TableName

__version__: str = installed().version

CITATIONS = ("text", "bibtex")


def tables() -> tuple[TableName, ...]:
    """Return the names of the tables, the main one first.

    >>> tables()[0]
    'loss_counts'
    """
    return cast("tuple[TableName, ...]", tuple(installed().tables))


@dataclass(frozen=True, slots=True, repr=False)
class Description:
    """What a table, or one of its columns, is. Prints as text for people.

    Attributes:
        table: Descriptor of the table.
        field: Descriptor of the column; None for the whole table.
    """

    table: Table
    field: Field | None = None

    def __repr__(self) -> str:
        return _table(self.table) if self.field is None else _field(self.table, self.field)


def describe(table: str, column: str | None = None) -> Description:
    """Say what a table or a column means.

    Args:
        table: Name of the table.
        column: Name of a column; the whole table by default.

    Returns:
        The description; it prints as text and holds the descriptors it is made of.

    Raises:
        UnknownNameError: There is no such table or column.

    >>> print(describe("loss_counts", "increment"))  # doctest: +ELLIPSIS
    loss_counts.increment: Increment
      Daily increment as the reporter printed it. ...
    """
    found = installed().table(table)
    return Description(found, None if column is None else found.field(column))


def citation(form: str = "text") -> str:
    """Return how to cite the installed version of the data.

    Args:
        form: "text" for one line, "bibtex" for a BibTeX entry.

    Raises:
        UnknownNameError: There is no such form.

    >>> citation().startswith("The reported-losses contributors (2026)")
    True
    """
    raw: Any = installed().raw
    facts = {
        "author": raw["contributors"][0]["title"],
        "year": raw["created"][:4],
        "title": raw["title"],
        "version": raw["version"],
        "licence": raw["licenses"][0]["name"],
        "url": raw["homepage"],
    }
    if form == "text":
        return (
            "{author} ({year}): {title} (reported-losses), version {version} [data set], "
            "{licence}, {url}".format(**facts)
        )
    if form == "bibtex":
        return (
            "@misc{{reported_losses_{version},\n"
            "  author = {{{{{author}}}}},\n"
            "  title = {{{{{title}}}}},\n"
            "  year = {{{year}}},\n"
            "  version = {{{version}}},\n"
            "  note = {{Data set, {licence}}},\n"
            "  url = {{{url}}}\n"
            "}}".format(**facts)
        )
    raise unknown_name("form of citation", form, CITATIONS)


def rule(field: Field) -> str:
    """Return what the schema asks of a column, in words.

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


def _field(table: Table, field: Field) -> str:
    kind = FIELD_TYPES[field.type]
    lines = [
        f"{table.name}.{field.name}: {field.title}",
        f"  {field.description}",
        f"  type: {field.type} (Arrow {kind.arrow})",
        f"  {rule(field)}",
    ]
    lines += [f"  unit: {field.unit}"] if field.unit else []
    lines += [f"  example: {field.example}"] if field.example is not None else []
    return "\n".join(lines)
