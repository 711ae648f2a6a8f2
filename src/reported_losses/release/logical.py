"""`logical_hash`: a digest of a table's values that anybody can compute from its CSV file.

Two Parquet files of the same values differ if two versions of a library wrote them. This digest
does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import types

from reported_losses.definition.arrow_functions import cast
from reported_losses.definition.dates import day_text
from reported_losses.errors import ReleaseError
from reported_losses.parsing.columns import Column, column_of
from reported_losses.parsing.text_table import quoted

_KINDS = (
    ("boolean", types.is_boolean, pa.bool_()),
    ("integer", types.is_integer, pa.int64()),
    ("number", types.is_floating, pa.float64()),
    ("date", types.is_date, pa.date32()),
    ("string", types.is_string, pa.string()),
    ("string", types.is_large_string, pa.string()),
    ("string", types.is_string_view, pa.string()),
)


def logical_hash(data: pa.Table) -> str:
    r"""Return the SHA-256 digest of a table's names, types and values, in the order of its rows.

    It is the digest of a UTF-8 text. The first line of the text has the types of the columns, with
    a comma between two: `string`, `integer`, `number`, `date` or `boolean`, as the table's schema
    calls them. The rest is the table as CSV, byte for byte as `<table>.csv` of a release has it:
    a line with the names, then a line for each row. So this computes the digest of a table:

        { echo string,string,string,date; cat statement_sources.csv; } | sha256sum

    In full, for tables that have no CSV file: each line ends with LF, and has a comma between two
    cells. The cells are spelled as follows.

    - string: the text. If it has a comma, a double quote, LF or CR, or no characters at all, it
      stands in double quotes, and double quotes in it are doubled. Names are spelled likewise.
    - integer: decimal digits, after a minus sign if it is negative.
    - number: the fewest digits from which the same 64-bit number is read, without exponent, with
      a decimal point only before digits: `0.1`, `12`, `-0`. Also `inf`, `-inf` and `nan`.
    - date: YYYY-MM-DD.
    - boolean: `true` or `false`.
    - A missing value: nothing.

    Args:
        data: The table. Dictionaries count as the values they stand for, numbers of any width as
            `integer` or `number`. Chunks, offsets and metadata make no difference.

    Returns:
        64 hexadecimal digits.

    Raises:
        ReleaseError: A column has a type, or a value, that no table of a release can have.

    >>> import pyarrow as pa
    >>> logical_hash(pa.table({"day": ["2023-02-22"], "total": [3334]})) == hashlib.sha256(
    ...     b"string,integer\nday,total\n2023-02-22,3334\n"
    ... ).hexdigest()
    True
    """
    kinds, cells = [], []
    for name, values in zip(data.column_names, data.columns, strict=True):
        kind, plain = _plain(name, values)
        kinds.append(kind)
        cells.append(_cells(column_of(plain, kind)))
    head = (",".join(kinds), ",".join(map(quoted, data.column_names)))
    rows = map(",".join, zip(*cells, strict=True))
    return hashlib.sha256("\n".join([*head, *rows, ""]).encode()).hexdigest()


def _plain(name: str, values: pa.ChunkedArray) -> tuple[str, pa.ChunkedArray]:
    """Return the logical type of a column, and the column with the one Arrow type for it."""
    held = values.type
    coded = types.is_dictionary(held)
    value_type = held.value_type if coded else held
    for kind, fits, plain in _KINDS:
        if fits(value_type):
            as_it_is = held == plain or (coded and kind == "string" and _usual(values))
            return kind, values if as_it_is else _cast(name, values, plain)
    raise ReleaseError(f"the column {name} has the type {held}, which no table of a release has")


def _cast(name: str, values: pa.ChunkedArray, plain: pa.DataType) -> pa.ChunkedArray:
    try:
        return cast(values, plain)
    except pa.ArrowException as error:
        raise ReleaseError(f"a value of the column {name} is no {plain}: {error}") from None


def _usual(values: pa.ChunkedArray) -> bool:
    """Return whether a missing text is missing in the codes, not in the dictionary."""
    return not any(chunk.dictionary.null_count for chunk in values.chunks)


def _cells(one: Column) -> list[str]:
    """Return the cells of a column; each distinct value is spelled once."""
    spelled, codes = _distinct(one)
    texts = np.array([*spelled, ""], dtype=object)
    found: list[str] = texts[np.where(one.valid, codes, len(texts) - 1)].tolist()
    return found


def _distinct(one: Column) -> tuple[Iterator[str], NDArray[np.int64]]:
    """Return the spellings of the distinct values, and for each row the index of its own."""
    if one.kind == "string":
        return (quoted(text) or '""' for text in one.texts), one.values
    # As floats, 0 and -0 would be one value.
    values = one.values.view(np.int64) if one.kind == "number" else one.values
    values = np.where(one.valid, values, np.zeros(1, values.dtype))
    distinct, codes = np.unique(values, return_inverse=True)
    if one.kind == "date":
        return map(day_text, distinct.tolist()), codes
    if one.kind == "number":
        return map(_number, distinct.view(np.float64)), codes
    return (str(value).lower() for value in distinct.tolist()), codes


def _number(value: np.float64) -> str:
    return np.format_float_positional(value, trim="-")
