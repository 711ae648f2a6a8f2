"""The few Arrow functions that reading a table needs.

They are called through `pyarrow._compute`, where `pyarrow.compute` itself has them from. Importing
`pyarrow.compute` builds a Python wrapper for each of some 300 functions, which takes longer than
reading the largest table. But `_compute` is private and may change with any release: if it is
missing or works differently, the public module is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_Call = Callable[[Any], pa.Array]


def text_array(texts: Sequence[str | None]) -> pa.LargeStringArray:
    """Return texts as an Arrow array, None as null; `pyarrow.array` would import pandas."""
    encoded = [(text or "").encode("utf-8", "surrogatepass") for text in texts]
    ends = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum(list(map(len, encoded)), out=ends[1:])
    valid = np.array([text is not None for text in texts], dtype=np.bool_)
    buffers = [_validity(valid), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.large_string(), len(encoded), buffers)


def matches(texts: pa.StringArray, pattern: str) -> pa.BooleanArray:
    """Return which texts contain a match of a regular expression (RE2)."""
    return _result(
        lambda private: private.call_function(
            "match_substring_regex", [texts], private.MatchSubstringOptions(pattern)
        ),
        lambda public: public.match_substring_regex(texts, pattern),
    )


def cast(array: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return an array with another type; raise ArrowInvalid if a value would change."""
    return _result(
        lambda private: private.call_function("cast", [array], private.CastOptions.safe(kind)),
        lambda public: public.cast(array, kind),
    )


def take(array: pa.Array, rows: pa.Array) -> pa.Array:
    """Return the elements at these indices."""
    return _result(
        lambda private: private.call_function("take", [array, rows]),
        lambda public: public.take(array, rows),
    )


def take_rows(data: Any, rows: NDArray[np.int64]) -> Any:  # noqa: ANN401 - an Arrow array or table
    """Return rows of an array or a table by their numbers; a negative number gives nulls.

    >>> take_rows(text_array(["a", "b"]), np.array([1, -1, 0])).to_pylist()
    ['b', None, 'a']
    """
    return take(data, number_array(np.maximum(rows, 0), pa.int64(), rows >= 0))


def number_array(
    values: NDArray[Any], kind: pa.DataType, valid: NDArray[np.bool_] | None = None
) -> pa.Array:
    """Return numbers as an Arrow array on the same memory; `pyarrow.array` would import pandas.

    Args:
        values: Numbers, of the width of `kind`.
        kind: An Arrow type of numbers, or date32.
        valid: False where there is no value; None if there is one everywhere.

    >>> number_array(np.array([1, 2]), pa.int64(), np.array([True, False])).to_pylist()
    [1, None]
    """
    buffers = [_validity(valid), pa.py_buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(kind, len(values), buffers)


def _validity(valid: NDArray[np.bool_] | None) -> pa.Buffer | None:
    if valid is None or valid.all():
        return None
    return pa.py_buffer(np.packbits(valid, bitorder="little"))


def dictionary_encode(array: pa.Array) -> pa.DictionaryArray:
    """Return an array as indices into its distinct values."""
    return _result(
        lambda private: private.call_function(
            "dictionary_encode", [array], private.DictionaryEncodeOptions()
        ),
        lambda public: public.dictionary_encode(array),
    )


def _result(private: _Call, public: _Call) -> pa.Array:
    """Call a function of the private module, or of the public one if that does not work."""
    try:
        from pyarrow import _compute

        return private(_compute)
    except (ImportError, AttributeError, TypeError, KeyError):
        from pyarrow import compute

        return public(compute)
