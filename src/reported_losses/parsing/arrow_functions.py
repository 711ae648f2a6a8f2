"""The few Arrow functions that reading a table needs.

From where `pyarrow.compute` has them itself: importing that module builds a Python wrapper
for each of some 300 functions, which takes longer than reading the largest table.
"""

from __future__ import annotations

import pyarrow as pa
from pyarrow._compute import CastOptions, MatchSubstringOptions, call_function


def matches(texts: pa.StringArray, pattern: str) -> pa.BooleanArray:
    """Return where a regular expression (RE2) is found."""
    return call_function("match_substring_regex", [texts], MatchSubstringOptions(pattern))


def cast(array: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return an array with another type; raise ArrowInvalid where a value would change."""
    return call_function("cast", [array], CastOptions.safe(kind))


def take(array: pa.Array, places: pa.Array) -> pa.Array:
    """Return the elements at the places given."""
    return call_function("take", [array, places])
