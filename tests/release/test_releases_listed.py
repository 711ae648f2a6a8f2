"""`rl.releases`, `rl.changes` and `rl.url`, and the commands."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import loopback
import reported_losses as rl
from loopback import Answer
from reported_losses.commands.cli import main
from reported_losses.definition.contents import Link
from reported_losses.errors import CacheError
from served_releases import COLUMNS, changes_file, index, release, site, small

Capture = pytest.CaptureFixture[str]


def changed(*rows: tuple[str, ...]) -> dict[str, bytes]:
    return {
        "datapackage.json": b"{}",
        "series.parquet": b"PAR1",
        "changes.parquet": changes_file(list(rows)),
    }


FIRST = release("0.1.0", changed(), status="superseded")
BAD = release(
    "0.1.1",
    changed(("0.1.1", "series", "added", "oryx/russia/tanks")),
    FIRST,
    status="withdrawn",
    reason="A column was shifted.",
)
GOOD = release(
    "0.1.2", changed(("0.1.2", "series", "removed", "oryx/russia/tanks")), BAD, status="superseded"
)
NEWEST = release(
    "0.2.0",
    changed(
        ("0.2.0", "loss_counts", "revised", "a/b/c", "total", "1", "2", "a slip"),
        ("0.2.0", "loss_counts", "added", "a/b/d"),
    ),
    GOOD,
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", os.fspath(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def answers() -> dict[str, Answer]:
    return site(NEWEST, GOOD, BAD, FIRST)


@pytest.fixture
def home(answers: dict[str, Answer]) -> Iterator[str]:
    with loopback.server(answers) as address:
        yield address


def documented(function: object) -> set[str]:
    section = str(function.__doc__).partition("Returns:")[2].partition("Raises:")[0]
    return set(re.findall(r"`(\w+)` \(\w+\)", section))


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    text = str(pd.Series(["text"]).dtype)
    return {
        str(name): "str" if str(kind) == text else str(kind).partition("[")[0]
        for name, kind in frame.dtypes.items()
    }


def test_releases_are_listed_with_their_state(home: str) -> None:
    rl.fetch("0.1.0", base_url=home)
    frame = rl.releases(base_url=home)
    assert documented(rl.releases) | {"oryx"} == set(frame)
    assert dtypes(frame) == {
        "version": "str",
        "date": "datetime64",
        "schema_version": "str",
        "status": "str",
        "reason": "str",
        "rows": "int64",
        "fetched": "bool",
        "oryx": "datetime64",
    }
    assert frame["version"].tolist() == ["0.2.0", "0.1.2", "0.1.1", "0.1.0"]
    assert frame["status"].tolist() == ["current", "superseded", "withdrawn", "superseded"]
    assert frame["reason"].dropna().tolist() == ["A column was shifted."]
    assert frame["fetched"].tolist() == [False, False, False, True]
    assert str(frame["oryx"][0])[:10] == "2025-07-19"


def test_releases_are_listed_offline(home: str) -> None:
    with pytest.raises(CacheError):
        rl.releases(offline=True)
    frame = rl.releases(base_url=home)
    pd.testing.assert_frame_equal(rl.releases(offline=True), frame)
    with pytest.raises(rl.BadArgumentError, match="offline"):
        rl.releases(offline="no")  # type: ignore[arg-type]


def test_changes_are_those_of_every_release_in_between(home: str) -> None:
    frame = rl.changes("0.1.0", base_url=home)
    assert tuple(frame) == COLUMNS
    assert documented(rl.changes) == set(COLUMNS)
    assert set(dtypes(frame).values()) == {"str"}
    assert frame["version"].tolist() == ["0.1.1", "0.1.2", "0.2.0", "0.2.0"]
    assert frame["kind"].tolist() == ["added", "removed", "revised", "added"]
    assert frame["old"].notna().tolist() == [False, False, True, False]
    assert rl.changes("0.1.1", "0.1.2", base_url=home)["kind"].tolist() == ["removed"]
    pd.testing.assert_frame_equal(rl.changes("0.1.0", offline=True), frame)


def test_no_change_is_a_frame_without_rows(home: str) -> None:
    frame = rl.changes("0.2.0", base_url=home)
    assert tuple(frame) == COLUMNS
    assert set(dtypes(frame).values()) == {"str"}
    assert not len(frame)


def test_changes_ask_for_releases_in_order(home: str) -> None:
    with pytest.raises(rl.BadArgumentError, match="after"):
        rl.changes("0.2.0", "0.1.0", base_url=home)
    with pytest.raises(rl.UnknownNameError):
        rl.changes("0.0.1", base_url=home)
    with pytest.raises(rl.BadArgumentError):
        rl.changes("first", base_url=home)


def test_changes_follow_the_chain(home: str, answers: dict[str, Answer]) -> None:
    cut = replace(NEWEST, contents=replace(NEWEST.contents, previous=None))
    answers.update(site(cut, GOOD, BAD, FIRST))
    with pytest.raises(rl.ReleaseError, match=r"does not go back to 0\.1\.0"):
        rl.changes("0.1.0", base_url=home)


def test_changes_refuse_a_chain_with_a_rewritten_release(
    home: str, answers: dict[str, Answer]
) -> None:
    forged = replace(NEWEST, contents=replace(NEWEST.contents, previous=Link("0.1.2", "0" * 64)))
    answers.update(site(forged, GOOD, BAD, FIRST))
    with pytest.raises(rl.ReleaseError, match=r"0\.1\.2"):
        rl.changes("0.1.0", base_url=home)


def test_an_address_is_made_without_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket", None)
    base = "https://reported-losses.github.io/reported-losses/data"
    assert rl.url("loss_counts") == f"{base}/latest/loss_counts.parquet"
    assert rl.url("series", version="0.1.0", format="csv") == f"{base}/0.1.0/series.csv"
    assert rl.url("daily", version="stable") == f"{base}/stable/daily.parquet"
    assert rl.url(format="duckdb") == f"{base}/latest/reported-losses.duckdb"
    own = rl.url("series", base_url="http://localhost:8000/x/")
    assert own == "http://localhost:8000/x/data/latest/series.parquet"


@pytest.mark.parametrize(
    "asked",
    [
        {"table": "serie"},
        {"table": "daily", "format": "csv"},
        {"table": "series", "format": "xlsx"},
        {"table": "series", "format": "sqlite"},
        {"table": None},
        {"table": 3},
        {"table": "series", "version": "newest"},
        {"table": "series", "base_url": "ftp://x"},
        {"table": "../series"},
    ],
    ids=str,
)
def test_an_address_of_nothing_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises((rl.BadArgumentError, rl.UnknownNameError)):
        rl.url(**asked)


def test_fetch_prints_the_folder(home: str, capsys: Capture, cache: Path, tmp_path: Path) -> None:
    assert main(["fetch", "--base-url", home, "--tables", "series"]) == 0
    assert capsys.readouterr().out.strip() == os.fspath(cache / "releases" / "0.2.0")
    to = os.fspath(tmp_path / "own")
    assert main(["fetch", "0.1.1", "--files", "all", "--to", to, "--base-url", home]) == 0
    captured = capsys.readouterr()
    assert captured.out.strip() == to
    assert "shifted" in captured.err
    assert {path.name for path in Path(to).iterdir()} == set(BAD.all_files())
    assert main(["fetch", "--offline", "--tables", "series"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["fetch", "0.7.0"],
        ["fetch", "--tables", "serie"],
        ["fetch", "--offline", "0.1.2"],
        ["fetch", "x"],
        ["changes", "--since", "9.9.9"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_fetched_is_no_data_problem(
    arguments: list[str], home: str, capsys: Capture
) -> None:
    assert main([*arguments, "--base-url", home]) == 2
    assert "internal fault" not in capsys.readouterr().err


def test_releases_are_printed(home: str, capsys: Capture) -> None:
    assert main(["releases", "--base-url", home]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["version", "0.2.0", "0.1.2", "0.1.1", "0.1.0"]
    assert "A column was shifted." in lines[3]
    assert main(["releases", "--offline", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["latest"], len(facts["releases"])) == ("0.2.0", 4)


def test_changes_are_printed(home: str, capsys: Capture) -> None:
    asked = ["changes", "--since", "0.1.0", "--base-url", home]
    assert main([*asked, "--head", "1"]) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2
    assert "1 of 4" in captured.err
    assert main([*asked, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["version"] for row in rows] == rl.changes("0.1.0", base_url=home)[
        "version"
    ].tolist()


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("0.2.0", "latest", "0.2.0 is the latest release"),
        ("0.1.0", "0.1.0", "from 0.1.0 to 0.1.0"),
    ],
)
def test_it_is_said_if_nothing_changed(
    since: str, until: str, said: str, home: str, capsys: Capture
) -> None:
    asked = ["changes", "--since", since, "--until", until, "--base-url", home]
    assert main(asked) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_small_release_is_one(home: str, answers: dict[str, Answer]) -> None:
    answers.update({"/releases.json": loopback.file(index(small("0.1.0")))})
    assert rl.releases(base_url=home)["version"].tolist() == ["0.1.0"]
