"""The curated files beside this module: decisions of ours that no upstream file holds.

Each row gives its reason. A decision about an upstream row names the text it was made
about, so that it lapses, and says so, when upstream changes that text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from reported_losses.intake import text as prose
from reported_losses.intake import upstream

FOLDER = Path(__file__).parent / "curated"

HEADERS = {
    "changes": ("statement_id", "column", "old", "new", "reason"),
    "splits": ("statement_id", "part", "column", "new", "reason"),
    "links": ("statement_id", "category", "reporter", "reason"),
    "places": ("statement_id", "place"),
    "organisations": ("organisation", "name", "kind", "side", "parent", "url", "note"),
    "pages": ("url", "column", "new", "reason"),
    "publishers": ("as_written", "publisher", "note"),
    "estimate_speakers": ("as_written", "country", "slug", "name", "organisation", "role", "via"),
    "estimate_publishers": ("host", "publisher", "language"),
    "oryx_names": ("subject", "as_written", "first_day", "last_day", "category", "reason"),
    "oryx_notes": ("subject", "category", "date", "note"),
    "estimate_decisions": ("date", "source", "country", "type", "column", "new", "reason"),
}


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Read one curated file.

    Args:
        name: Its name without `.csv`.
        folder: Where it is; another folder serves tests.

    Raises:
        UpstreamError: The file is not such a table.
    """
    return [row for _, row in prose.rows(folder / f"{name}.csv", HEADERS[name])]


def by(
    names: Iterable[str], table: Iterable[dict[str, str]]
) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """Gather rows by the columns named."""
    names = tuple(names)
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in table:
        found.setdefault(tuple(row[name] for name in names), []).append(row)
    return found


def changed(
    row: Mapping[str, str], changes: Iterable[Mapping[str, str]], lapsed: list[str]
) -> dict[str, str]:
    """Apply changes to a row; note those whose `old` text is no longer there."""
    result = dict(row)
    for change in changes:
        column = change["column"]
        if column not in result:
            raise upstream.fault(FOLDER, str(dict(change)), f"names no column {column!r}")
        if result[column] == change["old"]:
            result[column] = change["new"]
        elif result[column] != change["new"]:
            lapsed.append(f"{change['statement_id']}.{column}: upstream now has {result[column]!r}")
    return result
