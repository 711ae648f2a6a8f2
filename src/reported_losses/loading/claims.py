"""`claims()`: figures from statements, with speaker, day and source."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, overload

from reported_losses.definition.descriptor import installed
from reported_losses.loading.arguments import choice
from reported_losses.loading.load import ENGINES, arrow

if TYPE_CHECKING:
    from typing import TypedDict, Unpack

    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    class _Chosen(TypedDict, total=False):
        subject: str | None
        measure: str | None
        basis: str | None
        organisation: str | None
        start: str | dt.date | None
        end: str | dt.date | None
        as_of: str | dt.date | None


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
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
) -> Any:
    """Return the figures of statements, each with its speaker, range, dates and source.

    How to read the figures:

    - `measure` is what the speaker counted. *killed*, *killed-or-wounded* and the General
      Staff's *personnel* ("lost") are three different things; do not mix them.
    - `basis` is what a figure rests on. Lists of names (`confirmed-by-name`) and of pictures
      (`visually-confirmed`) are lower bounds. `estimated` is worked out; `forecast` and
      `target` do not count anything that happened. A figure that is `denied` is not the
      speaker's: leave it out before you count or draw claims.
    - Compare `side` with `subject`: a belligerent's figure of its opponent's losses is a claim
      about an enemy, one of its own losses a
      statement by an interested party. Neither is marked right or wrong.
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
        start: First day of `stated_on`, as a date or as text YYYY-MM-DD.
        end: Last day, likewise, included.
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
        BadArgumentError: A name is no text; `end` is before `start`; a day does not exist, or
            `as_of` is before the first record.
        MissingExtraError: The engine's library is not installed.

    >>> import reported_losses as rl
    >>> killed = rl.claims(subject="russia", measure="killed", organisation="us-cia")
    >>> killed["speaker"].iloc[0], killed["qualifier"].iloc[0], int(killed["low"].iloc[0])
    ('William Burns', 'about', 15000)
    """
    choice("engine", engine, ENGINES)
    asked = {"subject": subject, "measure": measure, "basis": basis, "organisation": organisation}
    named = {name: value for name, value in asked.items() if value is not None}
    where = {name: _known(name, value) for name, value in named.items()}
    from reported_losses.loading.claim_table import descriptor, joined  # these import Arrow
    from reported_losses.loading.engines import converter
    from reported_losses.loading.select import matching, warn_empty

    convert = converter(engine, "numpy_nullable")
    table = descriptor()
    data = matching(table, joined(as_of), where=where, start=start, end=end)
    if not data.num_rows:
        warn_empty("claims", {**asked, "start": start, "end": end, "as_of": as_of})
    return convert(table, data)


def _known(name: str, value: object) -> str:
    """Return a name that a caller passed, as the column spells it."""
    from reported_losses.loading.reporter_argument import slug

    if name == "organisation":
        bodies = arrow(installed().table("organisations"), ["organisation"])
        return slug(name, value, bodies.column(0).to_pylist())
    return slug(name, value, installed().table("claims").field(name).enum or ())
