"""The lines of a package's files, for reports that show the row."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import overload

import numpy as np

from reported_losses.files import read_inside
from reported_losses.report import Lines

_LIMIT = 512 * 1024 * 1024
_INSIDE = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[a-z]+")


class _FileLines(Sequence[str]):
    """The lines of some bytes, decoded one at a time: a large file has few that are shown."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))
        self._starts = np.concatenate(([0], ends + 1))
        self._ends = np.concatenate((ends, [len(data)]))

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        line = self._data[self._starts[place] : self._ends[place]]
        return line.decode("utf-8", "replace").removesuffix("\r")


def file_lines(folder: Path) -> Lines:
    """Return the function by which a report asks for a file's lines.

    Args:
        folder: Package folder.

    Returns:
        From a path inside the folder to the file's lines; None where it is no file that
        can be read.
    """

    @functools.lru_cache(maxsize=1)
    def lines(path: str) -> Sequence[str] | None:
        if not _INSIDE.fullmatch(path):
            return None
        try:
            return _FileLines(read_inside(folder, path, _LIMIT))
        except OSError:
            return None

    return lines
