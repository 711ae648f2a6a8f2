"""Arrow texts judged without copying them, each distinct text once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def lengths(array: pa.StringArray) -> NDArray[np.int32]:
    """Return the length of each text in bytes, without a copy of the texts."""
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(0, dtype=np.int32)
    offsets = np.frombuffer(buffer, dtype=np.int32)
    return np.diff(offsets[array.offset : array.offset + len(array) + 1])


def spread(
    column: pa.ChunkedArray, bad: Callable[[pa.Array], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Judge the distinct texts of a column and return the verdict for each of its rows."""
    array = column.combine_chunks()
    if not len(array):
        return np.zeros(0, dtype=np.bool_)
    if not hasattr(array, "dictionary"):
        return bad(array)
    verdict = bad(array.dictionary)
    if not verdict.any():
        return np.zeros(len(array), dtype=np.bool_)
    indices = array.indices
    codes = np.frombuffer(indices.buffers()[1], dtype=np.int32)
    return verdict[codes[indices.offset : indices.offset + len(indices)]]
