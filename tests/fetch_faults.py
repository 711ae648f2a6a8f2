"""What may go wrong while a release is fetched, each on a real server: `python -m fetch_faults 50`.

Whatever goes wrong has to end in an error of ours, soon, with no bad file under a good name and no
part of a release where a release should be.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock

import loopback
from loopback import Answer
from reported_losses.errors import (
    CacheError,
    FetchError,
    ReleaseError,
    ReportedLossesError,
    UnknownNameError,
)
from reported_losses.net import Patience
from reported_losses.release.fetch import Order, bring
from served_releases import Release, digest, index, site, small, with_names

VERSION = "0.1.0"
DATA = f"/data/{VERSION}/series.parquet"
CONTENTS = f"/data/{VERSION}/CONTENTS.json"
INDEX = "/releases.json"
PLACES = {"data": DATA, "contents": CONTENTS, "index": INDEX}
SHORT = Patience(wait=0.3, longest=0.9, attempts=2, pause=0.0, sleep=lambda _: None)
SOON = 5.0
"""Seconds after which a fetch hangs, on a slow machine."""
PAGE = b"<!DOCTYPE html><title>Sign in</title>" + b" " * 20


def altered(data: bytes) -> bytes:
    """Return a file in which one digit of a digest, or one byte in the middle, is another."""
    place = data.find(b'"sha256": "') + 11 if b'"sha256": "' in data else len(data) // 2
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


HOW: dict[str, Callable[[bytes], Answer]] = {
    "truncated": lambda data: loopback.file(data[: len(data) // 2]),
    "cut off": lambda data: loopback.file(data[: len(data) // 2], stated=len(data)),
    "altered": lambda data: loopback.file(altered(data)),
    "empty": lambda _: loopback.file(b""),
    "web page": lambda _: loopback.file(PAGE),
    "oversized": lambda data: loopback.file(data + b"x" * 5_000_000),
    "endless": lambda _: loopback.endless,
    "slow": loopback.drip,
    "slow head": lambda _: loopback.dripping_head,
    "stalled": lambda _: loopback.stalled,
    "fails with 500": lambda _: loopback.failing(500),
    "fails with 503": lambda _: loopback.failing(503),
    "asks to wait": lambda _: loopback.failing(429, after="3600"),
    "missing": lambda _: loopback.failing(404),
    "reset": lambda _: loopback.reset,
    "states more": lambda data: loopback.file(data, stated=len(data) + 10),
    "states less": lambda data: loopback.file(data, stated=len(data) - 10),
    "states nonsense": lambda data: loopback.answer(data + b"x", {"Content-Length": "-1"}),
    "broken chunks": lambda _: loopback.broken_chunks,
    "no http": lambda _: loopback.no_http,
    "compressed": lambda data: loopback.answer(data, {"Content-Encoding": "gzip"}),
    "a part": lambda data: loopback.answer(data, {"Content-Length": str(len(data))}, 206),
    "leads to a file": lambda _: loopback.redirect("file:///etc/hosts"),
    "leads elsewhere": lambda _: loopback.redirect("https://example.org/x"),
    "leads to itself": lambda _: loopback.loop,
}


@dataclass(frozen=True)
class Fault:
    """A fault: the site, what else to do before, and the errors that it may end in."""

    release: Release
    errors: tuple[type[ReportedLossesError], ...]
    spoil: tuple[str, Callable[[bytes], Answer]] | None = None
    before: Callable[[Path], object] = lambda _: None
    also: Mapping[str, Answer] = field(default_factory=dict)
    version: str = VERSION
    patched: tuple[str, Exception] | None = None
    reached: bool = False
    """Whether the fault is no obstacle: the release is there in the end, and right."""


def faults() -> dict[str, Fault]:
    """Return all faults by name."""
    good = small(VERSION)
    found = {
        f"{place}: {name}": Fault(good, (FetchError, ReleaseError), (path, how))
        for place, path in PLACES.items()
        for name, how in HOW.items()
    }
    names = {
        "../../etc/passwd": ["../../etc/passwd"],
        "/etc/passwd": ["/etc/passwd"],
        "a device": ["aux.csv"],
        "a folder": ["data/series.csv"],
        "names in two cases": ["Series.csv"],
        "the contents itself": ["CONTENTS.json"],
    }
    for name, more in names.items():
        found[f"contents name {name}"] = Fault(with_names(VERSION, more), (ReleaseError,))
    other = replace(good, contents=replace(good.contents, version="0.0.9"))
    listing = index(other).replace(b"0.0.9", VERSION.encode())
    found["contents of another version"] = Fault(
        good,
        (ReleaseError,),
        (INDEX, lambda _: loopback.file(listing)),
        also={CONTENTS: loopback.file(other.contents.to_bytes())},
    )
    found["unknown version"] = Fault(good, (UnknownNameError,), version="0.7.0")
    full = OSError(errno.ENOSPC, "No space left on device")
    for where in ("downloads", "fetch"):
        found[f"disk full in {where}"] = Fault(
            good, (CacheError,), patched=(f"reported_losses.release.{where}.write_new", full)
        )
    found["no renaming"] = Fault(
        good, (CacheError,), patched=("reported_losses.release.store._place", full)
    )
    found["read-only cache"] = Fault(
        good, (CacheError,), patched=("pathlib.Path.mkdir", OSError(errno.EROFS, "Read-only"))
    )
    found["cache is a file"] = Fault(good, (CacheError,), before=lambda cache: _write(cache, b""))
    found["a folder in a file's place"] = Fault(
        good, (CacheError,), before=lambda cache: _place(cache).mkdir(parents=True)
    )
    found["damaged cache"] = Fault(good, (), before=_damage, reached=True)
    return found


def _place(cache: Path) -> Path:
    return cache / "releases" / VERSION / "series.parquet"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _damage(cache: Path) -> None:
    """Leave a cache as another version of the package might: nothing in it can be read."""
    _write(_place(cache), b"PAR1 other")
    _write(_place(cache).with_name("CONTENTS.json"), b"[]")
    _write(cache / "releases.json", b'{"format": 2}')


@contextmanager
def _environment(cache: Path) -> Iterator[None]:
    with mock.patch.dict(os.environ, {"REPORTED_LOSSES_CACHE": os.fspath(cache)}):
        yield


@dataclass(frozen=True)
class Outcome:
    """What came of a fetch."""

    error: Exception | None
    seconds: float
    bad: tuple[str, ...]
    """Files that should not be there."""


def suffer(fault: Fault, cache: Path) -> Outcome:
    """Fetch with a fault."""
    fault.before(cache)
    before = _files(cache)
    answers = {**site(fault.release), **fault.also}
    if fault.spoil is not None:
        path, how = fault.spoil
        data = (
            index(fault.release)
            if path == INDEX
            else fault.release.all_files()[path.rpartition("/")[2]]
        )
        answers[path] = how(data)
    error = None
    with loopback.server(answers) as home, ExitStack() as stack:
        stack.enter_context(_environment(cache))
        if fault.patched is not None:
            stack.enter_context(mock.patch(fault.patched[0], side_effect=fault.patched[1]))
        began = time.monotonic()
        try:
            bring(fault.version, Order(base_url=home, patience=SHORT))
        except Exception as raised:  # noqa: BLE001 - the caller judges it
            error = raised
        seconds = time.monotonic() - began
    return Outcome(error, seconds, tuple(_bad(fault, cache, before)))


def _files(cache: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}


def _bad(fault: Fault, cache: Path, before: dict[Path, bytes]) -> Iterator[str]:
    """Give what is in the cache and should not be: a failed fetch leaves no part of a release."""
    good = fault.release.all_files() if fault.reached else {}
    for path, data in _files(cache).items():
        own = path.parent.name == VERSION and digest(good.get(path.name, b"?")) == digest(data)
        listed = path == cache / "releases.json" and b'"releases"' in data
        if before.get(path) != data and not own and not listed:
            yield os.fspath(path.relative_to(cache))
    folder = cache / "releases" / VERSION
    if folder.is_dir() and not fault.reached and not any(folder in path.parents for path in before):
        yield from (f"{folder.name}/" for _ in (0,) if not (folder / "series.parquet").is_dir())
    yield from (path.name for path in cache.rglob("*.new"))
    if fault.reached and not (folder / "series.parquet").is_file():
        yield "nothing was fetched"


def main(times: int) -> int:
    """Suffer each fault so many times, and print a table."""
    print(f"{'fault':<34} {'runs':>5} {'bad':>4} {'hangs':>6} {'other errors':>13} {'worst s':>8}")
    worst_code = 0
    for name, fault in faults().items():
        bad = hangs = others = 0
        worst = 0.0
        for _ in range(times):
            with tempfile.TemporaryDirectory() as folder:
                outcome = suffer(fault, Path(folder) / "cache")
            bad += bool(outcome.bad)
            hangs += outcome.seconds > SOON
            others += not right(fault, outcome.error)
            worst = max(worst, outcome.seconds)
        print(f"{name:<34} {times:>5} {bad:>4} {hangs:>6} {others:>13} {worst:>8.2f}", flush=True)
        worst_code |= bool(bad or hangs or others)
    return worst_code


def right(fault: Fault, error: Exception | None) -> bool:
    """Return whether a fetch ended as it should."""
    return error is None if fault.reached else isinstance(error, fault.errors)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
