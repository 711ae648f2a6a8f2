"""Whether a withdrawn row can be put back, and stays withdrawn: `revisions` without a column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reported_losses.definition.withdrawn import row_cells
from reported_losses.parsing.columns import Columns
from reported_losses.validation.keys import Mask
from reported_losses.validation.rules.revisions import rows_named, value_of
from reported_losses.validation.rules.rule import ALL_TABLES, Context, FailureCase, derived, rule
from reported_losses.validation.words import Words


def _withdrawals(context: Context) -> Iterator[tuple[int, Columns | None]]:
    """Yield each withdrawal whose table and key are readable, with its table if that is there."""
    revisions = context.table
    column = revisions["column"]
    named = revisions["table"].valid & revisions["key"].valid
    there = set(context.tables)
    for row in np.flatnonzero(column.known & ~column.valid & named).tolist():
        name = revisions["table"].text(row)
        yield row, context.tables[name] if name in there else None


def _marked(context: Context, problems: dict[int, str]) -> Mask:
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[list(problems)] = True
    return bad


def _name(case: FailureCase) -> str:
    table, key = case.cell("table"), case.cell("key")
    return f"revision {case.cell('revision')}: {table} {key}"


@derived
def _unreadable(context: Context) -> dict[int, str]:
    """Return what is wrong with the row that each withdrawal holds."""
    found = {}
    for row, table in _withdrawals(context):
        old, new = context.table["old"], context.table["new"]
        if new.valid[row]:
            found[row] = f"without a column a row is withdrawn, and new is {new.text(row)}"
        elif old.known[row]:
            problem = _problem(context.table["key"].text(row), old.text(row), table)
            if problem:
                found[row] = problem
    return found


def _problem(key: str, text: str, table: Columns | None) -> str:
    cells = row_cells(text)
    if cells is None:
        return "without a column a row is withdrawn, and old is no JSON object of its cells"
    if table is None:
        return ""
    for column, cell in cells.items():
        if column not in table.columns:
            return f"old has the column {column}, which the table does not have"
        if value_of(table[column], cell) is None:
            return f"old has {cell} as {column}, which is no value of that column"
    held = "/".join(cells.get(name, "") for name in table.key)
    return "" if held == key else f"old is the row {held}"


@rule(
    "revisions",
    column="old",
    needs=ALL_TABLES,
    title="A withdrawn row is kept whole.",
    rationale=(
        "A revision without a column withdraws a row: `old` holds all of its cells that are not "
        "empty, as a JSON object from column to text, each in the one spelling of its column, and "
        "`new` is empty. as_of puts the row back for the days before. The primary key in `old` is "
        "`key`. If the table cannot be read, its columns cannot be judged."
    ),
    example="column is empty and old is 7409",
    fix=(
        "Name the column that changed; or withdraw the row with `reported-losses withdraw`, which "
        "writes it down."
    ),
)
def withdrawn_whole(context: Context) -> Mask:
    """Find withdrawals that do not hold their row."""
    return _marked(context, _unreadable(context))


@withdrawn_whole.words
def _not_whole(case: FailureCase) -> Words:
    message = f"{_name(case)}: {_unreadable(case.context)[case.row]}"
    column = "new" if case.table["new"].valid[case.row] else "old"
    expected = "an empty cell" if column == "new" else "the row as a JSON object"
    return Words(message, expected, case.rule.text.fix, case.cell(column), column)


@derived
def _back(context: Context) -> dict[int, str]:
    """Return what became of a key after its withdrawal, by the row of `revisions` to blame."""
    found = {}
    gone: dict[tuple[str, str], int] = {}
    for row, table in _withdrawals(context):
        name, key = (context.table[part].text(row) for part in ("table", "key"))
        gone.setdefault((name, key), row)
        if table is not None and rows_named(context.table, table, np.array([row]))[0] >= 0:
            found[row] = f"{name} has the row all the same"
    if gone:
        for row, value in enumerate(_values(context.table)):
            first = gone.get(value, row)
            if first < row:
                number = context.table["revision"].text(first)
                found[row] = f"revision {number} has withdrawn the row already"
    return found


def _values(revisions: Columns) -> list[tuple[str, str]]:
    table, key = revisions["table"], revisions["key"]
    return [(table.text(row), key.text(row)) for row in range(revisions.rows)]


@rule(
    "revisions",
    column="key",
    needs=ALL_TABLES,
    title="A withdrawn row stays withdrawn.",
    rationale=(
        "A key means one row for ever. So a withdrawn row is not in its table, no later revision "
        "changes it or withdraws it again, and its key is never used for another row. A table "
        "that cannot be read cannot be judged."
    ),
    example="revision 3 withdraws tanks 2023-08-29, and loss_counts has that row",
    fix="Remove the row from the table, or the revision; a new row needs a key of its own.",
)
def withdrawn_for_good(context: Context) -> Mask:
    """Find withdrawn rows that are back, or revised after their withdrawal."""
    return _marked(context, _back(context))


@withdrawn_for_good.words
def _is_back(case: FailureCase) -> Words:
    message = f"{_name(case)}: {_back(case.context)[case.row]}"
    return Words(message, "a row that is gone", case.rule.text.fix)


@derived
def _unreplaced(context: Context) -> dict[int, str]:
    """Return what is wrong with each `replaced_by`."""
    revisions = context.table
    replaced = revisions["replaced_by"]
    withdrawn = dict(_withdrawals(context))
    keys = {_values(revisions)[row] for row in withdrawn} if replaced.valid.any() else set()
    found = {}
    for row in np.flatnonzero(replaced.valid & revisions["column"].known).tolist():
        key = replaced.text(row)
        if revisions["column"].valid[row]:
            found[row] = "only a withdrawn row is replaced by another"
        elif key == revisions["key"].text(row):
            found[row] = "a row cannot be replaced by itself"
        elif (table := withdrawn.get(row)) is not None and not (
            (revisions["table"].text(row), key) in keys
            or rows_named(revisions, table, np.array([row]), "replaced_by")[0] >= 0
        ):
            found[row] = f"there is no row {key}"
    return found


@rule(
    "revisions",
    column="replaced_by",
    needs=ALL_TABLES,
    title="A withdrawn row is replaced by a row that exists.",
    rationale=(
        "`replaced_by` is for a withdrawn row only. It is the key of another row of its table, or "
        "of one that was withdrawn as well. Empty means that no row is in its place. A table that "
        "cannot be read cannot be judged."
    ),
    example="replaced_by names a claim that the table does not have",
    fix="Correct the key, or leave it empty.",
)
def replaced_by_exists(context: Context) -> Mask:
    """Find withdrawals that name a row that does not exist."""
    return _marked(context, _unreplaced(context))


@replaced_by_exists.words
def _no_row(case: FailureCase) -> Words:
    message = f"{_name(case)}: {_unreplaced(case.context)[case.row]}"
    return Words(message, "the key of another row, or nothing", case.rule.text.fix)
