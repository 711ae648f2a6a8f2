"""Oryx and the Russian ministry: from upstream rows to tables, nothing filled in, nothing lost."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from reported_losses.commands.cli import main
from reported_losses.definition.descriptor import load_package
from reported_losses.errors import DataError, UpstreamError
from reported_losses.intake import curated_files
from reported_losses.intake.changes import Outcome
from reported_losses.intake.other_reporters import oryx, ru_mod_briefings, ru_mod_pages
from reported_losses.intake.other_reporters.import_counts import REPORTERS, TABLES, import_counts
from reported_losses.intake.tables import Row, read_rows, to_csv
from reported_losses.validation.check import check
from written import write

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
PAGE = "https://pages.example/"
AIRCRAFT, UAVS, ADDRESS = (ru_mod_pages.HEADER.index(name) for name in ("aircraft", "uavs", "url"))


def page(date: str, precision: str = "day", *, number: int, **totals: object) -> Cells:
    """A row of the pages; `number` tells pages apart."""
    named = (totals.get(name, "") for name in ru_mod_pages.CATEGORIES)
    return (date, precision, *named, f"{PAGE}{number}", "undated, by the figures")


PAGES: list[Cells] = [
    page("2022-07-09", number=1, aircraft=239, uavs=1503),
    page("2022-07-12", "inferred", number=2, uavs=1510),
    page("2022-07", "month-inferred", number=3, aircraft=240, uavs=1511),
]


def put(path: Path, header: Iterable[str], rows: Iterable[Cells]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def upstream_and_package(
    folder: Path,
    listed: Iterable[Cells] = ORYX,
    claimed: Iterable[Cells] = CLAIMS,
    quoted: Iterable[Cells] = PAGES,
) -> tuple[Path, Path]:
    """Upstream files, and a package that has no figures yet."""
    source, package = folder / "upstream", folder / "package"
    put(source / oryx.FILE, oryx.HEADER, listed)
    put(source / ru_mod_briefings.FILE, ru_mod_briefings.HEADER, claimed)
    put(source / ru_mod_pages.FILE, ru_mod_pages.HEADER, quoted)
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
        if table.name == "sources":
            known_page = {"title": "A page", "publisher": "A publisher"}
            rows += [
                known_page | {"source": f"page-{number}", "url": f"{PAGE}{number}"}
                for number in (1, 2)
            ]
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


def test_a_quoted_total_is_single_and_names_its_page(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    outcome = import_counts(package, source, DAY)
    found = figures(outcome, "ru-mod")
    assert found["ukraine", "uavs", "2022-07-12"]["evidence"] == "single"
    assert found["ukraine", "tanks-and-armoured-vehicles", "2022-03-01"]["evidence"] == "primary"
    readings = {
        (row["category"], row["report_date"]): row["source"]
        for row in outcome.tables["readings"]
        if row["record"] == ru_mod_pages.RECORD
    }
    assert readings == {
        ("aircraft", "2022-07-09"): "page-1",
        ("uavs", "2022-07-09"): "page-1",
        ("uavs", "2022-07-12"): "page-2",
    }
    reports = {
        row["report_date"]: (row["report_date_precision"], row["url"])
        for row in outcome.tables["reports"]
        if row["reporter"] == "ru-mod"
    }
    assert reports["2022-07-09"] == ("day", "")
    assert reports["2022-07-12"] == ("inferred", "")
    assert reports["2022-03-01"] == ("day", "https://z.example/1")


def test_a_row_without_a_day_is_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, package = upstream_and_package(tmp_path)
    outcome = import_counts(package, source, DAY)
    assert len(outcome.left_out) == 1
    assert "2022-07," in outcome.left_out[0]
    assert {row["total"] for row in figures(outcome, "ru-mod").values()}.isdisjoint({"240", "1511"})
    assert main(["import-counts", "--upstream", str(source), "--package", str(package)]) == 1
    assert outcome.left_out[0] in capsys.readouterr().out


def test_gaps_of_the_ministry_reach_to_its_last_report_or_the_end_of_the_series(
    tmp_path: Path,
) -> None:
    source, package = upstream_and_package(tmp_path)
    known = load_package(package).table("series")
    rows = read_rows(package, known)
    for row in rows:
        if (row["reporter"], row["category"]) == ("ru-mod", "tanks-and-armoured-vehicles"):
            row["last_report"] = "2022-03-02"
    (package / known.path).write_bytes(to_csv(known, rows))
    outcome = import_counts(package, source, DAY)
    gaps = {
        row["category"]: row["gaps"]
        for row in outcome.tables["series"]
        if row["reporter"] == "ru-mod"
    }
    assert gaps == {
        "aircraft": "2022-07-10/2022-07-12",
        "tanks-and-armoured-vehicles": "2022-03-02/2022-03-02",
        "uavs": "2022-03-02/2022-03-02 2022-03-04/2022-07-08 2022-07-10/2022-07-11",
    }


def with_decisions(folder: Path, *rows: Cells) -> Path:
    """Curated files in which only these decisions about the ministry's figures stand."""
    curated = folder / "curated"
    shutil.copytree(curated_files.FOLDER, curated, dirs_exist_ok=True)
    put(curated / "ru_mod_cells.csv", curated_files.HEADERS["ru_mod_cells"], rows)
    return curated


