"""Withdrawing a row: it goes, and `revisions` keeps it whole, with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.schema import Package, Table
from reported_losses.definition.versions import revision_version
from reported_losses.definition.withdrawn import row_text
from reported_losses.errors import BadArgumentError, DataError, UnknownNameError
from reported_losses.intake.nearest_keys import nearest_keys
from reported_losses.intake.tables import Row, read_rows, row_key
from reported_losses.validation.history.base import folder_base
from reported_losses.validation.history.decisions import released

_REVISIONS = "revisions"
_SHOWN = 10
# What belongs to a figure without referring to it: it would stand there alone.
_OF_A_FIGURE = ("status_counts", "corrections")
# The columns of `claims` that name the figure which a claim repeats.
_CLAIMED = ("reporter", "subject", "category", "period_end")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A row that is withdrawn.

    Attributes:
        row: The row.
        revision: The row of `revisions` that tells of it.
        tables: The new rows of both tables.
    """

    row: Row
    revision: Row
    tables: Mapping[str, Sequence[Row]]


def withdraw(  # noqa: PLR0913 - a revision has this many parts
    folder: Path,
    package: Package,
    table: str,
    key: str,
    *,
    reason: str,
    replaced_by: str = "",
    revised_on: dt.date,
) -> Withdrawal:
    """Take a row out of its table, and write down in `revisions` what it was.

    Nothing is written to files.

    Args:
        folder: Package folder.
        package: Its descriptor.
        table: Name of the table.
        key: Primary key of the row: its texts in key order, joined by slashes.
        reason: Why the row is withdrawn.
        replaced_by: Key of the row in its place, if there is one.
        revised_on: Day of the withdrawal.

    Returns:
        The row, the revision, and the tables without the one and with the other.

    Raises:
        UnknownNameError: There is no such table or row.
        BadArgumentError: The reason is missing, the row is a revision, or nothing has the key
            `replaced_by`.
        DataError: Other rows refer to the row; the message names them. Or a table cannot be read.
    """
    described = package.table(table)
    if table == _REVISIONS:
        raise BadArgumentError("a revision is never withdrawn: write another one that undoes it")
    if not reason.strip():
        raise BadArgumentError("reason is empty: say why the row is withdrawn")
    rows, revisions = (read_rows(folder, package.table(name)) for name in (table, _REVISIONS))
    rows_by_key = {row_key(described, row): row for row in rows}
    if key not in rows_by_key:
        raise unknown_row(described, key, rows_by_key)
    if replaced_by and (replaced_by == key or replaced_by not in rows_by_key):
        raise BadArgumentError(f"replaced_by {replaced_by!r} is not the key of another row")
    _refuse_referred(folder, package, described, rows_by_key[key])
    revision = {
        "revision": str(max((int(row["revision"]) for row in revisions), default=0) + 1),
        "revised_on": revised_on.isoformat(),
        "version": revision_version(
            package.version,
            (row["version"] for row in revisions),
            released=released(folder_base(folder, package)),
        ),
        "table": table,
        "key": key,
        "column": "",
        "old": row_text(described.names, rows_by_key[key]),
        "new": "",
        "replaced_by": replaced_by,
        "reason": reason.strip(),
        "source": "",
    }
    left = [row for row in rows if row is not rows_by_key[key]]
    return Withdrawal(rows_by_key[key], revision, {table: left, _REVISIONS: [*revisions, revision]})


def unknown_row(table: Table, key: str, keys: Iterable[str]) -> UnknownNameError:
    """Build the error for a row that does not exist; it names those whose keys are most like it."""
    near = ", ".join(nearest_keys(key, keys)) or "none"
    form = "/".join(table.primary_key)
    return UnknownNameError(f"no row {key!r} in {table.name}, whose keys are {form}; near: {near}")


def _refuse_referred(folder: Path, package: Package, table: Table, row: Row) -> None:
    found = list(_referring(folder, package, table, row))
    if found:
        more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        raise DataError(
            f"{table.name} {row_key(table, row)} cannot be withdrawn: other rows refer to it: "
            f"{', '.join(found[:_SHOWN])}{more}. Withdraw or change them first; nothing was written"
        )


def _referring(folder: Path, package: Package, table: Table, row: Row) -> Iterator[str]:
    """Yield the rows that would refer to nothing, as table and key."""
    key = tuple(row[name] for name in table.primary_key)
    for other in package.tables.values():
        columns = [one.fields for one in other.foreign_keys if one.table == table.name]
        if table.name == "loss_counts" and other.name in _OF_A_FIGURE:
            columns.append(table.primary_key)
        if table.name == "loss_counts" and other.name == "claims":
            columns.append(_CLAIMED)
        if columns:
            for one in read_rows(folder, other):
                if any(tuple(one[name] for name in names) == key for names in columns):
                    yield f"{other.name} {row_key(other, one)}"
