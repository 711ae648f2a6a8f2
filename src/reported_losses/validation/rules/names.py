"""Whether what has a name of its own has it alone, and agrees with what it is part of."""

from __future__ import annotations

import numpy as np

from reported_losses.validation.keys import Mask, first_of_value, lookup, repeated_values
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.words import Words

_NAMES = {"categories": ("label_en", "label_uk"), "organisations": ("name",)}


def named_once(context: Context) -> Mask:
    """Find rows with the name of an earlier row."""
    names, table = _NAMES[context.table.name], context.table
    bad: Mask = np.logical_or.reduce([repeated_values(table[name]) for name in names])
    return bad & ~repeated_values(table[table.key[0]])


def _again(case: FailureCase) -> Words:
    names = _NAMES[case.table.name]
    name = next(one for one in names if repeated_values(case.table[one])[case.row])
    other = case.cell(case.table.key[0], int(first_of_value(case.table[name])[case.row]))
    message = f"{case.cell(case.table.key[0])}: {name} {case.cell(name)} is that of {other}"
    return Words(message, "a name of its own", case.rule.text.fix, case.cell(name), name)


for _table, _columns in _NAMES.items():
    rule(
        _table,
        column=_columns[0],
        title="No two rows have one name.",
        rationale=(
            f"People see {' and '.join(_columns)}, so two rows with the same would be taken for "
            "one; it was copied from one row to the other. A missing name is no name, and a row "
            "that is there twice is reported by its key."
        ),
        example="two rows named Tanks",
        fix="Write the row's own name.",
    )(named_once).words(_again)


def _unlike_target(context: Context, towards: str, column: str) -> Mask:
    """Return the rows that differ in a column from the row of the table that they refer to."""
    table = context.table
    target = lookup([table[towards]], [table[table.key[0]]])
    own = table[column]
    there = (target >= 0) & own.valid & own.valid[target]
    bad: Mask = there & (own.values != own.values[target])
    return bad


@rule(
    "categories",
    column="unit",
    title="A category has the unit of those that contain it or took it over.",
    rationale=(
        "People and items are not added up, so a category is counted in the unit of its `broader` "
        "and of its `merged_into`. A missing reference, and an unreadable unit, cannot be judged."
    ),
    example="tanks in people, within armoured-vehicles in items",
    fix="Correct the unit, or the category referred to.",
)
def unit_of_broader(context: Context) -> Mask:
    """Find categories with another unit than their broader or successor."""
    bad: Mask = _unlike_target(context, "broader", "unit")
    bad |= _unlike_target(context, "merged_into", "unit")
    return bad


@rule(
    "organisations",
    column="side",
    title="An organisation is on the side of the one it is part of.",
    rationale=(
        "A ministry is on the side of its government. A missing parent, and an unreadable side, "
        "cannot be judged."
    ),
    example="ru-mod, part of ru-government, on the side ukraine",
    fix="Correct the side or the parent.",
)
def side_of_parent(context: Context) -> Mask:
    """Find organisations on another side than their parent."""
    return _unlike_target(context, "parent", "side")
