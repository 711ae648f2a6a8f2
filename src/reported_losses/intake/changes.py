"""How computed tables differ from the tables that the package holds, and writing them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from reported_losses.definition.history import needs_revision
from reported_losses.definition.schema import Package
from reported_losses.definition.versions import revision_version
from reported_losses.definition.withdrawn import row_text
from reported_losses.intake.tables import Row, row_key, to_csv
from reported_losses.writing.commit import Commit


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

    def counts(self, name: str, rows: int) -> dict[str, int]:
        """Count the rows of a table that are `new`, `changed`, `unchanged` and `removed`.

        Args:
            name: Name of the table.
            rows: Number of rows that it will have.
        """
        new = len(self.added[name])
        changed = len({key for key, *_ in self.changed[name]})
        removed = len(self.removed[name])
        unchanged = rows - new - changed
        return {"new": new, "changed": changed, "unchanged": unchanged, "removed": removed}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run; `write` writes it.

    Attributes:
        package: Descriptor of the package.
        tables: New rows of every table that the run computes.
        changes: How they differ from the rows that the package holds.
    """

    package: Package
    tables: Mapping[str, Sequence[Row]]
    changes: Changes


def write(commit: Commit, outcome: Outcome) -> None:
    """Write the tables of an outcome whose files change, all of them or none.

    Args:
        commit: Holds the package from which the outcome was computed, since before that.
        outcome: The tables to write.

    Raises:
        WritingError: A file cannot be written.
    """
    commit.replace(
        {name: to_csv(commit.package.table(name), rows) for name, rows in outcome.tables.items()}
    )


def compare(
    package: Package, old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]
) -> Changes:
    """Compare tables row by row, by primary key."""
    added: dict[str, list[str]] = {}
    removed: dict[str, list[str]] = {}
    changed: dict[str, list[tuple[str, str, str, str]]] = {}
    for name, rows in new.items():
        table = package.table(name)
        columns = table.names
        # Most rows are the old ones themselves, which cannot have changed.
        kept = set(map(id, old[name])) & set(map(id, rows))
        before = {row_key(table, row): row for row in old[name] if id(row) not in kept}
        after = {row_key(table, row): row for row in rows if id(row) not in kept}
        added[name] = [key for key in after if key not in before]
        removed[name] = [key for key in before if key not in after]
        changed[name] = [
            (key, column, before[key][column], row[column])
            for key, row in after.items()
            if key in before
            for column in columns
            if before[key][column] != row[column]
        ]
    return Changes(added, changed, removed)


def revisions(  # noqa: PLR0913 - a revision has this many parts
    package: Package,
    old: Mapping[str, Sequence[Row]],
    changes: Changes,
    today: str,
    *,
    reason: str = "The upstream records changed.",
    source: str = "",
    released: bool = True,
    always: Container[tuple[str, str, str]] = frozenset(),
) -> list[Row]:
    """Propose a row of `revisions` for every value that needs one, and for every row that goes.

    Every value that the package holds counts as released: somebody may have read it.

    Args:
        package: Descriptor of the package.
        old: Rows that the package holds, those of `revisions` included.
        changes: What would change.
        today: Day of the revisions.
        reason: Why.
        source: Slug of the source in which the new values can be read.
        released: Whether the version of the package was released; its next one is proposed then.
        always: Table, key and column of values that get a row also if they need none.

    Returns:
        The new rows, numbered after those held.
    """
    number = max((int(row["revision"]) for row in old["revisions"]), default=0)
    earlier = (row["version"] for row in old["revisions"])
    version = revision_version(package.version, earlier, released=released)
    cells = []
    for name in sorted(changes.changed):
        table = package.table(name)
        for key, column, before_text, after_text in changes.changed[name]:
            needed = needs_revision(table.field(column).history, before_text, after_text)
            if needed or (name, key, column) in always:
                cells.append((name, key, column, before_text, after_text))
        if changes.removed[name]:
            before = {row_key(table, row): row for row in old[name]}
            cells += [
                (name, key, "", row_text(table.names, before[key]), "")
                for key in changes.removed[name]
            ]
    return [
        {
            "revision": str(number + count),
            "revised_on": today,
            "version": version,
            "table": name,
            "key": key,
            "column": column,
            "old": before_text,
            "new": after_text,
            "replaced_by": "",
            "reason": reason,
            "source": source,
        }
        for count, (name, key, column, before_text, after_text) in enumerate(sorted(cells), 1)
    ]
