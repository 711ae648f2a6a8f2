"""Oryx and the Russian ministry: from upstream rows to tables, nothing filled in, nothing lost."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from reported_losses.commands.cli import main
from reported_losses.dataset.descriptor import load_package
from reported_losses.errors import DataError, UpstreamError
from reported_losses.intake.changes import Outcome, write
from reported_losses.intake.other_reporters import oryx, ru_mod
from reported_losses.intake.other_reporters.import_counts import REPORTERS, TABLES, import_counts
from reported_losses.intake.tables import Row, read_rows, to_csv
from reported_losses.validation.check import check

ROOT = Path(__file__).parents[3]
DAY = dt.date(2026, 11, 22)
Cells = tuple[object, ...]

ORYX: list[Cells] = [
    ("Russia", "Tanks", "2022-02-23", 0, 0, 0, 0, 0),
    ("Russia", "Tanks", "2022-04-01", 100, 10, 50, 5, 165),
    ("Russia", "Tanks", "2022-04-01", 100, 10, 50, 5, 165),
    ("Russia", "Tanks", "2022-04-03", 99, 10, 50, 5, 164),
    ("Russia", "Trucks, Vehicles and Jeeps", "2022-04-20", 7, 0, 0, 0, 7),
    ("Russia", "Trucks, Vehicles, Jeeps, and Trains", "2025-06-01", 8, 0, 0, 0, 8),
    ("Ukraine", "Unmanned Aerial Vehicles", "2022-11-13", 35, 0, 16, 0, 51),
    ("Ukraine", "Unmanned Aerial Vehicles", "2022-11-16", 20, 0, 14, 0, 34),
]
CLAIMS: list[Cells] = [
    ("2022-03-01", "tanks-and-armoured-vehicles", 400, "https://z.example/1"),
    ("2022-03-01", "uav", 5, "https://z.example/1"),
    ("2022-03-03", "uav", 4, "https://z.example/3"),
]


def put(path: Path, header: Iterable[str], rows: Iterable[Cells]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def upstream_and_package(
    folder: Path, listed: Iterable[Cells] = ORYX, claimed: Iterable[Cells] = CLAIMS
) -> tuple[Path, Path]:
    """Upstream files, and a package that has no figures yet."""
    source, package = folder / "upstream", folder / "package"
    put(source / oryx.FILE, oryx.HEADER, listed)
    put(source / ru_mod.FILE, ru_mod.HEADER, claimed)
    if not package.exists():
        package.mkdir()
        shutil.copytree(ROOT / "schemas", package / "schemas")
        (package / "data").mkdir()
        shutil.copy(ROOT / "datapackage.json", package)
        _empty(package)
    return source, package


def _empty(package: Path) -> None:
    """Keep only the descriptions of the reporters that are tested."""
    known, ours = load_package(package), {reporter.slug for reporter in REPORTERS}
    for table in known.tables.values():
        rows = []
        if table.name in {"series", "records"}:
            rows = [row for row in read_rows(ROOT, table) if row["reporter"] in ours]
        elif table.name in {"categories", "organisations", "sources"}:
            rows = read_rows(ROOT, table)
        (package / table.path).write_bytes(to_csv(table, rows))


def figures(outcome: Outcome, reporter: str) -> dict[tuple[str, str, str], Row]:
    return {
        (row["subject"], row["category"], row["report_date"]): row
        for row in outcome.tables["loss_counts"]
        if row["reporter"] == reporter
    }


def test_the_rows_listed_are_held_and_nothing_is_filled_in(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    found = figures(import_counts(package, source, DAY), "oryx")
    assert {key: row["total"] for key, row in found.items()} == {
        ("russia", "tanks", "2022-04-01"): "165",
        ("russia", "tanks", "2022-04-03"): "164",
        ("russia", "trucks-and-jeeps", "2022-04-20"): "7",
        ("russia", "trucks-and-jeeps", "2025-06-01"): "8",
        ("ukraine", "uavs", "2022-11-13"): "51",
        ("ukraine", "reconnaissance-uavs", "2022-11-16"): "34",
    }
    assert {row["evidence"] for row in found.values()} == {"single"}


def test_statuses_are_held_with_their_total(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    outcome = import_counts(package, source, DAY)
    found = {
        row["status"]: row["total"]
        for row in outcome.tables["status_counts"]
        if (row["category"], row["report_date"]) == ("tanks", "2022-04-03")
    }
    assert found == {"destroyed": "99", "abandoned": "10", "captured": "50", "damaged": "5"}


def test_long_gaps_are_declared_and_short_ones_are_not(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    outcome = import_counts(package, source, DAY)
    gaps = {
        row["category"]: row["gaps"]
        for row in outcome.tables["series"]
        if (row["reporter"], row["subject"]) == ("oryx", "russia")
    }
    assert gaps["trucks-and-jeeps"] == "2022-04-21/2025-05-31"
    assert gaps["tanks"] == ""


def test_a_fall_of_a_cumulative_count_is_a_correction(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    outcome = import_counts(package, source, DAY)
    falls = outcome.tables["corrections"]
    assert [(row["reporter"], row["category"], row["amount"]) for row in falls] == [
        ("ru-mod", "uavs", "-1")
    ]
    assert figures(outcome, "ru-mod")["ukraine", "uavs", "2022-03-03"]["evidence"] == "primary"
    pages = {row["report_date"]: row["url"] for row in outcome.tables["reports"]}
    assert pages["2022-03-03"] != ""


def test_a_second_run_changes_nothing_in_any_order_and_the_package_is_valid(
    tmp_path: Path,
) -> None:
    source, package = upstream_and_package(tmp_path)
    outcome = import_counts(package, source, DAY)
    write(package, outcome)
    upstream_and_package(tmp_path, reversed(ORYX), reversed(CLAIMS))
    assert not import_counts(package, source, dt.date(2026, 12, 1)).changes
    assert check(package, today=DAY) == []


def test_a_changed_figure_gets_a_revision_and_keeps_its_first_day(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    write(package, import_counts(package, source, DAY))
    upstream_and_package(
        tmp_path, [*ORYX[:3], ("Russia", "Tanks", "2022-04-03", 98, 10, 50, 5, 163), *ORYX[4:]]
    )
    outcome = import_counts(package, source, dt.date(2026, 12, 1))
    row = figures(outcome, "oryx")["russia", "tanks", "2022-04-03"]
    assert (row["total"], row["recorded_on"]) == ("163", "2026-11-22")
    listed = {(row["table"], row["old"], row["new"]) for row in outcome.tables["revisions"]}
    assert ("loss_counts", "164", "163") in listed


def bad(rows: list[Cells], index: int, cells: Mapping[int, object]) -> list[Cells]:
    changed = [cells.get(number, cell) for number, cell in enumerate(rows[index])]
    return [*rows[:index], tuple(changed), *rows[index + 1 :]]


@pytest.mark.parametrize(
    ("listed", "claimed"),
    [
        (bad(ORYX, 1, {0: "Elsewhere"}), CLAIMS),
        (bad(ORYX, 1, {1: "Death Rays"}), CLAIMS),
        (bad(ORYX, 1, {2: "2022-02-30"}), CLAIMS),
        (bad(ORYX, 1, {3: -1}), CLAIMS),
        (bad(ORYX, 2, {7: 166}), CLAIMS),
        (bad(ORYX, 0, {7: 1}), CLAIMS),
        ([], CLAIMS),
        (ORYX, bad(CLAIMS, 0, {1: "submarines"})),
        (ORYX, bad(CLAIMS, 0, {2: "4e2"})),
        (ORYX, bad(CLAIMS, 0, {3: "https://z.example/2"})),
        (ORYX, bad(CLAIMS, 0, {3: "file:///etc/passwd"})),
        (ORYX, [*CLAIMS, CLAIMS[0]]),
        (ORYX, []),
    ],
)
def test_a_bad_record_is_refused_and_nothing_is_written(
    tmp_path: Path, listed: list[Cells], claimed: list[Cells]
) -> None:
    source, package = upstream_and_package(tmp_path, listed, claimed)
    before = {path: path.read_bytes() for path in (package / "data").iterdir()}
    with pytest.raises(UpstreamError, match=r"\.csv"):
        import_counts(package, source, DAY)
    command = ["import-counts", "--upstream", str(source), "--package", str(package), "--write"]
    assert main(command) == 2
    assert {path: path.read_bytes() for path in (package / "data").iterdir()} == before


def test_a_record_that_lost_figures_is_refused(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    write(package, import_counts(package, source, DAY))
    upstream_and_package(tmp_path, ORYX[:3])
    with pytest.raises(UpstreamError, match="oryx-data"):
        import_counts(package, source, DAY)


def test_a_series_that_is_not_described_is_refused(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    known = load_package(package).table("series")
    rows = [row for row in read_rows(package, known) if row["category"] != "trucks-and-jeeps"]
    (package / known.path).write_bytes(to_csv(known, rows))
    with pytest.raises(DataError, match="trucks-and-jeeps"):
        import_counts(package, source, DAY)


def test_the_command_writes_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, package = upstream_and_package(tmp_path)
    command = ["import-counts", "--upstream", str(source), "--package", str(package)]
    assert main(command) == 1
    assert main([*command, "--write"]) == 0
    assert main(command) == 0
    assert main([*command, "--recorded-on", "yesterday"]) == 2
    assert "Nothing would change" in capsys.readouterr().out


def test_every_table_that_it_writes_is_in_the_package() -> None:
    package = load_package(ROOT)
    assert set(TABLES) <= package.tables.keys()
