"""Records in, tables out: idempotent, append-only, all tables or none."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake.general_staff.upstream_records import UpstreamRecords, describe_page
from reported_losses.commands import cli
from reported_losses.definition.descriptor import load_package
from reported_losses.errors import DataError, UpstreamError, WritingError
from reported_losses.intake import tables
from reported_losses.intake.general_staff.explain import READ
from reported_losses.intake.general_staff.reconcile import reconcile
from reported_losses.intake.tables import Row, read_rows
from reported_losses.writing.journal import JOURNAL
from written import write

ROOT = Path(__file__).parents[3]
TODAY = dt.date(2023, 6, 1)
LATER = dt.date(2023, 6, 2)
BUILT = ("readings", "reports", "loss_counts", "corrections", "revisions")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package folder with curated tables and none of the built ones."""
    folder = tmp_path / "package"
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copy(ROOT / "datapackage.json", folder)
    (folder / "data").mkdir()
    shutil.copy(ROOT / "data" / "series.csv", folder / "data")
    describe_page(folder)
    table = load_package(ROOT).table("records")
    unread = {"first_day": "2023-05-25", "last_day": "2023-05-25", "gaps": ""}
    rows = [row | unread for row in read_rows(ROOT, table)]
    (folder / table.path).write_bytes(tables.to_csv(table, rows))
    return folder


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    return UpstreamRecords(4).write(tmp_path / "upstream")


def run(folder: Path, upstream: Path, day: dt.date = TODAY) -> None:
    write(folder, reconcile(folder, upstream, day))


def rows(folder: Path, table: str) -> list[Row]:
    return read_rows(folder, load_package(folder).table(table))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data").iterdir())}


def figure(folder: Path, category: str, date: str) -> Row:
    return next(
        row
        for row in rows(folder, "loss_counts")
        if (row["category"], row["report_date"]) == (category, date)
    )


def test_the_tables_hold_what_the_records_say(folder: Path, upstream: Path) -> None:
    run(folder, upstream)
    assert len(rows(folder, "loss_counts")) == 4 * 13
    assert figure(folder, "tanks", "2023-05-26") == {
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "tanks",
        "report_date": "2023-05-26",
        "total": "3704",
        "increment": "4",
        "qualifier": "exact",
        "evidence": "primary",
        "increment_evidence": "primary",
        "recorded_on": "2023-06-01",
    }
    assert figure(folder, "personnel", "2023-05-26")["qualifier"] == "about"
    assert rows(folder, "corrections") == []
    assert rows(folder, "reports")[0]["url"] == "https://www.mil.gov.ua/news/2023-05-25/"


def test_other_reporters_are_left_alone(folder: Path, upstream: Path) -> None:
    shutil.copy(ROOT / "data" / "loss_counts.csv", folder / "data")
    table = load_package(folder).table("loss_counts")
    other = dict(rows(folder, "loss_counts")[0]) | {"reporter": "somebody-else"}
    (folder / table.path).write_bytes(tables.to_csv(table, [other]))
    run(folder, upstream)
    assert other in rows(folder, "loss_counts")


def test_a_second_run_changes_nothing(folder: Path, upstream: Path) -> None:
    run(folder, upstream)
    before = contents(folder)
    outcome = reconcile(folder, upstream, LATER)
    assert not outcome.changes
    write(folder, outcome)
    assert contents(folder) == before


def test_newer_records_only_append(folder: Path, upstream: Path, tmp_path: Path) -> None:
    run(folder, upstream)
    before = {table: rows(folder, table) for table in BUILT}
    run(folder, UpstreamRecords(6).write(tmp_path / "newer"), LATER)
    for table in BUILT:
        after = rows(folder, table)
        assert all(row in after for row in before[table])
    assert len(rows(folder, "loss_counts")) == 6 * 13
    assert figure(folder, "tanks", "2023-05-30")["recorded_on"] == "2023-06-02"
    # The first run cuts the shipped records and series down to these days.
    assert {row["table"] for row in rows(folder, "revisions")} <= {"records", "series"}


