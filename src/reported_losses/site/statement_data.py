"""Statements, the figures in them, and the pages they are on."""

from __future__ import annotations

from typing import Any

from reported_losses.definition.descriptor import installed
from reported_losses.loading.claim_table import COLUMNS
from reported_losses.loading.export import json_value
from reported_losses.loading.load import arrow
from reported_losses.site.claim_line import claim_line
from reported_losses.site.packed import without_empty

STATEMENT = (
    *("statement", "stated_on", "stated_on_precision", "speaker", "speaker_role", "via"),
    *("organisation", "about", "summary", "source", "note"),
)
"""Columns of a statement on the page."""
CLAIM = (
    *("statement", "claim", "subject", "measure", "low", "high", "qualifier", "basis", "rate"),
    *("subset", "place", "category", "period_start", "period_end", "note"),
    *("reporter", "derived_from", "period_precision", "confidence"),
)
"""Columns of a claim on the page; the two parts of its line follow."""
SOURCE = ("source", "title", "publisher", "url")


def statement_data() -> dict[str, Any]:
    """Return statements, claims, sources and organisations as rows of cells.

    Returns:
        `statements`, in order of day, with the columns of `STATEMENT`; `claims` with those of
        `CLAIM`, its first cell the number of the statement, and the two parts of its line;
        `claim_columns`, the columns of `claims()`, in order; `pages`, further pages of statements
        (number of the statement, source); `sources` with those of `SOURCE`; `organisations`
        (slug, name, side). Empty cells at the end of a row are left out.
    """
    statements = sorted(_rows("statements", STATEMENT), key=lambda row: (row[1], row[0]))
    number = {row[0]: place for place, row in enumerate(statements)}
    return {
        "statements": statements,
        "claims": [[number[row["statement"]], *_claim(row)] for row in _read("claims", CLAIM)],
        "claim_columns": list(COLUMNS),
        "pages": [
            [number[row[0]], row[1]] for row in _rows("statement_sources", ("statement", "source"))
        ],
        "sources": _rows("sources", SOURCE),
        "organisations": _rows("organisations", ("organisation", "name", "side")),
    }


def _claim(row: dict[str, Any]) -> list[Any]:
    """Return the cells of a claim but the first, and its line in words."""
    return [*(row[name] for name in CLAIM[1:]), *claim_line(row)]


def _rows(table: str, columns: tuple[str, ...]) -> list[list[Any]]:
    return [without_empty(list(row.values())) for row in _read(table, columns)]


def _read(table: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    found = arrow(installed().table(table), list(columns)).to_pylist()
    return [{name: json_value(row[name]) for name in columns} for row in found]
