"""The files in `curated/`: decisions of ours that no upstream file holds.

Each row gives its reason. A decision about an upstream row names the text that it was made
about. When upstream changes that text, the decision lapses and the import reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reported_losses.intake.text import text_rows
from reported_losses.intake.upstream_files import Location

FOLDER = Path(__file__).parent / "curated"

HEADERS = {
    "changes": ("statement_id", "column", "old", "new", "reason"),
    "splits": ("statement_id", "part", "column", "new", "reason"),
    "remarks": ("remark", "column", "old", "new", "reason"),
    "added": tuple(
        "remark beside subject measure rate basis subset place low high qualifier "
        "period_start period_end period_precision confidence notes reason".split()
    ),
    "same": ("remark", "same_as", "how", "note", "reason"),
    "summaries": ("remark", "old", "new", "reason"),
    "organisations": ("organisation", "name", "kind", "side", "parent", "url", "note"),
    "pages": ("url", "column", "new", "reason"),
    "publishers": ("as_written", "publisher", "note"),
    "estimate_speakers": ("as_written", "country", "slug", "name", "organisation", "role", "via"),
    "estimate_publishers": ("host", "publisher", "language"),
    "oryx_names": ("subject", "as_written", "first_day", "last_day", "category", "reason"),
    "oryx_notes": ("subject", "category", "date", "note"),
    "ru_mod_cells": ("date", "category", "total", "column", "new", "reason"),
    "report_labels": ("category", "language", "label", "use", "first_day", "last_day", "note"),
    "report_words": ("kind", "value", "language", "words"),
    "estimate_decisions": ("date", "source", "country", "type", "column", "new", "reason"),
}


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Read one curated file.

    Args:
        name: Its name without `.csv`.
        folder: Folder of the curated files; tests have their own.

    Raises:
        UpstreamError: The file does not have the columns in `HEADERS`, or a cell is refused.
    """
    return [row for _, row in text_rows(folder / f"{name}.csv", HEADERS[name])]


def decisions(name: str, folder: Path, *key: str) -> Iterator[tuple[Location, dict[str, str]]]:
    """Yield the rows of a curated file in which each row is one decision with its reason.

    Args:
        name: Its name without `.csv`.
        folder: Folder of the curated files.
        key: Columns that name what is decided, once in the file.

    Raises:
        UpstreamError: As for `rows`; or a decision has no reason, or is there twice.
    """
    seen: set[tuple[str, ...]] = set()
    for location, row in text_rows(folder / f"{name}.csv", HEADERS[name]):
        about = tuple(row[column] for column in key)
        if about in seen:
            raise location.error(f"decides about {'.'.join(about)} a second time")
        if not row["reason"]:
            raise location.error(f"decides about {'.'.join(about)} without a reason")
        seen.add(about)
        yield location, row


def grouped(
    rows: Iterable[dict[str, str]], *columns: str
) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """Group rows by the texts in some columns."""
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return groups


def with_changes(
    row: Mapping[str, str], changes: Iterable[Mapping[str, str]], lapsed: list[str]
) -> dict[str, str]:
    """Apply curated changes to an upstream row.

    Args:
        row: The row.
        changes: Rows of `changes.csv` about it.
        lapsed: Takes a line for each change whose `old` text the row no longer has.
    """
    result = dict(row)
    for change in changes:
        column = change["column"]
        if column not in result:
            problem = f"{change['statement_id']} names the unknown column {column!r}"
            raise Location(FOLDER / "changes.csv").error(problem)
        if result[column] == change["old"]:
            result[column] = change["new"]
        elif result[column] != change["new"]:
            lapsed.append(f"{change['statement_id']}.{column}: upstream now has {result[column]!r}")
    return result
