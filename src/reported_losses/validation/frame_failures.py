"""What a frame fails, as pandera's failure cases: with the row's key, and the words of `check`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import likely
from reported_losses.issue import CodeText, Key
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.invisible import shown
from reported_losses.parsing.issues import LISTED
from reported_losses.parsing.slips import slip
from reported_losses.validation.constraint_kinds import text_of
from reported_losses.validation.failures import Failure
from reported_losses.validation.frame_columns import WrongType
from reported_losses.validation.words import Words

_TEXT = pd.Series([""]).dtype  # "str"; "object" before pandas 3
_CONVERT = {
    "string": "Convert the column to texts: pandas .astype('str'), polars .cast(pl.String).",
    "integer": "Convert the column with pandas.to_numeric, polars .cast(pl.Int64), and look at "
    "what is not a whole number.",
    "number": "Convert the column with pandas.to_numeric, polars .cast(pl.Float64).",
    "date": "Convert the column with pandas.to_datetime, polars .str.to_date(), or name it in "
    "parse_dates= of read_csv.",
    "boolean": "Convert the column to truth values: pandas .astype('boolean').",
}
_IN_INDEX = "It is in the index: call .reset_index() first."
_WANTED = {
    "string": "a text",
    "integer": "a whole number of at most 18 digits",
    "number": "a finite number",
    "date": "a day, without a time and a time zone",
    "boolean": "True or False",
}
"""What a cell of a frame holds; a file's cell has a spelling besides."""


@dataclass(frozen=True, slots=True)
class FrameSource:
    """A frame as the source of rows, which are given in key order."""

    columns: Columns
    frame: pd.DataFrame

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell, as a file would have it."""
        held = self.columns[column]
        if held.known[row]:
            return held.text(row)
        if list(self.frame.columns).count(column) != 1:
            return ""
        return str(self.frame[column].iloc[int(self.columns.row[row])])

    def key(self, row: int) -> Key:
        """Return the primary key of a row, as texts."""
        return Key({name: self.cell(row, name) for name in self.columns.key})

    def where(self, row: int) -> str:
        """Say at which label of the index a row is."""
        return f"row {self.label(row)!r}"

    def label(self, row: int) -> Any:  # noqa: ANN401 - any label
        """Return the label of a row in the frame's index."""
        label = self.frame.index[int(self.columns.row[row])]
        return label.item() if isinstance(label, np.generic) else label


@dataclass(frozen=True, slots=True)
class Reported:
    """One code that a frame fails.

    Attributes:
        text: What people are told of the code.
        sentence: The message for an error or warning that shows nothing else.
        cases: The failure cases, in pandera's columns and ours.
    """

    text: CodeText
    sentence: str
    cases: pd.DataFrame


def _reported(text: CodeText, cases: list[tuple[Any, str, Words]], number: int) -> Reported:
    """Gather failure cases: index label, key and words of each; `number` is how many there are."""
    label, key, words = cases[0]
    where = "" if label is None else f" (row {label!r}, {key})"
    found = "" if words.found is None else f"found {shown(words.found) or 'nothing'}, "
    sentence = (
        f"{text.code}: {words.message}{where}; {found}expected {words.expected}. {words.hint}"
    )
    rest = number - 1
    sentence += f" {rest:,} more {'row fails' if rest == 1 else 'rows fail'}." if rest else ""
    cells = pd.DataFrame(
        {
            "schema_context": "DataFrameSchema",
            "column": [case.column for _, _, case in cases],
            "check": text.code,
            "check_number": None,
            "failure_case": [case.found for _, _, case in cases],
            "index": pd.Series([label for label, _, _ in cases], dtype=object),
            "key": [key or None for _, key, _ in cases],
            "message": [case.message for _, _, case in cases],
            "expected": [case.expected for _, _, case in cases],
            "hint": [case.hint for _, _, case in cases],
        }
    )
    return Reported(text, sentence, cells)


