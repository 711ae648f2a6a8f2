"""The computed tables of a release: figures day by day, and totals with a column per category."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from reported_losses.definition.schema import Field, ForeignKey, Table
from reported_losses.errors import ReleaseError
from reported_losses.loading.computed import arrow_table, column
from reported_losses.loading.daily import VALUES, daily
from reported_losses.loading.day_table import descriptor
from reported_losses.loading.load import COMPUTED
from reported_losses.loading.wide import spread
from reported_losses.parsing.columns import Column, from_arrow
from reported_losses.release.source import Source

DAILY, WIDE = COMPUTED
_WHO = ("reporter", "subject")
_KEY = (*_WHO, "category", "report_date")
_DAY = ForeignKey(("reporter", "report_date"), "reports", ("reporter", "report_date"))
_SERIES = ForeignKey(_KEY[:3], "series", _KEY[:3])


def computed_tables(source: Source) -> Mapping[str, pa.Table]:
    """Return the tables that a release has besides those of the package.

    Args:
        source: What the release is made from: the package that the running code belongs to.

    Returns:
        By name, sorted by their keys, with the types of `computed_descriptors`:

        - "daily": what `daily` returns for each reporter and subject, one below the other.
        - "loss_counts_wide": the totals of `loss_counts`, one row per reporter, subject and day,
          and one column per category.

    Raises:
        ReleaseError: The figures are not those of the running code, from which `daily` computes.
    """
    tables = computed_descriptors(source)
    made = {DAILY: _daily(tables[DAILY], source), WIDE: _wide(tables[WIDE], source)}
    return {name: sorted_table(tables[name], data) for name, data in made.items()}


def computed_descriptors(source: Source) -> Mapping[str, Table]:
    """Return the descriptors of the computed tables, which have no file in the package."""
    return {DAILY: _daily_table(source), WIDE: _wide_table(source)}


def _daily_table(source: Source) -> Table:
    counts, days = source.package.table("loss_counts"), descriptor(DAILY)
    fields = (*map(counts.field, _WHO), *map(days.field, ("category", "report_date", *VALUES)))
    return dataclasses.replace(
        days, path="", fields=fields, primary_key=_KEY, foreign_keys=(_SERIES, _DAY)
    )


def _wide_table(source: Source) -> Table:
    counts = source.package.table("loss_counts")
    return Table(
        WIDE,
        "Loss counts, one column per category",
        "The totals of one reporter's report: loss_counts with a column for each category, named "
        "as the table categories has it. Empty where the report has no total.",
        "",
        (*map(counts.field, (*_WHO, "report_date")), *_totals(source)),
        (*_WHO, "report_date"),
        (_DAY,),
    )


def _totals(source: Source) -> Iterator[Field]:
    """Return a field for each category that has a total."""
    total = source.package.table("loss_counts").field("total")
    kinds = source.tables["categories"]
    pairs = zip(kinds["category"].to_pylist(), kinds["label_en"].to_pylist(), strict=True)
    label = dict(pairs)
    for name in _counts(source)["category"].held():
        yield dataclasses.replace(
            total, name=name, title=name, description=f"{label[name]}: total.", required=False
        )


def _counts(source: Source) -> Mapping[str, Column]:
    table = source.package.table("loss_counts")
    fields = tuple(map(table.field, (*_KEY, "total")))
    return from_arrow(dataclasses.replace(table, fields=fields), source.tables["loss_counts"])


def _daily(table: Table, source: Source) -> pa.Table:
    data = source.tables["loss_counts"]
    who = sorted(set(zip(*(data[name].to_pylist() for name in _WHO), strict=True)))
    made = pa.concat_tables([_daily_of(table, *one) for one in who])
    counts = source.package.table("loss_counts")
    figures = dataclasses.replace(counts, fields=tuple(map(counts.field, (*_KEY, "total"))))
    if not sorted_table(figures, made).equals(sorted_table(figures, data)):
        raise ReleaseError(
            "the figures of loss_counts are not those of the running code; build a release with "
            "the code that is beside the data"
        )
    return made


def _daily_of(table: Table, reporter: str, subject: str) -> pa.Table:
    data = daily(reporter=reporter, subject=subject, engine="arrow")
    named = [pa.repeat(one, data.num_rows) for one in (reporter, subject)]
    return pa.Table.from_arrays([*named, *data.columns], names=list(table.names))


def _wide(table: Table, source: Source) -> pa.Table:
    counts = _counts(source)
    who = counts["reporter"].values * len(counts["subject"].texts) + counts["subject"].values
    _, first, at = np.unique(
        who * 2**24 + counts["report_date"].values, return_index=True, return_inverse=True
    )
    columns = {name: counts[name].take(first) for name in table.primary_key}
    for field in table.fields[len(columns) :]:
        rows = np.flatnonzero(counts["category"].values == counts["category"].code(field.name))
        columns[field.name] = spread(counts["total"].take(rows), at[rows], len(first))
    return arrow_table(table, columns)


def sorted_table(table: Table, data: pa.Table) -> pa.Table:
    """Return a table in the one form that its values have in Arrow.

    Args:
        table: Descriptor of the table.
        data: The data, with the types that `load` gives; texts may be dictionaries or not.

    Returns:
        The columns that the descriptor has, with rows in order of the primary key, in one chunk.
        Dictionaries have the texts that occur, in order of code points.
    """
    columns = from_arrow(table, data)
    return arrow_table(table, {name: _held(one) for name, one in columns.items()})


def _held(one: Column) -> Column:
    """Return a column of texts that lists only those that occur."""
    if one.kind != "string":
        return one
    texts = tuple(one.held())
    code = {text: number for number, text in enumerate(texts)}
    new = np.array([code.get(text, 0) for text in one.texts] or [0])
    return column(new[np.where(one.valid, one.values, 0)], one.valid, "string", texts)
