"""Runs both matrices on all processors, always with the same result for the same data."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

import faults.kinds_figures
import faults.kinds_files
import faults.kinds_tables
import faults.kinds_texts  # noqa: F401 - each adds its kinds
from faults.columns import exchanges
from faults.cut import WINDOWS, clean_cut
from faults.fault import KINDS, Fault, Kind, take
from faults.judge import Bench, Verdict
from faults.sheets import Texts, shipped
from reported_losses.definition.location import package_dir
from reported_losses.parsing import table_cache
from reported_losses.parsing.file_version import SETTLED_NS

PLACES = 10
"""Places of a kind in each cut."""
BY_GROUP = 3
"""Places in each cut for each group of figures, of a kind that is about figures."""
FEW = 4
"""Places in each cut of a kind that does not depend on the place, or that no tree can show."""
FORMS = ("texts", "dates", "files", "descriptor", "schemas")
"""Families of such kinds; at full size they show nothing more."""
AT_FULL_SIZE = 1
"""Places of every other kind at full size."""
PAIRS = 10
"""Pairs of a column in each cut."""


@dataclass(frozen=True)
class Task:
    """A kind, or a column, in one package."""

    name: str
    package: str
    column: bool = False


@dataclass(frozen=True)
class Size:
    """How many faults are put; see the constants."""

    places: int = PLACES
    by_group: int = BY_GROUP
    few: int = FEW
    at_full_size: int = AT_FULL_SIZE
    pairs: int = PAIRS

    @property
    def words(self) -> str:
        """How many faults are put, in words."""
        return (
            f"In each cut: up to {self.places} places of a kind; of a kind about figures, "
            f"{self.by_group} for each reporter with and without printed increments; {self.few} "
            "where the place hardly matters (texts, dates, forms of files, descriptor, schemas) or "
            f"no tree can show it; {self.pairs} exchanges in each column. At full size: "
            f"{self.at_full_size} place of each kind that is about rows."
        )

    def faults(self, kind: Kind, texts: Texts, *, full: bool) -> list[Fault]:
        """Return the faults of a kind that are put into a package."""
        if full:
            return take(kind, texts, self.at_full_size)
        if kind.family in FORMS or kind.unseen:
            return take(kind, texts, self.few)
        return take(kind, texts, self.places, self.by_group)


@cache
def package(name: str) -> Texts:
    """Return one of the packages; "" is the shipped one."""
    if not name:
        return shipped(package_dir())
    (window,) = (one for one in WINDOWS if one.name == name)
    return clean_cut(package(""), window)


@cache
def _bench(name: str) -> Bench:
    folder = Path(tempfile.mkdtemp(prefix=f"faults-{name or 'full'}-", dir=_TEMPORARY[0]))
    return Bench(package(name), folder)


_TEMPORARY: list[str] = []
_SIZE: list[Size] = []
_LATER = 3 * SETTLED_NS


def _begin(folder: str, size: Size) -> None:
    """Make a process ready: it has folders of its own, and does its work in one thread.

    A file is written, checked and put back, and no write follows another within a check. So a
    table read from it may be kept at once: the clock of the cache is ahead.
    """
    _TEMPORARY[:], _SIZE[:] = [folder], [size]
    _bench.cache_clear()
    table_cache.TABLES = table_cache.TableCache(clock=lambda: time.time_ns() + _LATER)
    pa.set_cpu_count(1)
    gc.collect()
    gc.freeze()


def judged(task: Task) -> list[Verdict]:
    """Do one task."""
    texts, bench = package(task.package), _bench(task.package)
    if task.column:
        table, _, column = task.name.partition(".")
        return [
            bench.judge(fault, task.name)
            for fault in exchanges(texts, table, column, _SIZE[0].pairs)
        ]
    kind = KINDS[task.name]
    return bench.of_kind(kind, _SIZE[0].faults(kind, texts, full=not task.package))


def tasks(kinds: Iterable[str]) -> list[Task]:
    """Return the tasks of both matrices, those of one package together."""
    names = tuple(kinds)
    columns = [
        f"{sheet.name}.{column}"
        for sheet in package("").sheets.values()
        for column in sheet.table.names
    ]
    cuts = [
        task
        for window in WINDOWS
        for task in (
            *(Task(name, window.name) for name in names),
            *(Task(name, window.name, column=True) for name in columns),
        )
    ]
    full = [Task(name, "") for name in names if KINDS[name].family not in FORMS]
    return [*full, *cuts]


def run(work: list[Task], processes: int, size: Size) -> list[list[Verdict]]:
    """Do the tasks; results are in the order of the tasks."""
    for name in {task.package for task in work}:
        package(name)  # before the fork, so that each is made once
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        if processes == 1:
            before, threads = table_cache.TABLES, pa.cpu_count()
            _begin(folder, size)
            try:
                return [judged(task) for task in work]
            finally:
                table_cache.TABLES = before
                pa.set_cpu_count(threads)
                gc.unfreeze()
                _bench.cache_clear()
        context = multiprocessing.get_context("fork")
        with context.Pool(processes, _begin, (folder, size)) as pool:
            return list(pool.imap(judged, work, chunksize=1))


def main(arguments: list[str] | None = None) -> int:
    """Run the matrices and write the page."""
    from faults import page

    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--only", help="kinds whose names hold this text; prints instead of writing"
    )
    given = parser.parse_args(arguments)
    began = time.monotonic()
    names = [name for name in KINDS if given.only is None or given.only in name]
    work = tasks(names)
    if given.only is not None:
        work = [task for task in work if not task.column]
    found = [verdict for done in run(work, given.jobs, Size()) for verdict in done]
    if given.only is not None:
        for line in page.lines(found):
            print(line)  # noqa: T201 - what was asked for
        return 0
    columns = {task.name for task in work if task.column}
    problem = page.write(
        [verdict for verdict in found if verdict.kind in KINDS],
        [verdict for verdict in found if verdict.kind in columns],
        [package(""), *(package(window.name) for window in WINDOWS)],
        Size().words,
    )
    seconds = time.monotonic() - began
    print(f"{len(found)} faults in {seconds:.0f} s", file=sys.stderr)  # noqa: T201 - for people
    if problem:
        print(problem, file=sys.stderr)  # noqa: T201 - for people
    return 1 if problem else 0
