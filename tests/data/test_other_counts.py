"""The shipped counts of Oryx and the Russian ministry, recomputed from the readings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reported_losses.dataset.descriptor import load_package
from reported_losses.intake.tables import Row, read_rows

ROOT = Path(__file__).parents[2]
EVIDENCE = {"oryx": "single", "ru-mod": "primary"}
Key = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Row]]:
    package = load_package(ROOT)
    names = ("loss_counts", "readings", "corrections", "status_counts", "series", "reports")
    return {
        name: [row for row in read_rows(ROOT, package.table(name)) if row["reporter"] in EVIDENCE]
        for name in names
    }


def key(row: Row) -> Key:
    return (row["reporter"], row["subject"], row["category"], row["report_date"])


def test_figures_and_evidence_follow_from_the_readings(tables: dict[str, list[Row]]) -> None:
    held = {key(row): (row["total"], row["evidence"]) for row in tables["loss_counts"]}
    again = {key(row): (row["total"], EVIDENCE[row["reporter"]]) for row in tables["readings"]}
    assert held == again
    assert all(row["increment"] == "" for row in tables["loss_counts"])


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
    assert len(falls) == 3


def test_statuses_add_up_everywhere(tables: dict[str, list[Row]]) -> None:
    sums: Counter[Key] = Counter()
    for row in tables["status_counts"]:
        sums[key(row)] += int(row["total"])
    totals = {key(row): int(row["total"]) for row in tables["loss_counts"]}
    oryx = {one: total for one, total in totals.items() if one[0] == "oryx"}
    assert dict(sums) == oryx
    assert len(tables["status_counts"]) == 4 * len(oryx)


def test_coverage(tables: dict[str, list[Row]]) -> None:
    days = {
        (reporter, subject): len({row["report_date"] for row in rows})
        for reporter, subject in (("oryx", "russia"), ("oryx", "ukraine"), ("ru-mod", "ukraine"))
        if (
            rows := [
                row
                for row in tables["loss_counts"]
                if (row["reporter"], row["subject"]) == (reporter, subject)
            ]
        )
    }
    assert days == {
        ("oryx", "russia"): 602,
        ("oryx", "ukraine"): 554,
        ("ru-mod", "ukraine"): 127,
    }
    assert len(tables["loss_counts"]) == len(tables["readings"]) == 10_606


def test_known_figures(tables: dict[str, list[Row]]) -> None:
    totals = {key(row): row["total"] for row in tables["loss_counts"]}
    assert totals["oryx", "russia", "tanks", "2025-07-19"] == "4074"
    assert totals["oryx", "ukraine", "tanks", "2025-07-19"] == "1220"
    assert totals["ru-mod", "ukraine", "tanks-and-armoured-vehicles", "2022-07-06"] == "3915"


def test_unusual_figures_are_kept_and_have_a_note(tables: dict[str, list[Row]]) -> None:
    named = {(row["subject"], row["category"], row["report_date"]) for row in tables["readings"] if row["note"]}  # fmt: skip
    assert named == {
        ("russia", "armoured-personnel-carriers", "2023-11-10"),
        ("russia", "equipment-of-all-types", "2022-03-28"),
        ("ukraine", "reconnaissance-uavs", "2024-04-14"),
        ("ukraine", "towed-artillery", "2024-01-09"),
    }
