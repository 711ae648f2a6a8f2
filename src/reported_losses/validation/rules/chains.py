"""Whether references from a table to itself come to an end."""

from __future__ import annotations

import numpy as np

from reported_losses.parsing.columns import Column
from reported_losses.validation.keys import Mask, Rows, lookup
from reported_losses.validation.rules.rule import Context, FailureCase, Finder, rule
from reported_losses.validation.words import Words


def _first_of_cycles(name: Column, towards: Column) -> Mask:
    """Return the first row of each circle of references.

    Args:
        name: What rows are called.
        towards: The name that each row refers to; missing refers to nothing.
    """
    rows = len(name.valid)
    ahead: Rows = np.append(lookup([towards], [name]), -1)
    least = np.arange(rows + 1)
    # After as many steps as there are rows, who still goes on goes round; every pass doubles them.
    for _ in range(max(rows, 1).bit_length()):
        least = np.minimum(least, np.where(ahead >= 0, least[ahead], least))
        ahead = np.where(ahead >= 0, ahead[ahead], -1)
    circular = np.zeros(rows, dtype=np.bool_)
    circular[ahead[ahead >= 0]] = True
    first: Mask = circular & (least[:rows] == np.arange(rows))
    return first


def _finder(slug: str, column: str) -> Finder:
    def find(context: Context) -> Mask:
        return _first_of_cycles(context.table[context.table.key[0]], context.table[column])

    find.__name__ = slug
    return find


def _circle(case: FailureCase) -> Words:
    column, key = case.rule.column, case.table.key[0]
    message = f"{case.cell(key)}: {column} {case.cell(column)} leads back to {case.cell(key)}"
    return Words(message, "a chain that ends", case.rule.text.fix)


_WHAT = {
    ("categories", "merged_into"): (
        "a category that took over the count of another",
        "vehicles merged into fuel-tanks, and fuel-tanks into vehicles",
    ),
    ("categories", "broader"): (
        "a category that contains another",
        "tanks within armoured-vehicles, and armoured-vehicles within tanks",
    ),
    ("organisations", "parent"): (
        "an organisation that another is part of",
        "bbc part of bbc-news-russian, and bbc-news-russian part of bbc",
    ),
}
for (_table, _column), (_what, _example) in _WHAT.items():
    rule(
        _table,
        column=_column,
        title=f"`{_column}` never leads back to where it began.",
        rationale=(
            f"{_column} names {_what}. Nothing contains or replaces itself, and whoever follows "
            "such a chain must come to its end. A circle is reported once, at its first row. A "
            "missing or dangling reference ends a chain."
        ),
        example=_example,
        fix="Empty the cell of the row at which the chain should end.",
    )(_finder(f"{_column}_ends", _column)).words(_circle)
