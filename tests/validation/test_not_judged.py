"""Not judged is not passed: a shorter descriptor, another type, too much to count."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

import bad_cases
from reported_losses.commands.cli import main
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.validation.check import check, examine
from reported_losses.validation.keys import Mask
from reported_losses.validation.needed_shape import NOT_JUDGED
from reported_losses.validation.rules import CATALOGUE, record_coverage
from reported_losses.validation.rules.rule import Context, Dated
from reported_losses.validation.shape import SHAPE
from validation.rules.kit import tables

CODE = NOT_JUDGED.code
TODAY = "2026-11-24"
Json = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bad_cases.build(tmp_path)
    return tmp_path


def change(folder: Path, name: str, with_: Callable[[Json], object]) -> None:
    path = folder / name
    held = json.loads(path.read_text(encoding="utf-8"))
    with_(held)
    path.write_text(json.dumps(held), encoding="utf-8")


def unjudged(folder: Path) -> list[str]:
    return [issue.message for issue in check(folder, today=TODAY) if issue.code == CODE]


def test_the_shape_is_that_of_the_dataset() -> None:
    held = {
        table.name: (table.primary_key, {field.name: field.type for field in table.fields})
        for table in installed().tables.values()
    }
    assert {name: (key, dict(columns)) for name, (key, columns) in SHAPE.items()} == held


@pytest.mark.parametrize("name", SHAPE)
def test_a_table_left_out_of_the_descriptor_is_missed(name: str, folder: Path) -> None:
    def without(descriptor: Json) -> None:
        descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != name]

    change(folder, "datapackage.json", without)
    if name in {
        "organisations",
        "categories",
        "series",
        "reports",
        "records",
        "statements",
        "sources",
        "loss_counts",
    }:
        # Other tables refer to these, and the descriptor cannot be understood without them.
        assert check(folder, today=TODAY) != []
    else:
        (message,) = unjudged(folder)
        assert f"no table {name}" in message


def test_a_descriptor_without_tables_is_missed(folder: Path) -> None:
    change(folder, "datapackage.json", lambda held: held.update(resources=[]))
    found = unjudged(folder)
    assert [one.partition(";")[0] for one in found] == sorted(
        f"there is no table {name}" for name in SHAPE
    )


@pytest.mark.parametrize(
    ("table", "column"), [("readings", "total"), ("loss_counts", "evidence"), ("claims", "low")]
)
def test_a_column_that_rules_need_is_missed(table: str, column: str, folder: Path) -> None:
    def without(schema: Json) -> None:
        schema["fields"] = [one for one in schema["fields"] if one["name"] != column]

    change(folder, f"schemas/{table}.json", without)
    (message,) = unjudged(folder)
    assert f"{table} has no column {column}" in message


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("loss_counts", "total", "number"),
        ("readings", "stale", "string"),
        ("reports", "url", "integer"),
    ],
)
def test_a_column_of_another_type_is_not_judged(
    table: str, column: str, kind: str, folder: Path
) -> None:
    def retype(schema: Json) -> None:
        (field,) = (one for one in schema["fields"] if one["name"] == column)
        field["type"] = kind
        field.pop("constraints", None)
        field.pop("example", None)

    change(folder, f"schemas/{table}.json", retype)
    assert any(f"{table}.{column} is of type {kind}" in message for message in unjudged(folder))


def test_another_primary_key_is_not_judged(folder: Path) -> None:
    change(folder, "schemas/claims.json", lambda held: held.update(primaryKey=["statement"]))
    assert any("primary key of claims" in message for message in unjudged(folder))


def test_neither_ignore_nor_select_hides_what_was_not_judged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data/readings.csv").write_bytes(b"")
    assert main(["check", str(folder), "--ignore", "file/*"]) == 1
    assert "data/readings.csv" in capsys.readouterr().out
    shutil.copy(package_dir() / "datapackage.json", folder)
    change(folder, "datapackage.json", lambda held: held.update(resources=[]))
    for option in (["--ignore", "check/*"], ["--select", "file/*"]):
        assert main(["check", str(folder), *option]) == 1
        assert CODE in capsys.readouterr().out
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert main(["check", str(folder), "--ignore", "file/*"]) == 1


def test_what_the_call_asks_for_is_excused(folder: Path) -> None:
    seen = examine(folder)
    dated = [code for code, rule in sorted(CATALOGUE.items()) if rule.dated != "no"]
    assert [run.code for run in seen.rules if run.unjudged] == dated
    assert seen.issues == []
    assert not [run for run in examine(folder, today=TODAY).rules if run.unjudged]
    part = examine(folder, tables=["claims"], today=TODAY)
    assert {run.code.partition("/")[0] for run in part.rules} == {"claims"}
    assert part.issues == []


def test_the_rules_that_look_at_today_are_those_that_say_so(folder: Path) -> None:
    # Every row of the package is later than this day.
    found = {issue.code for issue in check(folder, today="1999-12-31")}
    assert found == {code for code, rule in CATALOGUE.items() if rule.dated != "no"}


def test_a_rule_that_does_not_say_so_cannot_look_at_today() -> None:
    held = tables(reports=[{"report_date": "2023-02-22"}])
    days: list[dt.date | None] = []

    def find(context: Context) -> Mask:
        days.append(context.today)
        return context.after_today(context.table["report_date"])

    known = CATALOGUE["reports/recorded-in-time"]
    undated, partly, wholly = (replace(known, dated=how, find=find) for how in get_args(Dated))
    with pytest.raises(LookupError, match="reports"):
        undated.verdict(held, dt.date(2023, 2, 21))
    assert days == [None]
    for one in (partly, wholly):
        verdict = one.verdict(held, dt.date(2023, 2, 21))
        assert (verdict.failing is not None and verdict.failing.all(), verdict.unjudged) == (
            True,
            None,
        )
    assert wholly.verdict(held).failing is None
    verdict = partly.verdict(held)
    assert verdict.failing is not None
    assert not verdict.failing.any()
    assert verdict.unjudged is not None
    assert verdict.excused


def test_a_table_that_cannot_be_read_explains_what_was_not_judged(folder: Path) -> None:
    (folder / "data/readings.csv").write_bytes(b"")
    seen = examine(folder, today=TODAY)
    assert CODE not in {issue.code for issue in seen.issues}
    missing = {run.code for run in seen.rules if run.unjudged}
    assert {"loss_counts/evidence-supported", "readings/dissent-visible"} <= missing


def test_too_much_to_count_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_coverage, "_MOST", 0)
    codes = {message.partition(" ")[0] for message in unjudged(folder)}
    assert {"loss_counts/evidence-supported", "readings/dissent-visible"} <= codes


def test_many_gaps_do_not_switch_evidence_off(tmp_path: Path) -> None:
    for name in ("data", "schemas"):
        shutil.copytree(package_dir() / name, tmp_path / name)
    shutil.copy(package_dir() / "datapackage.json", tmp_path)
    records = tmp_path / "data/records.csv"
    days = [
        f"{year}-{month:02}-{day:02}"
        for year in range(1900, 1917)
        for month in range(1, 13)
        for day in range(1, 29, 2)
    ]
    gaps = " ".join(f"{day}/{day}" for day in days[:2_945])
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    header = lines[0].rstrip("\n").split(",")
    cells = next(line for line in lines if line.startswith("petro,")).rstrip("\n").split(",")
    cells[header.index("gaps")] = gaps
    petro = ",".join(cells) + "\n"
    records.write_text(
        "".join(petro if line.startswith("petro,") else line for line in lines), encoding="utf-8"
    )
    counts = tmp_path / "data/loss_counts.csv"
    text = counts.read_text(encoding="utf-8")
    counts.write_text(text.replace(",primary,primary,", ",agreed,primary,", 5), encoding="utf-8")
    found = [issue.code for issue in check(tmp_path, today=TODAY) if issue.table == "loss_counts"]
    assert found.count("loss_counts/evidence-supported") == 5
