"""Whole columns whose format was changed, usually by a spreadsheet: one fault, not thousands."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.arrow_functions import matches
from reported_losses.parsing.columns import bits
from reported_losses.parsing.distinct_texts import lengths, spread

_MORE_THAN = 20
_SHARE = 0.9
_GROUPED = r"\A[-+]?[0-9]{1,3}([ ,.'_\x{2019}\x{a0}\x{2009}\x{202f}][0-9]{3})+\z"
_FOUR_DIGITS = r"[0-9]{4}"


def reformatted(column: pa.ChunkedArray, bad: NDArray[np.bool_]) -> bool:
    """Return whether the bad cells of a column look like one change to the whole column.

    There are more than 20 of them, and they are at least 90 % of the cells that such a change
    would have altered: of those that are not empty; or, if the bad cells are all numbers with
    separators, of those with four digits or more.

    Args:
        column: Texts of the column.
        bad: True where a cell has no value of the column's type.
    """
    count = int(np.count_nonzero(bad))
    if count <= _MORE_THAN:
        return False
    altered = spread(column, lambda texts: lengths(texts) > 0)
    if spread(column, lambda texts: bits(matches(texts, _GROUPED)))[bad].all():
        altered = bad | spread(column, lambda texts: bits(matches(texts, _FOUR_DIGITS)))
    return count >= _SHARE * int(np.count_nonzero(altered))
