"""What commands put on the screen: text that cannot steer a terminal, tables, sparklines."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reported_losses.report.safe import visible, width

_BARS = "▁▂▃▄▅▆▇█"
_PATIENCE = 1.0


def write(text: str) -> None:
    """Print text; a console of another encoding shows an escape and no traceback."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def say(text: str) -> None:
    """Print lines for a person, with everything unseen in them escaped."""
    write("".join(f"{visible(line)}\n" for line in text.split("\n")))


def write_json(value: object) -> None:
    """Print a value as JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def coloured() -> bool:
    """Return whether standard output is a terminal that may be coloured."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def bold(text: str) -> str:
    """Return text in bold where the terminal may show it."""
    return f"\x1b[1m{text}\x1b[0m" if coloured() else text


def write_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool] | None = None
) -> None:
    """Print a table with aligned columns.

    Args:
        header: Names of the columns.
        rows: Cells, as texts.
        right: Per column, whether its cells stand at the right.
    """
    right = right or [False] * len(header)
    shown = [[visible(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    for number, row in enumerate(shown):
        cells = map(_padded, row, widths, right)
        line = "  ".join(cells).rstrip()
        write((bold(line) if number == 0 else line) + "\n")


def _padded(text: str, columns: int, right: bool) -> str:  # noqa: FBT001 - one of three per cell
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def sparkline(values: Sequence[int | None]) -> str:
    """Return a bar of one character per value; a blank where there is none.

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
def progress(doing: str) -> Iterator[None]:
    """Say on a terminal what is being done, should it take more than a second.

    Args:
        doing: What, such as "writing readings".

    Yields:
        Nothing; the work is the block.
    """
    timer = threading.Timer(_PATIENCE, _announce, [doing])
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _announce(doing: str) -> None:
    sys.stderr.write(f"{doing} ...\n")
    sys.stderr.flush()
