"""`table_cache`: a file is read once, and again after it has changed."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import reported_losses
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Table
from reported_losses.parsing import cast, table_cache
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.file_version import SETTLED_NS
from reported_losses.parsing.read_table import parse_bytes, read
from reported_losses.parsing.table_cache import TableCache
from reported_losses.parsing.text_table import TextTable

SOURCES = installed().table("sources")
SERIES = installed().table("series")
LATER = 2**62
"""A time, in nanoseconds, at which no file has changed recently."""


def write(folder: Path, *titles: str, table: Table = SOURCES) -> Path:
    """Write a file of sources, named source-0, source-1, ..., with these titles."""
    path = folder / table.path
    path.parent.mkdir(exist_ok=True)
    blank = [""] * (len(table.names) - 2)
    rows = [",".join([f"source-{n}", title, *blank]) for n, title in enumerate(titles)]
    path.write_text("\n".join([",".join(table.names), *rows, ""]), encoding="utf-8")
    return path


def titles(cache: TableCache, folder: Path) -> list[str | None]:
    typed, _ = cache.read(folder, SOURCES)
    assert typed is not None
    found: list[str | None] = typed.data.column("title").to_pylist()
    return found


@pytest.fixture
def cache() -> TableCache:
    return TableCache(clock=lambda: LATER)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables read from files, in order."""
    names: list[str] = []

    def counted(
        folder: Path, table: Table, budget: Budget
    ) -> tuple[TextTable | None, list[object]]:
        names.append(table.name)
        text, issues = read(folder, table, budget)
        return text, [*issues]

    monkeypatch.setattr(table_cache, "read", counted)
    return names


def test_the_table_is_what_reading_and_casting_give(cache: TableCache) -> None:
    data = (package_dir() / SERIES.path).read_bytes()
    text, _ = parse_bytes(data, SERIES)
    assert text is not None
    expected, _ = cast.cast(text)
    for _ in range(2):
        typed, issues = cache.read(package_dir(), SERIES)
        assert typed is not None
        assert issues == []
        assert typed.data.equals(expected.data)
        assert typed.text.data.equals(text.data)
        assert (typed.lines == expected.lines).all()


def test_a_file_is_read_once(cache: TableCache, tmp_path: Path, reads: list[str]) -> None:
    write(tmp_path, "One")
    first, _ = cache.read(tmp_path, SOURCES)
    again, _ = cache.read(tmp_path, SOURCES)
    assert first is again
    assert reads == ["sources"]


def test_issues_come_again(cache: TableCache, tmp_path: Path, reads: list[str]) -> None:
    path = write(tmp_path, "One ")
    path.write_bytes(path.read_bytes().removesuffix(b"\n") + b"\n\n")
    _, first = cache.read(tmp_path, SOURCES)
    first_codes = [issue.code for issue in first]
    first.clear()  # the caller's own list
    _, again = cache.read(tmp_path, SOURCES)
    assert [issue.code for issue in again] == first_codes
    assert {"file/blank-line", "file/whitespace"} <= set(first_codes)
    assert len(reads) == 1


def test_a_changed_file_is_read_anew(cache: TableCache, tmp_path: Path) -> None:
    write(tmp_path, "One")
    assert titles(cache, tmp_path) == ["One"]
    write(tmp_path, "One", "Two")  # another size
    assert titles(cache, tmp_path) == ["One", "Two"]


def test_a_change_that_keeps_size_and_modification_time_is_seen(
    cache: TableCache, tmp_path: Path
) -> None:
    path = write(tmp_path, "One")
    assert titles(cache, tmp_path) == ["One"]
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        write(tmp_path, "Two")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert titles(cache, tmp_path) == ["Two"]


def test_another_file_in_its_place_is_read(cache: TableCache, tmp_path: Path) -> None:
    path = write(tmp_path, "One")
    assert titles(cache, tmp_path) == ["One"]
    before = path.stat()
    beside = path.with_suffix(".new")
    beside.write_bytes(path.read_bytes().replace(b"One", b"Two"))
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(path)
    assert titles(cache, tmp_path) == ["Two"]


def test_a_file_changed_just_now_is_not_kept(tmp_path: Path, reads: list[str]) -> None:
    now = write(tmp_path, "One").stat().st_mtime_ns
    cache = TableCache(clock=lambda: now)
    assert titles(cache, tmp_path) == titles(cache, tmp_path) == ["One"]
    assert len(reads) == 2
    cache = TableCache(clock=lambda: now + 2 * SETTLED_NS)
    assert titles(cache, tmp_path) == titles(cache, tmp_path) == ["One"]
    assert len(reads) == 3


