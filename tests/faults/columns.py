"""The column matrix: two values of a column exchanged, and why nothing else judges a column."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from faults.fault import Edit, Fault, Place, fault_of
from faults.sheets import Sheet, Texts

TRIES = 40
"""Pairs looked at for each that is wanted, because many hold the same value."""


def exchanges(texts: Texts, table: str, column: str, pairs: int) -> Iterator[Fault]:
    """Return faults that each exchange the values of two rows in one column."""
    sheet = texts[table]
    rng = Random(f"{table}.{column} {texts.name}")  # noqa: S311 - no secret
    made = 0
    if len(sheet.rows) < 2:
        return
    for _ in range(pairs * TRIES):
        if made == pairs:
            return
        one, other = rng.sample(range(len(sheet.rows)), 2)
        fault = _exchange(texts, sheet, column, one, other, rng)
        if fault is not None:
            made += 1
            yield fault


def _exchange(
    texts: Texts, sheet: Sheet, column: str, one: int, other: int, rng: Random
) -> Fault | None:
    mine, theirs = sheet.cell(one, column), sheet.cell(other, column)
    if mine == theirs:
        return None
    rows = {
        one: sheet.with_cells(one, {column: theirs}),
        other: sheet.with_cells(other, {column: mine}),
    }
    if set(rows.values()) == {sheet.rows[one], sheet.rows[other]}:
        return None  # the same rows in another order
    return fault_of(Place(texts, sheet, one, rng), [Edit(sheet, rows)])


REASONS: dict[str, str] = {}
"""Why nothing but its type and its words judges a column; the page needs one for each such column."""
