"""Totals of several reporters in one table, or beside the claims of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.arrow_functions import number_array, take_rows
from reported_losses.definition.dates import WAR_BEGAN, day_number, day_text
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import BadArgumentError
from reported_losses.loading import claim_table
from reported_losses.loading.day_totals import DayTotals
from reported_losses.loading.select import matching
from reported_losses.parsing.columns import Column, column_of

NOT_COUNTS = ("forecast", "target", "denied")
"""Bases of figures that the speaker does not say to be the count of anything that happened."""
PARTS = ("officers", "foreign-fighters", "regular-forces", "convicts")
"""Subsets that are a part of the personnel, not the whole of it."""
PEOPLE = (
    "personnel",
    "killed",
    "killed-or-wounded",
    "killed-or-missing",
    "irrecoverable",
    "casualties-all-causes",
)
ENDS = ("low", "high")

Totals = Mapping[str, DayTotals]
"""The totals of each reporter, by name; there is at least one reporter."""
_Result = tuple[Table, pa.Table]


def side_by_side(totals: Totals, category: str, by: str, since: dt.date | None = None) -> _Result:
    """Return one row per day on which all reporters have a total, with the ratios of totals.

    Args:
        totals: The reporters' totals.
        category: The category, for messages.
        by: "day" for every day, "month" for the last of each month.
        since: The day after which the ratios count; None if they are of the totals.

    Returns:
        The descriptor of the columns, and the columns, as `compare` lists them.

    Raises:
        BadArgumentError: There is no such day, or none up to `since`.
    """
    days = _days_in_common(totals)
    if not len(days):
        names = " and ".join(totals)
        raise BadArgumentError(f"{names} have no day of {category} in common")
    base = None if since is None else _last_before(days, since, category)
    if by == "month":
        month = days.astype("datetime64[D]").astype("datetime64[M]")
        days = days[np.append(month[1:] != month[:-1], [True])]
    first, *others = values = {name: total.on(days)[0] for name, total in totals.items()}
    day = Field("report_date", "Day", "The day of the totals.", "date", required=True)
    fields = [day, *(_total(name) for name in values)]
    columns = [number_array(days.astype(np.int32), pa.date32())]
    columns += [number_array(total, pa.int64()) for total in values.values()]
    after = {name: _after(total, values[name], base) for name, total in totals.items()}
    for other in others:
        fields.append(_field(f"{first}/{other}", "number", _meaning(first, other, base)))
        there = after[other] > 0 if base is None else (after[other] > 0) & (days > base)
        columns.append(_ratio(after[first], after[other], there))
    return _result(fields, columns)


def beside_claims(totals: Totals, subject: str, as_of: str | dt.date | None) -> _Result:
    """Return one row per claim of people lost in the whole war, beside the reporters' totals.

    Args:
        totals: The reporters' totals.
        subject: Whose losses.
        as_of: As for `load`.

    Returns:
        The descriptor of the columns, and the columns, as `compare` lists them.
    """
    table = claim_table.descriptor()
    data = _of_the_whole_war(table, claim_table.joined(as_of), subject, list(totals))
    days = column_of(data.column("period_end"), "date").values
    beside = {name: total.on(days) for name, total in totals.items()}
    (value, has_value), *_ = beside.values()
    integers = [_total(name, required=False) for name in beside]
    fields = [table.field("period_end"), *integers]
    fields += [field for field in table.fields if field.name != "period_end"]
    meaning = f"divided by the total of {next(iter(beside))}"
    fields += [_field(f"{end}_ratio", "number", f"{end} {meaning}", required=False) for end in ENDS]
    numbers = [number_array(of, pa.int64(), valid) for of, valid in beside.values()]
    ends = [column_of(data.column(end), "number") for end in ENDS]
    return _result(
        fields,
        [
            data.column("period_end"),
            *numbers,
            *data.drop_columns(["period_end"]).columns,
            *(_ratio(end.values, value, end.valid & has_value & (value != 0)) for end in ends),
        ],
    )


def _days_in_common(totals: Totals) -> NDArray[np.int64]:
    first = max(total.first for total in totals.values())
    last = min(total.last for total in totals.values())
    days = np.arange(first, last + 1)
    return days[np.logical_and.reduce([total.on(days)[1] for total in totals.values()])]


def _last_before(days: NDArray[np.int64], since: dt.date, category: str) -> int:
    """Return the last of some days that is not after `since`."""
    place = int(np.searchsorted(days, day_number(since), side="right")) - 1
    if place < 0:
        first = day_text(int(days[0]))
        raise BadArgumentError(
            f"since is {since}; the first day of {category} in common is {first}: "
            "give that day or a later one"
        )
    return int(days[place])


def _after(total: DayTotals, values: NDArray[np.int64], base: int | None) -> NDArray[np.int64]:
    """Return totals without what was counted up to a day."""
    if base is None:
        return values
    rest: NDArray[np.int64] = values - total.on(np.array([base]))[0]
    return rest


def _meaning(first: str, other: str, base: int | None) -> str:
    if base is None:
        return f"Total of {first} divided by that of {other}; missing if the latter is 0."
    return (
        f"What {first} counted after {day_text(base)} divided by what {other} did; missing "
        "if the latter is not above 0."
    )


def _of_the_whole_war(
    table: Table, data: pa.Table, subject: str, reporters: Sequence[str]
) -> pa.Table:
    """Return the claims that count people everywhere since the war began, in order of their end.

    Claims that repeat or come from the reporters themselves are left out.
    """
    where = {"subject": subject, "measure": PEOPLE, "rate": "total", "place": None}
    data = matching(table, data, where={**where, "period_start": WAR_BEGAN})
    unwanted = {
        "subset": PARTS,
        "basis": NOT_COUNTS,
        "reporter": reporters,
        "organisation": reporters,
    }
    keys = {name: column_of(data.column(name), table.field(name).type) for name in _ORDER}
    kept = keys["period_end"].valid.copy()
    for name, texts in unwanted.items():
        kept &= ~column_of(data.column(name), "string").where(set(texts).__contains__)
    rows = np.flatnonzero(kept)
    return take_rows(data, rows[np.lexsort(_ascending(keys, rows))])


_ORDER = ("claim", "statement", "period_end")
"""Columns that order the claims, the last one first."""


def _ascending(keys: Mapping[str, Column], rows: NDArray[np.intp]) -> list[NDArray[Any]]:
    return [keys[name].take(rows).values for name in _ORDER]


def _field(name: str, kind: str, meaning: str, *, required: bool = True) -> Field:
    return Field(name, name, meaning, kind, required=required)


def _total(reporter: str, *, required: bool = True) -> Field:
    meaning = f"Total of {reporter} on the day."
    return Field(reporter, reporter, meaning, "integer", "count", required=required)


def _ratio(values: NDArray[Any], to: NDArray[Any], valid: NDArray[np.bool_]) -> pa.Array:
    ratio = np.round(values / np.where(valid, to, 1), 2)
    return number_array(ratio, pa.float64(), valid)


def _result(fields: Sequence[Field], columns: Sequence[Any]) -> _Result:
    names = [field.name for field in fields]
    title = "Counts of one category side by side"
    table = Table("compare", title, "", "", tuple(fields), (names[0],))
    return table, pa.Table.from_arrays(list(columns), names=names)
