"""Every claim with its statement, organisation and source: what `claims` is made from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.arrow_functions import cast, take_rows, text_array
from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Field, Table
from reported_losses.loading.load import arrow
from reported_losses.parsing.columns import column_of
from reported_losses.validation.keys import lookup

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "stated_on": "statements",
        "stated_on_precision": "statements",
        "speaker": "statements",
        "speaker_role": "statements",
        "via": "statements",
        "organisation": "statements",
        "side": "organisations",
        "subject": "claims",
        "measure": "claims",
        "category": "claims",
        "reporter": "claims",
        "derived_from": "claims",
        "rate": "claims",
        "basis": "claims",
        "subset": "claims",
        "place": "claims",
        "low": "claims",
        "high": "claims",
        "qualifier": "claims",
        "period_start": "claims",
        "period_end": "claims",
        "period_precision": "claims",
        "confidence": "claims",
        "summary": "statements",
        "title": "sources",
        "publisher": "sources",
        "url": "sources",
        "other_urls": "statements",
        "note": "claims",
        "statement": "claims",
        "claim": "claims",
    }
)
"""The columns of `claims()`, in order, each with the table whose rows have it.

`other_urls` and `note` are put together from several rows.
"""


def descriptor() -> Table:
    """Return the descriptor of the columns of `claims()`."""
    table = installed().table("claims")
    urls = Field("other_urls", "Other addresses", "Other pages that tell the statement.", "string")
    fields = [
        urls if name == urls.name else installed().table(home).field(name)
        for name, home in COLUMNS.items()
    ]
    return dataclasses.replace(table, fields=tuple(fields))


def joined(as_of: str | dt.date | None = None) -> pa.Table:
    """Return every claim with its statement, organisation and source, in order of day.

    Args:
        as_of: As for `load`.

    Returns:
        The columns of `descriptor()`.
    """
    tables = {name: arrow(installed().table(name)) for name in ("organisations", "sources")}
    for name in ("claims", "statements", "statement_sources"):
        tables[name] = arrow(installed().table(name), as_of=as_of)
    statement = _rows(tables, "claims", "statements", "statement")
    rows = {
        "claims": _order(tables, statement),
        "statements": statement,
        "organisations": _rows(tables, "statements", "organisations", "organisation")[statement],
        "sources": _rows(tables, "statements", "sources", "source")[statement],
    }
    rows |= {name: of[rows["claims"]] for name, of in rows.items() if name != "claims"}
    tables["claims"] = _with_notes(tables, statement)
    tables["statements"] = _with_other_urls(tables)
    columns = [take_rows(tables[home].column(name), rows[home]) for name, home in COLUMNS.items()]
    return pa.Table.from_arrays(columns, names=list(COLUMNS))


def _rows(tables: dict[str, pa.Table], asking: str, asked: str, key: str) -> NDArray[np.int64]:
    """Return for each row of a table the row of another with the same key, or -1."""
    ours, theirs = (column_of(tables[name].column(key), "string") for name in (asking, asked))
    return lookup([ours], [theirs])


def _order(tables: dict[str, pa.Table], statement: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the claims that have a statement, in order of its day and of their keys."""
    kept = np.flatnonzero(statement >= 0)
    claim = column_of(tables["claims"].column("claim"), "integer").take(kept)
    name = column_of(tables["claims"].column("statement"), "string").take(kept)
    day = column_of(tables["statements"].column("stated_on"), "date").take(statement[kept])
    keys = (claim.values, name.values, day.values)
    return kept[np.lexsort(keys)]


def _with_notes(tables: dict[str, pa.Table], statement: NDArray[np.int64]) -> pa.Table:
    """Put the note of the whole statement after that of each claim."""
    common = tables["statements"].column("note").to_pylist()
    own = tables["claims"].column("note").to_pylist()
    notes = [
        "; ".join(filter(None, (note, common[row]))) or None
        for note, row in zip(own, statement.tolist(), strict=True)
    ]
    return _with_texts(tables["claims"], "note", notes)


def _with_other_urls(tables: dict[str, pa.Table]) -> pa.Table:
    """Give each statement the addresses of its further pages, in the order of the table."""
    url = dict(zip(*_texts(tables["sources"], "source", "url"), strict=True))
    found: dict[str, list[str]] = {}
    for statement, source in zip(
        *_texts(tables["statement_sources"], "statement", "source"), strict=True
    ):
        if url.get(source):
            found.setdefault(statement, []).append(url[source])
    (names,) = _texts(tables["statements"], "statement")
    urls = [" ".join(found.get(name, ())) or None for name in names]
    return _with_texts(tables["statements"], "other_urls", urls)


def _texts(data: pa.Table, *names: str) -> list[list[str]]:
    return [data.column(name).to_pylist() for name in names]


def _with_texts(data: pa.Table, name: str, texts: list[str | None]) -> pa.Table:
    """Return a table with a column of texts in place of one of that name, or further right."""
    column = cast(text_array(texts), pa.string())
    kept = data.drop_columns([name]) if name in data.column_names else data
    return kept.append_column(name, column)