def test_decisions_change_record_category_hedge_and_note(tmp_path: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    curated = with_decisions(
        tmp_path,
        ("2022-03-03", "uavs", 4, "record", "ru-mod-keeper", "why"),
        ("2022-07-09", "aircraft", 239, "category", "planes-and-helicopters", "why"),
        ("2022-07-09", "aircraft", 239, "note", "as the page has it", "why"),
        ("2022-07-12", "uavs", 1510, "qualifier", "about", "why"),
    )
    outcome = import_counts(package, source, DAY, curated)
    found = figures(outcome, "ru-mod")
    assert found["ukraine", "uavs", "2022-03-03"]["evidence"] == "single"
    assert found["ukraine", "uavs", "2022-07-12"]["qualifier"] == "about"
    assert found["ukraine", "uavs", "2022-07-09"]["qualifier"] == "exact"
    assert ("ukraine", "aircraft", "2022-07-09") not in found
    (moved,) = (
        row for row in outcome.tables["readings"] if row["category"] == "planes-and-helicopters"
    )
    assert (moved["total"], moved["note"]) == ("239", "as the page has it")


@pytest.mark.parametrize(
    "decision",
    [
        ("2022-03-03", "uavs", 5, "record", "ru-mod-keeper", "another total"),
        ("2022-03-03", "uavs", 4, "total", "5", "another column"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(tmp_path: Path, decision: Cells) -> None:
    source, package = upstream_and_package(tmp_path)
    curated = with_decisions(tmp_path, decision)
    with pytest.raises(UpstreamError, match=r"ru_mod_cells\.csv"):
        import_counts(package, source, DAY, curated)


def test_a_second_run_changes_nothing_in_any_order_and_the_package_is_valid(
    tmp_path: Path,
) -> None:
    source, package = upstream_and_package(tmp_path)
    outcome = import_counts(package, source, DAY)
    write(package, outcome)
    upstream_and_package(tmp_path, reversed(ORYX), reversed(CLAIMS), reversed(PAGES))
    assert not import_counts(package, source, dt.date(2026, 12, 1)).changes
    assert [one for one in check(package, today=DAY) if one.severity == "error"] == []


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


def data(package: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (package / "data").iterdir()}


def refused(source: Path, package: Path, match: str) -> None:
    """An import is refused, and leaves the package as it was."""
    before = data(package)
    with pytest.raises(UpstreamError, match=match):
        import_counts(package, source, DAY)
    command = ["import-counts", "--upstream", str(source), "--package", str(package), "--write"]
    assert main([*command, "--recorded-on", str(DAY)]) == 2
    assert data(package) == before


@pytest.mark.parametrize(
    ("listed", "claimed"),
    [
        (bad(ORYX, 1, {0: "Elsewhere"}), CLAIMS),
        (bad(ORYX, 1, {1: "Death Rays"}), CLAIMS),
        (bad(ORYX, 1, {2: "2022-02-30"}), CLAIMS),
        (bad(ORYX, 1, {2: "2026-11-23"}), CLAIMS),
        (bad(ORYX, 1, {3: -1}), CLAIMS),
        (bad(ORYX, 2, {7: 166}), CLAIMS),
        (bad(ORYX, 0, {7: 1}), CLAIMS),
        ([], CLAIMS),
        (ORYX, bad(CLAIMS, 0, {0: "2026-11-23"})),
        (ORYX, bad(CLAIMS, 0, {1: "submarines"})),
        (ORYX, bad(CLAIMS, 0, {2: "4e2"})),
        (ORYX, bad(CLAIMS, 0, {2: "9" * 400})),
        (ORYX, bad(CLAIMS, 0, {3: "https://z.example/2"})),
        (ORYX, bad(CLAIMS, 0, {3: "file:///etc/passwd"})),
        (ORYX, [*CLAIMS, CLAIMS[0]]),
        (ORYX, []),
    ],
)
def test_a_bad_record_is_refused_and_nothing_is_written(
    tmp_path: Path, listed: list[Cells], claimed: list[Cells]
) -> None:
    refused(*upstream_and_package(tmp_path, listed, claimed), match=r"\.csv, line|holds no figures")


@pytest.mark.parametrize(
    "quoted",
    [
        bad(PAGES, 0, {0: "2022-02-30"}),
        bad(PAGES, 0, {0: "09.07.2022"}),
        bad(PAGES, 0, {0: "2022-07"}),
        bad(PAGES, 0, {0: "2022-07-12"}),
        bad(PAGES, 0, {0: "2021-07-09"}),
        bad(PAGES, 0, {0: "2026-11-23"}),
        bad(PAGES, 0, {1: "exact"}),
        bad(PAGES, 0, {1: "month-inferred"}),
        bad(PAGES, 2, {0: "2022-13"}),
        bad(PAGES, 0, {AIRCRAFT: "many"}),
        bad(PAGES, 0, {AIRCRAFT: "239.0"}),
        bad(PAGES, 0, {AIRCRAFT: -239}),
        bad(PAGES, 0, {AIRCRAFT: "9" * 400}),
        bad(PAGES, 0, {AIRCRAFT: "=1+1"}),
        bad(PAGES, 1, {UAVS: ""}),
        bad(PAGES, 0, {ADDRESS: ""}),
        bad(PAGES, 0, {ADDRESS: "file:///etc/passwd"}),
        [*PAGES, PAGES[0]],
        PAGES[2:],
        [],
        [*PAGES, page("2022-03-01", number=1, uavs=5)],
    ],
)
def test_a_bad_page_is_refused_and_nothing_is_written(tmp_path: Path, quoted: list[Cells]) -> None:
    refused(*upstream_and_package(tmp_path, quoted=quoted), match=r"totals_from_pages\.csv")


@pytest.mark.parametrize("file", [ru_mod_briefings.FILE, ru_mod_pages.FILE])
def test_a_changed_or_cut_file_is_refused(tmp_path: Path, file: Path) -> None:
    source, package = upstream_and_package(tmp_path)
    whole = (source / file).read_bytes()
    for text in (
        whole.replace(b"url", b"address", 1),
        whole.replace(b"date", b"day", 1),
        whole[:-1],
        whole[: len(whole) - 20],
        b"",
        b"\xff" + whole,
    ):
        (source / file).write_bytes(text)
        refused(source, package, match=file.name)
    (source / file).unlink()
    refused(source, package, match=file.name)


@pytest.mark.parametrize(
    ("claimed", "quoted", "record"),
    [
        (CLAIMS[:2], PAGES, ru_mod_briefings.RECORD),
        (CLAIMS, PAGES[1:], ru_mod_pages.RECORD),
    ],
)
def test_a_record_of_the_ministry_that_lost_days_is_refused(
    tmp_path: Path, claimed: list[Cells], quoted: list[Cells], record: str
) -> None:
    source, package = upstream_and_package(tmp_path)
    write(package, import_counts(package, source, DAY))
    refused(*upstream_and_package(tmp_path, ORYX, claimed, quoted), match=record)


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


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [("records", "record", ru_mod_pages.RECORD), ("sources", "url", f"{PAGE}2")],
)
def test_a_record_or_page_that_is_not_described_is_refused(
    tmp_path: Path, table: str, column: str, named: str
) -> None:
    source, package = upstream_and_package(tmp_path)
    known = load_package(package).table(table)
    rows = [row for row in read_rows(package, known) if row.get(column) != named]
    (package / known.path).write_bytes(to_csv(known, rows))
    with pytest.raises(DataError, match=named):
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
