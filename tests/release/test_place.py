"""A folder is in its place whole or not at all, at whatever step a process is killed."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reported_losses
from reported_losses.errors import BadArgumentError
from reported_losses.release import place
from reported_losses.release.place import put, sweep
from reported_losses.release.verify import sum_problems
from small_releases import checkout
from stepped import at_call, die, in_child

pytestmark = pytest.mark.posix

FILES = {
    "a.csv": b"a\n" * 1_000,
    "b.parquet": b"",
    "CONTENTS.json": b"{}",
    "days/2023-02-22.html": b"<p>",
}
# Every call by which a folder is made, filled, swept or put in its place.
CALLS = ("mkdir", "open", "close", "fsync", "chmod", "rename", "scandir", "unlink", "rmdir")
LEFT = ".reported-losses-release-x1.new"


def held(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder and of the folders in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_process_killed_at_any_step_leaves_all_or_nothing(tmp_path: Path) -> None:
    with at_call(CALLS, 1_000_000, die) as seen:
        put(tmp_path / "counted", FILES)
    ends = set()
    for step in range(1, seen[0] + 1):
        parent = tmp_path / str(step)
        parent.mkdir()
        out = parent / "out"

        def run(step: int = step, out: Path = out) -> None:
            with at_call(CALLS, step, die):
                put(out, FILES)

        assert os.WTERMSIG(in_child(run)) == signal.SIGKILL
        made = out.exists()
        ends.add((made, len(list(parent.iterdir())) > made))
        if made:
            assert held(out) == FILES
            sweep(parent)
        else:
            put(out, FILES)
        assert held(out) == FILES
        assert [path.name for path in parent.iterdir()] == ["out"]
    # Before anything was written, with something left, and when the folder was in its place.
    assert ends == {(False, False), (False, True), (True, False)}


def test_a_call_that_fails_at_any_step_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError(28, "No space left on device")

    with at_call(CALLS, 1_000_000, fail) as seen:
        put(tmp_path / "counted", FILES)
    failed = 0
    for step in range(1, seen[0] + 1):
        parent = tmp_path / str(step)
        parent.mkdir()
        with at_call(CALLS, step, fail, step), contextlib.suppress(BadArgumentError):
            put(parent / "out", FILES)
        made = (parent / "out").exists()
        assert not made or held(parent / "out") == FILES
        failed += not made
        sweep(parent)
        assert [path.name for path in parent.iterdir()] == ["out"] * made
    assert failed


def test_only_what_the_dead_have_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / LEFT).mkdir()
    (tmp_path / LEFT / "a.csv").write_bytes(b"half")
    mine = [".reported-losses-release-x1", "reported-losses-release-x1.new", ".x.new"]
    for name in mine:
        (tmp_path / name).mkdir()
    (tmp_path / ".reported-losses-release-link.new").symlink_to(tmp_path / ".x.new")
    (tmp_path / ".reported-losses-release-file.new").write_bytes(b"")
    before = {path.name for path in tmp_path.iterdir()}
    sweep(tmp_path)
    assert before - {path.name for path in tmp_path.iterdir()} == {LEFT}


def test_what_a_living_process_writes_is_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def sync(folder: Path) -> None:
        # Just before the rename, as another process does that begins now.
        if folder.parent == tmp_path:
            assert in_child(lambda: sweep(tmp_path)) == 0
            seen.append(held(folder))

    monkeypatch.setattr(place, "sync_folder", sync)
    put(tmp_path / "out", FILES)
    assert seen == [FILES]
    assert held(tmp_path / "out") == FILES


def test_of_two_at_once_one_has_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sync(folder: Path) -> None:
        if folder.parent == tmp_path:
            (tmp_path / "out").mkdir()
            (tmp_path / "out" / "other").write_bytes(b"")

    monkeypatch.setattr(place, "sync_folder", sync)
    with pytest.raises(BadArgumentError):
        put(tmp_path / "out", FILES)
    assert held(tmp_path / "out") == {"other": b""}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def kill_builds(folder: Path, trials: int) -> None:
    """Kill a process that builds a release so often, at random moments."""
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    tree = checkout(folder / "checkout")
    parent = folder / "releases"
    parent.mkdir()
    sources = (Path(reported_losses.__file__ or "").parents[1], Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(os.fspath, sources))}
    program = [sys.executable, "-m", "killed_builds", os.fspath(tree.folder)]
    killed = 0
    for trial in range(trials):
        out = parent / str(trial)
        with subprocess.Popen(
            [*program, os.fspath(out)], stdout=subprocess.PIPE, env=environment
        ) as process:
            assert process.stdout is not None
            if trial % 4:  # three of four while files are written
                process.stdout.readline()
            time.sleep(chance.random() * (0.03 if trial % 4 else 1.0))
            process.kill()
            killed += process.wait() == -signal.SIGKILL
        if out.exists():
            assert not sum_problems(out).problems
    assert killed
    sweep(parent)
    assert not [path for path in parent.iterdir() if path.name.startswith(".")]


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_all_or_nothing(tmp_path: Path) -> None:
    kill_builds(tmp_path, 4)


@pytest.mark.long
def test_many_builds_that_are_killed_leave_all_or_nothing(tmp_path: Path) -> None:
    kill_builds(tmp_path, 200)
