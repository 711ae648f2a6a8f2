"""A bar that shows how far a download is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reported_losses.errors import MissingExtraError
from reported_losses.loading.arguments import flag


class Bar:
    """How many bytes have come, shown on a terminal or not at all.

    Args:
        shown: A bar of tqdm; None to show nothing.
    """

    def __init__(self, shown: Any = None) -> None:  # noqa: ANN401 - tqdm, which has no types
        self._shown = shown
        self._before = 0

    def told(self, size: int) -> None:
        """Show that so many bytes of a file have come."""
        self._show(self._before + size)

    def done(self, size: int) -> None:
        """Show that a file has come, which has so many bytes."""
        self._before += size
        self._show(self._before)

    def _show(self, size: int) -> None:
        if self._shown is not None:
            self._shown.update(size - self._shown.n)


@contextmanager
def bar(version: str, total: int, *, wanted: object = None) -> Iterator[Bar]:
    """Show a bar while files are fetched.

    Args:
        version: The release.
        total: How many bytes will come.
        wanted: Whether to show it; None for "on a terminal".

    Yields:
        What to tell of the bytes that have come.

    Raises:
        MissingExtraError: tqdm is not installed, and the bar was asked for.
        BadArgumentError: `wanted` is neither True, False nor None.
    """
    if not (sys.stderr.isatty() if wanted is None else flag("progress", wanted)):
        yield Bar()
        return
    try:
        from tqdm import tqdm
    except ImportError:
        if wanted is None:
            yield Bar()
            return
        raise MissingExtraError(
            "progress=True needs tqdm: pip install 'reported-losses[fetch]'"
        ) from None
    with tqdm(total=total, desc=version, unit="B", unit_scale=True, leave=False) as shown:
        yield Bar(shown)
