"""Stop a process, or let a call fail, at each step of work with files."""

from __future__ import annotations

import contextlib
import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence

import pytest


@contextlib.contextmanager
def at_call(
    calls: Sequence[str], first: int, act: Callable[[], None], last: int | None = None
) -> Iterator[list[int]]:
    """Act before some of the calls of functions of `os`, and count the calls.

    Args:
        calls: The names of the functions.
        first: Number of the first call before which to act; the calls count from 1.
        act: What is done.
        last: Number of the last such call; None for every later one.
    """
    seen = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            seen[0] += 1
            if first <= seen[0] and (last is None or seen[0] <= last):
                act()
            return real(*args, **more)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in calls:
            patch.setattr(os, name, counted(getattr(os, name)))
        yield seen


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def in_child(run: Callable[[], object]) -> int:
    """Run something in a process of its own; return how it ended, as `os.waitpid` tells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the threads of the test runner
        child = os.fork()
    if child == 0:
        code = 1
        try:
            code = int(bool(run()))
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]
