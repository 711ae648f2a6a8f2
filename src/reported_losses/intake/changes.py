"""How computed rows differ from the rows that stand: merging, comparing, revising."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reported_losses.dataset.descriptor import Package, Table
from reported_losses.intake.tables import Row

# What stays as it was first written, whatever a later run computes.
FIRST_WRITTEN = ("recorded_on",)
# What people may edit, as long as the amount it explains is the same.
CURATED = {"corrections": ("kind", "reason", "source")}
# A change here is a change of evidence or of a released figure, and is written down as one.
REVISED = ("readings", "reports", "loss_counts", "corrections")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run would change.

    Attributes:
        added: Keys of new rows, by table.
        changed: Key, column, old and new text of each changed cell, by table.
        removed: Keys of rows that the records no longer support, by table.
    """

    added: Mapping[str, list[str]]
    changed: Mapping[str, list[tuple[str, str, str, str]]]
    removed: Mapping[str, list[str]]

    def __bool__(self) -> bool:
        return any(any(part.values()) for part in (self.added, self.changed, self.removed))


def merged(table: Table, reporter: str, old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """Replace one reporter's rows, keeping in them what is curated or first written.

    Args:
        table: Descriptor of the table; it has a column `reporter`.
        reporter: The reporter whose rows are computed; other rows stay.
        old: Rows that stand.
        new: Rows computed.

    Returns:
        The rows of the table from now on.
    """
    before = {row_key(table, row): row for row in old}
    rows = [row for row in old if row["reporter"] != reporter]
    for row in new:
        known = before.get(row_key(table, row))
        rows.append(row if known is None else row | _kept_columns(table, known, row))
    return rows


def _kept_columns(table: Table, known: Row, row: Row) -> Row:
    names = [name for name in FIRST_WRITTEN if name in known]
    if table.name == "corrections" and known["amount"] == row["amount"]:
        names += CURATED["corrections"]
    return {name: known[name] for name in names}


def compare(
    package: Package, old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]
) -> Changes:
    """Compare tables row by row, by primary key."""
    added: dict[str, list[str]] = {}
    removed: dict[str, list[str]] = {}
    changed: dict[str, list[tuple[str, str, str, str]]] = {}
    for name, rows in new.items():
        table = package.table(name)
        before = {row_key(table, row): row for row in old[name]}
        after = {row_key(table, row): row for row in rows}
        added[name] = [key for key in after if key not in before]
        removed[name] = [key for key in before if key not in after]
        changed[name] = [
            (key, column, before[key][column], row[column])
            for key, row in after.items()
            if key in before
            for column in table.names
            if before[key][column] != row[column]
        ]
    return Changes(added, changed, removed)


def revisions(
    package: Package, old: Mapping[str, Sequence[Row]], changes: Changes, today: str
) -> list[Row]:
    """Propose a row of `revisions` for every value that was already there and changes."""
    number = max((int(row["revision"]) for row in old["revisions"]), default=0)
    major, minor, patch = package.version.split(".")
    version = f"{major}.{minor}.{int(patch) + 1}"
    cells = [(name, *cell) for name in REVISED for cell in changes.changed[name]]
    for name in REVISED:
        table = package.table(name)
        before = {row_key(table, row): row for row in old[name]}
        for key in changes.removed[name]:
            # The whole row goes; its first value stands for it.
            column = next(column for column in table.names if column not in table.primary_key)
            cells.append((name, key, column, before[key][column], ""))
    return [
        {
            "revision": str(number + place),
            "revised_on": today,
            "version": version,
            "table": name,
            "key": key,
            "column": column,
            "old": was,
            "new": now,
            "reason": "The upstream records changed.",
            "source": "",
        }
        for place, (name, key, column, was, now) in enumerate(sorted(cells), 1)
    ]


def row_key(table: Table, row: Row) -> str:
    """Write a row's primary key as `revisions.key` does."""
    return "/".join(row[name] for name in table.primary_key)
