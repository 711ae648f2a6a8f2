"""`parquet`: a verified copy, written once."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

import reported_losses as rl
from reported_losses.loading.parquet_cache import cache_dir


def test_the_file_holds_the_table(tmp_path: Path) -> None:
    data = pq.ParquetFile(rl.parquet("corrections", folder=tmp_path)).read()
    assert data.equals(rl.load("corrections", engine="arrow"))


def test_a_second_call_writes_nothing(tmp_path: Path) -> None:
    first = rl.parquet("series", folder=tmp_path / "new")
    written = first.stat().st_mtime_ns
    assert rl.parquet("series", folder=tmp_path / "new") == first
    assert first.stat().st_mtime_ns == written


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"?")
    assert rl.parquet("series", folder=tmp_path).read_bytes() == whole
    path.with_suffix(".sha256").unlink()
    assert rl.parquet("series", folder=tmp_path).read_bytes() == whole


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    path = rl.parquet("series", folder=tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {path.name, f"{path.stem}.sha256"}


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
