"""Whether each row of `revisions` is possible: what it changed, from what to what, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

import numpy as np

from reported_losses.definition.names import TableName
from reported_losses.definition.versions import Part, Release, bumped, parsed
from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.keys import Mask
from reported_losses.validation.rules.revisions import (
    matches_data,
    rows_named,
    value_of,
    withdrawals,
)
from reported_losses.validation.rules.rule import (
    ALL_TABLES,
    Context,
    FailureCase,
    derived,
    rule,
)
from reported_losses.validation.words import Words

_TABLES = get_args(TableName)


def _name(case: FailureCase) -> str:
    cell = " ".join(case.cell(name) for name in ("table", "key", "column"))
    return f"revision {case.cell('revision')}: {cell}"


def _revised(context: Context) -> Iterator[tuple[int, Columns | None]]:
    """Yield each revision whose table and column are readable, with its table if that is there."""
    revisions = context.table
    known = revisions["table"].valid & revisions["column"].valid
    there = set(context.tables)
    for row in np.flatnonzero(known).tolist():
        name = revisions["table"].text(row)
        yield row, context.tables[name] if name in there else None


def _marked(context: Context, rows: Callable[[], Iterator[int]]) -> Mask:
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[list(rows())] = True
    return bad


@rule(
    "revisions",
    column="column",
    needs=ALL_TABLES,
    title="A revision changes a value of a table, and no key.",
    rationale=(
        "A row is known by its key for ever: a row with another key is another row. So a revision "
        "names a table of the dataset and a column that is no part of its key. A column that does "
        "not exist is reported by revisions/matches-data. A table that could not be read has its "
        "own issue, and its columns cannot be judged."
    ),
    example="revision 3 changes report_date of loss_counts",
    fix="Correct the table or the column; move a row by removing one and adding another.",
)
def no_key(context: Context) -> Mask:
    """Find revisions of keys, and of tables that do not exist."""

    def rows() -> Iterator[int]:
        column = context.table["column"]
        for row, table in _revised(context):
            if table is None:
                if context.table["table"].text(row) not in _TABLES:
                    yield row
            elif column.text(row) in table.key:
                yield row

    return _marked(context, rows) & ~matches_data.find(context)


@no_key.words
def _of_a_key(case: FailureCase) -> Words:
    table = case.cell("table")
    if table not in {*case.context.tables, *_TABLES}:
        message = f"{_name(case)}: there is no table {table}"
        return Words(message, "the name of a table", case.rule.text.fix, table, "table")
    message = f"{_name(case)}: {case.cell('column')} is a part of the key"
    return Words(message, "a column outside the key", case.rule.text.fix)


def _cell_of(context: Context, row: int, table: Columns | None) -> Column | None:
    return None if table is None else table.get(context.table["column"].text(row))


@rule(
    "revisions",
    column="old",
    needs=ALL_TABLES,
    title="A revision changes one value of its column into another.",
    rationale=(
        "`old` and `new` differ, and each is empty or a value of the column's type in its one "
        "spelling: as_of puts `old` back into the table. A `new` that the table does not hold is "
        "reported by revisions/matches-data. An unreadable cell, and a column that does not "
        "exist, cannot be judged."
    ),
    example="old 7,409 in a column of whole numbers, or old and new both 7909",
    fix="Write the value that the table had before, as the table writes it.",
)
def changes_value(context: Context) -> Mask:
    """Find revisions that change nothing, or from no value of the column."""

    def rows() -> Iterator[int]:
        old, new = context.table["old"], context.table["new"]
        for row, table in _revised(context):
            if not (old.known[row] and new.known[row]):
                continue
            texts = old.text(row), new.text(row)
            cell = _cell_of(context, row, table)
            if texts[0] == texts[1] or (cell is not None and not _castable(cell, texts)):
                yield row

    return _marked(context, rows) & ~matches_data.find(context)


def _castable(cell: Column, texts: tuple[str, str]) -> bool:
    return all(text == "" or value_of(cell, text) is not None for text in texts)


@changes_value.words
def _unchanged(case: FailureCase) -> Words:
    old, new = (case.cell(name) or "empty" for name in ("old", "new"))
    if old == new:
        message = f"{_name(case)}: old and new are both {old}"
        return Words(message, f"another value than {new}", case.rule.text.fix)
    message = f"{_name(case)}: from {old} to {new}, and one of them is no value of the column"
    return Words(message, "two values of the column", case.rule.text.fix)


@derived
def _releases(context: Context) -> list[Release | None]:
    version = context.table["version"]
    cells = [version.text(row) if version.valid[row] else "" for row in range(context.table.rows)]
    return [parsed(text) if text else None for text in cells]


@rule(
    "revisions",
    column="version",
    title="Revisions are numbered in order of day and version.",
    rationale=(
        "A later revision has a higher number, so its day and its version are not before those "
        "of the row above: as_of undoes revisions from the last to the first. A day or version "
        "that is unreadable cannot be judged."
    ),
    example="revision 4 of 2026-11-22, revision 5 of 2026-11-20",
    fix="Correct the day or the version, or number the rows in their order.",
)
def in_order(context: Context) -> Mask:
    """Find revisions dated, or released, before the row above."""
    return _earlier_day(context.table) | _earlier_version(context)


def _earlier_day(revisions: Columns) -> Mask:
    day = revisions["revised_on"]
    bad = np.zeros(revisions.rows, dtype=np.bool_)
    bad[1:] = day.valid[1:] & day.valid[:-1] & (day.values[1:] < day.values[:-1])
    return bad


def _earlier_version(context: Context) -> Mask:
    found = _releases(context)
    bad = np.zeros(len(found), dtype=np.bool_)
    for row in range(1, len(found)):
        before, here = found[row - 1], found[row]
        bad[row] = before is not None and here is not None and here < before
    return bad


@in_order.words
def _out_of_order(case: FailureCase) -> Words:
    early = bool(_earlier_day(case.table)[case.row])
    column = "revised_on" if early else "version"
    before, found = case.cell(column, case.row - 1), case.cell(column)
    message = (
        f"revision {case.cell('revision')}: {column} is {found}, after {before} in the row above"
    )
    return Words(message, f"{before} or later", case.rule.text.fix, found, column)


@rule(
    "revisions",
    column="version",
    title="No revision is of a version beyond the next one of the package.",
    rationale=(
        "version is the first data version that has the new value. That is the package's own, an "
        "earlier one, or the one that comes next: a change is written before it is released, and "
        "datapackage.json has the version of the last release until then. Where the tables are "
        "judged without their descriptor, and where the version is unreadable, it cannot be "
        "judged."
    ),
    example="version 1.2.5 in a package of version 1.1.4, after which 1.1.5, 1.2.0 or 2.0.0 comes",
    fix="Correct the version of the revision, or that of datapackage.json.",
)
def version_not_ahead(context: Context) -> Mask:
    """Find revisions of a version that cannot come next."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    if context.version is not None:
        now = parsed(context.version)
        following = {parsed(bumped(context.version, part)) for part in Part}
        bad[:] = [
            found is not None and found > now and found not in following
            for found in _releases(context)
        ]
    return bad


