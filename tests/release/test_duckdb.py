"""`reported-losses.duckdb`: what is in it, what it refuses, its bytes, and `as_of`."""

# ruff: noqa: S608 - the names are ours

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings

import reported_losses as rl
from kept_table import COUNTS, EVENTS, Keeper, playing, read
from release_sources import (
    BROKEN,
    CHILD,
    EMPTY_CHILD,
    changed,
    decoded,
    made_source,
    odd_source,
    real_file,
    real_source,
)
from reported_losses.definition.descriptor import installed
from reported_losses.definition.sql import DUCKDB, create_table, quoted
from reported_losses.errors import BadArgumentError, DataError, MissingExtraError
from reported_losses.loading.as_of import as_of
from reported_losses.parsing.cast import cast
from reported_losses.parsing.text_table import TextTable
from reported_losses.release.as_of_macro import as_of_macro
from reported_losses.release.duckdb import duckdb_files
from reported_losses.release.source import Source

NAME = "reported-losses.duckdb"
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / NAME
    path.write_bytes(real_file(NAME))
    return path


@pytest.fixture(scope="module")
def database(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect(file, read_only=True)) as database:
        yield database


def made(source: Source, folder: Path) -> duckdb.DuckDBPyConnection:
    path = folder / NAME
    path.write_bytes(duckdb_files(source)[NAME])
    return duckdb.connect(path)


def as_arrow(relation: duckdb.DuckDBPyRelation) -> pa.Table:
    return relation.to_arrow_table()


def test_types_and_values_survive(database: duckdb.DuckDBPyConnection) -> None:
    for name, data in real_source().tables.items():
        held = as_arrow(database.sql(f"FROM {quoted(name)}"))
        assert held.combine_chunks().equals(decoded(data)), name


