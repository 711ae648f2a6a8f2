"""Bytes in canonical form to Arrow text columns, and the lines of their rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from reported_losses.definition.schema import Field, Table
from reported_losses.parsing.distinct_texts import lengths, spread
from reported_losses.parsing.quoting import Record

_BLOCK = 1 << 20
_REPEATS = pa.dictionary(pa.int32(), pa.string())


def parse(
    data: bytes, table: Table, names: tuple[str, ...], records: list[Record]
) -> pa.Table | None:
    """Parse a file whose quotes have been judged.

    Args:
        data: The file in canonical form, without blank lines.
        table: The table it should hold.
        names: The file's columns in file order.
        records: The records that hold a quote.

    Returns:
        One text column per field in schema order, or None if a row has too few or too many
        cells, or is too long.
    """
    options = {
        "read_options": arrow_csv.ReadOptions(
            column_names=list(names), skip_rows=1, block_size=_BLOCK
        ),
        "parse_options": arrow_csv.ParseOptions(
            newlines_in_values=any(record.breaks for record in records),
            ignore_empty_lines=False,
        ),
        "convert_options": arrow_csv.ConvertOptions(
            check_utf8=False,  # `encoding` checked it
            column_types={field.name: _text_type(field) for field in table.fields},
            include_columns=list(table.names),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    }
    if data.count(b"\n", 0, _BLOCK) == 1 and len(data) == data.find(b"\n") + 1:
        return _empty(table)
    try:
        read = arrow_csv.read_csv(pa.BufferReader(pa.py_buffer(data)), **options)
    except pa.ArrowInvalid:
        return None
    return read.unify_dictionaries().combine_chunks()


def _text_type(field: Field) -> pa.DataType:
    repeats = field.categorical or field.type in {"date", "boolean"}
    return _REPEATS if repeats else pa.string()


def _empty(table: Table) -> pa.Table:
    # Built from buffers, because `Schema.empty_table` imports pandas.
    nothing = pa.py_buffer(bytes(4))
    texts = pa.Array.from_buffers(pa.string(), 0, [None, nothing, nothing])
    indices = pa.Array.from_buffers(pa.int32(), 0, [None, nothing])
    repeats = pa.DictionaryArray.from_arrays(indices, texts)
    columns = [texts if _text_type(field) == pa.string() else repeats for field in table.fields]
    return pa.Table.from_arrays(columns, names=list(table.names))


def first_cells_filled(parsed: pa.Table) -> bool:
    """Return whether the first cell of every row has a text."""
    return not spread(parsed.column(0), lambda texts: lengths(texts) == 0).any()


def line_numbers(data: bytes, rows: int, records: list[Record]) -> NDArray[np.int64]:
    """Return the lines on which rows begin, blank lines included.

    Args:
        data: The file in canonical form.
        rows: Number of rows and blank lines.
        records: The records that hold a quote.
    """
    if not any(record.breaks for record in records):
        return np.arange(2, rows + 2, dtype=np.int64)
    begins = _begins(data.count(b"\n"), records)
    return (np.flatnonzero(begins)[1:] + 1).astype(np.int64)


def blank_lines(data: bytes, records: list[Record]) -> NDArray[np.int64]:
    """Return the numbers of the blank lines that are not inside a quoted cell.

    Args:
        data: The file in canonical form.
        records: The records that hold a quote.
    """
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))
    blank = np.zeros(len(ends), dtype=np.bool_)
    blank[1:] = ends[1:] == ends[:-1] + 1
    return (np.flatnonzero(blank & _begins(len(ends), records)) + 1).astype(np.int64)


def _begins(lines: int, records: list[Record]) -> NDArray[np.bool_]:
    """Return, for each line, whether a row begins there instead of continuing from above."""
    begins = np.ones(lines, dtype=np.bool_)
    for record in records:
        begins[record.line : record.line + record.breaks] = False
    return begins


def without_lines(data: bytes, lines: NDArray[np.int64]) -> bytes:
    """Return the bytes without some blank lines, given by number."""
    if not len(lines):
        return data
    raw = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(raw == ord("\n"))
    return np.delete(raw, ends[lines - 1]).tobytes()
