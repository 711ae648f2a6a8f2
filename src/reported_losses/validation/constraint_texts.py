"""What people are told of each kind of constraint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What people are told of a kind of constraint.

    Attributes:
        title: What holds, in one line.
        rationale: Why it must hold.
        example: What breaks it.
        fix: What to do about it.
    """

    title: str
    rationale: str
    example: str
    fix: str


KINDS: Mapping[str, Kind] = {
    "type": Kind(
        "every cell has a value of its column's type, in the one accepted spelling",
        "Two spellings of a value can hide a difference, and text cannot be counted.",
        "1,000 in a column of whole numbers",
        "Write the value as the hint says, or leave the cell empty where it is missing.",
    ),
    "required": Kind(
        "a required cell is not empty",
        "Without the value the row says nothing.",
        "an empty total",
        "Fill the cell in, or take the row out.",
    ),
    "unique": Kind(
        "no two rows share the value",
        "A name must mean one thing.",
        "two rows of categories called tanks",
        "Rename one of the rows, or take it out.",
    ),
    "enum": Kind(
        "the value is one of those the schema lists",
        "An unknown word means nothing to whoever reads the table.",
        "evidence `certain`",
        "Use one of the listed values.",
    ),
    "pattern": Kind(
        "the text has the form the schema asks for",
        "Names and addresses are read by programs.",
        "a category called `Main Battle Tanks`",
        "Bring the text into the form.",
    ),
    "minimum": Kind(
        "the value is not below the least one possible",
        "A value outside its range is a slip.",
        "a total of -5",
        "Correct the value.",
    ),
    "maximum": Kind(
        "the value is not above the greatest one possible",
        "A value outside its range is a slip.",
        "a share of 140 per cent",
        "Correct the value.",
    ),
    "minLength": Kind(
        "the text is not shorter than it may be",
        "A text this short was cut off.",
        "a name of one letter",
        "Restore the text.",
    ),
    "maxLength": Kind(
        "the text is not longer than it may be",
        "A text this long does not belong in the column.",
        "a language code of ten letters",
        "Shorten the text.",
    ),
    "primaryKey": Kind(
        "no two rows share the primary key",
        "With two rows for one key nobody knows which holds.",
        "two figures of one category on one day",
        "Take one of the rows out, or correct its key.",
    ),
    "foreignKey": Kind(
        "what a row refers to exists",
        "A reference to nothing is a misspelling or a forgotten row.",
        "a figure of a series that `series` does not have",
        "Correct the reference, or add the row it refers to.",
    ),
}