def failure_reported(failure: Failure, source: FrameSource) -> Reported:
    """Report a failed check: at most 1,000 of its rows, each in the words of the check."""
    rows = failure.rows[:LISTED]
    told = failure.describe(rows, source)
    cases = [
        (source.label(row), str(source.key(row)), words)
        for row, words in zip(rows.tolist(), told, strict=True)
    ]
    return _reported(failure.text, cases, len(failure.rows))


def type_reported(table: Table, wrong: WrongType, source: FrameSource) -> Reported:
    """Report a wrong dtype as one case, or else each cell without a value of its type."""
    field = wrong.field
    text = text_of(f"{table.name}.{field.name}.type", "type")
    if wrong.rows is None:
        return _reported(text, [(None, "", _of_dtype(field, wrong.dtype))], 1)
    in_key_order = np.empty(source.columns.rows, dtype=np.int64)
    in_key_order[source.columns.row] = np.arange(source.columns.rows)
    cases = []
    for place in wrong.rows[:LISTED].tolist():
        row = int(in_key_order[place])
        words = _of_cell(field, source.frame[field.name].iloc[place])
        cases.append((source.label(row), str(source.key(row)), words))
    return _reported(text, cases, len(wrong.rows))


def _of_dtype(field: Field, dtype: str) -> Words:
    zone = field.type == "date" and ("datetime64" in dtype or "timestamp" in dtype)
    period = field.type == "date" and "period" in dtype
    hint = _CONVERT[field.type]
    if zone or period:
        ways = ".dt.tz_localize(None)", "polars .dt.replace_time_zone(None)"
        hint = f"Remove the time zone: pandas {ways[0]}, {ways[1]}."
        hint = "Convert the column with .dt.to_timestamp()." if period else hint
    texts = field.type in {"integer", "number"} and ("string" in dtype or dtype == "str")
    if texts:
        hint += " polars reads numbers as texts if a column begins empty: "
        hint += "pl.read_csv(..., infer_schema_length=None) looks at the whole column."
    expected = f"dtype {' or '.join(expected_dtypes(field))}, or one that holds the same values"
    message = f"{field.name} has the dtype {dtype}" + (", texts" if texts else "")
    return Words(message, expected, hint, dtype, field.name)


def _of_cell(field: Field, cell: object) -> Words:
    """Return the words about a cell: a text that could be read as a value is not one yet."""
    found, kind = str(cell), FIELD_TYPES[field.type]
    spelt = isinstance(cell, str) and re.fullmatch(kind.spelling, cell) is not None
    hint = _CONVERT[field.type] if spelt else slip(found, field.type).sentence
    what = "the text " if isinstance(cell, str) else ""
    expected = _WANTED[field.type]
    message = f"{field.name} is {what}{found!r}, not {expected}"
    return Words(message, expected, hint, found, field.name)


def columns_reported(table: Table, frame: pd.DataFrame) -> Iterator[Reported]:
    """Yield missing, surplus and doubled columns, by the codes of a file's header."""
    names = [str(name) for name in frame.columns]
    missing = [name for name in table.names if name not in names]
    for name in missing:
        hint = _IN_INDEX if name in frame.index.names else "Add it."
        words = Words(f"the frame has no column {name}", f"the column {name}", hint, "", name)
        yield _reported(FILE_CODES["file/missing-column"], [(None, "", words)], 1)
    for name in sorted(set(names) - set(table.names)):
        near = likely(name, missing)
        hint = f"Is it {near[0]}?" if near else "Drop the column."
        words = Words(
            f"the frame has a column {name!r} that the schema does not have",
            "the columns of the schema alone",
            hint,
            name,
            name,
        )
        yield _reported(FILE_CODES["file/extra-column"], [(None, "", words)], 1)
    for name in sorted({name for name in names if names.count(name) > 1}):
        words = Words(f"the frame has the column {name} twice", "it once", "Drop one.", name, name)
        yield _reported(FILE_CODES["file/duplicate-column"], [(None, "", words)], 1)


def expected_dtypes(field: Field) -> list[str]:
    """Return the names of the pandas dtypes that `load` gives a field."""
    kind = FIELD_TYPES[field.type]
    if field.type == "string":
        return [str(_TEXT), "category"]
    return [kind.pandas if field.required else kind.pandas_nullable]
