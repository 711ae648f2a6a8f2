"""Text columns to typed columns; a file has no other way to types.

Each value has one accepted spelling. A cell with another spelling becomes null, is marked as
invalid, and gives one issue; later rules treat it as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition import arrow_functions as _kernels
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Table
from reported_losses.issue import CodeText, Issue, Severity
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.columns import bits
from reported_losses.parsing.distinct_texts import lengths
from reported_losses.parsing.invisible import shown
from reported_losses.parsing.issues import build_issue, capped
from reported_losses.parsing.text_table import TextTable

TYPE = CodeText(
    "type",
    Severity.ERROR,
    "each cell holds a value of its column's type in the one accepted spelling",
    "Two spellings of a value can hide a difference, and text cannot be counted.",
    "1,000 in a column of whole numbers",
    "Write the value in the accepted spelling; leave missing cells empty.",
)
"""What people are told of every code `<table>.<field>.type`."""


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table with types.

    Attributes:
        table: Descriptor of the table.
        path: File as issues show it.
        data: Typed columns in schema order: int64, double, date32, bool, string, or a
            dictionary of strings where the field is categorical. Null is missing, or has no
            value of its type.
        invalid: For each column with such cells, True where nothing can be judged: the cell
            has no value of its type, or has an issue already (`TextTable.faulty`).
        lines: int64; the physical line on which each row begins.
        text: The text it was cast from.
    """

    table: Table
    path: str
    data: pa.Table
    invalid: Mapping[str, NDArray[np.bool_]]
    lines: NDArray[np.int64]
    text: TextTable

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.lines)


def cast(text: TextTable, budget: Budget | None = None) -> tuple[TypedTable, list[Issue]]:
    """Give a table its types.

    Args:
        text: The table as text.
        budget: Counts the issues listed, over all tables of a package.

    Returns:
        The typed table; and an issue `<table>.<field>.type` for each cell that has no value of
        its type, or a single one for a column whose format was changed throughout.
    """
    budget = budget or Budget()
    columns: list[pa.Array] = []
    invalid: dict[str, NDArray[np.bool_]] = {}
    issues: list[Issue] = []
    for field in text.table.fields:
        array = text.data.column(field.name).combine_chunks()
        column, bad = _cast(array, field)
        columns.append(column)
        faulty = text.faulty.get(field.name)
        if bad is not None and bad.any():
            found = _issues(text, field, bad if faulty is None else bad & ~faulty, budget.room())
            budget.list(len(found))
            issues += found
            invalid[field.name] = bad if faulty is None else bad | faulty
        elif faulty is not None:
            invalid[field.name] = faulty
    data = pa.Table.from_arrays(columns, names=list(text.table.names))
    return TypedTable(text.table, text.path, data, invalid, text.lines, text), sorted(issues)


def _cast(array: pa.Array, field: Field) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    """Return the typed column and, if any cells failed, a mask of them."""
    if not hasattr(array, "dictionary"):
        return _cast_texts(array, field)
    codes = _codes(array)
    if field.categorical:
        return _categorical(codes, array.dictionary), None
    # Cast each distinct text once.
    values, bad = _cast_texts(array.dictionary, field)
    column = _kernels.take(values, _int32(codes)) if len(codes) else values
    return column, None if bad is None else bad[codes]


def _cast_texts(array: pa.StringArray, field: Field) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    empty = lengths(array) == 0
    if field.type == "string":
        return _masked(array, empty), None
    kind = FIELD_TYPES[field.type]
    fits = bits(_kernels.matches(array, rf"\A(?:{kind.spelling})\z"))
    bad: NDArray[np.bool_] = ~(fits | empty)
    if field.type == "date":
        bad |= ~empty & ~_days_exist(array, fits)
    column = _kernels.cast(_masked(array, empty | bad), pa.type_for_alias(kind.arrow))
    return column, bad if bad.any() else None


