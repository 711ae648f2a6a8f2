"""The shipped tables of the General Staff: complete, and recomputed from records and readings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.schema import Package
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.dissent import totals_by_cell
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.tables import Row, read_rows, to_csv
from reported_losses.parsing.intervals import DAY

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def package() -> Package:
    return load_package(ROOT)


@pytest.fixture(scope="module")
def tables(package: Package) -> dict[str, list[Row]]:
    return {name: read_rows(ROOT, package.table(name)) for name in package.tables}


@pytest.fixture(scope="module")
def counts(tables: dict[str, list[Row]]) -> dict[Cell, Row]:
    return {cell(row): row for row in tables["loss_counts"] if row["reporter"] == REPORTER}


@pytest.fixture(scope="module")
def corrections(tables: dict[str, list[Row]]) -> dict[Cell, int]:
    return {
        cell(row): int(row["amount"])
        for row in tables["corrections"]
        if row["reporter"] == REPORTER
    }


def cell(row: Row) -> Cell:
    return Cell(row["category"], dt.date.fromisoformat(row["report_date"]))


def test_every_table_is_in_canonical_form(package: Package, tables: dict[str, list[Row]]) -> None:
    for name, table in package.tables.items():
        assert (ROOT / table.path).read_bytes() == to_csv(table, tables[name]), name


def test_the_tables_are_closed(
    package: Package,
    tables: dict[str, list[Row]],
    counts: dict[Cell, Row],
    corrections: dict[Cell, int],
) -> None:
    readings = [build.reading_from(r) for r in tables["readings"] if r["reporter"] == REPORTER]
    decided = build.decide(package, readings, tables["records"])
    for again in build.loss_count_rows(decided.figures.values(), readings, tables["series"]):
        held = counts[cell(again)]
        assert held == again | {"recorded_on": held["recorded_on"]}
    assert len(decided.figures) == len(counts)
    assert {found.cell: found.amount for found in decided.corrections} == corrections


def test_of_a_record_without_licence_only_dissent_is_kept(tables: dict[str, list[Row]]) -> None:
    """Of a record without a licence hardly anything is kept that the other records alone hold.

    A reading that was needed when it was released stays, so a few may have become superfluous.
    """
    readings = [build.reading_from(r) for r in tables["readings"] if r["reporter"] == REPORTER]
    voting = {row["record"] for row in tables["records"] if row["votes"] == "true"}
    partly = {row["record"] for row in tables["records"] if row["kept"] == "dissent"}
    whole = totals_by_cell(r for r in readings if r.record in voting - partly)
    totals = totals_by_cell(r for r in readings if r.record in voting)
    kept: list[Reading] = [r for r in readings if r.record in partly]
    assert kept
    superfluous = [r for r in kept if r.cell in whole and totals[r.cell] == {r.total}]
    assert 10 * len(superfluous) < len(kept)


def test_the_founding_example(counts: dict[Cell, Row], package: Package) -> None:
    day = dt.date(2023, 2, 22)
    found = {
        category: (counts[Cell(category, day)]["total"], counts[Cell(category, day)]["increment"])
        for category in ("personnel", "tanks", "armoured-vehicles", "artillery")
    }
    assert found == {
        "personnel": ("145060", "620"),
        "tanks": ("3334", "8"),
        "armoured-vehicles": ("6569", "7"),
        "artillery": ("2345", "7"),
    }
    assert counts[Cell("personnel", day - DAY)]["total"] == "144440"
    for figure in ("145,060", "+620", "3,334", "6,569", "2,345"):
        assert figure in package.description


def test_two_primary_records_and_the_increment_outweigh_a_slip(counts: dict[Cell, Row]) -> None:
    row = counts[Cell("vehicles", dt.date(2023, 8, 29))]
    assert (row["total"], row["increment"], row["evidence"]) == ("7909", "43", "majority")


def test_misprints_of_the_text_are_outvoted(counts: dict[Cell, Row]) -> None:
    assert counts[Cell("artillery", dt.date(2024, 2, 27))]["total"] == "10009"
    assert counts[Cell("personnel", dt.date(2023, 11, 13))]["total"] == "312550"
    assert counts[Cell("artillery", dt.date(2022, 10, 14))]["increment"] == "10"


def test_the_announced_correction_is_booked_on_the_day_after(corrections: dict[Cell, int]) -> None:
    day = dt.date(2023, 5, 28)
    booked = {c.category: amount for c, amount in corrections.items() if c.date == day}
    assert booked == {
        "aircraft": 3,
        "armoured-vehicles": 7,
        "artillery": 8,
        "helicopters": 2,
        "missiles": 31,
        "mlrs": 2,
        "tanks": -5,
        "uavs": 49,
        "vehicles": 11,
    }


def test_the_general_staffs_re_basings_are_all_there(corrections: dict[Cell, int]) -> None:
    assert corrections[Cell("personnel", dt.date(2025, 2, 28))] == 1_650
    assert corrections[Cell("missiles", dt.date(2024, 9, 22))] == 2
    assert corrections[Cell("special-equipment", dt.date(2025, 10, 3))] == -9
    assert Cell("tanks", dt.date(2023, 10, 3)) not in corrections
    days = {c.date.isoformat() for c in corrections}
    assert days >= {
        *("2022-10-13", "2023-10-03", "2024-03-13", "2024-05-05", "2024-11-30"),
        *("2025-02-28", "2025-04-22", "2025-10-03"),
    }


def test_coverage(counts: dict[Cell, Row]) -> None:
    days = {c.date for c in counts}
    assert (min(days), max(days)) >= (dt.date(2022, 2, 24), dt.date(2026, 8, 22))
    assert len(days) == (max(days) - min(days)).days + 1 >= 1_641
    assert len(counts) >= 22_250
    assert sum(row["increment"] != "" for row in counts.values()) >= 16_000


def test_the_identity_holds_and_every_fall_is_explained(
    counts: dict[Cell, Row], corrections: dict[Cell, int]
) -> None:
    falls = 0
    for at, row in counts.items():
        before = counts.get(Cell(at.category, at.date - DAY))
        if before is None:
            continue
        step = int(row["total"]) - int(before["total"])
        falls += step < 0
        explained = step - corrections.get(at, 0)
        if row["increment"]:
            assert explained == int(row["increment"]), at
        assert explained >= 0, at
    assert falls >= 13
