"""`schema()`: the pandera schema of a table. Nothing here imports pandera before it is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reported_losses.definition.arguments import shown, text
from reported_losses.definition.dates import as_date
from reported_losses.definition.descriptor import installed
from reported_losses.errors import BadArgumentError
from reported_losses.validation import without_pandera

if TYPE_CHECKING:
    from reported_losses.validation.pandera_schemas import TableSchema


def schema(
    name: str, *, tables: Mapping[str, Any] | None = None, today: str | dt.date | None = None
) -> TableSchema:
    """Return the pandera schema of a table, with every rule.

    Args:
        name: Name of the table, one of `tables()`.
        tables: Other tables as frames, by name, that keys and rules look into. By default those
            of the installed dataset are used, and rules that judge a table as a whole
            (loss_counts/complete-report) are left out, because your frame may be a part of it.
            If you give tables, nothing else is looked into: a check that needs a table you did
            not give is left out.
        today: The day taken as today; without it nothing is in the future.

    Returns:
        The schema. Errors fail it; warnings are issued as `pandera.errors.SchemaWarning`.

    Raises:
        UnknownNameError: There is no such table.
        BadArgumentError: `today` is not a day, or `tables` does not hold frames by name.
        MissingExtraError: pandera is not installed.

    >>> import reported_losses as rl
    >>> frame = rl.load("categories")
    >>> rl.schema("categories").validate(frame) is frame
    True
    """
    if not without_pandera.has_pandera():
        raise without_pandera.missing("schema()")
    package = installed()
    package.table(text("name", name))
    if not isinstance(tables, Mapping | None):
        raise BadArgumentError(f"tables holds frames by name of table, not {shown(tables)}")
    for other in tables or ():
        package.table(other)
    day = None if today is None else as_date(today, "today")
    from reported_losses.validation.pandera_schemas import table_schema

    return table_schema(name, tables, day)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Give the class of a schema, or without pandera what stands for it."""
        if name != "TableSchema":
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        if not without_pandera.has_pandera():
            return without_pandera.TableSchema
        from reported_losses.validation.pandera_schemas import TableSchema

        return TableSchema