def _days_exist(array: pa.StringArray, fits: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where a well-spelled date is a day of the calendar, as Python knows it."""
    try:
        days = _kernels.cast(_masked(array, ~fits), pa.date32())
    except pa.ArrowInvalid:
        texts = zip(fits, array.to_pylist(), strict=True)
        return np.asarray([ok and _exists(text) for ok, text in texts], dtype=np.bool_)
    if not len(days):
        return fits
    numbers = np.frombuffer(days.buffers()[1], dtype=np.int32)[: len(days)]
    return fits & (numbers >= _YEAR_ONE)


_YEAR_ONE = -719_162
"""0001-01-01 as a day number; Arrow has a year 0, Python has none."""


def _exists(date: str) -> bool:
    try:
        FIELD_TYPES["date"].parse(date)
    except ValueError:
        return False
    return True


def _codes(array: pa.DictionaryArray) -> NDArray[np.int32]:
    indices = array.indices
    if not len(indices):
        return np.zeros(0, dtype=np.int32)
    raw = np.frombuffer(indices.buffers()[1], dtype=np.int32)
    return raw[indices.offset : indices.offset + len(indices)]


def _int32(codes: NDArray[np.int32], validity: pa.Buffer | None = None) -> pa.Int32Array:
    return pa.Array.from_buffers(pa.int32(), len(codes), [validity, pa.py_buffer(codes)])


def _categorical(codes: NDArray[np.int32], texts: pa.StringArray) -> pa.DictionaryArray:
    """Make empty cells missing, and drop the empty text from the dictionary."""
    distinct = texts.to_pylist()
    if "" not in distinct:
        return pa.DictionaryArray.from_arrays(_int32(codes), texts)
    code = distinct.index("")
    empty = codes == code
    moved = codes - (codes > code).astype(np.int32)
    moved[empty] = 0
    kept = pa.concat_arrays([texts.slice(0, code), texts.slice(code + 1)])
    return pa.DictionaryArray.from_arrays(_int32(moved, _validity(empty)), kept)


def _masked(array: pa.StringArray, missing: NDArray[np.bool_]) -> pa.StringArray:
    """Return the texts with nulls where they are missing, on the same buffers."""
    if not missing.any():
        return array
    if array.offset:
        array = pa.concat_arrays([array, array.slice(0, 0)])
    _, offsets, data = array.buffers()
    return pa.Array.from_buffers(array.type, len(array), [_validity(missing), offsets, data])


def _validity(missing: NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(~missing, bitorder="little"))


def _issues(text: TextTable, field: Field, bad: NDArray[np.bool_], most: int) -> list[Issue]:
    from reported_losses.parsing.reformatted import reformatted  # a clean table does not need it

    rows = np.flatnonzero(bad)
    if reformatted(text.data.column(field.name), bad):
        return [_column_issue(_issue(text, field, int(rows[0])), len(rows))]
    issues = [_issue(text, field, int(row)) for row in rows[: most + 1]]
    return capped(issues, len(rows), most) if issues else []


def _column_issue(first: Issue, count: int) -> Issue:
    """Turn the issue of a column's first bad cell into one for all of its bad cells."""
    return replace(
        first,
        value=None,
        message=f"{count:,} cells of {first.column} are not {first.expected}; "
        f"the first is '{first.found}'",
        hint="A spreadsheet probably reformatted the column; restore all its cells. "
        f"First cell: {first.hint}",
    )


def _issue(text: TextTable, field: Field, row: int) -> Issue:
    from reported_losses.parsing.slips import slip  # a clean table needs no advice

    found = text.cell(row, field.name)
    line, position = text.position(row, field.name)
    advice = slip(found, field.type)
    expected = FIELD_TYPES[field.type].expected
    return build_issue(
        replace(TYPE, code=f"{text.table.name}.{field.name}.type"),
        f"{field.name} is '{shown(found)}', not {expected}",
        table=text.table.name,
        path=text.path,
        line=line,
        column=field.name,
        position=position,
        key=text.key(row),
        found=found,
        expected=expected,
        hint=advice.sentence,
        value=advice.value,
    )
