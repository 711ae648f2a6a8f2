"""One writer at a time: a second one waits, then says who is writing; nobody blocks for ever."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from reported_losses.errors import WritingError
from reported_losses.writing import lock
from reported_losses.writing.lock import LOCK, held

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT", 0.2)


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with held(tmp_path, "reconcile"):
        with pytest.raises(WritingError) as refused, held(tmp_path, "sort"):
            pass
        said = str(refused.value)
        assert f"`reconcile`, process {os.getpid()} on " in said
        assert time.strftime("since %Y-", time.gmtime()) in said
        assert said.endswith("nothing was written")
    with held(tmp_path, "sort"):
        pass
    assert (tmp_path / LOCK).read_bytes() == b""


def test_a_second_writer_waits_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT", 30)
    order = []

    def first() -> None:
        with held(tmp_path, "first"):
            begun.set()
            time.sleep(0.3)
            order.append("first")

    begun = threading.Event()
    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    with held(tmp_path, "second"):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def hold(folder: Path, ready: str) -> None:
    with held(folder, "hold"):
        Path(ready).touch()
        time.sleep(60)


def test_a_dead_holder_blocks_nobody(tmp_path: Path) -> None:
    process = SPAWN.Process(target=hold, args=(tmp_path, str(tmp_path / "ready")))
    process.start()
    while not (tmp_path / "ready").exists():
        time.sleep(0.01)
    with (
        pytest.raises(WritingError, match=f"`hold`, process {process.pid} on "),
        held(tmp_path, "a"),
    ):
        pass
    process.kill()
    process.join()
    with held(tmp_path, "a"):
        pass


def add(folder: Path, times: int) -> None:
    lock.WAIT = 60
    for _ in range(times):
        with held(folder, "add"):
            path = folder / "number"
            path.write_text(str(int(path.read_text(encoding="ascii")) + 1), encoding="ascii")


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "number").write_text("0", encoding="ascii")
    processes = [SPAWN.Process(target=add, args=(tmp_path, 100)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert (tmp_path / "number").read_text(encoding="ascii") == "400"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[" * 900,
        b"[]",
        b"\xff",
        b'{"pid": "x"}',
        json.dumps({"pid": 1, "host": "\x1b[2J", "command": "sort"}).encode(),
        json.dumps({"pid": 1, "host": "h" * 200, "command": "sort"}).encode(),
    ],
)
def test_a_lock_file_may_hold_anything(tmp_path: Path, text: bytes) -> None:
    with held(tmp_path, "first"):
        (tmp_path / LOCK).write_bytes(text)
        with pytest.raises(WritingError, match="by another process;"), held(tmp_path, "b"):
            pass


@pytest.mark.posix
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_lock_that_is_no_ordinary_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / LOCK
    if kind == "link":
        (tmp_path / "other").write_bytes(b"theirs")
        path.symlink_to("other")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(WritingError, match="cannot be opened"), held(tmp_path, "a"):
        pass
    if kind == "link":
        assert (tmp_path / "other").read_bytes() == b"theirs"


class FakeWindows(SimpleNamespace):
    """What the module msvcrt does: locks of one byte, refused as Windows refuses them."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        super().__init__()
        self.locked: set[tuple[int, int]] = set()

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert count == 1
        place = os.fstat(handle).st_ino, os.lseek(handle, 0, os.SEEK_CUR)
        assert place[1] > 1_000, "the text must stay readable"
        if mode == self.LK_UNLCK:
            self.locked.remove(place)
        elif place in self.locked:
            raise PermissionError(13, "Permission denied")
        else:
            self.locked.add(place)


def test_windows_locks_in_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows = FakeWindows()
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    for name in ("O_NOFOLLOW", "O_NONBLOCK"):
        monkeypatch.delattr(os, name, raising=False)
    with held(tmp_path, "first"):
        assert len(windows.locked) == 1
        with (
            pytest.raises(WritingError, match=f"`first`, process {os.getpid()}"),
            held(tmp_path, "b"),
        ):
            pass
        assert len(windows.locked) == 1
    assert not windows.locked
    with held(tmp_path, "third"):
        pass


def test_a_system_without_locks_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    windows = SimpleNamespace(locking=refuse, LK_NBLCK=2, LK_UNLCK=0)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    with (
        pytest.raises(WritingError, match="cannot be locked: No locks available"),
        held(tmp_path, "a"),
    ):
        pass
