"""`describe()`: what a table, a column, a category or a reporter is."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from reported_losses.definition.arguments import text
from reported_losses.definition.category_names import (
    categories_like,
    categories_named,
    plain,
)
from reported_losses.definition.describe import Description, describe_table, tables
from reported_losses.definition.descriptor import installed
from reported_losses.errors import (
    BadArgumentError,
    UnknownNameError,
    likely,
    nearest_first,
    unknown_name,
)
from reported_losses.loading.category_argument import category, category_rows
from reported_losses.loading.load import load
from reported_losses.loading.reporter_argument import no_reporter

if TYPE_CHECKING:
    from reported_losses.definition.names import TableName
    from reported_losses.loading.describe_category import CategoryDescription
    from reported_losses.loading.describe_reporter import ReporterDescription


@overload
def describe(name: TableName, column: str | None = None) -> Description: ...
@overload
def describe(
    name: str, column: str | None = None
) -> Description | CategoryDescription | ReporterDescription: ...
def describe(
    name: str, column: str | None = None
) -> Description | CategoryDescription | ReporterDescription:
    """Describe a table, a column, a category or a reporter.

    Args:
        name: Name of a table, one of `tables()`; a category, such as "tanks", by its slug, its
            label or another name that people use; or a reporter, such as "oryx".
        column: Name of a column of the table; the whole table by default.

    Returns:
        The description. It prints as text and holds the same as values. A `Description` of a
        table or column has `table` and `field`, such as
        `describe("loss_counts").table.primary_key`. A `CategoryDescription` has the names, the
        definition, the categories around it and who counts it. A `ReporterDescription` has the
        series, with their caveats, the reports, the records and the numbers of figures by
        evidence.

    Raises:
        UnknownNameError: There is nothing of that name; the nearest of all kinds are listed.
        BadArgumentError: A name is no text, or a column was named of what is no table.
        DataError: A table's file is damaged, or is installed and not as it was built.

    >>> import reported_losses as rl
    >>> print(rl.describe("loss_counts", "increment"))  # doctest: +ELLIPSIS
    loss_counts.increment: Increment
      Daily increment as the reporter printed it. ...
    >>> print(rl.describe("drones"))  # doctest: +ELLIPSIS
    uavs: Unmanned aerial vehicles (БПЛА оперативно-тактичного рівня)
    ...
    >>> rl.describe("oryx").kind
    'open-source-count'
    """
    if text("name", name) in tables():
        return describe_table(name, column)
    about = _counted_or_counting(name)
    if about is None:
        raise _unknown(name)
    if column is not None:
        raise BadArgumentError(f"{name} is no table, and has no columns: leave out {column!r}")
    return about


def _counted_or_counting(name: str) -> CategoryDescription | ReporterDescription | None:
    """Describe the reporter or the category of this name, if there is one."""
    # These import Arrow, which the description of a table does without.
    from reported_losses.loading.describe_category import describe_category
    from reported_losses.loading.describe_reporter import describe_reporter

    for slug, full_name in _reporter_names().items():
        if plain(name) in {plain(slug), plain(full_name)}:
            return describe_reporter(slug)
    rows = category_rows()
    if not categories_named(name, rows):
        return None
    return describe_category(category(name, [row["category"] for row in rows]))


def _reporter_names() -> dict[str, str]:
    names = _organisations()
    return {slug: names[slug] for slug in _reporters()}


def _reporters() -> list[str]:
    rows = load("series", engine="arrow", columns=["reporter"]).column("reporter").to_pylist()
    return sorted(set(map(str, rows)))


def _organisations() -> dict[str, str]:
    """Return the name of each organisation by its slug."""
    columns = load("organisations", engine="arrow", columns=["organisation", "name"]).columns
    slugs, names = (column.to_pylist() for column in columns)
    return dict(zip(map(str, slugs), map(str, names), strict=True))


def _unknown(name: str) -> UnknownNameError:
    rows = category_rows()
    kinds: dict[str, str] = {
        **dict.fromkeys(tables(), "a table"),
        **{row["category"]: "a category" for row in rows},
        **dict.fromkeys(_reporters(), "a reporter"),
    }
    near = {*categories_like(name, rows), *likely(name, kinds)}
    meant = [one for one in nearest_first(name, kinds) if one in near]
    return unknown_name(
        "table, category or reporter", name, kinds, meant, meanings=kinds, remark=_remark(name)
    )


def _remark(name: str) -> str:
    """Say of a column, a value of a column or another organisation that it is one."""
    found = installed().tables.values()
    having = [table.name for table in found if name in table.names]
    if having:
        return f"{name} is a column of {', '.join(having)}; name the table first."
    listing = [
        f"{table.name}.{field.name}"
        for table in found
        for field in table.fields
        if name in (field.enum or ())
    ]
    if listing:
        return f"{name} is a value of {', '.join(listing)}."
    if name in _organisations():
        return no_reporter(name)
    return ""
