"""Put the CSV files of a package into canonical form, and say what changed.

Canonical form: UTF-8 without byte-order mark, LF line ends, rows in order of the primary key, no
blank lines, quotes only if needed, a final line feed. No cell's value changes and no row is
dropped. A file that is not valid CSV or has a wrong header is refused, and then no file is written.

Exit code: 0 if nothing would change or the files were written, 1 if --dry-run finds changes or a
file is refused, 2 if the command was used wrongly or failed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reported_losses.commands import _writing

if TYPE_CHECKING:
    from reported_losses.definition.schema import Table
    from reported_losses.issue import Issue
    from reported_losses.parsing.canonical import Canonical

NAME = "sort"
HELP = "put the CSV files into canonical form"

_SHOWN = 5
_KEY_CHARACTERS = 200
_MENDED_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "file/byte-order-mark": "byte-order mark removed",
        "file/line-ends": "{found} line ends replaced by LF",
        "file/final-newline": "final line feed added",
        "file/blank-line": "blank lines removed: {number}, first line {line}",
        "file/quoting": "cells unquoted: {number}, first line {line}",
    }
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=_writing.PATH_HELP)
    _writing.add_dry_run(parser)


def run(args: argparse.Namespace) -> int:
    """Put the files into canonical form, print the changes, and return the exit code."""
    from reported_losses.commands._screen import say

    folder = _writing.editable_folder(args.path, "PATH")
    with _writing.held(folder, NAME, write=not args.dry_run) as commit:
        changed, refused = _read(folder)
        if refused:
            say("\n".join(map(_refusal, refused)))
            say("Nothing was written.")
            return 1
        for table, canonical in changed:
            say(_changes(table, canonical))
        if not changed:
            say("Every file is in canonical form.")
            return 0
        if commit is None:
            say("Nothing was written.")
            return 1
        commit.replace({table.name: canonical.data for table, canonical in changed})
    say(f"Written to {folder}.")
    return 0


def _read(folder: Path) -> tuple[list[tuple[Table, Canonical]], list[Issue]]:
    """Return the tables whose files change, and the issues for which files are refused."""
    from reported_losses.definition.descriptor import load_package
    from reported_losses.issue import Issue
    from reported_losses.parsing.canonical import Canonical, canonical_form
    from reported_losses.parsing.file_bytes import read_bytes

    changed: list[tuple[Table, Canonical]] = []
    refused: list[Issue] = []
    for table in load_package(folder).tables.values():
        data = read_bytes(folder, table)
        result = [data] if isinstance(data, Issue) else canonical_form(data, table)
        if not isinstance(result, Canonical):
            refused += result
        elif result.data != data:
            changed.append((table, result))
    return changed, refused


def _refusal(issue: Issue) -> str:
    location = ":".join(
        str(part) for part in (issue.path, issue.line, issue.position) if part is not None
    )
    return f"{location} {issue.code} {issue.message}\n  hint: {issue.hint}"


def _changes(table: Table, canonical: Canonical) -> str:
    from reported_losses.parsing.issues import LISTED
    from reported_losses.report.safe import clipped

    numbers = Counter(issue.code for issue in canonical.mended)
    first = {issue.code: issue for issue in reversed(canonical.mended)}
    lines = [table.path]
    for code, text in _MENDED_TEXTS.items():
        if code in first:
            number = f"more than {LISTED:,}" if numbers[code] > LISTED else f"{numbers[code]:,}"
            issue = first[code]
            lines.append("  " + text.format(number=number, line=issue.line, found=issue.found))
    if canonical.moves:
        lines.append(f"  rows moved: {len(canonical.moves):,}")
        lines += [
            f"    line {move.line} → line {move.new_line}: {clipped(move.key, _KEY_CHARACTERS)}"
            for move in canonical.moves[:_SHOWN]
        ]
    rest = len(canonical.moves) - _SHOWN
    return "\n".join([*lines, f"    … and {rest:,} more"] if rest > 0 else lines)
