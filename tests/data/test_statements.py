"""The shipped statements: the founding article, links to counts, and valid keys."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.schema import Package
from reported_losses.intake.tables import Row, read_rows, to_csv
from reported_losses.validation.rules.summary_numbers import numbers_in

ROOT = Path(__file__).parents[2]
CURATED = ROOT / "src" / "reported_losses" / "intake" / "curated"
FOUNDING = "https://www.ibtimes.com/russian-soldier-death-toll-hits-145000-620-more-die-one-day-ukraine-forces-3670768"
TABLES = ("statements", "claims", "statement_sources", "sources", "organisations")


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
    assert {row["reporter"] for row in linked} >= {"ua-general-staff", "ru-mod"}
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
    assert daily > 0


def test_every_key_exists(tables: dict[str, list[Row]]) -> None:
    organisations = {row["organisation"] for row in tables["organisations"]}
    sources = {row["source"] for row in tables["sources"]}
    statements = {row["statement"] for row in tables["statements"]}
    assert {row["organisation"] for row in tables["statements"]} <= organisations
    assert {row["parent"] for row in tables["organisations"]} - {""} <= organisations
    assert {row["source"] for row in tables["statements"]} <= sources
    assert {row["source"] for row in tables["statement_sources"]} <= sources
    assert {row["statement"] for row in tables["statement_sources"]} <= statements
    assert {row["statement"] for row in tables["claims"]} <= statements


def test_nearly_is_told_from_up_to(tables: dict[str, list[Row]]) -> None:
    kinds = {row["qualifier"] for row in tables["claims"]}
    assert {"nearly", "up-to"} <= kinds


def test_a_statement_has_as_many_pages_as_tell_it(tables: dict[str, list[Row]]) -> None:
    pages = Counter(row["statement"] for row in tables["statement_sources"])
    assert max(pages.values()) > 1
    (watson,) = (row for row in tables["statements"] if row["speaker"] == "Adrienne Watson")
    assert watson["organisation"] == "us-white-house"


def test_no_summary_reads_as_several(tables: dict[str, list[Row]]) -> None:
    for row in tables["statements"]:
        sentences = re.split(r"(?<=[a-z0-9%])\. (?=[A-Z])", row["summary"])
        openings = [" ".join(sentence.split()[:2]) for sentence in sentences]
        assert len(set(openings)) == len(openings), row["statement"]
        assert len(sentences) <= 3, row["statement"]


def test_every_figure_is_in_the_summary(tables: dict[str, list[Row]]) -> None:
    summaries = {row["statement"]: numbers_in(row["summary"]) for row in tables["statements"]}
    sizes = Counter(row["statement"] for row in tables["claims"])
    for row in tables["claims"]:
        if sizes[row["statement"]] <= 20:  # a chart is summed up by its range
            ends = {float(row[end]) for end in ("low", "high") if row[end]}
            assert ends <= summaries[row["statement"]], (row["statement"], row["claim"])


def test_the_general_staff_counts_personnel_and_nothing_else(
    tables: dict[str, list[Row]],
) -> None:
    staff = {
        row["statement"]
        for row in tables["statements"]
        if row["organisation"] == "ua-general-staff"
    }
    for row in tables["claims"]:
        people = row["measure"] in {"personnel", "killed", "killed-or-wounded"}
        if row["statement"] in staff and row["subject"] == "russia" and people:
            assert row["measure"] == "personnel", row["statement"]
            assert row["reporter"] or row["derived_from"], row["statement"]


def test_a_start_that_no_page_gives_is_inferred(tables: dict[str, list[Row]]) -> None:
    for row in tables["claims"]:
        if row["subject"] == "north-korea" and row["period_start"] == "2024-10-01":
            assert row["period_precision"] == "inferred", row["statement"]


def test_the_averages_of_the_uk_ministry_rest_on_the_count(tables: dict[str, list[Row]]) -> None:
    ministry = {
        row["statement"]
        for row in tables["statements"]
        if row["speaker"] == "UK Ministry of Defence"
    }
    for row in tables["claims"]:
        if row["statement"] in ministry and row["rate"] == "per-day":
            assert row["derived_from"] == "ua-general-staff", row["statement"]


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
