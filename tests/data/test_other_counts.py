"""The shipped counts of Oryx and the Russian ministry, recomputed from the readings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from reported_losses.definition.dates import parse_date
from reported_losses.definition.descriptor import load_package
from reported_losses.intake.tables import Row, read_rows
from reported_losses.parsing.intervals import days_between, days_in

ROOT = Path(__file__).parents[2]
REPORTERS = ("oryx", "ru-mod")
Key = tuple[str, str, str, str]

# Figures that a field beside a briefing's text has, and the text itself has not, in digits.
KEEPERS = {
    ("aircraft", "2022-03-09"),
    ("aircraft", "2022-03-23"),
    ("aircraft", "2022-04-03"),
    ("helicopters", "2022-03-09"),
    ("helicopters", "2022-03-16"),
    ("helicopters", "2022-04-03"),
    ("mlrs", "2022-04-05"),
    ("surface-to-air-missile-systems", "2022-03-16"),
    ("surface-to-air-missile-systems", "2022-03-17"),
    ("surface-to-air-missile-systems", "2022-03-26"),
    ("surface-to-air-missile-systems", "2022-03-31"),
    ("surface-to-air-missile-systems", "2022-04-05"),
}


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Row]]:
    package = load_package(ROOT)
    names = (
        "loss_counts",
        "readings",
        "records",
        "corrections",
        "status_counts",
        "series",
        "reports",
    )
    return {
        name: [row for row in read_rows(ROOT, package.table(name)) if row["reporter"] in REPORTERS]
        for name in names
    }


def key(row: Row) -> Key:
    return (row["reporter"], row["subject"], row["category"], row["report_date"])


def test_every_figure_is_in_one_reading_and_no_reading_is_without(
    tables: dict[str, list[Row]],
) -> None:
    held = {key(row): row["total"] for row in tables["loss_counts"]}
    assert held == {key(row): row["total"] for row in tables["readings"]}
    assert len(tables["readings"]) == len(held)
    assert all(row["increment"] == "" for row in tables["loss_counts"])


def test_only_what_was_read_in_a_briefing_is_primary(tables: dict[str, list[Row]]) -> None:
    kinds = {row["record"]: row["kind"] for row in tables["records"]}
    read_in = {key(row): kinds[row["record"]] for row in tables["readings"]}
    for row in tables["loss_counts"]:
        assert row["evidence"] == ("primary" if read_in[key(row)] == "text" else "single")


def test_the_keepers_cells_are_a_record_of_their_own(tables: dict[str, list[Row]]) -> None:
    cells = {
        (row["category"], row["report_date"])
        for row in tables["readings"]
        if row["record"] == "ru-mod-keeper"
    }
    assert cells == KEEPERS


def test_planes_and_helicopters_together_are_not_aircraft(tables: dict[str, list[Row]]) -> None:
    totals = {key(row)[2:]: row["total"] for row in tables["loss_counts"] if row["reporter"] == "ru-mod"}  # fmt: skip
    for date, total in (("2022-02-28", "42"), ("2022-03-16", "180")):
        assert totals["planes-and-helicopters", date] == total
        assert ("aircraft", date) not in totals


def test_corrections_are_the_falls_of_the_cumulative_series(tables: dict[str, list[Row]]) -> None:
    last: dict[Key, int] = {}
    falls: dict[Key, int] = {}
    for row in sorted(tables["readings"], key=key):
        series = (*key(row)[:3], "")
        total = int(row["total"])
        if row["reporter"] == "ru-mod" and total < last.get(series, 0):
            falls[key(row)] = total - last[series]
        last[series] = total
    assert {key(row): int(row["amount"]) for row in tables["corrections"]} == falls
    assert {(one[2], one[3]): amount for one, amount in falls.items() if one[3] < "2022-07-07"} == {
        ("aircraft", "2022-03-09"): -4,
        ("aircraft", "2022-03-28"): -61,
        ("surface-to-air-missile-systems", "2022-03-02"): -42,
    }


def test_every_quoted_total_names_its_page(tables: dict[str, list[Row]]) -> None:
    quoting = {row["record"] for row in tables["records"] if row["kind"] == "quotation"}
    quoted = [row for row in tables["readings"] if row["record"] in quoting]
    assert all(row["source"] for row in quoted)
    assert not any(row["source"] for row in tables["readings"] if row["record"] not in quoting)
    pages = {row["report_date"]: row["source"] for row in quoted}
    assert len(set(pages.values())) == len(pages)
    reports = {row["report_date"]: row for row in tables["reports"] if row["reporter"] == "ru-mod"}
    assert all(reports[day]["url"] == "" for day in pages)


def test_every_day_between_the_ministrys_reports_has_a_figure_or_is_in_a_gap(
    tables: dict[str, list[Row]],
) -> None:
    held: dict[str, set[dt.date]] = {}
    for row in tables["loss_counts"]:
        if row["reporter"] == "ru-mod":
            held.setdefault(row["category"], set()).add(parse_date(row["report_date"]))
    end = max(day for days in held.values() for day in days)
    for row in tables["series"]:
        if row["reporter"] == "ru-mod":
            last = parse_date(row["last_report"]) if row["last_report"] else end
            life = set(days_between(parse_date(row["first_report"]), last))
            assert life - held[row["category"]] == set(days_in(row["gaps"]))


def test_statuses_add_up_everywhere(tables: dict[str, list[Row]]) -> None:
    sums: Counter[Key] = Counter()
    for row in tables["status_counts"]:
        sums[key(row)] += int(row["total"])
    totals = {key(row): int(row["total"]) for row in tables["loss_counts"]}
    oryx = {one: total for one, total in totals.items() if one[0] == "oryx"}
    assert dict(sums) == oryx
    assert len(tables["status_counts"]) == 4 * len(oryx)


def test_coverage(tables: dict[str, list[Row]]) -> None:
    days: dict[tuple[str, str], set[str]] = {}
    for row in tables["loss_counts"]:
        days.setdefault((row["reporter"], row["subject"]), set()).add(row["report_date"])
    counts = {reporter: len(of) for reporter, of in days.items()}
    least = {("oryx", "russia"): 602, ("oryx", "ukraine"): 554, ("ru-mod", "ukraine"): 170}
    assert counts.keys() == least.keys()
    assert all(counts[one] >= number for one, number in least.items())
    assert len(tables["loss_counts"]) >= 10_916


def test_known_figures(tables: dict[str, list[Row]]) -> None:
    totals = {key(row): row["total"] for row in tables["loss_counts"]}
    assert totals["oryx", "russia", "tanks", "2025-07-19"] == "4074"
    assert totals["oryx", "ukraine", "tanks", "2025-07-19"] == "1220"
    assert totals["ru-mod", "ukraine", "tanks-and-armoured-vehicles", "2022-07-06"] == "3915"
    assert totals["ru-mod", "ukraine", "tanks-and-armoured-vehicles", "2026-02-24"] == "27835"
    assert totals["ru-mod", "ukraine", "uavs", "2022-07-09"] == "1503"


def test_unusual_figures_are_kept_and_have_a_note(tables: dict[str, list[Row]]) -> None:
    named = {key(row) for row in tables["readings"] if row["note"]}
    assert named >= {
        ("oryx", "russia", "armoured-personnel-carriers", "2023-11-10"),
        ("oryx", "russia", "equipment-of-all-types", "2022-03-28"),
        ("oryx", "ukraine", "reconnaissance-uavs", "2024-04-14"),
        ("oryx", "ukraine", "towed-artillery", "2024-01-09"),
        ("ru-mod", "ukraine", "aircraft", "2022-03-05"),
        ("ru-mod", "ukraine", "field-artillery-and-mortars", "2022-06-24"),
    }
