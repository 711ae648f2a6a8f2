"""The tables that this process has read: each file is read and typed once.

A table is recognised by its file: path, device, inode, size, and the times of its last change. A
file that has changed is read again. A file changed within the last two seconds is not kept,
because another change could leave its times as they are; nor is one without a readable table.

At most 256 MB of tables are kept, counted in Arrow's bytes; the least recently used are dropped
first. Nobody can change what is kept: every Arrow buffer and NumPy array is read-only. Threads may
read at the same time; if two ask for the same table at once, both may read it, and the cache
keeps one copy. A forked child keeps what its parent had read.
"""

from __future__ import annotations

import dataclasses
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from reported_losses.definition.schema import Table
from reported_losses.issue import Issue
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.cast import TypedTable, cast
from reported_losses.parsing.file_version import FileVersion, file_version
from reported_losses.parsing.read_table import read

MAX_BYTES = 256 * 1024 * 1024


class _Entry(NamedTuple):
    version: FileVersion
    typed: TypedTable
    issues: tuple[Issue, ...]
    size: int

    def holds(self, version: FileVersion, table: Table) -> bool:
        """Return whether this is the table, read from that version of its file."""
        return self.version == version and self.typed.table == table


class TableCache:
    """Typed tables by the version of their file; the module docstring states the guarantees.

    Args:
        max_bytes: How many bytes of tables to keep.
        clock: The current time in nanoseconds since 1970.
    """

    def __init__(self, max_bytes: int = MAX_BYTES, clock: Callable[[], int] = time.time_ns) -> None:
        self._max_bytes = max_bytes
        self._clock = clock
        # In order of use, the least recent first.
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._lock = threading.Lock()

    @property
    def nbytes(self) -> int:
        """Bytes of the tables kept."""
        return sum(entry.size for entry in tuple(self._entries.values()))

    def clear(self) -> None:
        """Forget every table."""
        with self._lock:
            self._entries.clear()

    def renew_lock(self) -> None:
        """Replace the lock, which another thread may have held when this process was forked."""
        self._lock = threading.Lock()

    def read(
        self, folder: Path, table: Table, budget: Budget | None = None
    ) -> tuple[TypedTable | None, list[Issue]]:
        """Read and type a table's file, or find the table that an earlier call read.

        Args:
            folder: Package folder.
            table: Descriptor of the table.
            budget: As for `read_table.read`; a table found here is counted as if it was read.

        Returns:
            The typed table, None if the file holds no readable table; and the issues of
            reading and typing it.
        """
        budget = budget or Budget()
        now = self._clock()
        version = file_version(folder, table)
        entry = self._find(version, table)
        if entry is not None:
            too_large = budget.spend(entry.typed.text.size, table)
            if too_large is not None:
                return None, [too_large]
            budget.list(len(entry.issues))
        else:
            typed, issues = _read(folder, table, budget)
            if typed is None or version is None:
                return typed, issues
            entry = _Entry(version, typed, tuple(issues), _size(typed))
            if version.settled(now) and version == file_version(folder, table):
                entry = self._keep(entry)
        return entry.typed, list(entry.issues)

    def _find(self, version: FileVersion | None, table: Table) -> _Entry | None:
        if version is None:
            return None
        with self._lock:
            entry = self._entries.get(version[:2])
            if entry is None or not entry.holds(version, table):
                return None
            self._entries[version[:2]] = self._entries.pop(version[:2])
            return entry

    def _keep(self, entry: _Entry) -> _Entry:
        """Keep a table, or return the one that another thread has kept meanwhile."""
        key = entry.version[:2]
        with self._lock:
            other = self._entries.pop(key, None)
            if other is not None and other.holds(entry.version, entry.typed.table):
                entry = other
            self._entries[key] = entry
            while self.nbytes > self._max_bytes:
                del self._entries[next(iter(self._entries))]
        return entry


def _read(folder: Path, table: Table, budget: Budget) -> tuple[TypedTable | None, list[Issue]]:
    text, issues = read(folder, table, budget)
    if text is None:
        return None, issues
    # First the texts: the typed columns share some of their buffers.
    typed, more = cast(dataclasses.replace(text, data=_read_only(text.data)), budget)
    for array in (typed.lines, *typed.invalid.values()):
        array.flags.writeable = False
    return dataclasses.replace(typed, data=_read_only(typed.data)), issues + more


def _read_only(data: pa.Table) -> pa.Table:
    """Return the table on the same memory, without a way to write to it.

    Arrow gives out the memory it has written itself as writable, for instance to
    `numpy.frombuffer(column.chunk(0).buffers()[1])`.
    """
    columns = [
        pa.chunked_array([_read_only_array(chunk) for chunk in column.chunks], type=column.type)
        for column in data.columns
    ]
    return pa.Table.from_arrays(columns, schema=data.schema)


def _read_only_array(array: pa.Array) -> pa.Array:
    if hasattr(array, "dictionary"):
        return pa.DictionaryArray.from_arrays(
            _read_only_array(array.indices), _read_only_array(array.dictionary), safe=False
        )
    # A slice of a buffer cannot be written to.
    buffers = [None if buffer is None else buffer.slice() for buffer in array.buffers()]
    return pa.Array.from_buffers(array.type, len(array), buffers, array.null_count, array.offset)


def _size(typed: TypedTable) -> int:
    arrays = sum(array.nbytes for array in (typed.lines, *typed.invalid.values()))
    return int(typed.data.nbytes + typed.text.data.nbytes) + arrays


TABLES = TableCache()
"""The tables that this process has read."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=TABLES.renew_lock)


def read_typed(
    folder: Path, table: Table, budget: Budget | None = None
) -> tuple[TypedTable | None, list[Issue]]:
    """Read and type a table's file, once in a process; see `TableCache.read`.

    >>> from reported_losses.definition.descriptor import installed
    >>> from reported_losses.definition.location import package_dir
    >>> typed, issues = read_typed(package_dir(), installed().table("series"))
    >>> typed.data.num_rows == typed.rows, issues
    (True, [])
    """
    return TABLES.read(folder, table, budget)
