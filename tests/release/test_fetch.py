"""`rl.fetch`: what it brings, where to, and what it says when it cannot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests.sessions

import loopback
import reported_losses as rl
from loopback import Answer
from reported_losses.errors import CacheError
from reported_losses.net import Patience
from reported_losses.release.fetch import Order, bring
from served_releases import index, site, small

OLD = small("0.1.0", status="superseded")
BAD = small("0.1.1", OLD, status="withdrawn", reason="A column was shifted.")
NEW = small("0.2.0", BAD)
NAMES = {"CONTENTS.json", "datapackage.json", "series.parquet", "reports.parquet"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", os.fspath(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def answers() -> dict[str, Answer]:
    return site(NEW, BAD, OLD)


@pytest.fixture
def home(answers: dict[str, Answer], asked: list[str]) -> Iterator[str]:
    with loopback.server(answers, asked) as address:
        yield address


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_table_is_fetched_from_the_latest_release(cache: Path, home: str) -> None:
    folder = rl.fetch(base_url=home)
    assert folder == cache / "releases" / "0.2.0"
    files = NEW.all_files()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        name: files[name] for name in NAMES
    }
    assert names(cache) == {"releases", "releases.json"}


@pytest.mark.parametrize(
    ("version", "meant"), [("stable", "0.1.0"), ("latest", "0.2.0"), ("0.1.0", "0.1.0")]
)
def test_a_version_has_a_name_or_a_number(home: str, version: str, meant: str) -> None:
    assert rl.fetch(version, "series", base_url=home).name == meant


def test_only_what_is_missing_is_fetched(home: str, asked: list[str]) -> None:
    folder = rl.fetch("0.2.0", ["series"], base_url=home)
    assert names(folder) == NAMES - {"reports.parquet"}
    asked.clear()
    rl.fetch("0.2.0", base_url=home)
    assert asked == ["/releases.json", "/data/0.2.0/reports.parquet"]
    asked.clear()
    rl.fetch("0.2.0", base_url=home)
    assert asked == ["/releases.json"]


def test_files_are_fetched_by_name(home: str) -> None:
    folder = rl.fetch("0.2.0", files="series.csv", base_url=home)
    assert names(folder) == {"CONTENTS.json", "datapackage.json", "series.csv"}
    folder = rl.fetch("0.2.0", "series", files=["series.csv", "CONTENTS.json"], base_url=home)
    assert "series.parquet" in names(folder)
    assert names(rl.fetch("0.2.0", files="all", base_url=home)) == set(NEW.all_files())


def test_sums_that_contradict_the_contents_are_refused(
    cache: Path, home: str, answers: dict[str, Answer]
) -> None:
    answers["/data/0.2.0/SHA256SUMS"] = loopback.file(OLD.all_files()["SHA256SUMS"])
    order = Order(files="all", base_url=home, patience=Patience(attempts=1))
    with pytest.raises(rl.FetchError, match="SHA256SUMS"):
        bring("0.2.0", order)
    assert not (cache / "releases").exists() or not names(cache / "releases")


def test_what_is_there_and_wrong_is_replaced(home: str) -> None:
    folder = rl.fetch("0.2.0", files="all", base_url=home)
    for name in ("series.parquet", "CONTENTS.json", "SHA256SUMS"):
        (folder / name).write_bytes(b"other")
    (folder / "reports.parquet").unlink()
    rl.fetch("0.2.0", files="all", base_url=home)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == NEW.all_files()


def test_a_folder_of_the_callers_is_filled(cache: Path, home: str, tmp_path: Path) -> None:
    rl.fetch("0.2.0", "series", base_url=home)
    for folder in (tmp_path / "new", tmp_path / "there"):
        (tmp_path / "there").mkdir(exist_ok=True)
        assert rl.fetch("0.2.0", to=folder, base_url=home) == folder
        assert names(folder) == NAMES
        assert folder.stat().st_mode == tmp_path.joinpath("there").stat().st_mode
        assert rl.fetch("0.2.0", to=os.fspath(folder), base_url=home) == folder
    assert "reports.parquet" not in names(cache / "releases" / "0.2.0")


def test_a_folder_with_other_files_is_left_alone(home: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "datapackage.json").write_text("mine")
    rl.fetch("0.1.0", to=tmp_path / "old", base_url=home)
    for name in ("mine", "old"):
        before = {path: path.read_bytes() for path in (tmp_path / name).iterdir()}
        with pytest.raises(rl.BadArgumentError, match="to:"):
            rl.fetch("0.2.0", to=tmp_path / name, base_url=home)
        assert {path: path.read_bytes() for path in (tmp_path / name).iterdir()} == before


def test_offline_the_cache_will_do(home: str, asked: list[str], tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="reported-losses releases"):
        rl.fetch(offline=True)
    rl.fetch(tables="series", base_url=home)
    asked.clear()
    assert rl.fetch(tables=["series"], offline=True, base_url=home).name == "0.2.0"
    copy = rl.fetch(tables="series", offline=True, to=tmp_path / "copy")
    assert names(copy) == {"CONTENTS.json", "datapackage.json", "series.parquet"}
    with pytest.raises(CacheError, match=r"reports\.parquet.*reported-losses fetch 0\.2\.0"):
        rl.fetch(offline=True)
    with pytest.raises(CacheError, match=r"CONTENTS\.json.*reported-losses fetch 0\.1\.0"):
        rl.fetch("0.1.0", offline=True)
    assert asked == []


def test_offline_a_damaged_file_is_missing(home: str) -> None:
    folder = rl.fetch(base_url=home)
    (folder / "series.parquet").write_bytes(b"PAR1")
    with pytest.raises(CacheError, match=r"series\.parquet"):
        rl.fetch(offline=True)


def test_a_withdrawn_release_is_fetched_with_a_warning(home: str) -> None:
    with pytest.warns(rl.WithdrawnReleaseWarning, match=r"shifted\. Use 0\.2\.0"):
        folder = rl.fetch("0.1.1", base_url=home)
    assert names(folder) == NAMES
    with pytest.warns(rl.WithdrawnReleaseWarning):
        rl.fetch("0.1.1", offline=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rl.fetch("0.1.0", base_url=home)


def test_names_that_do_not_exist_are_told_with_those_that_do(cache: Path, home: str) -> None:
    with pytest.raises(rl.UnknownNameError, match=r"Known: .*0\.2\.0"):
        rl.fetch("0.3.0", base_url=home)
    with pytest.raises(rl.UnknownNameError, match="series"):
        rl.fetch(tables="serie", base_url=home)
    with pytest.raises(rl.UnknownNameError, match=r"series\.csv"):
        rl.fetch(files="series.cvs", base_url=home)
    assert not (cache / "releases").exists()


@pytest.mark.parametrize(
    "asked_for",
    [
        {"version": "0.1"},
        {"version": "../0.1.0"},
        {"version": 1},
        {"tables": []},
        {"tables": 3},
        {"files": [1]},
        {"to": ""},
        {"to": 3},
        {"base_url": "ftp://example.org"},
        {"base_url": "http://example.org"},
        {"base_url": "https://example.org/?x"},
        {"base_url": 3},
        {"offline": 1},
        {"progress": "yes"},
    ],
    ids=str,
)
def test_bad_arguments_are_refused(home: str, asked_for: dict[str, object]) -> None:
    with pytest.raises(rl.BadArgumentError):
        rl.fetch(**{"base_url": home, **asked_for})  # type: ignore[arg-type]


def test_a_release_that_was_rewritten_is_refused(
    cache: Path, home: str, answers: dict[str, Answer]
) -> None:
    rl.fetch("0.1.0", base_url=home)
    before = (cache / "releases.json").read_bytes()
    other = replace(OLD, contents=replace(OLD.contents, date="2026-12-02"))
    answers["/releases.json"] = loopback.file(index(NEW, BAD, other))
    with pytest.raises(rl.ReleaseError, match=r"0\.1\.0"):
        rl.fetch("0.2.0", base_url=home)
    assert (cache / "releases.json").read_bytes() == before


def test_what_may_be_over_soon_is_tried_again(home: str, answers: dict[str, Answer]) -> None:
    pauses: list[float] = []
    patience = Patience(pause=1.0, sleep=pauses.append)
    for name in ("/releases.json", "/data/0.2.0/CONTENTS.json", "/data/0.2.0/series.parquet"):
        good = answers[name]
        answers[name] = loopback.in_turn(
            loopback.failing(503), loopback.failing(429, after="7"), loopback.reset, good
        )
    folder = bring("latest", Order(base_url=home, patience=patience)).folder
    assert names(folder) == NAMES
    assert pauses == [1.0, 7.0, 4.0] * 3


def test_a_file_with_another_digest_is_tried_again(home: str, answers: dict[str, Answer]) -> None:
    path = "/data/0.2.0/series.parquet"
    size = len(NEW.files["series.parquet"])
    answers[path] = loopback.in_turn(loopback.file(b"x" * size), answers[path])
    patience = Patience(sleep=lambda _: None)
    assert names(bring("latest", Order(base_url=home, patience=patience)).folder) == NAMES


@pytest.mark.parametrize(("code", "times"), [(404, 1), (403, 1), (500, 4)])
def test_what_will_not_be_over_is_asked_once(
    home: str, answers: dict[str, Answer], asked: list[str], code: int, times: int
) -> None:
    answers["/data/0.2.0/series.parquet"] = loopback.failing(code)
    order = Order("series", base_url=home, patience=Patience(sleep=lambda _: None))
    with pytest.raises(rl.FetchError, match=str(code)):
        bring("0.2.0", order)
    assert asked.count("/data/0.2.0/series.parquet") == times


def test_a_server_that_asks_to_wait_for_long_is_quoted(
    home: str, answers: dict[str, Answer]
) -> None:
    answers["/releases.json"] = loopback.failing(503, after="7200")
    with pytest.raises(rl.FetchError, match="7,200 seconds"):
        rl.fetch(base_url=home)


def test_progress_is_shown_if_asked_for(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    rl.fetch("0.1.0", base_url=home)
    assert capsys.readouterr().err == ""
    rl.fetch("0.2.0", base_url=home, progress=True)
    assert "0.2.0:   0%" in capsys.readouterr().err


def test_pooch_opens_no_connection(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests.sessions.Session, "request", None)
    assert names(rl.fetch(base_url=home)) == NAMES


def test_without_pooch_it_says_what_to_install(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(rl.MissingExtraError, match=r"reported-losses\[fetch\]"):
        rl.fetch(base_url=home)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.delitem(sys.modules, "pooch")
    with pytest.raises(rl.MissingExtraError, match=r"reported-losses\[fetch\]"):
        rl.fetch(base_url=home, progress=True)
    assert names(rl.fetch(base_url=home)) == NAMES


@pytest.mark.posix
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_neither_read_nor_replaced(home: str, kind: str) -> None:
    folder = rl.fetch(base_url=home)
    for name in ("series.parquet", "CONTENTS.json"):
        path = folder / name
        path.unlink()
        if kind == "link":
            path.symlink_to("/etc/hostname")
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.mkdir()
        with pytest.raises(CacheError, match="remove it"):
            rl.fetch(base_url=home)
        if kind == "folder":
            path.rmdir()
        else:
            path.unlink()


@pytest.mark.posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_cache_that_is_read_only_will_do_if_it_is_right(cache: Path, home: str) -> None:
    folder = rl.fetch("0.2.0", "series", base_url=home)
    (cache / "releases.json").unlink()
    for path in (folder, folder.parent, cache):
        path.chmod(0o555)
    try:
        assert rl.fetch("0.2.0", "series", base_url=home) == folder
        with pytest.raises(CacheError, match="cannot be written"):
            rl.fetch("0.2.0", base_url=home)
    finally:
        for path in (cache, folder.parent, folder):
            path.chmod(0o755)


SCRIPT = [sys.executable, "-m", "reported_losses", "fetch", "0.2.0"]


def started(home: str, cache: Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "REPORTED_LOSSES_CACHE": os.fspath(cache),
        "PYTHONPATH": os.fspath(Path(rl.__file__ or "").parent.parent),
    }
    return subprocess.Popen(
        [*SCRIPT, "--base-url", home], env=environment, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_eight_processes_at_once_leave_one_right_release(cache: Path, home: str) -> None:
    for damaged in (False, True):
        if damaged:
            (cache / "releases" / "0.2.0" / "series.parquet").write_bytes(b"PAR1")
            (cache / "releases" / "0.2.0" / "CONTENTS.json").unlink()
        running = [started(home, cache) for _ in range(8)]
        assert [(one.communicate()[1], one.returncode) for one in running] == [("", 0)] * 8
        folder = cache / "releases" / "0.2.0"
        files = NEW.all_files()
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
            name: files[name] for name in NAMES
        }
        assert names(folder.parent) == {"0.2.0"}


@pytest.mark.slow
@pytest.mark.posix
def test_a_fetch_that_is_killed_leaves_nothing_under_a_good_name(
    cache: Path, home: str, answers: dict[str, Answer], asked: list[str]
) -> None:
    path = "/data/0.2.0/series.parquet"
    good = answers[path]
    answers[path] = loopback.stalled
    running = started(home, cache)
    until = time.monotonic() + 60
    while path not in asked and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert not (cache / "releases" / "0.2.0").exists()
    answers[path] = good
    assert names(rl.fetch("0.2.0", base_url=home)) == NAMES
