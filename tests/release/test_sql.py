"""The schema as SQL, and the views in both engines: they give what Python gives."""

# ruff: noqa: S608 - the names are ours

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

import reported_losses as rl
from release_sources import odd_source, real_file, real_source
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Field, Table
from reported_losses.definition.sql import DUCKDB, SQLITE, comment, create_table, refuse_names
from reported_losses.errors import DataError
from reported_losses.loading.daily import VALUES
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.release.sql import schema_sql, views_of
from reported_losses.validation.rules.independence import RecordOrigins
from reported_losses.validation.rules.rule import Context
from reported_losses.validation.rules.votes import Support, support

VIEWS = views_of(installed())
FIGURE = ("reporter", "subject", "category", "report_date")
Database = Any
"""A connection of either engine; both have `execute`."""


@pytest.fixture(scope="module", params=["sqlite", "duckdb"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    if request.param == "sqlite":
        with closing(sqlite3.connect(":memory:")) as opened:
            opened.deserialize(real_file("reported-losses.sqlite"))
            yield opened
        return
    # Under another name than it was written.
    path = tmp_path_factory.mktemp("duckdb") / "other name.duckdb"
    path.write_bytes(real_file("reported-losses.duckdb"))
    with closing(duckdb.connect(path, read_only=True)) as opened:
        yield opened


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    """Return rows with days as texts, as both engines can give them."""
    found = database.execute(query).fetchall()
    return [tuple(str(one) if hasattr(one, "isoformat") else one for one in row) for row in found]


def expected_daily(reporter: str, subject: str) -> list[tuple[Any, ...]]:
    data = rl.daily(reporter=reporter, subject=subject, engine="arrow")
    columns = [data.column(name).to_pylist() for name in ("category", "report_date", *VALUES)]
    columns[1] = [day.isoformat() for day in columns[1]]
    return list(zip(*columns, strict=True))


def test_daily_is_what_python_computes(database: Database) -> None:
    who = rows(database, "SELECT DISTINCT reporter, subject FROM series ORDER BY 1, 2")
    assert len(who) > 1
    for reporter, subject in who:
        query = (
            f"SELECT category, report_date, {', '.join(VALUES)} FROM daily "
            f"WHERE reporter = '{reporter}' AND subject = '{subject}' ORDER BY 1, 2"
        )
        assert rows(database, query) == expected_daily(reporter, subject)


def test_views_have_the_columns_that_are_described(database: Database) -> None:
    for view in VIEWS:
        found = database.execute(f"SELECT * FROM {view.table.name} LIMIT 0").description
        assert tuple(column[0] for column in found) == view.table.names


def column_tables() -> dict[str, Columns]:
    source = real_source()
    return {
        name: from_arrow(source.package.table(name), source.tables[name])
        for name in ("loss_counts", "readings", "records")
    }


def counted() -> tuple[list[tuple[str, ...]], Support]:
    """Return the keys of the figures and what the gate counts for each."""
    tables = column_tables()
    figures = real_source().tables["loss_counts"]
    keys = [map(str, figures.column(name).to_pylist()) for name in FIGURE]
    return list(zip(*keys, strict=True)), support(Context(tables, tables["loss_counts"]))


def test_evidence_has_the_votes_that_the_gate_counts(database: Database) -> None:
    records = real_source().tables["records"].to_pylist()
    origins = RecordOrigins(
        [{name: str(value or "") for name, value in row.items()} for row in records]
    )
    named = ", ".join(FIGURE)
    found = rows(
        database, f"SELECT {named}, record, kind, agrees FROM evidence WHERE votes AND NOT stale"
    )
    voices = {
        (*key, origins.of(record, dt.date.fromisoformat(key[3])))
        for *key, record, _, agrees in found
        if agrees
    }
    agree = Counter(voice[:4] for voice in voices)
    primary = Counter(
        tuple(key) for *key, _, kind, agrees in found if agrees and kind in {"text", "infographic"}
    )
    against = {tuple(key) for *key, _, _, agrees in found if not agrees}
    keys, has = counted()
    assert [agree[key] for key in keys] == has.agree.tolist()
    assert [primary[key] for key in keys] == has.primary.tolist()
    assert [key in against for key in keys] == (has.rival > 0).tolist()


def test_evidence_names_what_is_no_vote(database: Database) -> None:
    readings = rl.load("readings", columns=["total", "stale"])
    stated = readings["total"].notna()
    stale = int((stated & readings["stale"].fillna(value=False)).sum())
    query = (
        "SELECT count(CASE WHEN stale THEN 1 END), count(CASE WHEN NOT silent THEN 1 END), "
        "count(CASE WHEN silent AND NOT agrees THEN 1 END) FROM evidence"
    )
    assert rows(database, query) == [(stale, int(stated.sum()), 0)]


def differing(column: str) -> Counter[tuple[Any, ...]]:
    """Return the readings that have another total or increment than the figure."""
    named = [*FIGURE, column]
    readings = rl.load("readings", columns=[*named, "record", "stale"])
    figures = rl.load("loss_counts", columns=named)
    readings = readings[~readings["stale"].fillna(value=False)]
    both = figures.astype(dict.fromkeys(FIGURE, str)).merge(
        readings.astype(dict.fromkeys(FIGURE, str)), on=list(FIGURE), suffixes=("", "_read")
    )
    both = both[both[column] != both[f"{column}_read"]].dropna(subset=[column, f"{column}_read"])
    cells = both[[*FIGURE, "record", column, f"{column}_read"]]
    return Counter(map(tuple, cells.astype(object).to_numpy().tolist()))


@pytest.mark.parametrize("column", ["total", "increment"])
def test_discrepancies_between_records_are_all_there(database: Database, column: str) -> None:
    query = f"SELECT {', '.join(FIGURE)}, record, figure, reading FROM discrepancies WHERE kind = '{column}'"
    found = rows(database, query)
    assert Counter(found) == differing(column)
    assert found


def test_sums_that_do_not_add_up_are_corrections(database: Database) -> None:
    """By the accounting identity, each of them has a correction of the amount."""
    found = rows(
        database,
        f"SELECT {', '.join(FIGURE)}, difference, correction, correction_kind FROM discrepancies "
        "WHERE kind = 'sum' ORDER BY 1, 2, 3, 4",
    )
    ledger = {
        tuple(str(row[name]) for name in FIGURE): (row["amount"], row["kind"])
        for row in real_source().tables["corrections"].to_pylist()
    }
    assert found
    for *key, difference, correction, kind in found:
        assert (-difference, kind) == (correction, ledger[tuple(key)][1])
        assert correction == ledger[tuple(key)][0]
    printed = rows(
        database,
        "SELECT count(*) FROM daily WHERE correction <> 0 AND increment IS NOT NULL AND delta IS NOT NULL",
    )
    assert printed == [(len(found),)]


def test_tables_describe_the_database(database: Database) -> None:
    stated = dict(rows(database, "SELECT * FROM _about"))
    assert stated["version"] == rl.__version__
    assert stated["citation"] == rl.citation()
    assert stated["licence"] == "CC-BY-4.0"
    names = [*installed().tables.values(), *(view.table for view in VIEWS)]
    due = [(table.name, field.name) for table in names for field in table.fields]
    found = rows(database, "SELECT table_name, column_name FROM _columns WHERE description <> ''")
    assert sorted(found) == sorted(due)


PAGE = (package_dir() / "docs/databases.md").read_text(encoding="utf-8")
QUERIES = [
    query
    for block in re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    for query in block.split(";")[:-1]
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_of_the_page_run(database: Database, query: str) -> None:
    if "as_of(" in query and isinstance(database, sqlite3.Connection):
        with pytest.raises(sqlite3.OperationalError):
            database.execute(query)
    else:
        assert database.execute(query).fetchall() or "total <>" in query


def tables_and_views(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        return {
            name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE sql > ''")
        }


def test_the_schema_runs_as_it_is(tmp_path: Path) -> None:
    text = schema_sql(installed()).decode()
    path = tmp_path / "empty.sqlite"
    if shutil.which("sqlite3"):
        subprocess.run(["sqlite3", "-bail", path], input=text, text=True, check=True)
    else:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(text)
    views = {view.table.name for view in VIEWS}
    assert tables_and_views(path) == {*installed().tables, *views}
    for field in installed().table("loss_counts").fields:
        assert f'"{field.name}"' in text


def test_a_schema_of_odd_names_runs() -> None:
    source = odd_source()
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(schema_sql(source.package).decode())
        found = {
            name
            for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
    assert found == set(source.package.tables)


@pytest.mark.parametrize("dialect", [SQLITE, DUCKDB])
def test_a_comment_never_ends_early(dialect: Any) -> None:  # noqa: ANN401 - either
    text = "one\ntwo\r\u2028three\x00\x85 four"
    table = Table("t", text, text, "", (Field("a", text, text, "integer", text),), ("a",))
    lines = create_table(table, dialect).splitlines()
    said = [line for line in lines if "four" in line or "two" in line]
    assert said
    assert all(line.lstrip().startswith("--") for line in said)
    assert comment("") == ""


@pytest.mark.parametrize(
    ("names", "columns"),
    [(("t", "T"), ("a",)), (("t",), ("a", "A")), (("SQLite_t",), ("a",))],
)
def test_names_that_no_database_holds_are_refused(
    names: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    fields = tuple(Field(name, "", "", "integer") for name in columns)
    with pytest.raises(DataError, match="rename"):
        refuse_names(Table(name, "", "", "", fields, ("a",)) for name in names)
