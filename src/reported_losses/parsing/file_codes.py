"""The `file/*` codes: what canonical form asks of a file, one code for each kind of fault."""

from __future__ import annotations

from collections.abc import Mapping

from reported_losses.issue import CodeText, Severity

_SAME_BYTES = "The same rows must always give the same bytes, so that a change shows as a change."
_EDITORS = "Spreadsheet programs write it unasked; others then read another file than you see."


def _code(  # noqa: PLR0913, PLR0917 - the parts of a code's text, in the order of a sentence
    code: str, title: str, rationale: str, example: str, expected: str, fix: str
) -> CodeText:
    return CodeText(code, Severity.ERROR, title, rationale, example, fix, expected)


_CODES = (
    _code(
        "file/descriptor",
        "the descriptor and the schemas can be understood",
        "A keyword that is silently ignored is a rule that does not exist.",
        "a constraint the schema's reader does not know",
        "a descriptor this package understands",
        "Mend the descriptor; nothing else can be checked before.",
    ),
    _code(
        "file/missing",
        "every table's file exists",
        "A table the descriptor names and nobody can open is a hole in the dataset.",
        "data/series.csv was deleted",
        "a file",
        "Restore the file, or take the table out of datapackage.json.",
    ),
    _code(
        "file/unreadable",
        "the file can be read",
        "What cannot be read cannot be checked.",
        "the file's permissions deny reading",
        "a readable file",
        "Check the file's permissions and the disk.",
    ),
    _code(
        "file/not-regular",
        "the path is an ordinary file",
        "A pipe, device or folder in a table's place can hang or mislead whoever reads it.",
        "a folder named loss_counts.csv",
        "an ordinary file",
        "Put the table's CSV file there.",
    ),
    _code(
        "file/leaves-package",
        "the file lies inside the package folder",
        "A link that leads elsewhere would read a file the contributor does not own.",
        "data/series.csv is a link to /etc/passwd",
        "a file inside the package folder",
        "Replace the link by the file itself.",
    ),
    _code(
        "file/too-large",
        "the file is within the size limit",
        "A limit keeps a hostile file from filling the memory of whoever checks it.",
        "a file of two gigabytes",
        "at most 512 MB",
        "Look at what was written; the whole dataset is a few megabytes.",
    ),
    _code(
        "file/empty",
        "the file has a header",
        "A table without rows still names its columns.",
        "a file of no bytes",
        "a header line",
        "Write the header; restore the rows if they were lost.",
    ),
    _code(
        "file/encoding",
        "the file is UTF-8",
        "Any other encoding turns into wrong letters somewhere.",
        "a file saved as Windows-1251",
        "UTF-8 text",
        "Save the file as UTF-8.",
    ),
    _code(
        "file/byte-order-mark",
        "the file has no byte-order mark",
        "The mark becomes part of the first column's name in most readers.",
        "a file saved as `UTF-8 with BOM`",
        "the first column's name",
        "Save the file as UTF-8 without a byte-order mark.",
    ),
    _code(
        "file/line-ends",
        "lines end with a single line feed",
        _EDITORS,
        "a file saved with CRLF",
        "lines that end with LF",
        "Save the file with LF line ends (Unix).",
    ),
    _code(
        "file/nul",
        "the file has no NUL byte",
        "A NUL ends a text early in many programs; it also marks UTF-16 and damaged files.",
        "a NUL byte inside a note",
        "text without NUL bytes",
        "Save the file as UTF-8 text, or restore it.",
    ),
    _code(
        "file/final-newline",
        "the last line ends with a line feed",
        "A file cut short looks like this; appending to it would join two rows.",
        "a last line cut off in the middle",
        "a line feed at the end",
        "End the last line with a line feed; check that no rows were lost.",
    ),
    _code(
        "file/blank-line",
        "there are no blank lines",
        _SAME_BYTES,
        "an empty line between two rows",
        "a row",
        "Remove the blank line.",
    ),
    _code(
        "file/header",
        "the first line names the columns",
        "Without the header nobody knows what a cell means.",
        "a file whose first line is data",
        "the table's header",
        "Put the header back; cells are separated by commas.",
    ),
    _code(
        "file/missing-column",
        "every column of the schema is there",
        "A rule cannot judge what is not there.",
        "a header without `total`",
        "the column",
        "Add the column; leave its cells empty only where a value may be missing.",
    ),
    _code(
        "file/extra-column",
        "there is no column the schema does not know",
        "An unknown column is checked by nothing and read by nobody.",
        "a header with `my_notes`",
        "only the schema's columns",
        "Remove the column, or describe it in the table's schema.",
    ),
    _code(
        "file/duplicate-column",
        "no column stands twice",
        "Of two columns with one name, readers take one or the other.",
        "a header with `total` twice",
        "each column once",
        "Remove one of the two.",
    ),
    _code(
        "file/column-order",
        "columns stand in the schema's order",
        _SAME_BYTES,
        "`increment` before `total`",
        "the schema's order",
        "Move the columns into the schema's order.",
    ),
    _code(
        "file/too-many-columns",
        "the header is within the column limit",
        "A limit keeps a hostile file from filling the memory of whoever checks it.",
        "a header of a million commas",
        "at most 1,000 columns",
        "Put the header back.",
    ),
    _code(
        "file/field-too-long",
        "cells are within the length limit",
        "A cell this long is an accident or an attack; often a quote that was never closed.",
        "a note of ten megabytes",
        "at most 65,536 bytes",
        "Shorten the cell; look for a quote that was never closed.",
    ),
    _code(
        "file/ragged-row",
        "every row has one cell for each column",
        "With a cell too few or too many, values stand under the wrong names.",
        "a row with a comma too many",
        "one cell for each column",
        "Quote a cell that holds a comma; add or remove a comma otherwise.",
    ),
    _code(
        "file/unclosed-quote",
        "every quote is closed",
        "An open quote swallows the rows that follow.",
        "a note that begins with a quote and never ends",
        "a closing quote",
        'Close the quote; write a quote inside a quoted cell as "".',
    ),
    _code(
        "file/stray-quote",
        "a quote stands only around a whole cell",
        "Readers disagree about what a quote inside a bare cell means.",
        'a note such as 5" shells, unquoted',
        "a quoted cell with its own quotes doubled",
        'Quote the whole cell and write the quote inside as "".',
    ),
    _code(
        "file/quoting",
        "a cell is quoted where it must be, and only there",
        _SAME_BYTES,
        '"tanks" where tanks will do',
        "quotes only around a cell with a comma, a quote or a line break",
        "Remove the quotes around the cell.",
    ),
    _code(
        "file/control-character",
        "cells hold no control characters",
        "Control characters can move the cursor, hide text or end a text early.",
        "a tab inside a note",
        "text without control characters",
        "Remove the character; write a space instead of a tab.",
    ),
    _code(
        "file/invisible-character",
        "cells hold no bidirectional or zero-width characters",
        "They make a cell read differently from what it holds.",
        "a right-to-left override inside a name",
        "text without bidirectional or zero-width characters",
        "Type the cell anew instead of pasting it.",
    ),
    _code(
        "file/formula",
        "no text begins like a formula",
        "A spreadsheet runs a cell that begins with =, +, - or @.",
        "=1+1 in a note",
        "a text that does not begin with =, +, - or @",
        "Reword the text so that it begins with a letter or digit.",
    ),
    _code(
        "file/whitespace",
        "texts neither begin nor end with whitespace",
        "Two texts that look the same must be the same.",
        "`tanks ` with a space at the end",
        "text without whitespace at its ends",
        "Remove the whitespace.",
    ),
    _code(
        "file/sort-order",
        "rows stand in the order of the primary key",
        "In one fixed order a change of one row is a change of one line.",
        "a new day appended to the end of the file",
        "rows sorted by the primary key",
        "Move the row to its place.",
    ),
)

FILE_CODES: Mapping[str, CodeText] = {code.code: code for code in _CODES}
