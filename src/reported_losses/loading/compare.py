"""`compare()`: reporters' counts of one category side by side, or beside what others claim."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from reported_losses.definition.dates import as_date
from reported_losses.definition.descriptor import installed
from reported_losses.errors import BadArgumentError
from reported_losses.loading.arguments import choice, texts
from reported_losses.loading.category_totals import Broader, counted_within, with_broader
from reported_losses.loading.load import ENGINES, arrow

if TYPE_CHECKING:
    from typing import TypedDict, Unpack

    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from reported_losses.loading.day_totals import DayTotals

    class _Chosen(TypedDict, total=False):
        subject: str
        reporters: Sequence[str] | None
        by: str
        since: str | dt.date | None
        start: str | dt.date | None
        end: str | dt.date | None
        as_of: str | dt.date | None


STEPS = ("month", "day")
PERSONNEL = "personnel"
"""The category that claims of others count as well; nobody else counts it day by day."""
_WHOLE_WAR = (
    "since cannot stand beside claims: they count the whole war; name the reporters to compare "
    "totals alone, or leave it out"
)


@overload
def compare(
    category: str, *, engine: Literal["pandas"] = "pandas", **chosen: Unpack[_Chosen]
) -> pd.DataFrame: ...
@overload
def compare(
    category: str, *, engine: Literal["polars"], **chosen: Unpack[_Chosen]
) -> pl.DataFrame: ...
@overload
def compare(category: str, *, engine: Literal["arrow"], **chosen: Unpack[_Chosen]) -> pa.Table: ...
@overload
def compare(
    category: str, *, engine: Literal["duckdb"], **chosen: Unpack[_Chosen]
) -> duckdb.DuckDBPyRelation: ...
def compare(  # noqa: PLR0913 - one call, all but the first by name
    category: str,
    *,
    subject: str = "russia",
    reporters: Sequence[str] | None = None,
    by: str = "month",
    since: str | dt.date | None = None,
    engine: str = "pandas",
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
) -> Any:
    """Put counts of one category side by side.

    **Equipment**, such as "tanks": one column of totals per reporter, and the ratio of the first
    reporter's total to each other. The General Staff's figure is a belligerent's claim about its
    opponent. Oryx lists what a picture shows: a lower bound that trails behind, and a list that
    is revised, so that it may fall. A ratio above 1 is therefore expected. Neither its size nor
    its change says who errs: fewer pictures and higher claims both raise it. Where a reporter
    does not count the category itself, the narrower categories it counts
    (`categories.broader`) are added up. The figure of a reporter that publishes irregularly
    holds until its next one, except in declared gaps.

    **People**, "personnel": nobody else counts them day by day, so the reporter's total is put
    beside the ranges that others gave for the whole war up to a day. `measure` says what each of
    them counted. The General Staff's *personnel* are called lost, eliminated or casualties;
    whether they include the wounded is disputed. *killed* must be less than it,
    *killed-or-wounded* may be more or less, and lists of names are lower bounds. The ratios
    compare figures, not things that are equal. The UK Ministry of Defence's totals follow the
    General Staff's and are not a second witness.

    Args:
        category: The category, such as "tanks" or "personnel".
        subject: Whose losses.
        reporters: The reporters; by default every one that counts the category, or narrower
            ones, for the subject: first those that count, then those that revise a list. For
            people, naming reporters leaves the claims out.
        by: "month": the last day of each month on which all reporters have a figure. "day":
            every such day. It has no effect beside claims.
        since: A day, as a date or as text YYYY-MM-DD: the ratios are of what each reporter counted
            after it, up to the day of the row, corrections included. If not all of them have a
            total on that day, the last earlier day on which all have one takes its place. The
            totals stay as reported. Claims count the whole war, so it cannot stand beside them.
        engine: "pandas", "polars", "arrow" or "duckdb", as for `load`.
        start: First day of the rows to return, as for `load`: of `report_date`, and for people
            of `stated_on`.
        end: Last day, likewise, included.
        as_of: A day, as a date or as text YYYY-MM-DD: counts and claims as this dataset held
            them at its end. What is counted (`series`) is as it is now.

    Returns:
        A frame of the engine; its types are given for pandas. In pandas, `attrs["parts"]`
        lists, for each reporter, the categories that its column adds up.

        For equipment, one row per day, in order:

        - `report_date` (datetime64): the day.
        - one column per reporter, named after it (int64): its total.
        - `first/other` for each reporter but the first (float64): the ratio of the first
          reporter's total to the other's, rounded to two decimals; missing if the other is 0.
          With `since`, of what they counted after it: missing up to that day, and where the other
          counted nothing after it, or lists less than on it.

        For people, one row per claim, in order of `period_end`:

        - `period_end` (datetime64): the last day the claim counts.
        - one column per reporter, named after it (Int64): its total on that day, missing where
          it has none.
        - the other columns of `claims()`.
        - `low_ratio`, `high_ratio` (Float64): `low` and `high` divided by the first reporter's
          total, rounded to two decimals.

    Raises:
        UnknownNameError: There is no such category, subject, reporter, step or engine.
        BadArgumentError: An argument is not of its type; `end` is before `start`; a reporter
            counts nothing within the category, or the reporters have no day in common; `since`
            is before the first such day, or given for claims; `as_of` is before the first record.
        MissingExtraError: The engine's library is not installed.

    Warns:
        EmptySelectionWarning: No row is of the days asked for; the frame is empty.

    >>> import reported_losses as rl
    >>> tanks = rl.compare("tanks", by="day").set_index("report_date")
    >>> tanks.loc["2022-09-12"].to_list()
    [2168.0, 1073.0, 2.02]
    >>> since = rl.compare("tanks", since="2023-06-01", end="2023-12-31")
    >>> float(since["ua-general-staff/oryx"].iloc[-1])
    3.6
    """
    choice("engine", engine, ENGINES)
    choice("by", by, STEPS)
    from reported_losses.loading import category_argument, side_by_side  # these import Arrow
    from reported_losses.loading.engines import converter
    from reported_losses.loading.reporter import broader
    from reported_losses.loading.reporter_argument import slug
    from reported_losses.loading.select import matching, warn_empty

    convert = converter(engine, "numpy_nullable")
    subject = slug("subject", subject, installed().table("series").field("subject").enum or ())
    wider = broader()
    category = category_argument.category(category, wider)
    totals, parts = _totals(category, subject, reporters, wider, as_of)
    based = None if since is None else as_date(since, "since")
    if reporters is None and category == PERSONNEL:
        if based is not None:
            raise BadArgumentError(_WHOLE_WAR)
        table, data = side_by_side.beside_claims(totals, subject, as_of)
    else:
        table, data = side_by_side.side_by_side(totals, category, by, based)
    data = matching(table, data, start=start, end=end)
    if not data.num_rows:
        asked = {"subject": subject, "start": start, "end": end, "as_of": as_of}
        warn_empty(f"the comparison of {category}", asked)
    frame = convert(table, data)
    if engine == "pandas":
        frame.attrs["parts"] = parts
    return frame


def _totals(
    category: str, subject: str, reporters: object, broader: Broader, as_of: str | dt.date | None
) -> tuple[dict[str, DayTotals], dict[str, list[str]]]:
    """Return the totals of each reporter asked for, and the categories that it adds up."""
    from reported_losses.loading.day_totals import day_totals

    known = counted()
    totals, parts, lacking = {}, {}, []
    for name in _chosen(reporters, known):
        within = counted_within(category, known[name][subject], broader)
        total = day_totals(category, name, subject, broader, as_of) if within else None
        if total is None:
            lacking.append(name)
        else:
            totals[name], parts[name] = total, within
    if not totals or (lacking and reporters is not None):
        raise BadArgumentError(_not_counted(category, subject, lacking, known, broader))
    return totals, parts


def counted() -> dict[str, dict[str, list[str]]]:
    """Return the categories that each reporter counts, by subject."""
    data = arrow(installed().table("series"), ["reporter", "subject", "category"])
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in data.to_pylist():
        found[row["reporter"]][row["subject"]].append(row["category"])
    return found


def _chosen(reporters: object, counted: Collection[str]) -> list[str]:
    """Return the reporters asked for; by default all, those that never revise their list first."""
    if reporters is None:
        lists = _lists()
        return sorted(counted, key=lambda name: (name in lists, name[:3] != "ua-", name))
    if isinstance(reporters, str):
        raise BadArgumentError(f"reporters is a list of names: [{reporters!r}]")
    from reported_losses.loading.reporter_argument import reporter

    known = sorted(counted)
    return [reporter(name, known) for name in texts("reporters", reporters)]


def _lists() -> set[str]:
    """Return the reporters that keep a list, which they revise."""
    data = arrow(installed().table("series"), ["reporter", "policy"])
    return {row["reporter"] for row in data.to_pylist() if row["policy"] == "restated"}


def _not_counted(
    category: str,
    subject: str,
    lacking: list[str],
    counted: Mapping[str, Mapping[str, list[str]]],
    broader: Broader,
) -> str:
    """Say that nobody counts the category, or that the first reporter named does not."""
    wider = with_broader(category, broader)[1:]
    part = f"; {category} is part of {', '.join(wider)}" if wider else ""
    if len(lacking) == len(counted):
        return f"nobody counts {category} of {subject}{part}; the table claims has statements"
    others = ", ".join(sorted(counted[lacking[0]].get(subject, ())))
    listed = f"; it counts: {others}" if others else ""
    return f"{lacking[0]} has no count of {category} of {subject}{listed}{part}"
