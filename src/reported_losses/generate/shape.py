"""`validation/shape.py`: the tables, keys, columns and types that the rules are written for."""

from __future__ import annotations

from reported_losses.definition.schema import Package

_HEAD = '''\
"""GENERATED from schemas/ by `make generated`: do not edit.

What the rules are written for. A package that lacks any of it is not judged, and so does not pass.
"""

from __future__ import annotations

from collections.abc import Mapping

SHAPE: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
'''


def shape(package: Package) -> str:
    """Return the module: each table with its primary key and the type of each column."""
    parts = [_HEAD]
    for table in package.tables.values():
        names = [f'"{name}"' for name in table.primary_key]
        key = ", ".join(names) if len(names) > 1 else f"{names[0]},"
        parts.append(f'    "{table.name}": (\n        ({key}),\n        {{\n')
        parts += [f'            "{field.name}": "{field.type}",\n' for field in table.fields]
        parts.append("        },\n    ),\n")
    return "".join([*parts, "}\n"])
