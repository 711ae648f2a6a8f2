from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

import pytest

import reported_losses as rl
from reported_losses.site.series_data import reporters
from reported_losses.site.views import view_files, view_name

TANKS = "views/ua-general-staff_russia_tanks"


@pytest.fixture(scope="module")
def views() -> Mapping[str, bytes]:
    return view_files()


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_every_view_is_there_in_both_forms(views: Mapping[str, bytes]) -> None:
    names = {name.rpartition(".")[0] for name in views}
    assert {f"{name}.{form}" for name in names for form in ("csv", "json")} == set(views)
    for row in _series():
        assert f"views/{view_name((row['reporter'], row['subject'], row['category']))}" in names


def _series() -> list[dict[str, str]]:
    data = rl.load("loss_counts", engine="arrow", columns=["reporter", "subject", "category"])
    found: list[dict[str, str]] = data.to_pylist()
    return found


def test_a_series_is_its_timeline(views: Mapping[str, bytes]) -> None:
    due = rl.timeline("tanks", engine="arrow").to_pylist()
    found = json.loads(views[f"{TANKS}.json"])
    assert [row["total"] for row in found] == [row["total"] for row in due]
    assert [row["change"] for row in found] == [row["change"] for row in due]
    assert [row["report_date"] for row in rows(views[f"{TANKS}.csv"])] == [
        str(row["report_date"]) for row in due
    ]


def test_the_latest_rows_are_the_last_ones(views: Mapping[str, bytes]) -> None:
    latest = json.loads(views["views/latest.json"])
    by_key = {(row["reporter"], row["subject"], row["category"]): row for row in latest}
    assert len(by_key) == len(latest)
    last = json.loads(views[f"{TANKS}.json"])[-1]
    one = by_key["ua-general-staff", "russia", "tanks"]
    assert {name: one[name] for name in last} == last


def test_statements_and_comparisons_are_there(views: Mapping[str, bytes]) -> None:
    assert len(json.loads(views["views/statements.json"])) == len(rl.claims())
    assert "ua-general-staff/oryx" in rows(views["views/beside_russia_tanks.csv"])[0]


def test_the_general_staff_comes_first() -> None:
    assert reporters()[0] == ("ua-general-staff", "russia")
