"""Characters that no cell may hold, whatever its type, and cells that are too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reported_losses.definition.arrow_functions import matches
from reported_losses.issue import Issue
from reported_losses.parsing.characters import (
    BLANK,
    CONTROL,
    FORMULA_RE2,
    INVISIBLE,
    NEGATIVE_RE2,
    re2_class,
)
from reported_losses.parsing.columns import bits
from reported_losses.parsing.distinct_texts import lengths, spread
from reported_losses.parsing.invisible import unseen_in_file
from reported_losses.parsing.issues import LISTED, capped, file_issue
from reported_losses.parsing.quoting import MAX_CELL_BYTES
from reported_losses.parsing.text_table import TextTable

_CONTROL = re2_class(CONTROL)
_INVISIBLE = re2_class(INVISIBLE)
_BLANK_END = rf"\A{re2_class(BLANK)}|{re2_class(BLANK)}\z"

Masks = dict[str, NDArray[np.bool_]]
"""For each column with bad cells, True where a cell is bad."""


def cell_issues(text: TextTable, data: bytes) -> tuple[Masks, list[Issue]]:
    """Find cells with a text that no cell may have.

    A cell with a control or invisible character has that one issue: the character may well be
    what makes it look like a formula or end with white space.

    Args:
        text: The table.
        data: The bytes it was parsed from, in canonical form.

    Returns:
        The cells that cannot be judged further because of their control characters, invisible
        characters or white space; and the issues, in no particular order.
    """
    names = text.table.names
    strings = [field.name for field in text.table.fields if field.type == "string"]
    unseen: Masks = {}
    issues = _issues(text, "file/field-too-long", _bad(text, names, _too_long))
    if unseen_in_file(data):
        for code, pattern in (
            ("file/control-character", _CONTROL),
            ("file/invisible-character", _INVISIBLE),
        ):
            found = _without(_bad(text, names, _matching(pattern)), unseen)
            issues += _issues(text, code, found)
            unseen = _either(unseen, found)
    blank = _without(_bad(text, strings, _matching(_BLANK_END)), unseen)
    formula = _without(_bad(text, strings, _formulas), unseen)
    issues += _issues(text, "file/whitespace", blank) + _issues(text, "file/formula", formula)
    return _either(unseen, blank), issues


def _matching(pattern: str) -> Callable[[pa.Array], NDArray[np.bool_]]:
    return lambda array: bits(matches(array, pattern))


def _formulas(array: pa.Array) -> NDArray[np.bool_]:
    found = bits(matches(array, FORMULA_RE2))
    return found & ~bits(matches(array, NEGATIVE_RE2)) if found.any() else found


def _too_long(array: pa.Array) -> NDArray[np.bool_]:
    return lengths(array) > MAX_CELL_BYTES


def _bad(
    text: TextTable, names: Iterable[str], judge: Callable[[pa.Array], NDArray[np.bool_]]
) -> Masks:
    """Return the bad cells by column; distinct texts are judged once."""
    masks = ((name, spread(text.data.column(name), judge)) for name in names)
    return {name: mask for name, mask in masks if mask.any()}


def _without(masks: Masks, other: Masks) -> Masks:
    return {name: mask & ~other[name] if name in other else mask for name, mask in masks.items()}


def _either(masks: Masks, other: Masks) -> Masks:
    both = {name: masks[name] | other[name] for name in masks.keys() & other.keys()}
    return {**masks, **other, **both}


_FAULTS = {
    "file/control-character": "holds a control character",
    "file/invisible-character": "holds a bidirectional or zero-width character",
    "file/whitespace": "begins or ends with whitespace",
    "file/formula": "begins like a formula",
    "file/field-too-long": f"is longer than {MAX_CELL_BYTES:,} bytes",
}


def _issues(text: TextTable, code: str, masks: Mapping[str, NDArray[np.bool_]]) -> list[Issue]:
    """Build an issue for every bad cell, row by row."""
    rows = {name: np.flatnonzero(mask) for name, mask in masks.items()}
    cells = sorted(
        (int(row), text.table.names.index(name), name)
        for name in rows
        for row in rows[name][: LISTED + 1]
    )
    issues = [_issue(text, code, row, name) for row, _, name in cells[: LISTED + 1]]
    return capped(issues, sum(map(len, rows.values()))) if issues else []


def _issue(text: TextTable, code: str, row: int, name: str) -> Issue:
    line, position = text.position(row, name)
    return file_issue(
        code,
        f"{name} on line {line} of {text.path} {_FAULTS[code]}",
        text.table,
        line=line,
        position=position,
        column=name,
        found=text.cell(row, name),
    )
