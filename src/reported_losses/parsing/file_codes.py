"""The `file/*` codes: what a file must be like, with one code for each kind of fault."""

from __future__ import annotations

from collections.abc import Mapping

from reported_losses.issue import CodeText, Severity

_SAME_BYTES = (
    "The same rows must always give the same bytes, so that a diff shows only real changes."
)
_SORT = "`reported-losses sort` does it."


def _code(  # noqa: PLR0913, PLR0917 - the texts of a code, in the order in which they are read
    code: str,
    title: str,
    rationale: str,
    example: str,
    expected: str,
    fix: str,
    severity: Severity = Severity.ERROR,
) -> CodeText:
    return CodeText(code, severity, title, rationale, example, fix, expected)


_CODES = (
    _code(
        "file/descriptor",
        "datapackage.json and the schemas can be understood",
        "A keyword that is silently ignored is a rule that nobody checks.",
        "a constraint that the package does not know",
        "a descriptor this package understands",
        "Fix the descriptor first; nothing else can be checked before that.",
    ),
    _code(
        "file/missing",
        "the file of every table exists",
        "A table that is described but cannot be opened is a hole in the dataset.",
        "data/series.csv was deleted",
        "a file",
        "Restore the file, or remove the table from datapackage.json.",
    ),
    _code(
        "file/unreadable",
        "the file can be read",
        "A file that cannot be read cannot be checked.",
        "a file whose permissions deny reading",
        "a readable file",
        "Check the file's permissions and the disk.",
    ),
    _code(
        "file/not-regular",
        "the path is an ordinary file",
        "Reading a pipe, device or folder may wait forever or give other data.",
        "a folder named loss_counts.csv",
        "an ordinary file",
        "Replace it with the table's CSV file.",
    ),
    _code(
        "file/leaves-package",
        "the file is inside the package folder",
        "A link that leads out of the folder could read any file of the machine.",
        "data/series.csv is a link to /etc/passwd",
        "a file inside the package folder",
        "Replace the link with the file itself.",
    ),
    _code(
        "file/same-file",
        "no two tables have one file",
        "A file that is read as two tables hides that the other one is missing.",
        "data/reports.csv is a link to data/series.csv",
        "a file of its own for every table",
        "Replace one of the two with the table's own file.",
    ),
    _code(
        "file/stray-table",
        "data/ and schemas/ hold no CSV or JSON file that datapackage.json does not name",
        "People take a file there for a part of the dataset, but nothing checks it. A release is "
        "flat: there the folder itself holds none that neither datapackage.json nor CONTENTS.json "
        "names.",
        "data/loss_counts-old.csv",
        "only files that datapackage.json names",
        "Add the file to datapackage.json, or move it out of the folder.",
    ),
    _code(
        "file/stray",
        "data/ and schemas/ hold nothing else",
        "What lies there by accident is released with the dataset.",
        "data/loss_counts.csv~",
        "only files that datapackage.json names",
        "Move the file out of the folder, or delete it.",
        Severity.WARNING,
    ),
    _code(
        "file/too-large",
        "the files of all tables together are within the limits",
        "Limits keep a hostile file from taking the memory and the time of whoever checks it. "
        "All tables together may have 256 MB, 3,500,000 lines, 36,000,000 cells, 500,000 quotes "
        "and 2,000,000 different texts; their patterns may take 500,000,000 steps.",
        "a file of two gigabytes, or of nine million blank lines",
        "at most 256 MB",
        "Look at what was written to the file; the whole dataset is a few megabytes.",
    ),
    _code(
        "file/not-as-built",
        "the file is the one that was built",
        "An installed file that was cut at a line end is still a readable table, of fewer rows.",
        "data/readings.csv lost its second half when a disk was full",
        "the size, digest and number of rows that datapackage.json states",
        "Reinstall the package, or get the release again. To edit a copy, remove `bytes`, `hash` "
        "and `rows` from its datapackage.json.",
    ),
    _code(
        "file/unfinished-commit",
        "no command was cut off while it replaced tables",
        "Some tables may be new and others old, and each may be valid by itself.",
        "a machine that lost power while `reported-losses reconcile --write` ran",
        "tables that fit together",
        "If no command is running, run `reported-losses sort`: it finishes or undoes the commit.",
    ),
    _code(
        "file/forged-journal",
        "the journal of a commit is one that a command wrote",
        "The next command would replace tables as the journal says.",
        "a .commit.json that came with a clone",
        "no file .commit.json",
        "Find out where .commit.json comes from, then remove it.",
    ),
    _code(
        "file/not-in-changelog",
        "CHANGELOG.md has a heading for the version of every revision",
        "The changelog lists corrected values one by one, under the version that has them first. A "
        "version that is not released yet needs the heading [Unreleased]. It is judged where "
        "CHANGELOG.md stands beside datapackage.json: in a checkout, not in installed data.",
        "a revision of version 1.0.3; the headings are [Unreleased], [1.0.2] and older ones",
        "a version that is a heading of CHANGELOG.md",
        "Correct the version of the revision, or list the correction in CHANGELOG.md.",
    ),
    _code(
        "file/empty",
        "the file has a header",
        "A table names its columns even if it has no rows.",
        "a file of no bytes",
        "a header line",
        "Write the header, and restore the rows if they were lost.",
    ),
    _code(
        "file/encoding",
        "the file is UTF-8",
        "Text in another encoding shows wrong letters to readers who expect UTF-8.",
        "a file saved as Windows-1251",
        "UTF-8 text",
        "Save the file as UTF-8.",
    ),
    _code(
        "file/byte-order-mark",
        "the file has no byte-order mark",
        "Many readers take the mark for a part of the first column's name.",
        "a file saved as `UTF-8 with BOM`",
        "the first column's name",
        f"Save the file as UTF-8 without a byte-order mark; {_SORT}",
    ),
    _code(
        "file/line-ends",
        "lines end with a single line feed",
        "Other line ends change every line of a diff, and some readers keep them in the last cell.",
        "a file saved with CRLF",
        "lines that end with LF",
        f"Save the file with LF line ends (Unix); {_SORT}",
    ),
    _code(
        "file/nul",
        "the file has no NUL byte",
        "Many programs end a text at a NUL. It also is a sign of UTF-16 or of a damaged file.",
        "a NUL byte inside a note",
        "text without NUL bytes",
        "Save the file as UTF-8 text, or restore it if it is damaged.",
    ),
    _code(
        "file/final-newline",
        "the last line ends with a line feed",
        "The file may have been cut short, and appending to it would join two rows.",
        "a last line that was cut off in the middle",
        "a line feed at the end",
        f"Check that no rows were lost, then end the last line with a line feed; {_SORT}",
    ),
    _code(
        "file/blank-line",
        "there are no blank lines",
        _SAME_BYTES,
        "an empty line between two rows",
        "a row",
        f"Remove the blank line; {_SORT}",
    ),
    _code(
        "file/header",
        "the first line names the columns",
        "Without a header nobody knows what the cells mean.",
        "a file that begins with a row of data",
        "the table's header",
        "Restore the header; separate its names by commas.",
    ),
    _code(
        "file/missing-column",
        "the file has every column of its schema",
        "A missing column cannot be checked or loaded.",
        "a header without `total`",
        "the column",
        "Add the column; leave a cell empty only where a value may be missing.",
    ),
    _code(
        "file/extra-column",
        "the file has no column beyond its schema",
        "An unknown column is not checked and not loaded.",
        "a header with `my_notes`",
        "only the schema's columns",
        "Remove the column, or describe it in the table's schema.",
    ),
    _code(
        "file/duplicate-column",
        "no column is named twice",
        "Some readers use the first of two columns with one name, others the second.",
        "a header with `total` twice",
        "each column once",
        "Remove one of the two.",
    ),
    _code(
        "file/column-order",
        "columns are in the schema's order",
        _SAME_BYTES,
        "`increment` before `total`",
        "the schema's order",
        "Put the columns into the schema's order.",
    ),
    _code(
        "file/too-many-columns",
        "the header has at most 1,000 columns",
        "A limit keeps a hostile file from filling the memory of whoever checks it.",
        "a header of a million commas",
        "at most 1,000 columns",
        "Restore the header.",
    ),
    _code(
        "file/field-too-long",
        "cells have at most 65,536 bytes",
        "A longer cell is an accident, such as a quote that is never closed, or an attack.",
        "a note of ten megabytes",
        "at most 65,536 bytes",
        "Shorten the cell, or close the quote that was left open.",
    ),
    _code(
        "file/ragged-row",
        "every row has one cell for each column",
        "With too few or too many cells, values end up in the wrong columns.",
        "a row with one comma too many",
        "one cell for each column",
        "Quote the cell if it holds a comma; otherwise add or remove a comma.",
    ),
    _code(
        "file/unclosed-quote",
        "every quote is closed",
        "A cell with an open quote swallows the rows that follow.",
        "a note that begins with a quote and never ends",
        "a closing quote",
        'Close the quote; write a quote inside a quoted cell as "".',
    ),
    _code(
        "file/stray-quote",
        "quotes surround whole cells",
        "Readers disagree about what a quote inside a bare cell means.",
        'a note such as 5" shells without quotes around it',
        "a quoted cell in which quotes are doubled",
        'Quote the whole cell and write each quote inside it as "".',
    ),
    _code(
        "file/quoting",
        "a cell is quoted only if it must be",
        _SAME_BYTES,
        '"tanks" instead of tanks',
        "quotes only around a cell with a comma, a quote or a line break",
        f"Remove the quotes around the cell; {_SORT}",
    ),
    _code(
        "file/control-character",
        "cells hold no control characters",
        "Control characters can move the cursor, hide text or end it early.",
        "a tab inside a note",
        "text without control characters",
        "Remove the character; replace a tab with a space.",
    ),
    _code(
        "file/invisible-character",
        "cells hold no bidirectional or zero-width characters",
        "With them a cell looks different from the text it holds.",
        "a right-to-left override inside a name",
        "text without bidirectional or zero-width characters",
        "Retype the cell instead of pasting it.",
    ),
    _code(
        "file/formula",
        "no text begins like a formula",
        "Spreadsheets run a cell that begins with =, +, - or @ as a formula.",
        "=1+1 in a note",
        "a text that does not begin with =, +, - or @; a negative number alone may",
        "Reword the text so that it begins with a letter or digit.",
    ),
    _code(
        "file/whitespace",
        "texts do not begin or end with whitespace",
        "Two texts that look the same must be the same text.",
        "`tanks ` with a space at the end",
        "text without whitespace at either end",
        "Remove the whitespace at the ends of the text.",
    ),
    _code(
        "file/sort-order",
        "rows are sorted by the primary key",
        "In a fixed order, changing one row changes one line.",
        "a new day appended to the end of the file",
        "rows sorted by the primary key",
        f"Move the row to its line; {_SORT}",
    ),
)

FILE_CODES: Mapping[str, CodeText] = {code.code: code for code in _CODES}
