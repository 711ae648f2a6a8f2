"""`docs/data-dictionary.md`: every table and column."""

from __future__ import annotations

from reported_losses.dataset.describe import rule
from reported_losses.dataset.descriptor import Field, Package, Table

_HEAD = """\
# Data dictionary

Generated from `schemas/` by `make generated`: do not edit.

Files are CSV: UTF-8, one header line, rows in order of the primary key, dates as YYYY-MM-DD;
an empty cell is a missing value. \u25cf marks the columns of the primary key.
"""


def data_dictionary(package: Package) -> str:
    """Return the page."""
    tables = package.tables.values()
    contents = "".join(f"| [`{t.name}`](#{t.name}) | {_text(t.description)} |\n" for t in tables)
    return "\n".join(
        [_HEAD, f"| table | one row is |\n| --- | --- |\n{contents}", *map(_table, tables)]
    )


def _table(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"{table.description}",
        "",
        f"File: `{table.path}`. Schema: `schemas/{table.name}.json`.",
        "",
        "| | column | type | meaning | rule | example |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(table, field) for field in table.fields),
        "",
    ]
    lines += [
        f"- `{', '.join(key.fields)}` refers to [`{key.table}`](#{key.table})."
        for key in table.foreign_keys
    ]
    return "\n".join([*lines, ""] if table.foreign_keys else lines)


def _row(table: Table, field: Field) -> str:
    cells = (
        "\u25cf" if field.name in table.primary_key else "",
        f"`{field.name}`",
        field.type + (f" ({field.unit})" if field.unit else ""),
        field.description,
        rule(field),
        "" if field.example is None else f"`{field.example}`",
    )
    return f"| {' | '.join(map(_text, cells))} |"


def _text(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;")
