"""The replay's figures, and that judging a slice is judging the package."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from replay.replay import right_days, wrong_entries
from replay.world import (
    EPOCH,
    FIGURES,
    SLICE,
    World,
    cut,
    entries,
    judged,
    number,
    typed,
    with_right_figures,
    world,
)
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.issue import Severity
from reported_losses.parsing.columns import Columns
from reported_losses.validation.check import check
from reported_losses.validation.rules import CATALOGUE

PRINTED = world(increments=True)
TOTALS = world(increments=False)
DAYS = ("2022-03-11", "2022-10-13", "2023-05-28", "2023-12-10", "2024-08-18", "2026-08-08")


def test_wrong_entries_beside_a_printed_increment_are_caught() -> None:
    verdicts = [verdict for verdict in wrong_entries(PRINTED) if verdict.printed]
    missed = [verdict.entry for verdict in verdicts if not verdict.codes]
    assert len(verdicts) >= 111
    assert missed == []


def test_wrong_entries_without_any_increment_are_caught_more_often_than_not() -> None:
    verdicts = wrong_entries(TOTALS)
    assert len(verdicts) == 208
    assert sum(bool(verdict.codes) for verdict in verdicts) >= 113


@pytest.mark.long
@pytest.mark.parametrize(("of", "most"), [(PRINTED, 0.001), (TOTALS, 0.005)])
def test_right_figures_are_let_through(of: World, most: float) -> None:
    figures, found = right_days(of)
    assert figures >= 22_252
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
    assert len(found) < most * 22_252


@pytest.mark.slow
@pytest.mark.parametrize(("of", "most"), [(PRINTED, 0.002), (TOTALS, 0.01)])
def test_right_figures_of_every_eighth_day_are_let_through(of: World, most: float) -> None:
    figures, found = right_days(of, range(number(DAYS[0]), number(DAYS[-1]), 8))
    assert figures >= 22_252 // 9
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
    assert len(found) < most * figures


@pytest.mark.parametrize("of", [PRINTED, TOTALS])
def test_right_figures_of_some_days_are_let_through(of: World) -> None:
    _, found = right_days(of, [number(day) for day in DAYS])
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("of", [PRINTED, TOTALS], ids=["printed", "totals"])
def test_a_slice_is_judged_as_the_package_is(of: World, day: str, tmp_path: Path) -> None:
    wrong = [entry for entry in entries() if entry.day == number(day)]
    entered = typed(with_right_figures(of, wrong), wrong)
    everything = 10_000
    write(cut(entered, number(day), everything), tmp_path)
    today = dt.date.fromisoformat(day)
    by_check = {
        (issue.code, issue.key["category"])
        for issue in check(tmp_path, tables=FIGURES, today=today)
        if issue.code in CATALOGUE
        and (issue.severity is Severity.ERROR or issue.key["report_date"] == day)
    }
    by_slice = {
        (found.code, found.category)
        for found in judged(cut(entered, number(day), SLICE), number(day))
    }
    assert by_slice == by_check


def write(tables: dict[str, Columns], folder: Path) -> None:
    """Write the tables as a package folder; what they refer to is shipped, the rest is empty."""
    source = package_dir()
    (folder / "datapackage.json").write_bytes((source / "datapackage.json").read_bytes())
    (folder / "schemas").mkdir()
    (folder / "data").mkdir()
    for path in sorted((source / "schemas").glob("*.json")):
        (folder / "schemas" / path.name).write_bytes(path.read_bytes())
    for name, table in load_package(source).tables.items():
        held = tables.get(name)
        if name in {"organisations", "categories", "sources"}:
            (folder / table.path).write_bytes((source / table.path).read_bytes())
            continue
        with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(table.names)
            for row in range(0 if held is None else held.rows):
                assert held is not None
                out.writerow([held[n].text(row) if n in held else "" for n in table.names])
    assert json.loads((folder / "datapackage.json").read_bytes())


def test_entries_are_dated_within_the_history() -> None:
    days = [EPOCH + dt.timedelta(days=entry.day) for entry in entries()]
    assert min(days) >= dt.date(2022, 2, 24)
    assert len(days) == 208
