"""Computed rows in place of held rows: what is kept, what goes, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.withdrawn import row_text
from reported_losses.errors import UpstreamError
from reported_losses.intake.changes import Outcome, compare, revisions
from reported_losses.intake.merge import by_reporter, check_nothing_lost, merge
from reported_losses.intake.tables import Row, read_rows
from written import write

ROOT = Path(__file__).parents[2]
PACKAGE = load_package(ROOT)
COUNTS, CORRECTIONS = PACKAGE.table("loss_counts"), PACKAGE.table("corrections")
READINGS = PACKAGE.table("readings")


def row(table: str, day: int, **cells: str) -> Row:
    usual = {"reporter": "a", "subject": "russia", "category": "tanks"}
    names = PACKAGE.table(table).names
    cells = usual | {"report_date": f"2023-01-{day:02}"} | cells
    return dict.fromkeys(names, "") | {name: cells[name] for name in names if name in cells}


def test_rows_that_go_rows_that_stay_and_the_day_first_recorded() -> None:
    old = [
        row("loss_counts", 1, total="1", recorded_on="2023-01-02"),
        row("loss_counts", 2, total="2", recorded_on="2023-01-02"),
        row("loss_counts", 1, reporter="b", total="3", recorded_on="2023-01-02"),
    ]
    new = [row("loss_counts", 1, total="9"), row("loss_counts", 3, total="4")]
    merged = merge(COUNTS, old, new, "2023-05-05", replaces=by_reporter("a"))
    assert [(r["reporter"], r["report_date"], r["total"], r["recorded_on"]) for r in merged] == [
        ("b", "2023-01-01", "3", "2023-01-02"),
        ("a", "2023-01-01", "9", "2023-01-02"),
        ("a", "2023-01-03", "4", "2023-05-05"),
    ]
    assert len(merge(COUNTS, old, new, "2023-05-05")) == 4


@pytest.mark.parametrize(("amount", "kind"), [("5", "restated"), ("6", "unexplained")])
def test_the_edited_kind_of_a_correction_is_kept_while_its_amount_is_the_same(
    amount: str, kind: str
) -> None:
    old = [row("corrections", 1, amount="5", kind="restated", reason="edited")]
    new = [row("corrections", 1, amount=amount, kind="unexplained", reason="computed")]
    (merged,) = merge(CORRECTIONS, old, new, "2023-05-05")
    assert (merged["amount"], merged["kind"]) == (amount, kind)


def test_a_record_that_lost_readings_is_refused() -> None:
    old = [row("readings", day, record=record) for record in "xy" for day in range(1, 9)]
    new = [reading for reading in old if reading["record"] == "y"]
    check_nothing_lost(READINGS, ["y"], old, new)
    with pytest.raises(UpstreamError, match=r"record x .*2023-01-01 tanks.* and 3 more: "):
        check_nothing_lost(READINGS, ["x", "y"], old, new)


def test_changed_and_removed_values_get_a_revision_and_new_ones_do_not() -> None:
    old: dict[str, list[Row]] = {
        "readings": [], "reports": [], "corrections": [], "revisions": [],
        "loss_counts": [row("loss_counts", 1, total="1"), row("loss_counts", 2, total="2")],
    }  # fmt: skip
    new = old | {"loss_counts": [row("loss_counts", 1, total="7"), row("loss_counts", 3)]}
    changes = compare(PACKAGE, old, new)
    assert changes.counts("loss_counts", 2) == {
        "new": 1,
        "changed": 1,
        "unchanged": 0,
        "removed": 1,
    }
    gone = row_text(COUNTS.names, old["loss_counts"][1])
    listed = revisions(PACKAGE, old, changes, "2023-05-05")
    assert [(r["revision"], r["key"], r["column"], r["old"], r["new"]) for r in listed] == [
        ("1", "a/russia/tanks/2023-01-01", "total", "1", "7"),
        ("2", "a/russia/tanks/2023-01-02", "", gone, ""),
    ]


def test_only_files_that_change_are_written(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    (tmp_path / "data").mkdir()
    tables = {"loss_counts": [row("loss_counts", 1, total="1")], "corrections": []}
    outcome = Outcome(PACKAGE, tables, compare(PACKAGE, {name: [] for name in tables}, tables))
    write(tmp_path, outcome)
    assert read_rows(tmp_path, COUNTS) == tables["loss_counts"]
    before = {path: path.stat().st_ino for path in (tmp_path / "data").iterdir()}
    write(tmp_path, outcome)
    assert {path: path.stat().st_ino for path in (tmp_path / "data").iterdir()} == before
