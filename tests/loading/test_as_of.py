"""`as_of`: the table as it was, every key once."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pyarrow as pa
import pytest

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.loading.load import arrow

HEAD = "reporter,subject,category,report_date,total,increment,qualifier,evidence,increment_evidence,recorded_on\n"
ROW = "ua-general-staff,russia,tanks,{day},{total},{increment},exact,primary,primary,{recorded}\n"
REVISIONS = "revision,revised_on,version,table,key,column,old,new,replaced_by,reason,source\n"
KEY = "ua-general-staff/russia/tanks/2026-01-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two figures, recorded a month apart; the first one revised twice since."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/loss_counts.csv").write_text(
        HEAD
        + ROW.format(day="2026-01-01", total=102, increment=7, recorded="2026-01-01")
        + ROW.format(day="2026-01-02", total=110, increment=8, recorded="2026-02-01"),
        encoding="utf-8",
    )
    (tmp_path / "data/revisions.csv").write_text(
        REVISIONS
        + f"1,2026-01-10,0.1.1,loss_counts,{KEY},total,100,101,,Misread.,\n"
        + f"2,2026-01-20,0.1.2,loss_counts,{KEY},total,101,102,,Misread again.,\n"
        + f"3,2026-01-20,0.1.2,loss_counts,{KEY},increment,,7,,Found.,\n"
        + "4,2026-01-25,0.1.3,corrections,x,amount,1,2,,Of another table.,\n",
        encoding="utf-8",
    )
    return tmp_path


def state(folder: Path, day: str | dt.date) -> list[tuple[int, int | None]]:
    data: pa.Table = arrow(installed().table("loss_counts"), as_of=day, folder=folder)
    keys = data.select(["category", "report_date"]).to_pylist()
    assert len({tuple(key.values()) for key in keys}) == len(keys)
    columns = [data.column(name).to_pylist() for name in ("total", "increment")]
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        ("2026-01-01", [(100, None)]),
        ("2026-01-09", [(100, None)]),
        ("2026-01-10", [(101, None)]),
        ("2026-01-19", [(101, None)]),
        ("2026-01-20", [(102, 7)]),
        ("2026-01-31", [(102, 7)]),
        ("2026-02-01", [(102, 7), (110, 8)]),
        ("2030-01-01", [(102, 7), (110, 8)]),
    ],
)
def test_rows_and_values_are_those_of_the_day(
    folder: Path, day: str, rows: list[tuple[int, int | None]]
) -> None:
    assert state(folder, day) == rows
    assert state(folder, dt.date.fromisoformat(day)) == rows


@pytest.mark.parametrize("day", ["2025-12-31", "2026-02-30", "1 January", "20260101", ""])
def test_a_day_without_an_answer_is_refused(folder: Path, day: str) -> None:
    with pytest.raises(rl.BadArgumentError):
        state(folder, day)


def test_the_first_record_is_named(folder: Path) -> None:
    with pytest.raises(rl.BadArgumentError, match="2026-01-01"):
        state(folder, "2022-03-01")


UNDATED = [name for name, table in installed().tables.items() if "recorded_on" not in table.names]


@pytest.mark.parametrize("name", UNDATED)
def test_a_table_without_dates_of_recording_is_refused(name: str) -> None:
    with pytest.raises(rl.BadArgumentError, match="recorded_on"):
        arrow(installed().table(name), as_of="2099-01-01")


def test_the_page_lists_the_tables_without_dates_of_recording() -> None:
    page = (package_dir() / "docs/loading.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"without the column `recorded_on`: ([^.]+)\.", page)
    assert re.findall(r"`(\w+)`", sentence) == UNDATED


def test_a_revision_that_points_nowhere_is_refused(folder: Path) -> None:
    path = folder / "data/revisions.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("/2026-01-01,total,101", "/2026-01-03,total,101"), encoding="utf-8"
    )
    with pytest.raises(rl.DataError):
        state(folder, "2026-01-05")


def test_the_dataset_as_of_today_is_the_dataset() -> None:
    now = rl.load("loss_counts", engine="arrow")
    assert rl.load("loss_counts", engine="arrow", as_of="2099-01-01").equals(now)


def test_a_withdrawn_row_is_back_on_the_days_before(folder: Path) -> None:
    now = state(folder, "2026-03-01")
    path = folder / "data/loss_counts.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    names, gone = HEAD.strip().split(","), lines.pop(1).split(",")
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    old = json.dumps(dict(zip(names, gone, strict=True))).replace('"', '""')
    with (folder / "data/revisions.csv").open("a", encoding="utf-8") as file:
        file.write(f'5,2026-02-10,0.1.4,loss_counts,{KEY},,"{old}",,,Of another day.,\n')
    assert state(folder, "2026-02-09") == now
    assert state(folder, "2026-01-10") == [(101, None)]
    assert state(folder, "2026-02-10") == [(110, 8)]


def test_a_withdrawal_that_does_not_hold_its_row_is_refused(folder: Path) -> None:
    with (folder / "data/revisions.csv").open("a", encoding="utf-8") as file:
        file.write("5,2026-02-10,0.1.4,loss_counts,x,,nothing,,,Of another day.,\n")
    with pytest.raises(rl.DataError):
        state(folder, "2026-02-09")
