"""What people are told of each kind of constraint that a schema can state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reported_losses.issue import CodeText, Severity
from reported_losses.parsing.cast import TYPE


def _kind(kind: str, title: str, rationale: str, example: str, fix: str) -> CodeText:
    return CodeText(kind, Severity.ERROR, title, rationale, example, fix)


_KINDS = (
    TYPE,
    _kind(
        "required",
        "a required cell is not empty",
        "Without this value the row has no meaning.",
        "an empty total",
        "Fill in the cell, or remove the row.",
    ),
    _kind(
        "unique",
        "no two rows share the value",
        "A name must identify one row.",
        "two rows of categories called tanks",
        "Rename one of the rows, or remove it.",
    ),
    _kind(
        "enum",
        "the value is one of those the schema lists",
        "Readers of the table cannot know what another word means.",
        "evidence `certain`",
        "Use one of the listed values.",
    ),
    _kind(
        "pattern",
        "the text has the form that the schema requires",
        "Names and addresses are read by programs.",
        "a category called `Main Battle Tanks`",
        "Write the text in that form.",
    ),
    _kind(
        "minimum",
        "the value is not below the minimum",
        "A value outside its range is a slip.",
        "a total of -5",
        "Compare the value with its source; a sign or a digit may be wrong.",
    ),
    _kind(
        "maximum",
        "the value is not above the maximum",
        "A value outside its range is a slip.",
        "a share of 140 per cent",
        "Compare the value with its source; a digit or the decimal point may be wrong.",
    ),
    _kind(
        "minLength",
        "the text is not shorter than the minimum length",
        "A text this short was probably cut off.",
        "a name of one letter",
        "Restore the text.",
    ),
    _kind(
        "maxLength",
        "the text is not longer than the maximum length",
        "A text this long does not belong in the column.",
        "a language code of ten letters",
        "Shorten the text.",
    ),
    _kind(
        "primaryKey",
        "no two rows share the primary key",
        "With two rows for one key, nobody knows which one applies.",
        "two figures of one category on one day",
        "Remove one of the rows, or correct its key.",
    ),
    _kind(
        "foreignKey",
        "the row that a row refers to exists",
        "A reference to nothing is a misspelling or a missing row.",
        "a figure of a series that `series` does not have",
        "Correct the reference, or add the row it refers to.",
    ),
)

KINDS: Mapping[str, CodeText] = {kind.code: kind for kind in _KINDS}


def text_of(code: str, kind: str) -> CodeText:
    """Return what people are told of a code of a kind, such as `loss_counts.total.minimum`."""
    return replace(KINDS[kind], code=code)
