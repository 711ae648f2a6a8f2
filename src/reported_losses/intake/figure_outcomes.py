"""What became of figures whose readings were revised: a figure follows from all its readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reported_losses.definition.schema import Package
from reported_losses.intake.tables import Row, row_key

_Tables = Mapping[str, Sequence[Row]]
_FIGURE = ("reporter", "subject", "category", "report_date")


def outcomes(package: Package, old: _Tables, new: _Tables, keys: Iterable[str]) -> Iterator[str]:
    """Say what became of the figures of revised readings, and which readings came with them.

    Args:
        package: Descriptor of the package.
        old: The tables as they were.
        new: The tables from now on.
        keys: Keys of the readings that were revised.

    Yields:
        A line for each figure, and one for each reading that nobody named.
    """
    table, counts = package.table("readings"), package.table("loss_counts")
    readings = {row_key(table, row): row for row in new["readings"]}
    before = {row_key(counts, row): row for row in old["loss_counts"]}
    after = {row_key(counts, row): row for row in new["loss_counts"]}
    for figure in dict.fromkeys(_figure(readings[key]) for key in keys):
        yield _figure_line(figure, before.get(figure), after.get(figure), new)
    held = {row_key(table, row) for row in old["readings"]}
    for key, row in readings.items():
        if key not in held:
            has = f"has {row['total']}" if row["total"] else "has no total"
            yield f"readings {key}: {has}; so far its silence meant that it agreed"


def _figure(row: Row) -> str:
    return "/".join(row[name] for name in _FIGURE)


def _figure_line(figure: str, before: Row | None, after: Row | None, tables: _Tables) -> str:
    was = _words(before)
    if after is None:
        return f"figure {figure}: {was} → none: no record that votes has a total"
    said = after["evidence"]
    if before is not None and before["evidence"] != said:
        said += f" (was {before['evidence']})"
    said += f": {_holders(figure, tables)}"
    if _words(after) != was:
        return f"figure {figure}: {was} → {_words(after)}, {said}"
    return (
        f"figure {figure} stays {was}, {said}. It follows from all readings of the day; if others "
        "are wrong as well, revise them too"
    )


def _words(row: Row | None) -> str:
    if row is None:
        return "none"
    return row["total"] + (f" (+{row['increment']})" if row["increment"] else "")


def _holders(figure: str, tables: _Tables) -> str:
    """Return which voting records hold which total, as far as they say so."""
    voting = {row["record"] for row in tables["records"] if row["votes"] == "true"}
    held: dict[str, list[str]] = {}
    for row in tables["readings"]:
        if row["record"] in voting and row["total"] and not row["stale"] and _figure(row) == figure:
            held.setdefault(row["total"], []).append(row["record"])
    return "; ".join(f"{total} in {', '.join(sorted(records))}" for total, records in held.items())
