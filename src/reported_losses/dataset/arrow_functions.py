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

_Call = Callable[[Any], pa.Array]


def text_array(texts: Sequence[str]) -> pa.LargeStringArray:
    """Return texts as an Arrow array; `pyarrow.array` would import pandas."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum(list(map(len, encoded)), out=ends[1:])
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
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