@version_not_ahead.words
def _unreleased(case: FailureCase) -> Words:
    version, now = case.cell("version"), case.context.version
    message = f"{_name(case)}: version {version}, but the package is {now}"
    return Words(message, f"{now}, an earlier version or the next", case.rule.text.fix)


@derived
def _recorded(context: Context) -> dict[int, str]:
    """Return when the row of each revision was recorded, if it was recorded later."""
    found, revised = {}, context.table["revised_on"]
    names = context.table["table"]
    judged = np.flatnonzero(names.valid & revised.valid & context.table["key"].valid)
    for name in context.tables:
        rows = judged[names.values[judged] == names.code(name)]
        recorded = context.tables[name].get("recorded_on") if len(rows) else None
        if recorded is None:
            continue
        at = rows_named(context.table, context.tables[name], rows)
        for row in rows[at < 0].tolist():
            gone = withdrawals(context).get((name, context.table["key"].text(row)), {})
            if gone.get("recorded_on", "") > revised.text(row):
                found[row] = gone["recorded_on"]
        rows, at = rows[at >= 0], at[at >= 0]
        late = recorded.valid[at] & (recorded.values[at] > revised.values[rows])
        for row, where in zip(rows[late].tolist(), at[late].tolist(), strict=True):
            found[row] = recorded.text(where)
    return found


@rule(
    "revisions",
    column="revised_on",
    needs=ALL_TABLES,
    dated="partly",
    title="A row is revised after it was recorded, and not in the future.",
    rationale=(
        "Nobody can change what is not there yet: revised_on is the recorded_on of the row, or "
        "later. A table without recorded_on, a row that does not exist, and an unreadable day "
        "cannot be judged. Today is an argument of the check; without it nothing is in the future."
    ),
    example="revised on 2026-11-20, a figure recorded on 2026-11-22",
    fix="Correct the day of the revision.",
)
def revised_in_time(context: Context) -> Mask:
    """Find revisions before their row was recorded, or in the future."""
    revised = context.table["revised_on"]
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[list(_recorded(context))] = True
    return bad | context.after_today(revised)


@revised_in_time.words
def _untimely(case: FailureCase) -> Words:
    day, since = case.cell("revised_on"), _recorded(case.context).get(case.row)
    if since is None:
        today = case.context.today
        message = f"{_name(case)}: revised on {day}; today is {today}"
        return Words(message, f"{today} or earlier", case.rule.text.fix)
    message = f"{_name(case)}: revised on {day}, but recorded on {since}"
    return Words(message, f"{since} or later", case.rule.text.fix)