def test_a_changed_figure_gets_a_revision_and_keeps_its_first_day(
    folder: Path, upstream: Path, tmp_path: Path
) -> None:
    run(folder, upstream)
    records = UpstreamRecords(4)
    for record in (records.equipment, records.minfin, records.orc):
        for row in record:
            if row["date"] == "2023-05-28":
                row.update({key: 3_713 for key in ("tank", "tanks") if key in row})
    run(folder, records.write(tmp_path / "changed"), LATER)
    changed = figure(folder, "tanks", "2023-05-28")
    assert (changed["total"], changed["recorded_on"]) == ("3712", "2023-06-01")
    assert changed["evidence"] == "majority"
    revisions = rows(folder, "revisions")
    numbers = [int(row["revision"]) for row in revisions]
    revised = [row for row in revisions if row["table"] not in {"records", "series"}]
    # Evidence is derived, so it changes without a revision; a reading does not.
    assert {row["table"] for row in revised} == {"readings"}
    key = "orc-losses/ua-general-staff/russia/tanks/2023-05-28"
    reading = next(row for row in revised if row["key"] == key)
    assert (reading["column"], reading["old"], reading["new"]) == ("total", "3712", "3713")
    assert {row["revised_on"] for row in revised} == {"2023-06-02"}
    assert numbers == list(range(1, len(numbers) + 1))
    again = reconcile(folder, tmp_path / "changed", LATER)
    assert not again.changes


def test_a_contradiction_becomes_a_correction_whose_reason_may_be_edited(
    folder: Path, tmp_path: Path
) -> None:
    records = UpstreamRecords(4)
    for row in (*records.texts, *records.images):
        if row["category"] == "tanks" and row["report_date"] == "2023-05-27":
            row["increment"] = 2
    contradicting = records.write(tmp_path / "contradiction")
    run(folder, contradicting)
    (correction,) = rows(folder, "corrections")
    assert (correction["amount"], correction["kind"]) == ("2", "unexplained")
    table = load_package(folder).table("corrections")
    edited = correction | {"kind": "restated", "reason": "A later report says so."}
    (folder / table.path).write_bytes(tables.to_csv(table, [edited]))
    run(folder, contradicting, LATER)
    assert rows(folder, "corrections") == [edited]


def test_a_record_without_licence_is_kept_only_where_it_differs(
    folder: Path, tmp_path: Path
) -> None:
    records = UpstreamRecords(4)
    records.minfin[1]["tanks"] = 9_999
    run(folder, records.write(tmp_path / "upstream"))
    kept = [row for row in rows(folder, "readings") if row["record"] == "minfin"]
    assert [(row["category"], row["total"]) for row in kept] == [("tanks", "9999")]


@pytest.mark.parametrize(
    ("rows_of", "record"),
    [
        ("equipment", "petro"),
        ("minfin", "minfin"),
        ("images", "gs-info"),
        ("pravda", "ukrainska-pravda"),
        ("warship", "russianwarship"),
    ],
)
def test_a_record_that_lost_days_is_refused(
    rows_of: str, record: str, folder: Path, upstream: Path, tmp_path: Path
) -> None:
    run(folder, upstream)
    before = contents(folder)
    records = UpstreamRecords(4)
    del getattr(records, rows_of)[-1]
    with pytest.raises(UpstreamError, match=f"{record}.* no longer holds 2023-05-28"):
        run(folder, records.write(tmp_path / "shorter"))
    assert contents(folder) == before


def test_a_record_that_vanished_is_refused(folder: Path, tmp_path: Path) -> None:
    records = UpstreamRecords(4)
    records.orc[0] |= {"date": "2025-08-11", "sourceUri": "https://mod.gov.ua/za-dobu-9-bpla"}
    later = dt.date(2025, 8, 11)
    run(folder, records.write(tmp_path / "upstream"), later)
    records.orc[0]["sourceUri"] = "https://mod.gov.ua/"
    with pytest.raises(UpstreamError, match="gs-address no longer holds 2025-08-11"):
        run(folder, records.write(tmp_path / "less"), later)


def test_a_day_to_come_is_refused(
    folder: Path, upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, upstream)
    before = contents(folder)
    assert command(folder, upstream, "--recorded-on", "2023-05-27", "--write") == 2
    err = capsys.readouterr().err
    assert "2023-05-28, after 2023-05-27" in err
    assert contents(folder) == before


def test_the_readings_name_the_page_and_the_figures_the_evidence(
    folder: Path, tmp_path: Path
) -> None:
    records = UpstreamRecords(2)
    for row in (*records.texts, *records.images):
        row["increment"] = ""
    day = {"report_date": "2023-05-26", "total": 3_704, "increment": 4}
    records.quotes[0] |= day
    run(folder, records.write(tmp_path / "upstream"))
    (quote,) = (row for row in rows(folder, "readings") if row["record"] == "gs-quoted")
    assert (quote["source"], quote["increment"]) == ("page", "4")
    found = figure(folder, "tanks", "2023-05-26")
    assert (found["increment"], found["increment_evidence"]) == ("4", "quoted")
    (record,) = (row for row in rows(folder, "records") if row["record"] == "gs-quoted")
    assert (record["first_day"], record["categories"]) == ("2023-05-26", "tanks")


