"""The types of columns: for each Table Schema type its Arrow, pandas and SQL type and its spelling.

Each value has exactly one accepted spelling, so that texts and values convert into each other
without loss and two spellings cannot hide a difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.dates import SPELLING, parse_date


@dataclass(frozen=True, slots=True)
class FieldType:
    """How one Table Schema type is held in memory and written.

    Attributes:
        name: Table Schema type.
        arrow: Arrow type alias, for `pyarrow.type_for_alias`.
        pandas: pandas dtype of a required field.
        pandas_nullable: pandas dtype of a field that may be missing.
        sql: SQLite and DuckDB column type.
        spelling: Regular expression (RE2 and Python) that the whole cell matches.
        expected: The spelling in words, for messages.
        parse: Converts text to a Python value; raises ValueError if the text has no value.
    """

    name: str
    arrow: str
    pandas: str
    pandas_nullable: str
    sql: str
    spelling: str
    expected: str
    parse: Callable[[str], Any]


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


FIELD_TYPES: dict[str, FieldType] = {
    kind.name: kind
    for kind in (
        FieldType("string", "string", "str", "str", "TEXT", r"(?s:.*)", "text", str),
        FieldType(
            "integer",
            "int64",
            "int64",
            "Int64",
            "BIGINT",
            r"0|-?[1-9][0-9]{0,17}",
            "a whole number in plain digits, without separators, sign + or leading zeros",
            int,
        ),
        FieldType(
            "number",
            "double",
            "float64",
            "Float64",
            "DOUBLE",
            r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,14}[1-9])?",
            "a number in plain digits with a decimal point if needed, without separators",
            float,
        ),
        FieldType(
            "date",
            "date32",
            "datetime64[us]",
            "datetime64[us]",
            "DATE",
            SPELLING,
            "a date that exists, written YYYY-MM-DD",
            parse_date,
        ),
        FieldType(
            "boolean",
            "bool",
            "bool",
            "boolean",
            "BOOLEAN",
            r"true|false",
            "true or false",
            _boolean,
        ),
    )
}
