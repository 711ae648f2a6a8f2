"""Invariants of `categories`: kinds of loss, and the names that people use for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from reported_losses.definition.category_names import aliases, names_of
from reported_losses.validation.keys import Mask
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_COLUMNS = ("category", "label_en", "label_uk", "aliases")


@derived
def _counted_by(context: Context) -> Mapping[str, frozenset[str]]:
    """Return the reporters that count each category."""
    series = context.tables["series"]
    reporters = defaultdict(set)
    for row in np.flatnonzero(series["reporter"].valid & series["category"].valid).tolist():
        reporters[series["category"].text(row)].add(series["reporter"].text(row))
    return {category: frozenset(found) for category, found in reporters.items()}


@derived
def _named(context: Context) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the categories that each name has, by reporter and name."""
    table, owners = context.tables["categories"], defaultdict(set)
    for row in range(table.rows):
        cells = {column: table[column].text(row) for column in _COLUMNS}
        for reporter in _counted_by(context).get(cells["category"], ()):
            for name in names_of(cells):
                owners[reporter, name].add(cells["category"])
    return {key: frozenset(found) for key, found in owners.items()}


def _clashes(context: Context, row: int) -> Iterator[tuple[str, str, str]]:
    """Yield each alias of a category that another has too, with the reporter and the other."""
    table = context.tables["categories"]
    category = table["category"].text(row)
    for name in aliases(table["aliases"].text(row)):
        for reporter in sorted(_counted_by(context).get(category, ())):
            for other in sorted(_named(context)[reporter, name] - {category}):
                yield name, reporter, other


@rule(
    "categories",
    column="aliases",
    needs=("series",),
    title="No alias of a category is a name of another category of the same reporter.",
    rationale=(
        "Who names a category by an alias must get that category and no other. The names of a "
        "category are its slug, its labels and its aliases, whatever their letter case, spacing, "
        "hyphens and underscores. `series` says which categories a reporter counts: two reporters "
        "may each have a category that people call APC. A category that no reporter counts, and a "
        "name that is missing or unreadable, cannot be judged."
    ),
    example="drones as an alias of missiles, while the General Staff counts uavs, also drones",
    fix="Keep the alias with the category that people mean by it, and take it from the other.",
)
def aliases_unambiguous(context: Context) -> Mask:
    """Find categories with an alias that means another category of a reporter as well."""
    judged = context.table["category"].valid & context.table["aliases"].valid
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    for row in np.flatnonzero(judged).tolist():
        bad[row] = next(_clashes(context, row), None) is not None
    return bad


@aliases_unambiguous.words
def _clash(case: FailureCase) -> Words:
    name, reporter, other = next(_clashes(case.context, case.row))
    return Words(
        f"{case.cell('category')}: {name!r} is a name of {other} too, and {reporter} counts both",
        "a name that means one category of each reporter",
        case.rule.text.fix,
    )
