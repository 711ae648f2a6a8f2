"""`parquet`: a verified copy, written once."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import reported_losses as rl
from reported_losses.definition.location import package_dir
from reported_losses.errors import BadArgumentError
from reported_losses.loading import load
from reported_losses.loading.parquet_cache import cache_dir, parquet_bytes


def test_the_file_holds_the_table(tmp_path: Path) -> None:
    data = pq.ParquetFile(rl.parquet("corrections", folder=tmp_path)).read()
    assert data.equals(rl.load("corrections", engine="arrow"))


@pytest.mark.parametrize("folder", ["", 1, b"here", ["here"], True])
def test_a_folder_that_is_no_path_is_refused(folder: object) -> None:
    with pytest.raises(BadArgumentError):
        rl.parquet("series", folder=folder)  # type: ignore[arg-type]


def test_the_home_folder_may_be_written_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for folder in ("~/kept", Path("~/kept")):
        assert rl.parquet("series", folder=folder).parent == tmp_path / "kept"


def test_a_second_call_writes_nothing(tmp_path: Path) -> None:
    first = rl.parquet("series", folder=tmp_path / "new")
    written = first.stat().st_mtime_ns
    assert rl.parquet("series", folder=tmp_path / "new") == first
    assert first.stat().st_mtime_ns == written


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    whole = path.read_bytes()
    for damaged in (whole[:-1] + b"?", whole[:-1], whole + b"?", b""):
        path.write_bytes(damaged)
        assert rl.parquet("series", folder=tmp_path).read_bytes() == whole


def test_a_forged_file_is_not_served_whatever_is_beside_it(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    forged = rl.load("series", engine="arrow").slice(1)
    data = parquet_bytes(forged)
    path.write_bytes(data)
    for beside in (path.with_suffix(".sha256"), path.with_name(f"{path.name}.sha256")):
        beside.write_text(hashlib.sha256(data).hexdigest(), encoding="ascii")
    assert rl.parquet("series", folder=tmp_path) == path
    assert pq.ParquetFile(path).read().equals(rl.load("series", engine="arrow"))


def test_a_huge_file_in_its_place_is_not_read(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    whole = path.read_bytes()
    with path.open("wb") as file:
        file.truncate(1 << 40)  # more than any memory; a hole takes no room on the disk
    assert rl.parquet("series", folder=tmp_path).read_bytes() == whole


def test_the_name_is_the_digest_of_the_contents(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    assert path.stem == f"series-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def _linked(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.fspath(path))


@pytest.mark.posix
@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        Path.mkdir,
        _linked("/dev/zero"),
        _linked("/dev/full"),
        _linked("nowhere"),
        _link_to_a_pipe,
        _socket,
    ],
    ids=["pipe", "folder", "endless", "full", "dangling", "link-to-pipe", "socket"],
)
def test_only_an_ordinary_file_is_read_or_replaced(
    make: Callable[[Path], object], tmp_path: Path
) -> None:
    path = rl.parquet("series", folder=tmp_path)
    path.unlink()
    make(path)
    before = {file.name: file.lstat() for file in tmp_path.iterdir()}
    with pytest.raises(rl.CacheError, match=re.escape(path.name)):
        rl.parquet("series", folder=tmp_path)
    assert {file.name: file.lstat() for file in tmp_path.iterdir()} == before


@pytest.mark.posix
def test_a_pipe_where_the_seal_once_was_is_no_matter(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    os.mkfifo(path.with_suffix(".sha256"))
    assert rl.parquet("series", folder=tmp_path) == path


@pytest.mark.posix
@pytest.mark.parametrize("make", [os.mkfifo, _linked("/dev/zero")], ids=["pipe", "endless"])
def test_a_table_that_is_not_an_ordinary_file_is_refused(
    make: Callable[[Path], object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("datapackage.json", "schemas", "data"):
        copy = shutil.copytree if (package_dir() / name).is_dir() else shutil.copy
        copy(package_dir() / name, tmp_path / name)
    path = tmp_path / "data/series.csv"
    path.unlink()
    make(path)
    monkeypatch.setattr(load, "package_dir", lambda: tmp_path)
    with pytest.raises(rl.DataError):
        rl.parquet("series", folder=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@contextlib.contextmanager
def _without_privileges() -> Iterator[None]:
    """Let file permissions hold for root as well."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.posix
def test_a_folder_that_cannot_be_written_to() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = rl.parquet("series", folder=folder)
        folder.chmod(0o555)
        try:
            with _without_privileges():
                assert rl.parquet("series", folder=folder) == path
            folder.chmod(0o755)
            path.unlink()
            folder.chmod(0o555)
            for place in (folder, folder / "new"):
                with _without_privileges(), pytest.raises(rl.CacheError, match="REPORTED_LOSSES"):
                    rl.parquet("series", folder=place)
            assert not list(folder.iterdir())
        finally:
            folder.chmod(0o755)


@pytest.mark.posix
@pytest.mark.parametrize("place", ["/dev/full", "/dev/full/cache", "/proc/self/no/such", "a\0b"])
def test_a_place_that_cannot_be_a_folder(place: str) -> None:
    with pytest.raises(rl.CacheError) as caught:
        rl.parquet("series", folder=place)
    assert isinstance(caught.value, OSError)
    assert isinstance(caught.value, rl.ReportedLossesError)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(rl.CacheError):
        rl.parquet("series", folder=tmp_path / ("x" * 5_000))


FULL = """
import resource, sys
import reported_losses as rl
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
try:
    rl.parquet("series", folder=sys.argv[1])
except rl.CacheError as error:
    print(error)
"""


@pytest.mark.posix
def test_a_file_that_cannot_be_written_whole_is_not_written(tmp_path: Path) -> None:
    sources = os.fspath(Path(rl.__file__ or "").parent.parent)
    run = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path],
        check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": sources},
    )  # fmt: skip
    assert "REPORTED_LOSSES_CACHE" in run.stdout
    assert not list(tmp_path.iterdir())


def test_a_home_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("REPORTED_LOSSES_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", unknown)
    with pytest.raises(rl.CacheError, match="home"):
        rl.parquet("series")


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"REPORTED_LOSSES_CACHE": "/c", "XDG_CACHE_HOME": "/x"}, "linux", "/c"),
        ({"XDG_CACHE_HOME": "/x"}, "linux", "/x/reported-losses"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/reported-losses/Cache"),
        ({}, "darwin", f"{Path.home().as_posix()}/Library/Caches/reported-losses"),
        ({}, "linux", f"{Path.home().as_posix()}/.cache/reported-losses"),
    ],
)
def test_the_folder_follows_the_platform(
    environment: dict[str, str], platform: str, expected: str
) -> None:
    assert cache_dir(environment, platform).as_posix() == expected


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(rl.UnknownNameError):
        rl.parquet("loss", folder=tmp_path)
