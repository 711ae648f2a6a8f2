"""Print to the terminal: safe text, tables, sparklines, notes, progress."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from reported_losses.commands import _streams
from reported_losses.report.safe import visible, width
from reported_losses.report.styles import Style, styled

_BARS = "▁▂▃▄▅▆▇█"
_PATIENCE = 1.0


def write(text: str) -> None:
    """Print text as it is; characters that the console's encoding lacks are escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    with _streams.writing():
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def say(text: str) -> None:
    """Print lines for a person; invisible characters are escaped."""
    write("".join(f"{visible(line)}\n" for line in text.split("\n")))


def note(text: str) -> None:
    """Print a line on standard error, so that it is not part of the output."""
    _streams.complain(text)


def note_rest(printed: int, found: int, noun: str) -> None:
    """Say on standard error if not everything was printed, or nothing was found.

    Args:
        printed: How many were printed.
        found: How many were found.
        noun: What they are, in the plural, such as "rows".
    """
    if not found:
        note(f"No {noun} match.")
    elif printed < found:
        note(f"{printed} of {found:,} {noun}; --head N prints more")


def write_json(value: object) -> None:
    """Print a value as JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def plain(value: Any) -> Any:  # noqa: ANN401 - any part of JSON
    """Return a value made of dataclasses, lists and cells as JSON has it: days are texts."""
    from reported_losses.loading.export import json_value

    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return json_value(value)


def coloured() -> bool:
    """Return whether standard output is a terminal whose user accepts styles."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    # The old console of Windows prints ANSI codes as text; its successors set one of these.
    understood = os.name != "nt" or bool({"WT_SESSION", "ANSICON", "TERM"} & os.environ.keys())
    return sys.stdout.isatty() and understood and not refused


def bold(text: str) -> str:
    """Return text in bold if standard output is styled."""
    return styled(text, Style.BOLD) if coloured() else text


def write_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool] | None = None
) -> None:
    """Print a table with aligned columns.

    Args:
        header: Names of the columns.
        rows: Texts of the cells.
        right: For each column, whether it is aligned to the right; by default none is.
    """
    right = right or [False] * len(header)
    shown = [[visible(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    for number, row in enumerate(shown):
        cells = map(_padded, row, widths, right)
        line = "  ".join(cells).rstrip()
        write((bold(line) if number == 0 else line) + "\n")


def _padded(text: str, columns: int, right: bool) -> str:  # noqa: FBT001 - called by map
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def sparkline(values: Sequence[int | None]) -> str:
    """Return one bar per value; a blank for a missing value.

    >>> sparkline([0, 4, None, 8])
    '▁▄ █'
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    steps = len(_BARS) - 1
    return "".join(
        " " if value is None else _BARS[(value - low) * steps // ((high - low) or 1)]
        for value in values
    )


def draws_bars() -> bool:
    """Return whether the console's encoding has the characters of a sparkline."""
    try:
        _BARS.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def progress(activity: str) -> Iterator[None]:
    """Name an activity on a terminal if it takes more than a second.

    Args:
        activity: Such as "writing readings".

    Yields:
        Nothing; the activity is the block.
    """
    timer = threading.Timer(_PATIENCE, note, [f"{activity} ..."])
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