def test_tables_and_columns_have_comments(database: duckdb.DuckDBPyConnection) -> None:
    told = database.sql(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE comment <> '' AND NOT internal"
    ).fetchall()
    due = {
        (table.name, field.name) for table in installed().tables.values() for field in table.fields
    }
    assert due == set(told)
    keys = dict(database.sql("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert "Primary key: reporter, report_date." in keys["reports"]
    assert "source: key of sources." in keys["readings"]


def test_the_file_has_no_index(database: duckdb.DuckDBPyConnection) -> None:
    """DuckDB 1.0 would not open it."""
    kinds = database.sql("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
    assert {kind for (kind,) in kinds} == {"CHECK", "NOT NULL"}


def test_it_is_not_much_larger_than_the_tables(file: Path) -> None:
    rows = sum(table.num_rows for table in real_source().tables.values())
    assert file.stat().st_size < 80 * rows


SCRIPT = """
import hashlib, sys
from release_sources import real_source
from reported_losses.release.duckdb import duckdb_files
from reported_losses.release.sqlite import sqlite_files
for data in (duckdb_files(real_source()), sqlite_files(real_source())):
    for name, held in data.items():
        print(name, hashlib.sha256(held).hexdigest())
"""


@pytest.mark.engines
def test_bytes_depend_on_nothing_around(file: Path, tmp_path: Path) -> None:
    def run(**around: str) -> dict[str, str]:
        paths = os.pathsep.join(
            [os.fspath(Path(rl.__file__ or "").parents[1]), os.fspath(HERE.parent)]
        )
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONPATH": paths, **around},
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        )
        return dict(line.split() for line in done.stdout.splitlines())

    other = tmp_path / "it's another folder"
    other.mkdir()
    one = run(TZ="Asia/Tokyo", PYTHONHASHSEED="1", LC_ALL="C", TMPDIR=os.fspath(other))
    two = run(TZ="America/New_York", PYTHONHASHSEED="2", LC_ALL="tr_TR.UTF-8")
    assert one == two
    assert one[NAME] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_odd_names_and_texts_are_held(tmp_path: Path) -> None:
    source = odd_source()
    with closing(made(source, tmp_path)) as database:
        assert database.sql('FROM "group" ORDER BY 1').fetchall() == [CHILD, EMPTY_CHILD]
    again = duckdb_files(source)[NAME]
    assert again == (tmp_path / NAME).read_bytes()


PATTERN = changed(3, "AB")
FORBIDDEN = {**BROKEN, "pattern": PATTERN}


@pytest.mark.parametrize("child", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_the_schema_forbids_is_refused(child: tuple[object, ...]) -> None:
    with pytest.raises(DataError, match="group cannot be exported"):
        duckdb_files(odd_source(child))


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(DataError, match="group cannot be exported"):
        duckdb_files(odd_source(CHILD, CHILD))


def test_an_empty_package_is_a_database(tmp_path: Path) -> None:
    with closing(made(made_source([]), tmp_path)) as database:
        stated = dict(database.sql("FROM _about").fetchall())
    assert stated["version"] == "1.2.3"


def test_without_duckdb_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"reported-losses\[duckdb\]"):
        duckdb_files(made_source([]))


def typed(text: TextTable) -> pa.Table:
    table, issues = cast(text)
    assert not issues
    return table.data


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the two tables that `as_of` reads, and no rows."""
    with closing(duckdb.connect()) as database:
        database.execute(create_table(COUNTS, DUCKDB))
        database.execute(create_table(installed().table("revisions"), DUCKDB))
        database.execute(as_of_macro(COUNTS))
        yield database


def fill(database: duckdb.DuckDBPyConnection, **tables: TextTable) -> None:
    for name, text in tables.items():
        database.execute(f"DELETE FROM {name}")
        database.register("rows", decoded(typed(text)))
        database.execute(f"INSERT INTO {name} FROM rows")


def answer(database: duckdb.DuckDBPyConnection, day: str) -> pa.Table:
    return as_arrow(database.sql(f"FROM as_of('{day}')")).combine_chunks()


@settings(max_examples=12)
@given(events=EVENTS)
def test_as_of_is_what_python_says(
    empty: duckdb.DuckDBPyConnection, events: list[list[tuple[int, str, str]]]
) -> None:
    keeper = Keeper()
    days = list(playing(keeper, events))
    now, log = read("loss_counts", list(keeper.rows.values())), read("revisions", keeper.revisions)
    fill(empty, loss_counts=now, revisions=log)
    for day in days:
        try:
            due = decoded(typed(as_of(now, log, day)))
        except BadArgumentError:
            # Nothing was recorded yet: refused, or no row if the table never had one.
            if keeper.rows or keeper.revisions:
                with pytest.raises(duckdb.Error, match="before the first record"):
                    answer(empty, day)
            continue
        assert answer(empty, day).equals(due)


def test_a_withdrawn_row_has_its_texts_back(empty: duckdb.DuckDBPyConnection) -> None:
    keeper = Keeper()
    keeper.play(0, "total", "", "2026-01-01")
    keeper.play(0, "total", "7", "2026-01-02")
    keeper.play(0, "total", "withdrawn", "2026-01-03")
    fill(empty, loss_counts=read("loss_counts", []), revisions=read("revisions", keeper.revisions))
    totals = [answer(empty, f"2026-01-0{day}").column("total").to_pylist() for day in (1, 2, 3)]
    assert totals == [[5], [7], []]


def test_as_of_today_is_the_table(database: duckdb.DuckDBPyConnection) -> None:
    held = as_arrow(database.sql("FROM as_of('2099-01-01')")).combine_chunks()
    assert held.equals(decoded(real_source().tables["loss_counts"]))


def test_as_of_an_earlier_day_is_what_load_gives(database: duckdb.DuckDBPyConnection) -> None:
    days = database.sql("SELECT DISTINCT recorded_on FROM loss_counts ORDER BY 1").fetchall()
    for (day,) in days[:3]:
        due: Any = rl.load("loss_counts", as_of=day, engine="arrow")
        assert answer(database, day.isoformat()).equals(decoded(due))


@pytest.mark.parametrize("day", ["'2022-03-01'", "'2026-02-30'", "'yesterday'", "NULL"])
def test_a_day_without_an_answer_is_refused(database: duckdb.DuckDBPyConnection, day: str) -> None:
    with pytest.raises(duckdb.Error):
        database.sql(f"FROM as_of({day})").fetchall()


OLD = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as database:
    print(json.dumps([database.execute(query).fetchall() for query in sys.argv[2:]], default=str))
"""
QUERIES = (
    "SELECT count(*), sum(total), max(recorded_on) FROM loss_counts",
    "SELECT count(*), sum(change), count(change_mean_7), min(increment_mean_7) FROM daily",
    "SELECT kind, count(*), sum(difference) FROM discrepancies GROUP BY kind ORDER BY kind",
    "SELECT silent, count(*) FROM evidence WHERE agrees GROUP BY silent ORDER BY silent",
    "SELECT count(*), sum(total) FROM as_of('2099-01-01')",
    "SELECT comment FROM duckdb_columns() WHERE column_name = 'increment' ORDER BY table_name",
)


@pytest.mark.engines
@pytest.mark.skipif(sys.version_info >= (3, 13), reason="DuckDB 1.0 has no wheel for this Python")
@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_older_versions_open_it(
    database: duckdb.DuckDBPyConnection, file: Path, tmp_path: Path, version: str
) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    install = "-m pip install --quiet --disable-pip-version-check --no-deps".split()
    subprocess.run([python, *install, f"duckdb=={version}"], check=True, env=clean)
    done = subprocess.run(
        [python, "-c", OLD, file, *QUERIES], check=True, env=clean, capture_output=True, text=True
    )
    due = [database.execute(query).fetchall() for query in QUERIES]
    assert json.loads(done.stdout) == json.loads(json.dumps(due, default=str))
