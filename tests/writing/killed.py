"""Kill a command at random moments, or run two at once, and tell what they leave.

A process of its own, because it forks: in a child of one that has run Arrow, Arrow may hang.

    python -m writing.killed TRIALS SEED < JOB

The job is JSON: `folder` of the package, `commands` (one to be killed, or two to run at once),
and `curated` decisions for import-statements, if it needs any.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reported_losses.commands.cli import main
from reported_losses.intake.statements import import_statements
from reported_losses.writing.journal import JOURNAL
from reported_losses.writing.lock import LOCK

# What the commands import when they run, so that no child spends its time on it.
for _name in (
    "commands._screen",
    "commands._writing",
    "commands._proposal",
    "intake.add_report",
    "intake.general_staff.explain",
    "intake.general_staff.update",
    "intake.judging",
    "intake.report_text.reader",
    "intake.revise",
    "intake.verdicts",
    "validation.history.against",
    "intake.general_staff.reconcile",
    "intake.other_reporters.import_counts",
    "parsing.canonical",
    "writing.commit",
):
    importlib.import_module(f"reported_losses.{_name}")

Files = dict[str, bytes]


def files(folder: Path) -> Files:
    """Everything in a package that a command could change or leave."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "schemas" and path.name != LOCK
    }


def restore(folder: Path, old: Files) -> None:
    for name in files(folder).keys() - old.keys():
        (folder / name).unlink()
    for name, data in old.items():
        (folder / name).write_bytes(data)


def start(command: Sequence[str], before: Callable[[], object] = int) -> int:
    """Start a command in a process of its own, and in silence; return its number."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            before()
            with (
                Path(os.devnull).open("w", encoding="utf-8") as nothing,
                contextlib.redirect_stdout(nothing),
                contextlib.redirect_stderr(nothing),
            ):
                code = main(command)
        finally:
            os._exit(code)
    return child


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(folder: Path, command: Sequence[str], trials: int, chance: random.Random) -> Counter[str]:
    """Kill a command so often; count what was found."""
    old, found = files(folder), Counter[str]()
    begun = time.monotonic()
    assert ended(start(command)) == 0
    new, whole = files(folder), time.monotonic() - begun
    assert new != old
    commit = whole / 3
    for trial in range(trials):
        restore(folder, old)
        readable, writable = os.pipe()
        child = start(command, functools.partial(_tell_of_first_sync, writable))
        os.close(writable)
        if trial % 4:  # three of four while the tables are replaced
            select.select([readable], [], [])
            written = time.monotonic()
            time.sleep(chance.random() * commit)
        else:
            written = 0.0
            time.sleep(chance.random() * whole)
        os.kill(child, signal.SIGKILL)
        if ended(child) == 0 and written:
            commit = max(0.8 * commit, 0.001)
        os.close(readable)
        after = files(folder)
        tables = {name: data for name, data in after.items() if name in new}
        unfinished = JOURNAL in after
        found["unfinished"] += unfinished
        found["new"] += tables == new
        found["old"] += tables == old
        found["mixed"] += not unfinished and tables not in (old, new)
        # The next writing command.
        found["stuck"] += ended(start(["sort", str(folder)])) not in (0, 1)
        last = files(folder)
        tables = {name: data for name, data in last.items() if name in new}
        found["mixed at last"] += tables not in (old, new)
        found["left over"] += len(last.keys() - new.keys())
    return found


def _tell_of_first_sync(end: int) -> None:
    real, told = os.fsync, iter([True])

    def sync(handle: Any) -> None:  # noqa: ANN401 - as the function it stands for
        if next(told, False):
            os.write(end, b"x")
        real(handle)

    vars(os)["fsync"] = sync


def race(folder: Path, commands: Sequence[Sequence[str]], trials: int) -> Counter[str]:
    """Run commands at once, so often; count the trials in which one lost what another wrote."""
    old, found, wanted = files(folder), Counter[str](), []
    for order in (commands, commands[::-1]):
        restore(folder, old)
        for command in order:
            assert ended(start(command)) == 0
        wanted.append(files(folder))
    for _ in range(trials):
        restore(folder, old)
        children = [start(command) for command in commands]
        found["refused"] += sum(ended(child) != 0 for child in children)
        found["lost"] += files(folder) not in wanted
    return found


def run(job: dict[str, Any], trials: int, seed: int) -> Counter[str]:
    if "curated" in job:
        import_statements.import_statements.__defaults__ = (Path(job["curated"]),)
    folder, commands = Path(job["folder"]), job["commands"]
    if len(commands) > 1:
        return race(folder, commands, trials)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    return kill(folder, commands[0], trials, chance)


if __name__ == "__main__":
    print(json.dumps(run(json.load(sys.stdin), *map(int, sys.argv[1:]))))  # noqa: T201 - its report