def test_a_record_that_is_not_described_is_refused(folder: Path, upstream: Path) -> None:
    path = folder / "data" / "records.csv"
    text = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in text if not line.startswith("petro,")), "utf-8")
    with pytest.raises(DataError, match="petro"):
        reconcile(folder, upstream, TODAY)


def test_a_failed_write_leaves_every_table_as_it_was(
    folder: Path, upstream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, upstream)
    before = contents(folder)
    outcome = reconcile(folder, UpstreamRecords(6).write(tmp_path / "newer"), LATER)
    calls = iter(range(100))

    def full(_: int) -> None:
        if next(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WritingError, match="No space"):
        write(folder, outcome)
    assert contents(folder) == before


@pytest.mark.slow
def test_a_killed_write_leaves_whole_tables_and_the_next_run_completes_them(
    folder: Path, upstream: Path, tmp_path: Path
) -> None:
    run(folder, upstream)
    old = contents(folder)
    newer = UpstreamRecords(30).write(tmp_path / "newer")
    target = tmp_path / "whole"
    shutil.copytree(folder, target)
    run(target, newer, dt.date(2023, 7, 2))
    new = contents(target)
    script = f"""
import os, time
from reported_losses.commands.cli import main
real = os.fsync
def slow(handle):
    real(handle); print("synced", flush=True); time.sleep(0.02)
os.fsync = slow
main(["reconcile", "--package", {str(folder)!r}, "--upstream", {str(newer)!r}, "--recorded-on", "2023-07-02", "--write"])
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    for step in (1, 4, 8):
        process = subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment
        )
        assert process.stdout
        with process.stdout:
            seen = 0
            while seen < step and (line := process.stdout.readline()):
                seen += line == b"synced\n"
            time.sleep(0.001 * step)
            process.send_signal(signal.SIGKILL)
        process.wait()
        found = {name: data for name, data in contents(folder).items() if name in new}
        for name, data in found.items():
            assert data in (old.get(name), new[name])
        assert found in (old, new) or (folder / JOURNAL).exists()
    run(folder, newer, dt.date(2023, 7, 2))
    assert contents(folder) == new


# The command


def command(folder: Path, upstream: Path, *more: str) -> int:
    return cli.main(["reconcile", "--package", str(folder), "--upstream", str(upstream), *more])


def test_the_command_writes_only_when_told(
    folder: Path, upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    assert command(folder, upstream, "--recorded-on", "2023-06-01") == 1
    assert contents(folder) == before
    assert command(folder, upstream, "--recorded-on", "2023-06-01", "--write") == 0
    assert command(folder, upstream, "--recorded-on", "2023-06-09") == 0
    assert "Nothing would change." in capsys.readouterr().out


def test_the_command_explains_a_figure(
    folder: Path, upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(folder, upstream, "--explain", "2023-05-26", "tanks") == 0
    out = capsys.readouterr().out
    assert "2023-05-26 tanks: 3,704, primary" in out
    assert f"+4 is in gs-text, and is the figure's increment, read {READ['primary']}" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--explain", "2023-05-26", "tank"), "tanks"),
        (("--explain", "2029-01-01", "tanks"), "2023-05-25 to 2023-05-28"),
        (("--explain", "yesterday", "tanks"), "yesterday"),
        (("--recorded-on", "1.6.2023"), "1.6.2023"),
    ],
)
def test_the_command_refuses_what_it_cannot_answer(
    arguments: tuple[str, ...],
    message: str,
    folder: Path,
    upstream: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command(folder, upstream, *arguments) == 2
    assert message in capsys.readouterr().err


def test_the_command_refuses_a_missing_folder(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    assert command(folder, tmp_path / "nowhere", "--write") == 2
    assert "Nothing was written" in capsys.readouterr().err
    assert contents(folder) == before


def test_a_released_reading_stays_when_it_is_no_longer_needed(
    folder: Path, upstream: Path, tmp_path: Path
) -> None:
    def ours() -> list[Row]:
        return [
            row
            for row in rows(folder, "readings")
            if (row["record"], row["report_date"], row["category"])
            == ("minfin", "2023-05-28", "tanks")
        ]

    records = UpstreamRecords(4)
    for row in records.orc:
        if row["date"] == "2023-05-28":
            row.update({key: 1 for key in ("tanks",) if key in row})
    run(folder, records.write(tmp_path / "differing"))
    before = ours()
    assert before
    run(folder, upstream, LATER)
    assert ours() == before
    assert not reconcile(folder, upstream, LATER).changes
