"""The pandera models of the tables: one thin class each, for annotations."""

from __future__ import annotations

import textwrap

from reported_losses.definition.schema import Field, Package, Table
from reported_losses.generate.types import SERIES

_HEAD = '''\
"""GENERATED from schemas/ by `make generated`: do not edit.

pandera models of the tables, for annotations such as `DataFrame[LossCounts]`.
"""

from __future__ import annotations

import pandas as pd

from reported_losses.validation.table_model import TableModel, typing
'''


def pandera_models(package: Package) -> str:
    """Return the text of `validation/models.py`."""
    return "\n\n".join([_HEAD, *map(_model, package.tables.values())])


def class_name(table: Table) -> str:
    """Return the name of a table's class, such as `LossCounts`."""
    return "".join(word.capitalize() for word in table.name.split("_"))


def _model(table: Table) -> str:
    lines = [f"class {class_name(table)}(TableModel):"]
    lines += textwrap.wrap(
        f'"""{table.description}"""', 92, initial_indent="    ", subsequent_indent="    "
    )
    lines += ["", *(f"    {field.name}: {_type(field)}" for field in table.fields)]
    lines += ["", "    class Config:", f'        name = "{table.name}"', ""]
    return "\n".join(lines)


def _type(field: Field) -> str:
    return f"typing.Series[{SERIES[field.type]}]"
