"""Reading upstream files without trusting them.

Every reader goes through here, so that a changed format, a slip or a hostile file gives one
kind of error: `UpstreamError` with the file, the position in it, and what was expected.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reported_losses.errors import UpstreamError
from reported_losses.files import (
    NotRegularError,
    TooLargeError,
    read_regular,
    without_duplicate_keys,
)

MAX_BYTES = 64_000_000


class Location(NamedTuple):
    """A file, or one row of it.

    Attributes:
        path: The upstream file.
        position: Where in it, such as `line 4`, or `[3]` in a JSON array; empty for the file.
    """

    path: Path
    position: str = ""

    def error(self, problem: str) -> UpstreamError:
        """Build the error for a problem here."""
        where = f"{self.path}, {self.position}" if self.position else f"{self.path}"
        return UpstreamError(f"{where}: {problem}. Nothing was written.")

    def at(self, detail: object) -> Location:
        """Return this location with a detail that helps to find it, such as the date."""
        return Location(self.path, f"{self.position} ({detail})")


Clean = Callable[[Location, str, str], str]
"""Takes a location, a column and a cell; returns the cell as it may enter a table."""


def read_bytes(path: Path) -> bytes:
    """Read a whole upstream file.

    Raises:
        UpstreamError: It is missing, not a regular file, unreadable or over `MAX_BYTES`.
    """
    try:
        return read_regular(path, MAX_BYTES)
    except TooLargeError as error:
        problem = f"is larger than the {MAX_BYTES:,} bytes a record may have: {error.strerror}"
    except NotRegularError as error:
        problem = f"is not a regular file but {error.strerror}"
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    raise Location(path).error(problem)


def read_text(path: Path) -> str:
    """Read a whole upstream file as UTF-8 text; the errors are those of `read_bytes`."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Location(path, f"byte {error.start}").error("is not UTF-8") from None


def json_rows(
    path: Path, key: str | None = None, beside: tuple[str, ...] = ()
) -> Iterator[tuple[Location, dict[str, Any]]]:
    """Yield each object of a JSON array with its location.

    Args:
        path: The file.
        key: Key of the array, if the file holds an object.
        beside: Other keys of that object; they are not looked at.

    Raises:
        UpstreamError: The file is not a JSON array of objects, or not one with these keys.
    """
    try:
        rows = json.loads(read_text(path), object_pairs_hook=without_duplicate_keys)
    except json.JSONDecodeError as error:
        location = Location(path, f"line {error.lineno}, column {error.colno}")
        raise location.error(f"is not JSON, perhaps cut short: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise Location(path).error(f"is not JSON: {error}") from None
    if key is not None:
        if not isinstance(rows, dict) or set(rows) != {key, *beside}:
            expected = ", ".join((key, *beside))
            raise Location(path).error(f"a JSON object with the keys {expected} was expected")
        rows = rows[key]
    if not isinstance(rows, list):
        raise Location(path).error("a JSON array of daily objects was expected")
    for index, row in enumerate(rows):
        location = Location(path, f"[{index}]")
        if not isinstance(row, dict):
            raise location.error(f"an object was expected, not {row!r:.40}")
        yield location, row


def csv_rows(
    path: Path, header: tuple[str, ...], *, final_newline: bool = True, clean: Clean | None = None
) -> Iterator[tuple[Location, dict[str, str]]]:
    """Yield each row of a CSV file with its location, the line on which it begins.

    Args:
        path: The file.
        header: Column names, in order.
        final_newline: Whether a file without a final newline is refused as cut short.
        clean: Applied to every cell.

    Raises:
        UpstreamError: The file is not such a table, or `clean` refuses a cell.
    """
    text = read_text(path)
    if "\0" in text:
        raise Location(path).error("contains a NUL character")
    if final_newline and text and not text.endswith("\n"):
        raise Location(path, "the last line").error("has no final newline: the file is cut short")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        found = tuple(next(reader, ()))
        if found != header:
            raise Location(path, "line 1").error(_header_problem(found, header))
        location = Location(path, f"line {reader.line_num + 1}")
        for cells in reader:
            yield location, _row(location, header, cells, clean)
            location = Location(path, f"line {reader.line_num + 1}")
    except csv.Error as error:
        raise Location(path, f"line {reader.line_num}").error(f"is not CSV: {error}") from None


def _row(
    location: Location, header: tuple[str, ...], cells: list[str], clean: Clean | None
) -> dict[str, str]:
    if len(cells) != len(header):
        raise location.error(f"has {len(cells)} cells where the header has {len(header)}")
    row = dict(zip(header, cells, strict=True))
    if clean is None:
        return row
    return {column: clean(location, column, cell) for column, cell in row.items()}


def _header_problem(found: tuple[str, ...], header: tuple[str, ...]) -> str:
    missing = [name for name in header if name not in found]
    extra = [name for name in found if name not in header]
    details = [f"lacks {', '.join(missing)}"] if missing else []
    details += [f"has the unknown {', '.join(extra[:9])}"] if extra else []
    details = details or ["has its columns in another order"]
    return f"the header {' and '.join(details)}; expected {','.join(header)}"
