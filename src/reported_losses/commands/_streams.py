"""Standard output and standard error as they may be: closed, full, or read by nobody any more."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn, TextIO

from reported_losses.errors import ReportedLossesError
from reported_losses.report.safe import visible

_STANDARD = 3
"""Descriptors below this one are standard input, output and error."""


class OutputError(ReportedLossesError):
    """Standard output cannot be written."""


class _Closed(io.TextIOBase):
    """Stands for a standard output that was closed before the program began."""

    encoding = "utf-8"

    def write(self, text: str) -> NoReturn:
        del text
        raise OSError(errno.EBADF, "it is closed")


def open_missing() -> None:
    """Make sure that there are streams, and that no file gets the descriptor of one.

    Without this, the first file opened would be standard output to everything else.
    """
    if sys.stdout is not None and sys.stderr is not None:
        return
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < _STANDARD:
        pass
    os.close(descriptor)
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = io.StringIO()


def complain(text: str) -> None:
    """Print a line on standard error with invisible characters escaped, if it can be written."""
    try:
        print(visible(text), file=sys.stderr, flush=True)  # noqa: T201 - the edge prints
    except (OSError, ValueError):
        _drop(sys.stderr)


@contextmanager
def writing() -> Iterator[None]:
    """Write to standard output; if its reader has closed it, quietly do without.

    Other programs end when the reader has gone. A command goes on without output instead, because
    its exit code says what it found.

    Raises:
        OutputError: It cannot be written, because it is closed or its device is full.
    """
    try:
        yield
    except BrokenPipeError:
        _drop(sys.stdout)
    except OSError as error:
        _drop(sys.stdout)
        raise OutputError(f"standard output cannot be written: {error.strerror}") from None


def flush() -> None:
    """Write what is left in the buffer; otherwise as `writing`."""
    with writing():
        sys.stdout.flush()


def _drop(stream: TextIO) -> None:
    """Send what is still buffered, or comes later, nowhere: it would fail again at exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
