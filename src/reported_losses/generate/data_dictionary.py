"""`docs/data-dictionary.md`: every table and column."""

from __future__ import annotations

from reported_losses.definition.describe import rule
from reported_losses.definition.history import HISTORIES
from reported_losses.definition.schema import Field, Package, Table
from reported_losses.generate.markdown import escaped, sentence, wrapped

_HEAD = """\
# Data dictionary

Generated from `schemas/` by `make generated`: do not edit.

Files are CSV: UTF-8, one header line, rows sorted by primary key, dates as YYYY-MM-DD. An empty
cell is a missing value. \u25cf marks the columns of the primary key.

Each column says how a released value may change:

"""


def data_dictionary(package: Package) -> str:
    """Return the page."""
    tables = package.tables.values()
    contents = [
        wrapped(f"[`{table.name}`](#{table.name}): {escaped(table.description)}", "- ", "  ")
        for table in tables
    ]
    histories = [
        wrapped(sentence(f"*{kind}*: {meaning}"), "- ", "  ") for kind, meaning in HISTORIES.items()
    ]
    return "\n".join(
        [
            _HEAD + "\n".join(histories) + "\n",
            "What one row is:\n",
            *contents,
            "",
            *map(_table, tables),
        ]
    )


def _table(table: Table) -> str:
    lines = [
        f"## {table.name}\n",
        f"{wrapped(escaped(table.description))}\n",
        f"File: `{table.path}`. Schema: `schemas/{table.name}.json`.\n",
        *(_field(table, field) for field in table.fields),
        "",
    ]
    keys = [
        f"- `{', '.join(key.fields)}` refers to [`{key.table}`](#{key.table})."
        for key in table.foreign_keys
    ]
    return "\n".join([*lines, "References:\n", *keys, ""] if keys else lines)


def _field(table: Table, field: Field) -> str:
    key = "\u25cf " if field.name in table.primary_key else ""
    unit = f", {field.unit}" if field.unit else ""
    meaning = f"{key}**`{field.name}`** ({field.type}{unit}): {escaped(field.description)}"
    facts = sentence(f"{_rule(field)}; {field.history}")
    if field.example is not None:
        facts += f" Example: `{field.example}`."
    return "\n".join([wrapped(meaning, "- ", "  "), wrapped(facts, "  - ", "    ")])


def _rule(field: Field) -> str:
    text = rule(field)
    return text if field.pattern is None else text.replace(field.pattern, f"`{field.pattern}`")
