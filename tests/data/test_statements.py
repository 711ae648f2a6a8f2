"""The shipped statements: the founding article, links to counts, and valid keys."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from reported_losses.dataset.descriptor import load_package
from reported_losses.dataset.schema import Package
from reported_losses.intake.tables import Row, read_rows, to_csv

ROOT = Path(__file__).parents[2]
CURATED = ROOT / "src" / "reported_losses" / "intake" / "curated"
FOUNDING = "https://www.ibtimes.com/russian-soldier-death-toll-hits-145000-620-more-die-one-day-ukraine-forces-3670768"
TABLES = ("statements", "claims", "sources", "organisations")


@pytest.fixture(scope="module")
def package() -> Package:
    return load_package(ROOT)


@pytest.fixture(scope="module")
def tables(package: Package) -> dict[str, list[Row]]:
    return {name: read_rows(ROOT, package.table(name)) for name in TABLES}


def test_they_are_in_canonical_form(package: Package, tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        table = package.table(name)
        assert (ROOT / table.path).read_bytes() == to_csv(table, rows), name


def test_the_founding_article_is_here(tables: dict[str, list[Row]]) -> None:
    (source,) = (row["source"] for row in tables["sources"] if row["url"] == FOUNDING)
    statements = {
        (row["stated_on"], row["organisation"], row["topic"]): row
        for row in tables["statements"]
        if row["source"] == source
    }
    assert set(statements) >= {
        ("2023-02-22", "ua-general-staff", "losses"),
        ("2023-02-21", "ru-president", "war-aims"),
        ("2023-02-21", "isw", "assessment"),
        ("2023-02-22", "uk-mod", "assessment"),
        ("2022-12-04", "uk-mod", "public-opinion"),
        ("2023-02-22", "wsj", "command"),
    }
    assert (
        "Federal Protective Service"
        in statements["2022-12-04", "uk-mod", "public-opinion"]["summary"]
    )
    name = statements["2023-02-22", "ua-general-staff", "losses"]["statement"]
    figures = {
        (row["measure"], row["period_start"]): row["low"]
        for row in tables["claims"]
        if row["statement"] == name
    }
    assert figures == {
        ("personnel", "2022-02-24"): "145060",
        ("personnel", "2023-02-21"): "620",
        ("tanks", "2022-02-24"): "3334",
        ("armoured-vehicles", "2022-02-24"): "6569",
        ("artillery", "2022-02-24"): "2345",
    }


def test_what_repeats_a_count_is_linked_to_its_figure(tables: dict[str, list[Row]]) -> None:
    linked = [row for row in tables["claims"] if row["reporter"]]
    assert Counter(row["reporter"] for row in linked) == {"ua-general-staff": 78, "ru-mod": 1}
    with (ROOT / "data" / "loss_counts.csv").open(encoding="utf-8", newline="") as file:
        counts = {
            (row["reporter"], row["subject"], row["category"], row["report_date"]): row
            for row in csv.DictReader(file)
        }
    daily = 0
    for row in linked:
        figure = counts[row["reporter"], row["subject"], row["category"], row["period_end"]]
        daily += row["period_start"] != "2022-02-24"
        value = figure["total" if row["period_start"] == "2022-02-24" else "increment"]
        if value:
            low, high = float(row["low"] or 0), float(row["high"] or value)
            assert low <= int(value) <= high, row["statement"]
    assert daily == 8


def test_every_key_exists(tables: dict[str, list[Row]]) -> None:
    organisations = {row["organisation"] for row in tables["organisations"]}
    sources = {row["source"] for row in tables["sources"]}
    statements = {row["statement"] for row in tables["statements"]}
    assert {row["organisation"] for row in tables["statements"]} <= organisations
    assert {row["parent"] for row in tables["organisations"]} - {""} <= organisations
    assert {row["source"] for row in tables["statements"]} <= sources
    assert {row["second_source"] for row in tables["statements"]} - {""} <= sources
    assert {row["statement"] for row in tables["claims"]} <= statements


def test_nearly_is_told_from_up_to(tables: dict[str, list[Row]]) -> None:
    kinds = [row["qualifier"] for row in tables["claims"]]
    assert kinds.count("nearly") > kinds.count("up-to") > 0


def test_no_address_is_on_a_mirror(tables: dict[str, list[Row]]) -> None:
    mirrors = ("hhj520", "vuink", "azurewebsites", "rapmd", "snipesearch", "utm_", ":~:text")
    for row in tables["sources"]:
        assert not any(part in row["url"] for part in mirrors), row["source"]
        assert ".com./" not in row["url"]


def test_every_curated_decision_gives_its_reason() -> None:
    for path in sorted(CURATED.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows, path.name
        if "reason" in rows[0]:
            assert all(row["reason"] for row in rows), path.name