def test_a_file_changed_while_it_is_read_is_not_kept(
    cache: TableCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(folder: Path, table: Table, budget: Budget) -> object:
        result = read(folder, table, budget)
        write(tmp_path, "One", "Two")
        return result

    write(tmp_path, "One")
    monkeypatch.setattr(table_cache, "read", changed)
    assert titles(cache, tmp_path) == ["One"]
    assert titles(cache, tmp_path) == ["One", "Two"]


def test_a_missing_file_is_an_issue_and_seen_once_it_is_there(
    cache: TableCache, tmp_path: Path
) -> None:
    typed, issues = cache.read(tmp_path, SOURCES)
    assert typed is None
    assert [issue.code for issue in issues] == ["file/missing"]
    path = write(tmp_path, "One")
    assert titles(cache, tmp_path) == ["One"]
    path.unlink()
    assert cache.read(tmp_path, SOURCES)[0] is None


def test_a_link_that_leads_out_of_the_folder_is_refused_though_the_file_is_known(
    cache: TableCache, tmp_path: Path
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    (other / "data").mkdir(parents=True)
    path = write(home, "One")
    assert titles(cache, home) == ["One"]
    (other / SOURCES.path).symlink_to(path)
    typed, issues = cache.read(other, SOURCES)
    assert typed is None
    assert [issue.code for issue in issues] == ["file/leaves-package"]


def test_another_schema_is_another_table(cache: TableCache, tmp_path: Path) -> None:
    write(tmp_path, "1", "2")
    fields = tuple(
        dataclasses.replace(field, type="integer") if field.name == "title" else field
        for field in SOURCES.fields
    )
    other = dataclasses.replace(SOURCES, fields=fields)
    for _ in range(2):
        assert titles(cache, tmp_path) == ["1", "2"]
        typed, _ = cache.read(tmp_path, other)
        assert typed is not None
        assert typed.data.column("title").to_pylist() == [1, 2]


def test_the_least_recently_used_table_is_dropped(tmp_path: Path, reads: list[str]) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
        write(folder, "One")
    one = TableCache(clock=lambda: LATER)
    titles(one, folders[0])
    cache = TableCache(max_bytes=2 * one.nbytes, clock=lambda: LATER)
    a, b, c = folders
    for folder in (a, b, a, c):
        titles(cache, folder)
        assert cache.nbytes <= 2 * one.nbytes
    reads.clear()
    titles(cache, a)
    titles(cache, c)
    assert not reads
    titles(cache, b)
    assert len(reads) == 1


def test_a_table_larger_than_the_bound_is_read_and_not_kept(tmp_path: Path) -> None:
    write(tmp_path, "One")
    cache = TableCache(max_bytes=10, clock=lambda: LATER)
    assert titles(cache, tmp_path) == ["One"]
    assert cache.nbytes == 0


def test_what_is_kept_counts_its_arrow_memory(cache: TableCache) -> None:
    typed, _ = cache.read(package_dir(), SERIES)
    assert typed is not None
    assert cache.nbytes >= typed.data.nbytes + typed.text.data.nbytes
    cache.clear()
    assert cache.nbytes == 0


def test_threads_get_one_table(cache: TableCache, tmp_path: Path, reads: list[str]) -> None:
    workers = 8
    names = [f"folder-{n}" for n in range(4)]
    for name in names:
        (tmp_path / name).mkdir()
        write(tmp_path / name, name)
    together = threading.Barrier(workers)

    def work(_: int) -> list[list[str | None]]:
        together.wait()
        return [titles(cache, tmp_path / name) for name in names * 5]

    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(work, range(workers)))
    assert results == [[[name] for name in names * 5]] * workers
    assert len(names) <= len(reads) <= len(names) * workers
    kept = {id(cache.read(tmp_path / name, SOURCES)[0]) for name in names * 2}
    assert len(kept) == len(names)


def buffers(array: pa.Array) -> Iterator[pa.Buffer]:
    yield from (buffer for buffer in array.buffers() if buffer is not None)
    if isinstance(array, pa.DictionaryArray):
        yield from buffers(array.dictionary)


@pytest.mark.parametrize("table", installed().tables.values(), ids=lambda table: table.name)
def test_no_memory_of_a_kept_table_can_be_written_to(cache: TableCache, table: Table) -> None:
    typed, _ = cache.read(package_dir(), table)
    assert typed is not None
    for data in (typed.data, typed.text.data):
        for column in data.columns:
            for chunk in column.chunks:
                assert not any(buffer.is_mutable for buffer in buffers(chunk))
                chunk.validate(full=True)
    for array in (typed.lines, *typed.invalid.values()):
        assert not array.flags.writeable


def test_cells_that_could_not_be_cast_are_marked_read_only(
    cache: TableCache, tmp_path: Path
) -> None:
    path = tmp_path / SERIES.path
    text = (package_dir() / SERIES.path).read_text(encoding="utf-8")
    path.parent.mkdir()
    path.write_text(text.replace("2022-0", "2O22-0"), encoding="utf-8")
    typed, issues = cache.read(tmp_path, SERIES)
    assert typed is not None
    assert issues
    assert typed.invalid
    for mask in typed.invalid.values():
        assert isinstance(mask, np.ndarray)
        assert not mask.flags.writeable


FORK = """
import os, sys, threading
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.parsing.table_cache import TABLES
table = installed().table("series")
before, _ = TABLES.read(package_dir(), table)
held = threading.Event()
done = threading.Event()
def hold():
    with TABLES._lock:
        held.set()
        done.wait()
threading.Thread(target=hold, daemon=True).start()
held.wait()
child = os.fork()
if not child:
    after, issues = TABLES.read(package_dir(), table)
    os._exit(0 if after.data.equals(before.data) and not issues else 1)
done.set()
_, status = os.waitpid(child, 0)
again, _ = TABLES.read(package_dir(), table)
sys.exit(os.waitstatus_to_exitcode(status) or not again.data.equals(before.data))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_reads_though_a_thread_held_the_lock() -> None:
    sources = Path(reported_losses.__file__ or "").parent.parent
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORK],
        check=False, capture_output=True, timeout=60,
        env={**os.environ, "PYTHONPATH": os.fspath(sources)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
