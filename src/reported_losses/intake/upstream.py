"""Reading upstream files without trusting them.

Every reader goes through here, so that a changed format, a slip or a hostile file
gets one kind of answer: `UpstreamError` with file, place, and what was expected.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reported_losses.errors import UpstreamError, nearest_first
from reported_losses.files import (
    NotRegularError,
    TooLargeError,
    read_regular,
    without_duplicate_keys,
)
from reported_losses.intake.readings import WAR_BEGAN, Cell, Reading

MAX_BYTES = 64_000_000
# No reported count comes near this; a figure above it is two figures run together.
MAX_TOTAL = 10_000_000
# Reports are daily; a date past the century's middle is a typing slip.
LAST_YEAR = 2049


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
    raise fault(path, "", problem)


def read_text(path: Path) -> str:
    """Read a whole upstream file as UTF-8 text; the errors are those of `read_bytes`."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault(path, f"byte {error.start}", "is not UTF-8") from None


def json_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object of a JSON array with its place, such as `[3]`."""
    try:
        rows = json.loads(read_text(path), object_pairs_hook=without_duplicate_keys)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise fault(path, place, f"is not JSON, perhaps cut short: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise fault(path, "", f"is not JSON: {error}") from None
    if not isinstance(rows, list):
        raise fault(path, "", "a JSON array of daily objects was expected")
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise fault(path, f"[{number}]", f"an object was expected, not {row!r:.40}")
        yield f"[{number}]", row


def csv_rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a CSV file with its place, such as `line 4`.

    Args:
        path: The file.
        header: Column names, in order.
    """
    text = read_text(path)
    if "\0" in text:
        raise fault(path, "", "contains a NUL character")
    if text and not text.endswith("\n"):
        raise fault(path, "the last line", "has no line end: the file is cut short")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        found = tuple(next(rows, ()))
        if found != header:
            raise fault(path, "line 1", _header_problem(found, header))
        for row in rows:
            place = f"line {rows.line_num}"
            if len(row) != len(header):
                problem = f"has {len(row)} cells where the header has {len(header)}"
                raise fault(path, place, problem)
            yield place, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise fault(path, f"line {rows.line_num}", f"is not CSV: {error}") from None


def check_keys(
    path: Path, place: str, row: Mapping[str, Any], required: Iterable[str], known: Iterable[str]
) -> None:
    """Refuse an object that lacks a required key or has one nobody knows."""
    required, known = set(required), set(known)
    for key in row:
        if key not in known:
            near = nearest_first(key, known)[0]
            problem = f"has the unknown key {key!r}; the nearest known one is {near!r}"
            raise fault(path, place, problem)
    for key in sorted(required - row.keys()):
        raise fault(path, place, f"lacks the key {key!r}")


def report_date(path: Path, place: str, value: object) -> dt.date:
    """Read an ISO date on or after the first day of the war."""
    try:
        date = dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        date = None
    if date is None or date.isoformat() != value:
        raise fault(path, place, f"has {value!r} where a date YYYY-MM-DD was expected")
    if date < WAR_BEGAN or date.year > LAST_YEAR:
        problem = f"has the date {date}; reports began on {WAR_BEGAN} and years past {LAST_YEAR} "
        raise fault(path, place, problem + "are slips")
    return date


def check_day_number(path: Path, place: str, date: dt.date, number: object) -> None:
    """Refuse a day number that does not count from the first day of the war."""
    expected = (date - WAR_BEGAN).days + 1
    if str(number) != str(expected):
        problem = f"says {date} is day {number}; counted from {WAR_BEGAN} it is day {expected}"
        raise fault(path, place, f"{problem}: the date or the number is wrong")


def count(path: Path, place: str, key: str, value: object) -> int:
    """Read a cumulative total: a whole number from 0 to `MAX_TOTAL`."""
    number = signed(path, place, key, value)
    if number < 0:
        raise fault(path, place, f"has {key} = {number}; a total cannot be negative")
    return number


def signed(path: Path, place: str, key: str, value: object) -> int:
    """Read a whole number no larger than `MAX_TOTAL` either way."""
    if isinstance(value, str) and value.lstrip("-").isascii() and value.lstrip("-").isdigit():
        number: object = int(value) if len(value) <= 18 else MAX_TOTAL + 1  # noqa: PLR2004
    else:
        number = value
    if isinstance(number, bool) or not isinstance(number, int):
        raise fault(path, place, f"has {key} = {value!r} where a whole number was expected")
    if abs(number) > MAX_TOTAL:
        raise fault(path, place, f"has {key} = {value}; more than {MAX_TOTAL:,} is a slip")
    return number


def count_from_json(path: Path, place: str, key: str, value: object) -> int:
    """Read a total from JSON, where a text in place of a number means a changed format."""
    if isinstance(value, str):
        raise fault(path, place, f"has {key} = {value!r}, a text, where a number was expected")
    return count(path, place, key, value)


def without_duplicates(path: Path, readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings; refuse two of one record for one cell."""
    seen: dict[tuple[str, Cell], Reading] = {}
    for reading in readings:
        key = (reading.record, reading.cell)
        if key in seen:
            cell = reading.cell
            raise fault(path, f"{cell.date} {cell.category}", "stands twice in the file")
        seen[key] = reading
    if not seen:
        raise fault(path, "", "holds no figures")
    return list(seen.values())


def fault(path: Path, place: str, problem: str) -> UpstreamError:
    """Build the error: file, place, problem, and that nothing was written."""
    where = f"{path}, {place}" if place else f"{path}"
    return UpstreamError(f"{where}: {problem}. Nothing was written.")


def _header_problem(found: tuple[str, ...], header: tuple[str, ...]) -> str:
    missing = [name for name in header if name not in found]
    extra = [name for name in found if name not in header]
    details = [f"lacks {', '.join(missing)}"] if missing else []
    details += [f"has the unknown {', '.join(extra[:9])}"] if extra else []
    details = details or ["has its columns in another order"]
    return f"the header {' and '.join(details)}; expected {','.join(header)}"
