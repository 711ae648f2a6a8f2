"""The lines of a package's files, for reports that show rows."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import overload

import numpy as np

from reported_losses.files import read_inside
from reported_losses.report import Lines

_MAX_BYTES = 512 * 1024 * 1024
_PATH_IN_PACKAGE = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[a-z]+")


class _FileLines(Sequence[str]):
    """Lines of a file, decoded one at a time: of a large file a report shows only a few."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))
        self._starts = np.concatenate(([0], ends + 1))
        self._ends = np.concatenate((ends, [len(data)]))

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        line = self._data[self._starts[index] : self._ends[index]]
        return line.decode("utf-8", "replace").removesuffix("\r")


def file_lines(folder: Path) -> Lines:
    """Return the function from which a report gets the lines of a file.

    Args:
        folder: Package folder.

    Returns:
        A function from a path inside the folder to the file's lines; it returns None if the
        file cannot be read.
    """

    @functools.lru_cache(maxsize=1)
    def lines(path: str) -> Sequence[str] | None:
        if not _PATH_IN_PACKAGE.fullmatch(path):
            return None
        try:
            return _FileLines(read_inside(folder, path, _MAX_BYTES))
        except OSError:
            return None

    return lines
