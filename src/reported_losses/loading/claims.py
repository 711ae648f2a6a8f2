"""`claims()`: figures from statements, with speaker, day and source."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, overload

from reported_losses.dataset.descriptor import installed
from reported_losses.dataset.schema import Field, Table
from reported_losses.loading.arguments import choice
from reported_losses.loading.load import ENGINES, arrow

if TYPE_CHECKING:
    from typing import TypedDict, Unpack

    import duckdb
    import numpy as np
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray

    class _Chosen(TypedDict, total=False):
        subject: str | None
        measure: str | None
        basis: str | None
        organisation: str | None
        as_of: str | dt.date | None


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


@overload
def claims(*, engine: Literal["pandas"] = "pandas", **chosen: Unpack[_Chosen]) -> pd.DataFrame: ...
@overload
def claims(*, engine: Literal["polars"], **chosen: Unpack[_Chosen]) -> pl.DataFrame: ...
@overload
def claims(*, engine: Literal["arrow"], **chosen: Unpack[_Chosen]) -> pa.Table: ...
@overload
def claims(*, engine: Literal["duckdb"], **chosen: Unpack[_Chosen]) -> duckdb.DuckDBPyRelation: ...
def claims(  # noqa: PLR0913 - one call, all of them by name
    *,
    subject: str | None = None,
    measure: str | None = None,
    basis: str | None = None,
    organisation: str | None = None,
    engine: str = "pandas",
    as_of: str | dt.date | None = None,
) -> Any:
    """Return the figures of statements, each with its speaker, range, dates and source.

    How to read the figures:

    - `measure` is what the speaker counted. *killed*, *killed-or-wounded* and the General
      Staff's *personnel* ("lost") are three different things; do not mix them.
    - `basis` is what a figure rests on. Lists of names (`confirmed-by-name`) and of pictures
      (`visually-confirmed`) are lower bounds. `estimated` is worked out; `forecast` and
      `target` do not count anything that happened.
    - Compare `side` with `subject`: a belligerent's figure of its opponent's losses is a claim
      about an enemy, a figure of its own losses an admission.
    - `rate` is `total`, or a figure per day, week, month or distance; do not mix them. A total
      counts from `period_start` to `period_end`, which is not always the whole war. `subset`
      and `place` say that it counts a part, or more than `measure` names.
    - `low` or `high` is missing if the speaker gave a bound: *more than* has no `high`, *up
      to* and *nearly* have no `low`.

    Args:
        subject: Whose losses, such as "russia".
        measure: What is counted, such as "killed".
        basis: What the figure rests on, such as "confirmed-by-name".
        organisation: The body spoken for, such as "mediazona-bbc".
        engine: "pandas", "polars", "arrow" or "duckdb", as for `load`.
        as_of: A day, as a date or as text YYYY-MM-DD: the claims as this dataset held them
            at its end.

    Returns:
        A frame of the engine in order of `stated_on`, one row per figure. If none matches, it
        is empty and an `EmptySelectionWarning` says so. Its 31 columns, with their types in
        pandas (str is object on pandas 2):

        - `stated_on` (datetime64): day of the statement, or first day of its month.
        - `stated_on_precision` (category): day, inferred or month.
        - `speaker` (str): the person who spoke, or the body that published.
        - `speaker_role` (str): office of the speaker at the time, or missing.
        - `via` (str): the outlet that relayed an unnamed speaker, or missing.
        - `organisation` (category): the body spoken for.
        - `side` (category): the belligerent that the body belongs to, or third-party.
        - `subject` (category): whose losses the figure counts.
        - `measure` (category): what is counted.
        - `category` (category): the category of `loss_counts` with the same meaning, or missing.
        - `reporter` (category): the reporter whose count the claim repeats, or missing.
        - `derived_from` (category): the reporter whose count the claim was worked out from, or
          missing. Such a claim is no second opinion.
        - `rate` (category): total, or the unit of time or space that it is counted by.
        - `basis` (category): what the figure rests on, as the speaker puts it.
        - `subset` (category): the part of the subject counted, or what `measure` includes
          besides its name; or missing.
        - `place` (str): the battle, region or ship that the figure is limited to, or missing.
        - `low`, `high` (Float64): the ends of the range; missing if not given.
        - `qualifier` (category): how the figure was hedged, such as about or more-than.
        - `period_start`, `period_end` (datetime64): first and last day counted, or missing.
        - `period_precision` (category): day, month or inferred; missing without a period.
        - `confidence` (category): how sure the reading of the figure is.
        - `summary` (str): what the whole statement says, in our words.
        - `title`, `publisher` (str): the source's title in our words, and its publisher.
        - `url` (str): address of the source; missing if only a copy elsewhere is known.
        - `other_urls` (str): the other pages that tell the statement, separated by spaces, or
          missing.
        - `note` (str): what else a reader should know, or missing.
        - `statement` (category), `claim` (int64): key of the figure in the table `claims`.

    Raises:
        UnknownNameError: There is no such subject, measure, basis, organisation or engine.
        BadArgumentError: A name is no text; `as_of` is not a day, or is before the first
            record.
        MissingExtraError: The engine's library is not installed.

    >>> killed = claims(subject="russia", measure="killed", organisation="us-cia")
    >>> killed["speaker"].iloc[0], killed["qualifier"].iloc[0], int(killed["low"].iloc[0])
    ('William Burns', 'about', 15000)
    """
    choice("engine", engine, ENGINES)
    asked = {"subject": subject, "measure": measure, "basis": basis, "organisation": organisation}
    where = {name: value for name, value in asked.items() if value is not None}
    _check_names(where)
    from reported_losses.loading.engines import converter  # these import Arrow
    from reported_losses.loading.select import matching, warn_empty

    convert = converter(engine, "numpy_nullable")
    table = descriptor()
    data = matching(table, joined(as_of), where=where)
    if not data.num_rows:
        warn_empty("claims", asked)
    return convert(table, data)


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
    import pyarrow as pa

    from reported_losses.dataset.arrow_functions import take_rows

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


def _check_names(where: dict[str, str]) -> None:
    table = installed().table("claims")
    for name, value in where.items():
        if name == "organisation":
            bodies = arrow(installed().table("organisations"), ["organisation"])
            choice(name, value, bodies.column(0).to_pylist())
        else:
            choice(name, value, table.field(name).enum or ())


def _rows(tables: dict[str, pa.Table], asking: str, asked: str, key: str) -> NDArray[np.int64]:
    """Return for each row of a table the row of another with the same key, or -1."""
    from reported_losses.parsing.columns import column_of
    from reported_losses.validation.keys import lookup

    ours, theirs = (column_of(tables[name].column(key), "string") for name in (asking, asked))
    return lookup([ours], [theirs])


def _order(tables: dict[str, pa.Table], statement: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the claims that have a statement, in order of its day and of their keys."""
    import numpy as np

    from reported_losses.parsing.columns import column_of

    kept = np.flatnonzero(statement >= 0)
    claim = column_of(tables["claims"].column("claim"), "integer").take(kept)
    name = column_of(tables["claims"].column("statement"), "string").take(kept)
    day = column_of(tables["statements"].column("stated_on"), "date").take(statement[kept])
    keys = (claim.values, name.values, day.values)  # noqa: PD011 - columns of our own
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
    import pyarrow as pa

    from reported_losses.dataset.arrow_functions import cast, text_array

    column = cast(text_array(texts), pa.string())
    kept = data.drop_columns([name]) if name in data.column_names else data
    return kept.append_column(name, column)
