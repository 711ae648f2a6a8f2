"""Invariants of `revisions`: changes that this project made to values it had released."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np

from reported_losses.definition.dates import day_number
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.history import DERIVED, FIXED, GROWING, grown
from reported_losses.definition.withdrawn import row_cells
from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.keys import Mask, Rows, lookup, numbered, whole
from reported_losses.validation.rules.rule import ALL_TABLES, Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_VALUE = ("table", "key", "column")


@rule(
    "revisions",
    column="new",
    needs=ALL_TABLES,
    title="The table holds the newest revised value.",
    rationale=(
        "`as_of` undoes revisions, starting from what the tables hold, so the chain must be "
        "unbroken: the `new` of a value's last revision is in the table, and the `new` of each "
        "earlier one is the `old` of the next. Revisions follow each other by their number. A "
        "revision of a row or column that does not exist fails. If the cell, or its table, is "
        "unreadable, it cannot be judged. An empty `new` means that the cell is empty. Where the "
        "schema lets a column grow, the value may have grown since, and a derived column is "
        "computed anew. What a withdrawn row held stands in the `old` of its withdrawal."
    ),
    example="revision 3 says vehicles 2023-08-29 became 7909, the table has 7409",
    fix="Correct the table or the revision; a second change needs a second revision.",
)
def matches_data(context: Context) -> Mask:
    """Find revisions whose `new` is neither in the table nor the `old` of the next."""
    revisions = context.table
    rows, last = _chains(revisions)
    chained = ~last
    old, new, _ = numbered([_text(revisions["old"])], [_text(revisions["new"])])
    readable = revisions["old"].known & revisions["new"].known
    here, after = rows[:-1][chained[:-1]], rows[1:][chained[:-1]]
    unlike = (new[here] != old[after]) & readable[here] & readable[after]
    bad = np.zeros(revisions.rows, dtype=np.bool_)
    for row, following in zip(here[unlike].tolist(), after[unlike].tolist(), strict=True):
        bad[row] = not _follows(context, row, revisions["old"].text(following))
    for row in _not_in_table(context, rows[last]).tolist():
        held = _value_now(context, row)
        bad[row] = held is None or not _follows(context, row, held[1])
    return bad


def _follows(context: Context, row: int, later: str) -> bool:
    """Return whether a column's history lets a later text follow the `new` of a revision."""
    revisions = context.table
    new = revisions["new"].text(row)
    history = _history(context, revisions["table"].text(row), revisions["column"].text(row))
    return new == later or history == DERIVED or (history == GROWING and grown(new, later))


def _history(context: Context, table: str, column: str) -> str:
    package = getattr(context.tables, "package", None)
    fields = () if package is None else package.tables[table].fields
    return next((field.history for field in fields if field.name == column), FIXED)


@derived
def withdrawals(context: Context) -> dict[tuple[str, str], dict[str, str]]:
    """Return the cells of every withdrawn row, by table and key, where they can be read."""
    revisions = context.tables["revisions"]
    column = revisions["column"]
    found = {}
    for row in np.flatnonzero(column.known & ~column.valid).tolist():
        cells = row_cells(revisions["old"].text(row))
        if cells is not None:
            found[revisions["table"].text(row), revisions["key"].text(row)] = cells
    return found


def _text(column: Column) -> Column:
    """Return a text column in which a missing cell is the empty text."""
    texts = tuple(sorted({*column.texts, ""}))
    rank = {text: code for code, text in enumerate(texts)}
    recode = np.array([rank[text] for text in column.texts] or [0], dtype=np.int64)
    codes = np.where(column.valid, recode[column.values], rank[""])
    sure = np.ones(len(codes), dtype=np.bool_)
    return Column(codes, sure, sure, texts)


def _chains(revisions: Columns) -> tuple[Rows, Mask]:
    """Return the revisions value by value in their order, and whether each is the value's last."""
    keyed = np.logical_and.reduce([revisions[name].valid for name in _VALUE])
    rows = np.flatnonzero(keyed & revisions["revision"].valid)
    keys = [revisions[name].values[rows] for name in _VALUE]
    # Rows are in order of number; a stable sort by value keeps that order within each value.
    order = np.lexsort(keys[::-1])
    rows = rows[order]
    last = np.ones(len(rows), dtype=np.bool_)
    if len(rows):
        last[:-1] = np.logical_or.reduce([key[order][1:] != key[order][:-1] for key in keys])
    return rows, last


