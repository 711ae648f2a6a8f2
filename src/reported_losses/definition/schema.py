"""A package, its tables, their columns and keys, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.arguments import choice
from reported_losses.definition.history import FIXED
from reported_losses.definition.location import DESCRIPTOR


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    Attributes:
        name: Column name.
        title: Label for people.
        description: What the column means.
        type: Table Schema type; a key of `FIELD_TYPES`.
        unit: What a number counts; None for other types.
        example: A possible value of the column, or None.
        required: Whether every cell must have a value.
        unique: Whether all values must differ.
        enum: The allowed values, or None if any value is allowed.
        pattern: Regular expression that the whole text must match, or None.
        minimum: Least allowed value, as a Python value of the field's type, or None.
        maximum: Greatest allowed value, likewise.
        min_length: Least number of characters, or None.
        max_length: Greatest number of characters, or None.
        categorical: Whether the texts repeat: the column has an enum, is a key of another table,
            or is a key that other tables have.
        history: How a released value may change; a key of `HISTORIES`.
        history_stated: Whether the schema says so; schemas older than the keyword do not.
    """

    name: str
    title: str
    description: str
    type: str
    unit: str | None = None
    example: Any = None
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] | None = None
    pattern: str | None = None
    minimum: Any = None
    maximum: Any = None
    min_length: int | None = None
    max_length: int | None = None
    categorical: bool = False
    history: str = FIXED
    history_stated: bool = True


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns of one table that hold the key of a row in another.

    Attributes:
        fields: Names of the columns.
        table: Name of the other table.
        references: Names of its key columns, in the same order.
    """

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What a descriptor states of a table's file, as it was built; None where it does not.

    Attributes:
        size: Number of bytes.
        sha256: Digest of the bytes, in hexadecimal.
        rows: Number of rows, without the header.
    """

    size: int | None = None
    sha256: str | None = None
    rows: int | None = None

    def words(self) -> str:
        """Return what is stated, in words.

        >>> import reported_losses as rl
        >>> rl.Built(1_234, None, 56).words()
        '1,234 bytes, 56 rows'
        """
        parts = (
            None if self.size is None else f"{self.size:,} bytes",
            None if self.rows is None else f"{self.rows:,} rows",
            None if self.sha256 is None else f"SHA-256 {self.sha256[:16]}",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns and keys.

    Attributes:
        name: Name of the table.
        title: Label for people.
        description: What a row is.
        path: CSV file, relative to the package folder.
        fields: The columns, in file order.
        primary_key: Names of the key columns, in sort order.
        foreign_keys: Keys of other tables that this one holds.
        built: What the descriptor states of the file; None in a checkout.
    """

    name: str
    title: str
    description: str
    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    built: Built | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in file order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return a column by name.

        Raises:
            UnknownNameError: There is no such column.
            BadArgumentError: The name is no text.

        >>> import reported_losses as rl
        >>> rl.describe("loss_counts").table.field("total").minimum
        0
        """
        choice(f"column in {self.name}", name, self.names)
        return self.fields[self.names.index(name)]


@dataclass(frozen=True, slots=True)
class Package:
    """The dataset: its version and tables.

    Attributes:
        name: Name of the package.
        version: Data version, `MAJOR.MINOR.PATCH`.
        title: Label for people.
        description: What the dataset is.
        tables: Tables by name, in the descriptor's order.
        raw: All of `datapackage.json`, for parts that this package only shows.
    """

    name: str
    version: str
    title: str
    description: str
    tables: Mapping[str, Table]
    raw: Mapping[str, Any]

    def table(self, name: str) -> Table:
        """Return a table by name.

        Raises:
            UnknownNameError: There is no such table.
            BadArgumentError: The name is no text.

        >>> from reported_losses.definition.descriptor import installed
        >>> installed().table("reports").primary_key
        ('reporter', 'report_date')
        """
        return self.tables[choice("table", name, tuple(self.tables))]

    def schema_path(self, name: str) -> str:
        """Return the file that holds the schema of a table, relative to the package folder.

        Args:
            name: Name of the table.

        Returns:
            The file that the descriptor points to; the descriptor itself if the schema is
            inlined in it.

        Raises:
            UnknownNameError: There is no such table.

        >>> from reported_losses.definition.descriptor import installed
        >>> installed().schema_path("series")
        'schemas/series.json'
        """
        name = self.table(name).name
        said = next(one["schema"] for one in self.raw["resources"] if one["name"] == name)
        return said if isinstance(said, str) else DESCRIPTOR
