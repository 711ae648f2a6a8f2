"""Building issues: found texts are escaped, and defaults are taken from the text of the code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reported_losses.definition.schema import Table
from reported_losses.issue import NO_KEY, CodeText, Issue, Key
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.invisible import shown

LISTED = 1_000
"""At most this many issues per code and file are listed; one more gives the number left out."""
LISTED_IN_ALL = 20_000
"""After this many of types, cells and rules, only one more per code and file is listed."""

_LONGEST_SENTENCE = 500


def build_issue(  # noqa: PLR0913 - an issue has this many parts
    text: CodeText,
    message: str,
    *,
    table: str | None = None,
    path: str | None = None,
    line: int | None = None,
    column: str | None = None,
    position: int | None = None,
    key: Key = NO_KEY,
    found: str | None = None,
    expected: str | None = None,
    hint: str | None = None,
    value: str | None = None,
) -> Issue:
    """Build an issue; its attributes are described at `Issue`.

    Args:
        text: Texts of the code. Gives code and severity, and the defaults of `expected` and
            `hint`.
        message: What is wrong, in one sentence.
        table: Name of the table.
        path: File, relative to the package folder.
        line: Line, from 1.
        column: Name of the column.
        position: Character in the line, from 1.
        key: Primary key of the row.
        found: The text found.
        expected: What was expected instead.
        hint: What to do next.
        value: What the cell should hold, if only one value is likely.
    """
    return Issue(
        text.code,
        text.severity,
        shown(message, _LONGEST_SENTENCE),
        table=table,
        path=path,
        line=line,
        column=column,
        position=position,
        key=key,
        found=None if found is None else shown(found),
        expected=shown(expected or text.expected, _LONGEST_SENTENCE),
        hint=shown(hint or text.fix, _LONGEST_SENTENCE),
        value=value,
    )


def file_issue(  # noqa: PLR0913 - an issue has this many parts
    code: str,
    message: str,
    table: Table,
    *,
    line: int | None = None,
    position: int | None = None,
    column: str | None = None,
    found: str | None = None,
    expected: str | None = None,
    hint: str | None = None,
) -> Issue:
    """Build a `file/*` issue about a table's file; otherwise as `build_issue`."""
    return build_issue(
        FILE_CODES[code],
        message,
        table=table.name,
        path=table.path,
        line=line,
        position=position,
        column=column,
        found=found,
        expected=expected,
        hint=hint,
    )


def capped(issues: Sequence[Issue], total: int, most: int = LISTED) -> list[Issue]:
    """Cut a list of issues of one code at a number, and say how many more there are.

    Args:
        issues: Issues of one code in file order, at least one; the first `most` + 1 are enough.
        total: Number of issues, listed or not.
        most: How many to list, at least one.

    Returns:
        At most `most` issues, and a closing one that gives the number left out. It has the
        line and position of the first issue left out, so it sorts after those listed.
    """
    kept = list(issues[:most])
    if total <= len(kept):
        return kept
    closing = replace(
        issues[min(most, len(issues) - 1)],
        message=f"{total - len(kept):,} more issues of this code, from here on, are not listed",
        column=None,
        key=NO_KEY,
        found=None,
        expected=None,
        value=None,
        hint="Fix those listed and check again.",
    )
    return [*kept, closing]