def _not_in_table(context: Context, rows: Rows) -> Rows:
    """Return those of the revisions whose `new` is not what their table holds."""
    revisions, bad = context.table, [np.zeros(0, dtype=np.int64)]
    names, columns = revisions["table"], revisions["column"]
    for name in context.tables:
        mine = rows[names.values[rows] == names.code(name)]
        if not len(mine):
            continue
        table = context.tables[name]
        row = rows_named(revisions, table, mine)
        exists = np.zeros(len(mine), dtype=np.bool_)
        for column, cell in table.items():
            of = columns.values[mine] == columns.code(column)
            bad.append(mine[of][_differs(revisions, cell, mine[of], row[of])])
            exists |= of
        bad.append(mine[~exists])
    return np.concatenate(bad)


def rows_named(revisions: Columns, table: Columns, rows: Rows, column: str = "key") -> Rows:
    """Return the row of the table that each revision names in a column, or -1."""
    key = revisions[column]
    parts = [text.split("/") for text in key.texts]
    fits = np.array([len(part) == len(table.key) for part in parts] or [False], dtype=np.bool_)
    asked = []
    for number, name in enumerate(table.key):
        texts = [part[number] if len(part) == len(table.key) else "" for part in parts]
        asked.append(_parsed(texts, table[name], key.values[rows]))
    found = lookup(asked, [table[name] for name in table.key])
    return np.where(fits[key.values[rows]] & whole(asked), found, -1)


def _differs(revisions: Columns, cell: Column, rows: Rows, row: Rows) -> Mask:
    """Return which revisions of one column have a `new` other than the cell of their row."""
    new = revisions["new"]
    if not len(cell.valid):
        return new.known[rows]
    asked = _parsed(list(new.texts), cell, new.values[rows])
    mine, held, _ = numbered([asked], [cell])
    empty = ~new.valid[rows]
    there = row >= 0
    same = np.where(empty, ~cell.valid[row], asked.valid & cell.valid[row] & (mine == held[row]))
    unknown = there & ~cell.known[row] | ~new.known[rows]
    wrong: Mask = ~(there & same) & ~unknown
    return wrong


def _parsed(texts: list[str], like: Column, codes: Rows) -> Column:
    """Turn texts into values of another column's kind, then spread them by code."""
    sure = np.ones(len(codes), dtype=np.bool_)
    if like.kind == "string":
        vocabulary = tuple(sorted(set(texts))) or ("",)
        rank = {text: code for code, text in enumerate(vocabulary)}
        values = np.array([rank[text] for text in texts] or [0], dtype=np.int64)
        return Column(values[codes], sure, sure, vocabulary)
    read = [_value(text, like.kind) for text in texts] or [None]
    values = np.array([value or 0 for value in read], dtype=like.values.dtype)
    valid = np.array([value is not None for value in read], dtype=np.bool_)
    return Column(values[codes], valid[codes], sure, kind=like.kind)


def _value(text: str, kind: str) -> float | None:
    """Read the text of a cell; None if it is not the one spelling of a value."""
    if not re.fullmatch(FIELD_TYPES[kind].spelling, text):
        return None
    try:
        value = FIELD_TYPES[kind].parse(text)
    except ValueError:
        return None
    return day_number(value) if isinstance(value, dt.date) else value


def value_of(column: Column, text: str) -> float | str | None:
    """Return what a text is in a column; None if it is no value of it."""
    return text if column.kind == "string" else _value(text, column.kind)


@matches_data.words
def _not_in_force(case: FailureCase) -> Words:
    cell = " ".join(case.cell(name) for name in _VALUE)
    new, number = case.cell("new") or "empty", case.cell("revision")
    held = _value_now(case.context, case.row)
    if held is None:
        message = f"revision {number}: there is no {cell}"
        return Words(message, "a cell that exists", case.rule.text.fix)
    where, value = held[0], held[1] or "empty"
    message = f"revision {number}: {cell} became {new}, but {where} is {value}"
    return Words(message, value, case.rule.text.fix)


def _value_now(context: Context, row: int) -> tuple[str, str] | None:
    """Return where a revision's `new` must be and what is there; None if there is no such cell."""
    revisions = context.table
    rows, last = _chains(revisions)
    at = int(np.flatnonzero(rows == row)[0])
    if not last[at]:
        following = int(rows[at + 1])
        number = revisions["revision"].text(following)
        return f"old of revision {number}", revisions["old"].text(following)
    name = revisions["table"].text(row)
    table = context.tables[name]
    cell = table.get(revisions["column"].text(row))
    found = int(rows_named(revisions, table, np.array([row]))[0])
    if cell is None:
        return None
    if found < 0:
        cells = withdrawals(context).get((name, revisions["key"].text(row)))
        column = revisions["column"].text(row)
        return None if cells is None else ("the withdrawn row", cells.get(column, ""))
    return "the table", cell.text(found)
