"""Static types of the tables, for type checkers and editors."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from reported_losses.definition.schema import Package, Table

SERIES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "date": "pd.Timestamp",
    "boolean": "bool",
}
"""Type of the items of a pandas Series, by Table Schema type."""

_HEAD = '''\
"""GENERATED from schemas/ by `make generated`: do not edit.

For type checkers and editors. One `...Frame` per table says which columns a pandas frame from
`load` has, and their types. The frames exist for checkers only: at run time `load` returns a
plain `pandas.DataFrame`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from reported_losses.definition.names import TableName
'''

_CHOICES = """\
Engine = Literal["pandas", "polars", "arrow", "duckdb"]
DtypeBackend = Literal["numpy_nullable", "pyarrow"]
Value = str | float | dt.date | None  # an int and a bool are a float as well
Where = Value | Iterable[Value]
"""


def table_names(package: Package) -> str:
    """Return the text of `definition/names.py`."""
    head = '"""GENERATED from schemas/ by `make generated`: do not edit."""\n'
    imports = "from __future__ import annotations\n\nfrom typing import Literal\n"
    return "\n".join([head, imports, _literal("TableName", package.tables)])


def loading_types(package: Package) -> str:
    """Return the text of `loading/types.py`."""
    tables = package.tables.values()
    parts = [
        _HEAD,
        _CHOICES,
        *(_literal(f"{_class(table)}Column", table.names) for table in tables),
        "\nif TYPE_CHECKING:",
        *(_indent(_frame(table)) for table in tables),
        f"\n{_load(package)}",
    ]
    return "\n".join(parts)


def _class(table: Table) -> str:
    return "".join(word.capitalize() for word in table.name.split("_"))


def _literal(name: str, texts: Iterable[str]) -> str:
    lines = "".join(f'    "{text}",\n' for text in texts)
    return f"{name} = Literal[\n{lines}]\n"


def _frame(table: Table) -> str:
    name = f"{_class(table)}Frame"
    lines = [
        f"class {name}(pd.DataFrame):",
        f'    """A pandas frame of `{table.name}`, for checkers."""',
        "",
    ]
    lines += [f"    {field.name}: pd.Series[{SERIES[field.type]}]" for field in table.fields]
    lines.append("")
    for kind, item in SERIES.items():
        names = [field.name for field in table.fields if field.type == kind]
        if names:
            lines += _overload(_names(names), f"pd.Series[{item}]")
    # list[str], not a list of column names: pyright does not infer a literal type in brackets.
    lines += _overload("list[str]", "pd.DataFrame")
    lines += _overload("pd.Series[bool] | slice", name)
    lines.append("    def __getitem__(self, key: Any, /) -> Any: ...")
    # Narrower than in pandas, so that a misspelt column is an error.
    lines[lines.index("    @overload")] += "  # type: ignore[override]"
    return "\n".join(lines)


def _names(names: list[str]) -> str:
    return f"Literal[{', '.join(repr(name).replace(chr(39), chr(34)) for name in names)}]"


def _overload(key: str, result: str) -> list[str]:
    return [
        "    @overload",
        "    def __getitem__(",
        f"        self, key: {key}, /",
        f"    ) -> {result}: ...",
    ]


def _load(package: Package) -> str:
    lines = ["class Load(Protocol):", '    """The type of `reported_losses.load`."""', ""]
    for table in package.tables.values():
        name = _names([table.name])
        column = f"{_class(table)}Column"
        lines += _call(name, '"pandas"', "None = None", f"{_class(table)}Frame")
        lines += _call(name, '"pandas"', f"Sequence[{column}] | Sequence[str]", "pd.DataFrame")
    results = {"polars": "pl.DataFrame", "arrow": "pa.Table", "duckdb": "duckdb.DuckDBPyRelation"}
    for engine, result in results.items():
        lines += _call("TableName", f'"{engine}"', "Sequence[str] | None = None", result)
    # The computed tables of a release.
    for engine, result in {"pandas": "pd.DataFrame", **results}.items():
        columns = "Sequence[str] | None = None"
        lines += _call(_names(["daily", "loss_counts_wide"]), f'"{engine}"', columns, result, "str")
    return "\n".join(lines)


def _call(
    name: str, engine: str, columns: str, result: str, version: str = "str | None = None"
) -> Iterator[str]:
    default = f" = {engine}" if engine == '"pandas"' else ""
    yield from (
        "    @overload",
        "    def __call__(",
        "        self,",
        f"        name: {name},",
        "        *,",
        f"        engine: Literal[{engine}]{default},",
        "        dtype_backend: DtypeBackend | None = None,",
        f"        columns: {columns},",
        # Texts, not names of columns: a mapping in a variable has texts as keys.
        "        where: Mapping[str, Where] | None = None,",
        "        start: str | dt.date | None = None,",
        "        end: str | dt.date | None = None,",
        "        validate: bool = False,",
        "        as_of: str | dt.date | None = None,",
        f"        version: {version},",
        f"    ) -> {result}: ...",
        "",
    )


def _indent(text: str) -> str:
    return textwrap.indent(text, "    ") + "\n"
