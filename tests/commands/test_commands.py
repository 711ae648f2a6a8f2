"""The commands that look: what they print, and how they end."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc

import reported_losses as rl
from reported_losses.commands import summary
from reported_losses.commands.cli import main
from reported_losses.definition.descriptor import installed

Capture = pytest.CaptureFixture[str]
SOURCES = os.fspath(Path(rl.__file__ or "").parent.parent)


def output(capsys: Capture, *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_summary_shows_the_report_of_a_day(capsys: Capture) -> None:
    text = output(capsys, "summary", "--date", "2023-02-22")
    (personnel,) = (line for line in text.splitlines() if line.startswith("personnel"))
    assert personnel.split()[1:5] == ["145,060", "+620", "+620", "primary"]
    assert rl.__version__ in text


def test_summary_is_of_the_latest_report(capsys: Capture) -> None:
    facts = json.loads(output(capsys, "summary", "--json"))
    assert facts["report_date"] == f"{rl.daily()['report_date'].max():%Y-%m-%d}"
    there = {figure["category"] for figure in facts["figures"]}
    assert not there & set(facts["without_figure"])
    assert {len(figure["changes"]) for figure in facts["figures"]} == {30}


def test_summary_tells_corrections_apart_from_changes(capsys: Capture) -> None:
    facts = json.loads(output(capsys, "summary", "--date", "2023-05-28", "--json"))
    (tanks,) = (row for row in facts["figures"] if row["category"] == "tanks")
    assert (tanks["increment"], tanks["change"], tanks["correction"]) == (3, 3, -5)
    assert "tanks -5" in output(capsys, "summary", "--date", "2023-05-28")
    assert "corrected" not in output(capsys, "summary", "--date", "2023-02-22")


def test_periods_prints_sums_and_their_days(capsys: Capture) -> None:
    asked = ["periods", "tank", "--from", "2023-01-01", "--to", "2023-02-22"]
    rows = json.loads(output(capsys, *asked, "--json"))
    assert [row["period_start"] for row in rows] == ["2023-01-01", "2023-02-01"]
    assert [row["change"] for row in rows] == [172, 133]
    printed = output(capsys, *asked).splitlines()
    names = printed[-3].split()
    assert set(names) <= set(rows[0])
    assert len(set(names)) == len(names)
    assert printed[-2].split() == "2023-01-01 2023-01-31 172 31 172 31 31".split()
    assert printed[-1].split()[-2:] == ["22", "partial"]


def test_periods_says_that_there_is_none(capsys: Capture) -> None:
    assert main(["periods", "tanks", "--to", "2022-01-01", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == []
    assert "No periods match." in captured.err


def test_periods_leaves_what_is_missing_empty(capsys: Capture) -> None:
    asked = ["periods", "vehicles", "--with-narrower", "--every", "year", "--to", "2022-03-31"]
    last = output(capsys, *asked).splitlines()[-1]
    assert last.split()[-4:] == ["34", "0", "35", "partial"]


def test_summary_names_what_has_no_figure() -> None:
    frame = rl.daily().astype({"category": str})
    day = pd.Timestamp("2026-08-10")
    counted = set(frame.loc[frame["report_date"] == day, "category"])
    due = summary.without_figure("ua-general-staff", "russia", day, counted - {"ground-robots"})
    assert due == ["ground-robots"]


def test_summary_says_that_one_record_alone_has_a_figure(capsys: Capture) -> None:
    single = rl.daily("tanks").query("evidence == 'single'")["report_date"].min()
    printed = output(capsys, "summary", "--date", f"{single:%Y-%m-%d}")
    assert "are `single`: one record alone has them" in printed
    assert "`single`" not in output(capsys, "summary", "--date", "2023-02-22")


def test_tables_lists_every_table(capsys: Capture) -> None:
    facts = json.loads(output(capsys, "tables", "--json"))
    assert {fact["table"]: fact["rows"] for fact in facts} == {
        name: rl.load(name, engine="arrow").num_rows for name in rl.tables()
    }
    assert len(output(capsys, "tables").splitlines()) == len(facts) + 1


def test_describe_gives_the_schema(capsys: Capture) -> None:
    field = json.loads(output(capsys, "describe", "loss_counts", "increment", "--json"))
    assert field["name"] == "increment"
    schema = json.loads(output(capsys, "describe", "loss_counts", "--json"))
    assert field in schema["fields"]
    assert "increment" in output(capsys, "describe", "loss_counts")


def test_describe_explains_a_category_and_a_reporter(capsys: Capture) -> None:
    for name in ("drones", "oryx"):
        assert output(capsys, "describe", name) == f"{rl.describe(name)}\n"
    about = json.loads(output(capsys, "describe", "drones", "--json"))
    assert (about["category"], about["unit"]) == ("uavs", "items")
    assert {one["reporter"] for one in about["counted_by"]} >= {"oryx", "ua-general-staff"}
    about = json.loads(output(capsys, "describe", "oryx", "--json"))
    assert about["first_report"] == "2022-03-19"


def test_status_is_that_of_the_day_given(capsys: Capture) -> None:
    known = rl.status(today="2026-12-01")
    assert output(capsys, "status", "--today", "2026-12-01") == f"{known}\n"
    facts = json.loads(output(capsys, "status", "--today", "2026-12-01", "--json"))
    assert facts["today"] == "2026-12-01"
    assert [(one["reporter"], one["days_since"]) for one in facts["reporters"]] == [
        (one.reporter, one.days_since) for one in known.reporters
    ]
    assert "days_since" in output(capsys, "status", "--json")


def test_show_filters(capsys: Capture) -> None:
    rows = json.loads(
        output(
            capsys, "show", "loss_counts", "--where", "reporter=ua-general-staff",
            "--where", "category=tanks", "--from", "2023-02-21", "--to", "2023-02-22", "--columns", "report_date,total", "--json",
        )
    )  # fmt: skip
    assert rows == [
        {"report_date": "2023-02-21", "total": 3326},
        {"report_date": "2023-02-22", "total": 3334},
    ]


def test_show_takes_one_of_several_values_of_a_column(capsys: Capture) -> None:
    wanted = ("--where", "category=tanks", "--where", "category=uavs", "--where", "subject=russia")
    rows = json.loads(output(capsys, "show", "series", *wanted, "--json"))
    assert {row["category"] for row in rows} == {"tanks", "uavs"}
    assert {row["subject"] for row in rows} == {"russia"}


def test_show_finds_missing_values(capsys: Capture) -> None:
    rows = json.loads(output(capsys, "show", "series", "--where", "last_report=", "--json"))
    assert rows
    assert all(row["last_report"] is None for row in rows)


def test_show_stops_at_head_and_says_so(capsys: Capture) -> None:
    assert main(["show", "loss_counts", "--head", "3"]) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 4
    assert "3 of" in captured.err


def test_show_says_when_nothing_matches(capsys: Capture) -> None:
    assert main(["show", "loss_counts", "--where", "total=1234567"]) == 0
    assert capsys.readouterr().err == "No rows match.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "loss_count"],
        ["show", "loss_counts", "--where", "category=tank"],
        ["show", "loss_counts", "--where", "categry=tanks"],
        ["show", "loss_counts", "--where", "tanks"],
        ["show", "loss_counts", "--where", "total=many"],
        ["show", "loss_counts", "--where", "total=1_000"],
        ["show", "loss_counts", "--where", f"total={10**30}"],
        ["show", "loss_counts", "--where", "report_date=20230222"],
        ["show", "claims", "--where", "low=nan"],
        ["show", "loss_counts", "--from", "2023-02-30"],
        ["show", "loss_counts", "--from", "20230222"],
        ["show", "loss_counts", "--head", "0"],
        ["show", "categories", "--from", "2023-02-22"],
        ["show", "series", "--to", "2023-02-22"],
        ["show", "loss_counts", "--as-of", "2022-03-01"],
        ["describe", "loss_counts", "totl"],
        ["periods", "tonks"],
        ["periods", "tanks", "--every", "day"],
        ["periods", "tanks", "--from", "2023-02-22", "--to", "2023-02-21"],
        ["describe", "tnaks"],
        ["describe", "tanks", "total"],
        ["status", "--today", "tomorrow"],
        ["summary", "--date", "2021-01-01"],
        ["summary", "--reporter", "nobody"],
        ["export", "loss_counts", "--format", "xlsx", "--out", "x"],
        ["export", "series", "reports", "--format", "csv", "--out", "x"],
        ["export", "series", "--wide", "--format", "csv", "--out", "x"],
    ],
)
def test_bad_usage_ends_with_2_and_a_sentence(
    arguments: list[str], capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("reported-losses: ")
    assert "internal fault" not in captured.err
    assert not list(tmp_path.iterdir())


def read_back(form: str, path: Path) -> pa.Table:
    if form == "parquet":
        return pq.ParquetFile(path).read()
    if form == "arrow":
        with ipc.open_file(path) as file:
            return file.read_all()
    if form == "csv":
        return pacsv.read_csv(path)
    text = path.read_text(encoding="utf-8")
    rows = json.loads(text) if form == "json" else [json.loads(row) for row in text.splitlines()]
    return pa.Table.from_pylist(rows)


@pytest.mark.parametrize("form", ["parquet", "csv", "json", "ndjson", "arrow"])
def test_export_holds_the_table(form: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections"
    assert main(["export", "corrections", "--format", form, "--out", os.fspath(path)]) == 0
    data, table = read_back(form, path), rl.load("corrections", engine="arrow")
    assert data.column_names == table.column_names
    for name in table.column_names:
        texts = [str(value) for value in data.column(name).to_pylist()]
        assert texts == [str(value) for value in table.column(name).to_pylist()]


@pytest.mark.parametrize("form", ["parquet", "csv", "json", "ndjson", "arrow", "sqlite"])
def test_export_gives_the_same_bytes_twice(form: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        out = os.fspath(tmp_path / name)
        assert main(["export", "series", "--format", form, "--out", out]) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_sqlite_has_keys_that_hold(tmp_path: Path) -> None:
    path = tmp_path / "losses.sqlite"
    arguments = ["export", "loss_counts", "corrections", "--format", "sqlite", "--out"]
    assert main([*arguments, os.fspath(path)]) == 0
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    names = {name for (name,) in database.execute("SELECT name FROM pragma_table_list")}
    assert {"loss_counts", "corrections", "series", "reports", "sources", "categories"} <= names
    for name in ("loss_counts", "corrections"):
        keys = database.execute(
            f"SELECT name FROM pragma_table_info('{name}') WHERE pk ORDER BY pk"  # noqa: S608
        )
        assert tuple(key for (key,) in keys) == installed().table(name).primary_key
        (rows,) = database.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
        assert rows == rl.load(name, engine="arrow").num_rows
    day = "SELECT total FROM loss_counts WHERE category = 'tanks' AND report_date = '2023-02-22'"
    assert database.execute(day).fetchall() == [(3334,)]
    database.close()


def test_wide_export_has_one_column_per_category(tmp_path: Path) -> None:
    path = tmp_path / "wide.parquet"
    arguments = ["export", "loss_counts", "--wide", "--format", "parquet", "--out"]
    assert main([*arguments, os.fspath(path)]) == 0
    data = pq.ParquetFile(path).read()
    assert data.schema.field("report_date").type == pa.date32()
    assert set(data.column_names) == {"report_date", *rl.daily()["category"]}


def test_export_keeps_an_existing_file(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "series.csv"
    path.write_text("mine", encoding="utf-8")
    arguments = ["export", "series", "--format", "csv", "--out", os.fspath(path)]
    assert main(arguments) == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert "--force" in capsys.readouterr().err
    assert main([*arguments, "--force"]) == 0
    assert path.read_text(encoding="utf-8") != "mine"


def test_export_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    out = os.fspath(tmp_path / "no" / "series.csv")
    assert main(["export", "series", "--format", "csv", "--out", out]) == 2


def test_cite_names_the_version(capsys: Capture) -> None:
    assert rl.__version__ in output(capsys, "cite")
    assert output(capsys, "cite", "--bibtex").startswith("@misc{")


def test_version(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"reported-losses {rl.__version__}\n"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reported_losses", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": SOURCES, **environment},
    )


def test_a_closed_pipe_is_no_error() -> None:
    program = [sys.executable, "-m", "reported_losses", "show", "readings", "--json"]
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_console_of_another_encoding_is_no_error() -> None:
    done = run("summary", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"\\u" not in done.stdout
    assert run("show", "categories", PYTHONIOENCODING="ascii").returncode == 0


def test_no_escape_sequence_leaves_a_pipe() -> None:
    assert b"\x1b" not in run("summary").stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["summary", "--reporter", "oryx"], "--subject russia"),
        (
            [
                "export",
                "loss_counts",
                "--wide",
                "--reporter",
                "oryx",
                "--format",
                "csv",
                "--out",
                "x",
            ],
            "--subject russia",
        ),
        (["show", "loss_counts", "--as-of", "2022-03-01"], "2022-03-01 is before the first record"),
        (["show", "categories", "--as-of", "2026-11-22"], "no column recorded_on"),
        (["compare", "prisoners", "--subject", "wagner"], "wagner"),
        (["check", "--ignore", "loss_counts/never-decrease"], "loss_counts/never-decreases?"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_hints_have_the_syntax_of_the_command_line(
    arguments: list[str],
    hint: str,
    capsys: Capture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    message = capsys.readouterr().err
    assert hint in message
    assert not re.search(r"\w=['\"\[]|\w\(|as_of|dtype_backend|\bTrue\b", message)


def test_the_help_imports_neither_arrow_nor_numpy() -> None:
    code = (
        "import sys; from reported_losses.commands.cli import parser; parser().format_help(); "
        "print([n for n in ('numpy', 'pyarrow', 'pandas', 'rich') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": SOURCES},
    )
    assert done.stdout == "[]\n"


def test_no_command_is_answered_with_the_help(capsys: Capture) -> None:
    assert main([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert all(f"reported-losses {name}" in captured.err for name in ("summary", "tables"))
